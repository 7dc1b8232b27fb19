// SPDX-License-Identifier: BSD-2-Clause
// The system's CryptoAPI lists our provider under names of its own, opens it by each, and each
// answers by the name that it was opened by.

#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define PREFIX "capishim "

int main(void)
{
    CHAR szName[200], szAnswer[200];
    DWORD dwType, cbName = sizeof szName, cbAnswer, i, dwFound = 0;

    for (i = 0; CryptEnumProvidersA(i, NULL, 0, &dwType, szName, &cbName); ++i) {
        HCRYPTPROV hProv;
        cbName = sizeof szName;
        if (strncmp(szName, PREFIX, strlen(PREFIX)) != 0)
            continue;
        if (!CryptAcquireContextA(&hProv, NULL, szName, dwType, CRYPT_VERIFYCONTEXT)) {
            printf("%s of type %u: 0x%x\n", szName, (unsigned)dwType, (unsigned)GetLastError());
            return 1;
        }
        cbAnswer = sizeof szAnswer;
        if (!CryptGetProvParam(hProv, PP_NAME, (BYTE*)szAnswer, &cbAnswer, 0) ||
            strcmp(szAnswer, szName) != 0) {
            printf("%s gives another name.\n", szName);
            return 1;
        }
        CryptReleaseContext(hProv, 0);
        // Wine 8's advapi32.dll leaves ERROR_INSUFFICIENT_BUFFER when it has opened a provider, and
        // then takes that for the failure of its own listing.
        SetLastError(0);
        ++dwFound;
    }
    printf("%u providers\n", (unsigned)dwFound);
    return dwFound == 9 ? 0 : 1;
}
