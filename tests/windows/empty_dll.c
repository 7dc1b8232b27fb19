// SPDX-License-Identifier: BSD-2-Clause
// A DLL that does nothing but import what capishim.dll does: what loading and freeing costs by
// itself.
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE hInstance, DWORD dwReason, void* pReserved)
{
    (void)hInstance, (void)pReserved;
    if (dwReason == DLL_PROCESS_ATTACH && GetCurrentThreadId() == 0) // never
        RegCloseKey(NULL);
    return TRUE;
}
