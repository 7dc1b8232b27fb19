// SPDX-License-Identifier: BSD-2-Clause
// A test team's program on the SDK's own headers asks what is alive.

#include <stdio.h>
#include <windows.h>
#include <wincrypt.h>
#include <capishim/capishim_diagnostics.h>

int main(void)
{
    HCRYPTPROV hProv;

    if (!CryptAcquireContextA(&hProv, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT) ||
        CapishimLiveHandles() != 1) {
        printf("%lu handles are alive.\n", CapishimLiveHandles());
        return 1;
    }
    CapishimReportLiveHandles();
    CryptReleaseContext(hProv, 0);
    return CapishimLiveHandles() == 0 ? 0 : 1;
}
