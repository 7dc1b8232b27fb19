// SPDX-License-Identifier: BSD-2-Clause
// Three documented programs one after the other: using CryptAcquireContext, creating a key
// container and generating its keys, and exporting a session key; and what modifying a container's
// access reads and writes back.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define CONTAINER "capishim port key container"
#define SECOND_CONTAINER "capishim port second container"

void MyHandleError(const char* s)
{
    fprintf(stderr, "An error occurred in running the program.\n");
    fprintf(stderr, "%s\n", s);
    fprintf(stderr, "Error number 0x%x.\n", (unsigned)GetLastError());
    exit(1);
}

static void Expect(BOOL bCondition, const char* szWhat)
{
    if (!bCondition)
        MyHandleError(szWhat);
}

// Opens a container, or makes it.
static HCRYPTPROV OpenOrCreate(const char* szContainer, DWORD dwFlags)
{
    HCRYPTPROV hProv = 0;

    if (CryptAcquireContextA(&hProv, szContainer, NULL, PROV_RSA_FULL, dwFlags)) {
        printf("A crypto context with the %s key container has been acquired.\n", szContainer);
        return hProv;
    }
    if (GetLastError() != (DWORD)NTE_BAD_KEYSET)
        MyHandleError("A cryptographic service handle could not be acquired.");
    if (!CryptAcquireContextA(&hProv, szContainer, NULL, PROV_RSA_FULL, CRYPT_NEWKEYSET | dwFlags))
        MyHandleError("Could not create a new key container.");
    printf("A new key container has been created.\n");
    return hProv;
}

static void Delete(const char* szContainer, BOOL bMustExist)
{
    HCRYPTPROV hProv = 0;

    if (!CryptAcquireContextA(&hProv, szContainer, NULL, PROV_RSA_FULL, CRYPT_DELETEKEYSET) &&
        (bMustExist || GetLastError() != (DWORD)NTE_BAD_KEYSET))
        MyHandleError("Could not delete a key container.");
}

static void UseAcquireContext(void)
{
    HCRYPTPROV hCryptProv = OpenOrCreate(CONTAINER, 0);
    CHAR pszName[1000];
    DWORD cbName = 1000;

    if (!CryptGetProvParam(hCryptProv, PP_NAME, (BYTE*)pszName, &cbName, 0))
        MyHandleError("Error reading the provider's name.");
    printf("CryptGetProvParam succeeded.\nProvider name: %s\n", pszName);
    Expect(cbName == strlen(pszName) + 1, "The name's length is wrong.");
    cbName = 1000;
    if (!CryptGetProvParam(hCryptProv, PP_CONTAINER, (BYTE*)pszName, &cbName, 0))
        MyHandleError("Error reading the container's name.");
    printf("Key container name: %s\n", pszName);
    Expect(strcmp(pszName, CONTAINER) == 0, "The container has another name.");

    if (!CryptContextAddRef(hCryptProv, NULL, 0))
        MyHandleError("CryptContextAddRef failed.");
    if (!CryptReleaseContext(hCryptProv, 0))
        MyHandleError("CryptReleaseContext failed.");
    cbName = 1000;
    if (!CryptGetProvParam(hCryptProv, PP_NAME, (BYTE*)pszName, &cbName, 0))
        MyHandleError("A context with a reference left is gone.");
    if (!CryptReleaseContext(hCryptProv, 0))
        MyHandleError("CryptReleaseContext failed.");

    if (!CryptAcquireContextA(&hCryptProv, SECOND_CONTAINER, NULL, PROV_RSA_FULL, CRYPT_NEWKEYSET))
        MyHandleError("CryptAcquireContext failed.");
    if (!CryptReleaseContext(hCryptProv, 0))
        MyHandleError("CryptReleaseContext failed.");
    if (!CryptAcquireContextA(&hCryptProv, SECOND_CONTAINER, NULL, PROV_RSA_FULL, 0))
        MyHandleError("CryptAcquireContext failed.");
    if (!CryptReleaseContext(hCryptProv, 0))
        MyHandleError("CryptReleaseContext failed.");
    Delete(SECOND_CONTAINER, TRUE);
    printf("The second container is gone.\n");
}

// A pair of the container, made when there is none.
static HCRYPTKEY UserKey(HCRYPTPROV hCryptProv, DWORD dwKeySpec, BOOL* pbMade)
{
    HCRYPTKEY hKey = 0;

    *pbMade = FALSE;
    if (CryptGetUserKey(hCryptProv, dwKeySpec, &hKey))
        return hKey;
    if (GetLastError() != (DWORD)NTE_NO_KEY)
        MyHandleError("Error during CryptGetUserKey.");
    if (!CryptGenKey(hCryptProv, dwKeySpec, 1024 << 16 | CRYPT_EXPORTABLE, &hKey))
        MyHandleError("Error occurred creating a key.");
    *pbMade = TRUE;
    printf("Created a key pair of specification %u.\n", (unsigned)dwKeySpec);
    return hKey;
}

static void CreateKeys(BOOL bExpectNew)
{
    HCRYPTPROV hCryptProv = OpenOrCreate(CONTAINER, 0);
    DWORD dwKeySpec;
    BOOL bMade;

    for (dwKeySpec = AT_KEYEXCHANGE; dwKeySpec <= AT_SIGNATURE; ++dwKeySpec) {
        if (!CryptDestroyKey(UserKey(hCryptProv, dwKeySpec, &bMade)))
            MyHandleError("Error during CryptDestroyKey.");
        Expect(bMade == bExpectNew, "A pair was not kept, or there before it was made.");
    }
    if (!CryptReleaseContext(hCryptProv, 0))
        MyHandleError("CryptReleaseContext failed.");
}

static void ExportSessionKey(void)
{
    HCRYPTPROV hCryptProv = OpenOrCreate(CONTAINER, 0);
    HCRYPTKEY hSignKey = 0, hXchgKey = 0, hKey = 0;
    BYTE* pbKeyBlob;
    DWORD dwBlobLen;

    if (!CryptGetUserKey(hCryptProv, AT_SIGNATURE, &hSignKey))
        MyHandleError("No signature key is available.");
    if (!CryptGetUserKey(hCryptProv, AT_KEYEXCHANGE, &hXchgKey))
        MyHandleError("No exchange key is available.");
    if (!CryptGenKey(hCryptProv, CALG_RC4, CRYPT_EXPORTABLE, &hKey))
        MyHandleError("Error using CryptGenKey.");
    if (!CryptExportKey(hKey, hXchgKey, SIMPLEBLOB, 0, NULL, &dwBlobLen))
        MyHandleError("Error computing BLOB length.");
    printf("Size of the BLOB for the session key determined: %u\n", (unsigned)dwBlobLen);
    Expect(dwBlobLen == 12 + 128, "It is not 12 bytes and the exchange key's length.");
    pbKeyBlob = (BYTE*)malloc(dwBlobLen);
    Expect(pbKeyBlob != NULL, "Out of memory.");
    if (!CryptExportKey(hKey, hXchgKey, SIMPLEBLOB, 0, pbKeyBlob, &dwBlobLen))
        MyHandleError("Error during CryptExportKey.");
    free(pbKeyBlob);
    CryptDestroyKey(hSignKey);
    CryptDestroyKey(hXchgKey);
    CryptDestroyKey(hKey);
    CryptReleaseContext(hCryptProv, 0);
}

// Reads the container's access and writes the same back: nothing may have changed.
static void ReadAndSetAccess(void)
{
    HCRYPTPROV hCryptProv = OpenOrCreate(CONTAINER, 0);
    BYTE abBefore[2000], abAfter[2000];
    DWORD cbBefore = 0, cbAfter = sizeof(abAfter);

    if (!CryptGetProvParam(hCryptProv, PP_KEYSET_SEC_DESCR, NULL, &cbBefore,
                           DACL_SECURITY_INFORMATION) &&
        GetLastError() != ERROR_INSUFFICIENT_BUFFER)
        MyHandleError("Error asking for the security descriptor's length.");
    Expect(cbBefore > 0 && cbBefore <= sizeof(abBefore), "Its length is odd.");
    if (!CryptGetProvParam(hCryptProv, PP_KEYSET_SEC_DESCR, abBefore, &cbBefore,
                           DACL_SECURITY_INFORMATION))
        MyHandleError("Error reading the security descriptor.");
    if (!CryptSetProvParam(hCryptProv, PP_KEYSET_SEC_DESCR, abBefore, DACL_SECURITY_INFORMATION))
        MyHandleError("Error setting the security descriptor.");
    if (!CryptGetProvParam(hCryptProv, PP_KEYSET_SEC_DESCR, abAfter, &cbAfter,
                           DACL_SECURITY_INFORMATION))
        MyHandleError("Error reading the security descriptor again.");
    Expect(cbAfter == cbBefore && memcmp(abBefore, abAfter, cbAfter) == 0,
           "The security descriptor has changed.");
    printf("A security descriptor of %u bytes was read and set.\n", (unsigned)cbBefore);
    CryptReleaseContext(hCryptProv, 0);
}

int main(void)
{
    Delete(CONTAINER, FALSE); // of a run that was broken off
    Delete(SECOND_CONTAINER, FALSE);
    UseAcquireContext();
    CreateKeys(TRUE);
    CreateKeys(FALSE);
    ExportSessionKey();
    ReadAndSetAccess();
    Delete(CONTAINER, TRUE);
    printf("All went well.\n");
    return 0;
}
