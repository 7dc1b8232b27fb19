// SPDX-License-Identifier: BSD-2-Clause
// An opaque key blob is sealed under the user's key, which DPAPI protects. DPAPI in its turn may
// use the provider that is registered, which may be ours: that must come to an end, and give the
// same key back.

#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

static int Fail(const char* szWhat)
{
    printf("%s: 0x%x\n", szWhat, (unsigned)GetLastError());
    return 1;
}

static BOOL EncryptText(HCRYPTKEY hKey, BYTE* pbText)
{
    DWORD cbText = 8;
    memcpy(pbText, "a secret", 8);
    return CryptEncrypt(hKey, 0, TRUE, 0, pbText, &cbText, 16);
}

int main(void)
{
    HCRYPTPROV hProv;
    HCRYPTKEY hKey, hAgain;
    BYTE abBlob[1000], abText[16], abAgain[16];
    DWORD cbBlob = sizeof abBlob;

    if (!CryptAcquireContextA(&hProv, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT))
        return Fail("CryptAcquireContext");
    if (!CryptGenKey(hProv, CALG_AES_128, CRYPT_EXPORTABLE, &hKey))
        return Fail("CryptGenKey");
    if (!CryptExportKey(hKey, 0, OPAQUEKEYBLOB, 0, abBlob, &cbBlob))
        return Fail("CryptExportKey");
    if (!CryptImportKey(hProv, abBlob, cbBlob, 0, 0, &hAgain))
        return Fail("CryptImportKey");
    if (!EncryptText(hKey, abText) || !EncryptText(hAgain, abAgain))
        return Fail("CryptEncrypt");
    if (memcmp(abText, abAgain, sizeof abText) != 0)
        return Fail("The two keys differ");
    printf("The same key came back.\n");
    return 0;
}
