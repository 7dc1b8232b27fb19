// SPDX-License-Identifier: BSD-2-Clause
// A program that starts at wmain, as CNG's samples do. Called with one argument, of four
// characters.
#include <stdio.h>
#include <windows.h>

int __cdecl wmain(int argc, __in_ecount(argc) LPWSTR* wargv)
{
    if (argc != 2 || lstrlenW(wargv[1]) != 4 || wargv[1][1] != 0xE4 || wargv[2] != NULL) {
        printf("%d arguments\n", argc);
        return 1;
    }
    return 0;
}
