// SPDX-License-Identifier: BSD-2-Clause
// Creates HMACs: with a key derived from a password, as the classic program does it, in a provider
// of strong keys and in one of weak keys, and with raw keys against RFC 2202.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <Wincrypt.h>

#define MAX_RAW_KEY 128
#define MAX_HASH 64

typedef struct _RAW_KEY_CASE {
    ALG_ID aiHash;
    BYTE bKeyByte; // 0: the key is "Jefe"
    DWORD cbKey;
    const char* szData;
    const char* szExpected;
} RAW_KEY_CASE;

static const char szJefe[] = "what do ya want for nothing?";
static const char szLong[] = "Test Using Larger Than Block-Size Key - Hash Key First";

static const RAW_KEY_CASE RawKeyCases[] = {
    {CALG_MD5, 0x0b, 16, "Hi There", "9294727a3638bb1c13f48ef8158bfc9d"},
    {CALG_SHA1, 0x0b, 20, "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"},
    {CALG_MD5, 0, 4, szJefe, "750c783e6ab0b503eaa86e310a5db738"},
    {CALG_SHA1, 0, 4, szJefe, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
    {CALG_MD5, 0xaa, 80, szLong, "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"},
    {CALG_SHA1, 0xaa, 80, szLong, "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
};

void __cdecl MyHandleError(__in const char* s)
{
    printf("Error in %s 0x%08x\n", s, (unsigned)GetLastError());
    exit(1);
}

static void Check(__in const char* szName, __in const BYTE* pbValue, __in DWORD cbValue,
                  __in const char* szExpected)
{
    char szHex[2 * MAX_HASH + 1];
    DWORD i;

    for (i = 0; i < cbValue; ++i)
        sprintf(szHex + 2 * i, "%02x", pbValue[i]);
    printf("%-28s %s\n", szName, szHex);
    if (strcmp(szHex, szExpected) != 0) {
        printf("  expected                   %s\n", szExpected);
        exit(1);
    }
}

static void CheckHmac(__in HCRYPTPROV hProv, __in HCRYPTKEY hKey, __in ALG_ID aiHash,
                      __in const char* szName, __in const char* szData, __in const char* szExpected)
{
    HMAC_INFO HmacInfo;
    HCRYPTHASH hHmacHash = 0;
    BYTE* pbHash;
    DWORD dwDataLen = 0;

    ZeroMemory(&HmacInfo, sizeof(HmacInfo));
    HmacInfo.HashAlgid = aiHash;
    if (!CryptCreateHash(hProv, CALG_HMAC, hKey, 0, &hHmacHash))
        MyHandleError("CryptCreateHash");
    if (!CryptSetHashParam(hHmacHash, HP_HMAC_INFO, (BYTE*)&HmacInfo, 0))
        MyHandleError("CryptSetHashParam");
    if (!CryptHashData(hHmacHash, (const BYTE*)szData, (DWORD)strlen(szData), 0))
        MyHandleError("CryptHashData");
    if (!CryptGetHashParam(hHmacHash, HP_HASHVAL, NULL, &dwDataLen, 0))
        MyHandleError("CryptGetHashParam, length");
    pbHash = (BYTE*)malloc(dwDataLen);
    if (!pbHash)
        MyHandleError("malloc");
    if (!CryptGetHashParam(hHmacHash, HP_HASHVAL, pbHash, &dwDataLen, 0))
        MyHandleError("CryptGetHashParam");
    Check(szName, pbHash, dwDataLen, szExpected);
    free(pbHash);
    if (!CryptDestroyHash(hHmacHash))
        MyHandleError("CryptDestroyHash");
}

// SHA-1 of the password, an RC4 key from it, and "message" under that: the length of the key is the
// provider's default, 128 bits or 40.
static void PasswordHmac(__in const char* szProvider, __in const char* szName,
                         __in const char* szExpected)
{
    HCRYPTPROV hProv = 0;
    HCRYPTHASH hHash = 0;
    HCRYPTKEY hKey = 0;

    if (!CryptAcquireContext(&hProv, NULL, szProvider, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT))
        MyHandleError("CryptAcquireContext");
    if (!CryptCreateHash(hProv, CALG_SHA1, 0, 0, &hHash))
        MyHandleError("CryptCreateHash");
    if (!CryptHashData(hHash, (const BYTE*)"password", 8, 0))
        MyHandleError("CryptHashData");
    if (!CryptDeriveKey(hProv, CALG_RC4, hHash, 0, &hKey))
        MyHandleError("CryptDeriveKey");
    CheckHmac(hProv, hKey, CALG_SHA1, szName, "message", szExpected);
    if (!CryptDestroyHash(hHash) || !CryptDestroyKey(hKey) || !CryptReleaseContext(hProv, 0))
        MyHandleError("the clean-up");
}

// A key for HMAC has no algorithm of its own: it comes in as RC2, of any length.
static HCRYPTKEY ImportRawKey(__in HCRYPTPROV hProv, __in const RAW_KEY_CASE* pCase)
{
    struct {
        BLOBHEADER Header;
        DWORD cbKeySize;
        BYTE abKey[MAX_RAW_KEY];
    } Blob;
    HCRYPTKEY hKey = 0;

    ZeroMemory(&Blob, sizeof(Blob));
    Blob.Header.bType = PLAINTEXTKEYBLOB;
    Blob.Header.bVersion = CUR_BLOB_VERSION;
    Blob.Header.aiKeyAlg = CALG_RC2;
    Blob.cbKeySize = pCase->cbKey;
    if (pCase->bKeyByte)
        memset(Blob.abKey, pCase->bKeyByte, pCase->cbKey);
    else
        memcpy(Blob.abKey, "Jefe", 4);
    if (!CryptImportKey(hProv, (BYTE*)&Blob, sizeof(BLOBHEADER) + sizeof(DWORD) + pCase->cbKey, 0,
                        CRYPT_IPSEC_HMAC_KEY, &hKey))
        MyHandleError("CryptImportKey");
    return hKey;
}

static void RawKeyHmacs(void)
{
    HCRYPTPROV hProv = 0;
    HCRYPTKEY hKey;
    char szName[64];
    size_t i;

    if (!CryptAcquireContext(&hProv, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT))
        MyHandleError("CryptAcquireContext");
    for (i = 0; i < sizeof(RawKeyCases) / sizeof(RawKeyCases[0]); ++i) {
        hKey = ImportRawKey(hProv, &RawKeyCases[i]);
        sprintf(szName, "HMAC-%s, key of %u bytes",
                RawKeyCases[i].aiHash == CALG_MD5 ? "MD5" : "SHA-1",
                (unsigned)RawKeyCases[i].cbKey);
        CheckHmac(hProv, hKey, RawKeyCases[i].aiHash, szName, RawKeyCases[i].szData,
                  RawKeyCases[i].szExpected);
        if (!CryptDestroyKey(hKey))
            MyHandleError("CryptDestroyKey");
    }
    if (!CryptReleaseContext(hProv, 0))
        MyHandleError("CryptReleaseContext");
}

int main(void)
{
    PasswordHmac(MS_STRONG_PROV, "password, 128-bit RC4",
                 "48f2573829294316fdf4db5831e10c74488ed4e2");
    PasswordHmac(MS_DEF_PROV, "password, 40-bit RC4", "2c88cc1875bd94be8227bd0589b9f9bb3599ddb7");
    RawKeyHmacs();
    return 0;
}
