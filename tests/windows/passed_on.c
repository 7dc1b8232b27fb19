// SPDX-License-Identifier: BSD-2-Clause
// What programs import from cryptsp.dll and advapi32.dll beside CryptoAPI leads to the system's own
// functions, with cryptsp.dll and capishim.dll of ours beside the program.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static FARPROC Find(const char* szDll, const char* szName)
{
    HMODULE hModule = LoadLibraryA(szDll);
    FARPROC pfn = hModule ? GetProcAddress(hModule, szName) : NULL;
    if (!pfn) {
        printf("%s lacks %s.\n", szDll, szName);
        exit(1);
    }
    return pfn;
}

static void Expect(BOOL bCondition, const char* szWhat)
{
    if (!bCondition) {
        printf("%s\n", szWhat);
        exit(1);
    }
}

// SystemFunction007 hashes a counted string with MD4: what the system keeps for a password.
static void HashOfPassword(void)
{
    static const BYTE abExpected[16] = {0xeb, 0x4f, 0xf3, 0x9b, 0x74, 0xb0, 0xcb, 0xce,
                                        0x20, 0xa4, 0xf6, 0x2d, 0xbd, 0x1e, 0x35, 0x85};
    struct {
        USHORT cbLength, cbMaximum;
        WCHAR* pwszText;
    } password = {8, 8, L"abcd"};
    BYTE abHash[16];
    LONG(WINAPI * pfnHash)(void*, BYTE*);

    *(FARPROC*)&pfnHash = Find("cryptsp.dll", "SystemFunction007");
    Expect(pfnHash(&password, abHash) == 0, "SystemFunction007 failed.");
    Expect(memcmp(abHash, abExpected, sizeof abHash) == 0, "SystemFunction007 is not MD4.");
}

int main(void)
{
    char szPath[MAX_PATH], szOwn[MAX_PATH];

    GetModuleFileNameA(LoadLibraryA("cryptsp.dll"), szPath, sizeof szPath);
    GetModuleFileNameA(NULL, szOwn, sizeof szOwn);
    Expect(_strnicmp(szPath, szOwn, strrchr(szOwn, '\\') - szOwn) == 0,
           "cryptsp.dll is not the one beside the program.");
    Expect(Find("cryptsp.dll", "CryptGenRandom") == Find("capishim.dll", "CryptGenRandom"),
           "cryptsp.dll does not lead to capishim.dll.");
    HashOfPassword();
    Expect(Find("capishim.dll", "RegOpenKeyExA") == Find("advapi32.dll", "RegOpenKeyExA"),
           "capishim.dll does not lead to advapi32.dll.");
    printf("Everything leads where it should.\n");
    return 0;
}
