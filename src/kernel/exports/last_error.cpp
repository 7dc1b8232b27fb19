// SPDX-License-Identifier: BSD-2-Clause
// GetLastError, SetLastError: a number for each thread (cryptoapi.md 0.2 rule 4).
#include "kernel/exports/guard.h"

using namespace capishim;

DWORD WINAPI GetLastError(void)
{
    return platform::last_error();
}

VOID WINAPI SetLastError(DWORD dwErrCode)
{
    platform::set_last_error(dwErrCode);
}
