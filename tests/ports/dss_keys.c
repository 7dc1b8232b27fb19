// SPDX-License-Identifier: BSD-2-Clause
// The procedures of the DSS provider: a signature pair in a container, its parameters, a signature
// of 40 bytes over a SHA hash, and its verification with the public key that was exported.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define CONTAINER "DSS key procedures"
#define CB_SIGNATURE 40

static const BYTE g_rgbData[] = "The data that is to be hashed and signed.";

void __cdecl MyHandleError(const char* s)
{
    printf("Error in %s 0x%08x\n", s, (unsigned)GetLastError());
    exit(1);
}

static HCRYPTPROV OpenContainer(void)
{
    HCRYPTPROV hProv;

    if (CryptAcquireContextA(&hProv, CONTAINER, MS_DEF_DSS_PROV_A, PROV_DSS, 0))
        return hProv;
    if (GetLastError() != (DWORD)NTE_BAD_KEYSET)
        MyHandleError("CryptAcquireContext");
    if (!CryptAcquireContextA(&hProv, CONTAINER, MS_DEF_DSS_PROV_A, PROV_DSS, CRYPT_NEWKEYSET))
        MyHandleError("CryptAcquireContext, CRYPT_NEWKEYSET");
    return hProv;
}

// By keyspec or by algorithm.
static HCRYPTKEY GetPair(HCRYPTPROV hProv, DWORD dwKeySpec)
{
    HCRYPTKEY hKey;

    if (CryptGetUserKey(hProv, dwKeySpec, &hKey))
        return hKey;
    if (GetLastError() != (DWORD)NTE_NO_KEY)
        MyHandleError("CryptGetUserKey");
    if (!CryptGenKey(hProv, dwKeySpec, 0, &hKey))
        MyHandleError("CryptGenKey");
    return hKey;
}

static void PrintParameter(HCRYPTKEY hKey, DWORD dwParam, const char* szName)
{
    BYTE rgb[256];
    DWORD cb = sizeof(rgb);

    if (!CryptGetKeyParam(hKey, dwParam, rgb, &cb, 0))
        MyHandleError("CryptGetKeyParam");
    printf("%s has %u bytes, the last of them %02x\n", szName, (unsigned)cb, rgb[cb - 1]);
}

static HCRYPTHASH HashData(HCRYPTPROV hProv)
{
    HCRYPTHASH hHash;

    if (!CryptCreateHash(hProv, CALG_SHA, 0, 0, &hHash))
        MyHandleError("CryptCreateHash");
    if (!CryptHashData(hHash, g_rgbData, sizeof(g_rgbData), 0))
        MyHandleError("CryptHashData");
    return hHash;
}

int main(void)
{
    HCRYPTPROV hProv = OpenContainer();
    HCRYPTKEY hPair = GetPair(hProv, CALG_DSS_SIGN), hPublic;
    HCRYPTHASH hHash;
    BYTE rgbSignature[CB_SIGNATURE], rgbBlob[1024];
    DWORD cbSignature = sizeof(rgbSignature), cbBlob = sizeof(rgbBlob), cbNothing = 0;

    CryptDestroyKey(hPair);
    hPair = GetPair(hProv, AT_SIGNATURE); // the same, which is there now
    PrintParameter(hPair, KP_P, "P");
    PrintParameter(hPair, KP_Q, "Q");
    PrintParameter(hPair, KP_G, "G");
    if (!CryptGetKeyParam(hPair, KP_VERIFY_PARAMS, NULL, &cbNothing, 0))
        MyHandleError("CryptGetKeyParam, KP_VERIFY_PARAMS");
    if (!CryptExportKey(hPair, 0, PUBLICKEYBLOB, 0, rgbBlob, &cbBlob))
        MyHandleError("CryptExportKey");

    hHash = HashData(hProv);
    if (!CryptSignHashA(hHash, AT_SIGNATURE, NULL, 0, rgbSignature, &cbSignature))
        MyHandleError("CryptSignHash");
    if (cbSignature != CB_SIGNATURE)
        MyHandleError("the signature's length");
    CryptDestroyHash(hHash);

    if (!CryptImportKey(hProv, rgbBlob, cbBlob, 0, 0, &hPublic))
        MyHandleError("CryptImportKey");
    hHash = HashData(hProv);
    if (!CryptVerifySignatureA(hHash, rgbSignature, cbSignature, hPublic, NULL, 0))
        MyHandleError("CryptVerifySignature");
    printf("The signature verifies.\n");
    CryptDestroyHash(hHash);

    rgbSignature[CB_SIGNATURE / 2] ^= 1;
    hHash = HashData(hProv);
    if (CryptVerifySignatureA(hHash, rgbSignature, cbSignature, hPublic, NULL, 0) ||
        GetLastError() != (DWORD)NTE_BAD_SIGNATURE)
        MyHandleError("CryptVerifySignature, a changed signature");
    CryptDestroyHash(hHash);

    CryptDestroyKey(hPublic);
    CryptDestroyKey(hPair);
    CryptReleaseContext(hProv, 0);
    if (!CryptAcquireContextA(&hProv, CONTAINER, MS_DEF_DSS_PROV_A, PROV_DSS, CRYPT_DELETEKEYSET))
        MyHandleError("CryptAcquireContext, CRYPT_DELETEKEYSET");
    return 0;
}
