// SPDX-License-Identifier: BSD-2-Clause
// Stands in for crypt32.dll in a scratch prefix: a DPAPI that asks the registered provider for what
// needs the user's key itself, and so for DPAPI. It protects nothing, and fails unless it is told
// that this is busy.

#include <string.h>
#include <windows.h>
#include <wincrypt.h>

static BOOL AskProvider(void)
{
    HCRYPTPROV hProv;
    HCRYPTKEY hKey;
    BYTE abBlob[1000];
    DWORD cbBlob = sizeof abBlob;
    BOOL bExported;

    if (!CryptAcquireContextA(&hProv, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT) ||
        !CryptGenKey(hProv, CALG_AES_128, CRYPT_EXPORTABLE, &hKey))
        return FALSE;
    bExported = CryptExportKey(hKey, 0, OPAQUEKEYBLOB, 0, abBlob, &cbBlob);
    return !bExported && GetLastError() == ERROR_BUSY && CryptReleaseContext(hProv, 0);
}

static BOOL Copy(const DATA_BLOB* pIn, DATA_BLOB* pOut)
{
    if (!AskProvider())
        return FALSE;
    pOut->cbData = pIn->cbData;
    pOut->pbData = LocalAlloc(0, pIn->cbData);
    memcpy(pOut->pbData, pIn->pbData, pIn->cbData);
    return TRUE;
}

BOOL WINAPI CryptProtectData(DATA_BLOB* pIn, LPCWSTR pwszDescription, DATA_BLOB* pEntropy,
                             PVOID pReserved, CRYPTPROTECT_PROMPTSTRUCT* pPrompt, DWORD dwFlags,
                             DATA_BLOB* pOut)
{
    (void)pwszDescription, (void)pEntropy, (void)pReserved, (void)pPrompt, (void)dwFlags;
    return Copy(pIn, pOut);
}

BOOL WINAPI CryptUnprotectData(DATA_BLOB* pIn, LPWSTR* ppwszDescription, DATA_BLOB* pEntropy,
                               PVOID pReserved, CRYPTPROTECT_PROMPTSTRUCT* pPrompt, DWORD dwFlags,
                               DATA_BLOB* pOut)
{
    (void)ppwszDescription, (void)pEntropy, (void)pReserved, (void)pPrompt, (void)dwFlags;
    return Copy(pIn, pOut);
}
