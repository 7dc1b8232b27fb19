// SPDX-License-Identifier: BSD-2-Clause
// Lists provider types, providers, the default provider of a type and the algorithms of a provider,
// and checks that what every Windows machine had is among them.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <Windows.h>
#include <Wincrypt.h>

void __cdecl MyHandleError(LPCSTR s)
{
    printf("An error occurred: %s\n", s);
    printf("Error number 0x%x.\n", (unsigned)GetLastError());
    exit(1);
}

static LPSTR Allocate(DWORD cb)
{
    // a type without a display name has none to store, not even an end
    LPSTR psz = (LPSTR)LocalAlloc(LMEM_ZEROINIT, cb + 1);
    if (!psz)
        MyHandleError("LocalAlloc failed.");
    return psz;
}

static void ListProviderTypes(void)
{
    DWORD dwIndex, dwType, cbName;
    BOOL bFull = FALSE, bAes = FALSE;
    LPSTR pszName;

    printf("\nType  Provider type name\n");
    printf("----  ------------------\n");
    for (dwIndex = 0; CryptEnumProviderTypesA(dwIndex, NULL, 0, &dwType, NULL, &cbName);
         ++dwIndex) {
        pszName = Allocate(cbName);
        if (!CryptEnumProviderTypesA(dwIndex, NULL, 0, &dwType, pszName, &cbName))
            MyHandleError("CryptEnumProviderTypes failed.");
        printf("%4u  %s\n", (unsigned)dwType, pszName);
        bFull |= dwType == PROV_RSA_FULL;
        bAes |= dwType == PROV_RSA_AES;
        LocalFree(pszName);
    }
    if (GetLastError() != ERROR_NO_MORE_ITEMS)
        MyHandleError("The types should end with ERROR_NO_MORE_ITEMS.");
    if (!bFull || !bAes)
        MyHandleError("A type is missing.");
}

static void ListProviders(void)
{
    DWORD dwIndex, dwType, cbName;
    BOOL bBase = FALSE, bEnhanced = FALSE, bStrong = FALSE, bAes = FALSE;
    LPSTR pszName;

    printf("\nType  Provider name\n");
    printf("----  -------------\n");
    for (dwIndex = 0; CryptEnumProvidersA(dwIndex, NULL, 0, &dwType, NULL, &cbName); ++dwIndex) {
        pszName = Allocate(cbName);
        if (!CryptEnumProvidersA(dwIndex, NULL, 0, &dwType, pszName, &cbName))
            MyHandleError("CryptEnumProviders failed.");
        if (strlen(pszName) + 1 != cbName)
            MyHandleError("A provider's name and its length differ.");
        printf("%4u  %s\n", (unsigned)dwType, pszName);
        bBase |= lstrcmpiA(pszName, MS_DEF_PROV_A) == 0;
        bEnhanced |= lstrcmpiA(pszName, MS_ENHANCED_PROV_A) == 0;
        bStrong |= lstrcmpiA(pszName, MS_STRONG_PROV_A) == 0;
        bAes |= lstrcmpiA(pszName, MS_ENH_RSA_AES_PROV_A) == 0;
        LocalFree(pszName);
    }
    if (GetLastError() != ERROR_NO_MORE_ITEMS)
        MyHandleError("The providers should end with ERROR_NO_MORE_ITEMS.");
    if (!bBase || !bEnhanced || !bStrong || !bAes)
        MyHandleError("A provider is missing.");
}

static LPSTR DefaultProvider(void)
{
    DWORD cbName;
    LPSTR pszName;

    if (!CryptGetDefaultProviderA(PROV_RSA_FULL, NULL, CRYPT_MACHINE_DEFAULT, NULL, &cbName))
        MyHandleError("CryptGetDefaultProvider failed for the length.");
    pszName = Allocate(cbName);
    if (!CryptGetDefaultProviderA(PROV_RSA_FULL, NULL, CRYPT_MACHINE_DEFAULT, pszName, &cbName))
        MyHandleError("CryptGetDefaultProvider failed.");
    printf("\nDefault provider of PROV_RSA_FULL: %s\n", pszName);
    return pszName;
}

// The context opened by type alone must be one of the default provider.
static void CheckName(HCRYPTPROV hProv, LPCSTR pszDefault)
{
    CHAR szName[1000];
    DWORD cbData = sizeof(szName);
    DWORD dwType;

    if (!CryptGetProvParam(hProv, PP_NAME, (BYTE*)szName, &cbData, 0))
        MyHandleError("Error reading PP_NAME.");
    if (strcmp(szName, pszDefault) != 0)
        MyHandleError("The default provider was not opened.");
    cbData = sizeof(dwType);
    if (!CryptGetProvParam(hProv, PP_PROVTYPE, (BYTE*)&dwType, &cbData, 0))
        MyHandleError("Error reading PP_PROVTYPE.");
    if (dwType != PROV_RSA_FULL)
        MyHandleError("The provider has another type.");
}

static const char* KindOf(ALG_ID aiAlgid)
{
    switch (GET_ALG_CLASS(aiAlgid)) {
    case ALG_CLASS_DATA_ENCRYPT:
        return "Encrypt";
    case ALG_CLASS_HASH:
        return "Hash";
    case ALG_CLASS_KEY_EXCHANGE:
        return "Exchange";
    case ALG_CLASS_SIGNATURE:
        return "Signature";
    default:
        return "Unknown";
    }
}

// Reads the list as the samples do: CRYPT_FIRST once, then flags 0, always into the same buffer and
// with its length left as the call before left it.
static void ListAlgorithms(HCRYPTPROV hProv)
{
    BYTE abData[1024];
    DWORD cbData = sizeof(abData);
    DWORD dwFlags = CRYPT_FIRST;
    BOOL bRc4 = FALSE, bMd5 = FALSE, bRsa = FALSE;
    const PROV_ENUMALGS* pAlg = (const PROV_ENUMALGS*)abData;

    printf("\n   Algid  Bits  Type       Length  Name\n");
    printf("--------  ----  ---------  ------  ----\n");
    while (CryptGetProvParam(hProv, PP_ENUMALGS, abData, &cbData, dwFlags)) {
        dwFlags = 0;
        printf("%8.8x  %4u  %-9s  %6u  %s\n", (unsigned)pAlg->aiAlgid, (unsigned)pAlg->dwBitLen,
               KindOf(pAlg->aiAlgid), (unsigned)pAlg->dwNameLen, pAlg->szName);
        if (strlen(pAlg->szName) + 1 != pAlg->dwNameLen)
            MyHandleError("An algorithm's name and its length differ.");
        bRc4 |= pAlg->aiAlgid == CALG_RC4 && pAlg->dwBitLen == 128;
        bMd5 |= pAlg->aiAlgid == CALG_MD5 && pAlg->dwBitLen == 128;
        bRsa |= pAlg->aiAlgid == CALG_RSA_KEYX;
    }
    if (!bRc4 || !bMd5 || !bRsa)
        MyHandleError("An algorithm is missing.");
}

int main(void)
{
    HCRYPTPROV hProv = 0;
    LPSTR pszDefault;

    ListProviderTypes();
    ListProviders();
    pszDefault = DefaultProvider();
    if (!CryptAcquireContext(&hProv, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT))
        MyHandleError("Error during CryptAcquireContext.");
    CheckName(hProv, pszDefault);
    LocalFree(pszDefault);
    ListAlgorithms(hProv);

    // How the list ended is asked only after the release: success leaves the last error alone.
    if (!CryptReleaseContext(hProv, 0))
        MyHandleError("Error during CryptReleaseContext.");
    if (GetLastError() != ERROR_NO_MORE_ITEMS)
        MyHandleError("The algorithms should end with ERROR_NO_MORE_ITEMS.");
    printf("\nThe program completed without error.\n");
    return 0;
}
