// SPDX-License-Identifier: BSD-2-Clause
// Exports keys and imports them again: a plaintext DES key, an RSA pair in clear and under a
// session key, its public half. The blobs are known ones: every byte that comes back is checked.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <wincrypt.h>

#define CONTAINER_NAME "capishim port import"
#define MAX_BLOB 512

// A pair of 512 bits, published by Microsoft as an example for interoperability.
static const char szPrivateBlob[] =
    "0702000000a40000525341320002000001000100"
    "6bdf51efdb6f105c32bf871cd14c247ee72a14106deb2cd58c0b957bc75dc687"
    "12eaa9cd577d3ecbe96a46d0e1ae2f86d950f99871dd39fc0e60a9d3f238bb8d"
    "5d2cbc1ec338fe005ecacfcdb4138916d207bc9be120310b8128170cc77394ee"
    "67be7b784ec79173a8345a249d920de8916124dcb5ebdf7166dce177d4781498"
    "7944b019f6f07d63cf626778d07b10ae6bdb40b3b2eb2e9f31342dcbbfa26aa6"
    "1fe90342f2639bb733d0fe2083261f56a824f56d1951a59231e42bbc11c82675"
    "a051e983caee4bf059eba481d61f49422b7589a79f847f1fc38f70b67e065e8b"
    "c9536580b716f25e5ede0b57474386858afb37ac6634ba091ab1210baafa6cb7"
    "75a73e2318589590b529a41e15765256bb3d6b1d2ad19f5c8ac055eac329a21e";

// What that pair makes of the SHA-1 of "abc".
static const char szSignature[] =
    "dc164ca66fe6fb57d0283706aca8422d2ebeaf56a2b78ae79b582cc1ab82c70d"
    "1ba3e089e3077131a153f6cf13745566ea628101adda71b5fb019d00da31185a";

// A DES key as the classic program imports it.
static const char szDesBlob[] = "080200000166000008000000f10e257c6bce0d34";

typedef struct _BLOB_BUFFER {
    DWORD cb;
    BYTE ab[MAX_BLOB];
} BLOB_BUFFER;

void MyHandleError(const char* s)
{
    fprintf(stderr, "An error occurred in running the program.\n");
    fprintf(stderr, "%s\n", s);
    fprintf(stderr, "Error number %x.\n", (unsigned)GetLastError());
    fprintf(stderr, "Program terminating.\n");
    exit(1);
}

static BLOB_BUFFER FromHex(const char* szHex)
{
    BLOB_BUFFER Blob;
    unsigned uByte;

    Blob.cb = 0;
    for (; sscanf(szHex, "%2x", &uByte) == 1; szHex += 2)
        Blob.ab[Blob.cb++] = (BYTE)uByte;
    return Blob;
}

static void Expect(const char* szWhat, const BLOB_BUFFER* pGot, const BLOB_BUFFER* pWanted)
{
    if (pGot->cb != pWanted->cb || memcmp(pGot->ab, pWanted->ab, pWanted->cb) != 0)
        MyHandleError(szWhat);
    printf("%s: %u bytes, as expected.\n", szWhat, (unsigned)pGot->cb);
}

static HCRYPTKEY Import(HCRYPTPROV hProv, const BLOB_BUFFER* pBlob, HCRYPTKEY hPubKey,
                        DWORD dwFlags)
{
    HCRYPTKEY hKey = 0;
    if (!CryptImportKey(hProv, pBlob->ab, pBlob->cb, hPubKey, dwFlags, &hKey))
        MyHandleError("CryptImportKey");
    return hKey;
}

static BLOB_BUFFER Export(HCRYPTKEY hKey, HCRYPTKEY hExpKey, DWORD dwType)
{
    BLOB_BUFFER Blob;
    DWORD cbNeeded;

    if (!CryptExportKey(hKey, hExpKey, dwType, 0, NULL, &cbNeeded))
        MyHandleError("CryptExportKey, length");
    Blob.cb = cbNeeded - 1;
    if (CryptExportKey(hKey, hExpKey, dwType, 0, Blob.ab, &Blob.cb))
        MyHandleError("a buffer one byte short was enough");
    if (GetLastError() != ERROR_MORE_DATA || Blob.cb != cbNeeded)
        MyHandleError("a short buffer should give ERROR_MORE_DATA and the length");
    Blob.cb = sizeof(Blob.ab);
    if (!CryptExportKey(hKey, hExpKey, dwType, 0, Blob.ab, &Blob.cb))
        MyHandleError("CryptExportKey");
    return Blob;
}

static void Destroy(HCRYPTKEY hKey)
{
    if (!CryptDestroyKey(hKey))
        MyHandleError("CryptDestroyKey");
}

static void PlaintextKey(HCRYPTPROV hProv)
{
    const BLOB_BUFFER Wanted = FromHex(szDesBlob);
    BLOB_BUFFER Got;
    HCRYPTKEY hKey = Import(hProv, &Wanted, 0, CRYPT_EXPORTABLE);

    Got = Export(hKey, 0, PLAINTEXTKEYBLOB);
    Expect("PLAINTEXTKEYBLOB of DES", &Got, &Wanted);
    Destroy(hKey);

    hKey = Import(hProv, &Wanted, 0, 0);
    Got.cb = sizeof(Got.ab);
    if (CryptExportKey(hKey, 0, PLAINTEXTKEYBLOB, 0, Got.ab, &Got.cb))
        MyHandleError("a key came out that is not exportable");
    if (GetLastError() != (DWORD)NTE_BAD_KEY_STATE)
        MyHandleError("it should give NTE_BAD_KEY_STATE");
    Destroy(hKey);
}

static BLOB_BUFFER Sign(HCRYPTPROV hProv)
{
    BLOB_BUFFER Signature;
    HCRYPTHASH hHash = 0;

    Signature.cb = sizeof(Signature.ab);
    if (!CryptCreateHash(hProv, CALG_SHA1, 0, 0, &hHash))
        MyHandleError("CryptCreateHash");
    if (!CryptHashData(hHash, (const BYTE*)"abc", 3, 0))
        MyHandleError("CryptHashData");
    if (!CryptSignHash(hHash, AT_KEYEXCHANGE, NULL, 0, Signature.ab, &Signature.cb))
        MyHandleError("CryptSignHash");
    if (!CryptDestroyHash(hHash))
        MyHandleError("CryptDestroyHash");
    return Signature;
}

static HCRYPTKEY KeyFromPassword(HCRYPTPROV hProv)
{
    HCRYPTHASH hHash = 0;
    HCRYPTKEY hKey = 0;

    if (!CryptCreateHash(hProv, CALG_SHA1, 0, 0, &hHash) ||
        !CryptHashData(hHash, (const BYTE*)"password", 8, 0) ||
        !CryptDeriveKey(hProv, CALG_RC4, hHash, 0x00800000, &hKey) || !CryptDestroyHash(hHash))
        MyHandleError("deriving a key");
    return hKey;
}

// The pair becomes the container's exchange pair: it signs, and comes out again byte for byte.
static void PrivateKey(HCRYPTPROV hProv)
{
    const BLOB_BUFFER Private = FromHex(szPrivateBlob);
    const BLOB_BUFFER Signature = FromHex(szSignature);
    BLOB_BUFFER Got;
    HCRYPTKEY hPair = Import(hProv, &Private, 0, CRYPT_EXPORTABLE);

    Got = Export(hPair, 0, PRIVATEKEYBLOB);
    Expect("PRIVATEKEYBLOB in clear", &Got, &Private);
    Destroy(hPair);
    Got = Sign(hProv);
    Expect("signature of the imported pair", &Got, &Signature);

    if (!CryptGetUserKey(hProv, AT_KEYEXCHANGE, &hPair))
        MyHandleError("CryptGetUserKey");
    Got = Export(hPair, 0, PRIVATEKEYBLOB);
    Expect("PRIVATEKEYBLOB from the container", &Got, &Private);
    Destroy(hPair);
}

// The blob header stays readable, the rest is under RC4.
static void EncryptedPrivateKey(HCRYPTPROV hProv)
{
    static const char szStart[] = "0702000000a40000335fcac6eb4b91fe8d9b3d582257211e";
    const BLOB_BUFFER Private = FromHex(szPrivateBlob);
    const BLOB_BUFFER Start = FromHex(szStart);
    HCRYPTKEY hExpKey = KeyFromPassword(hProv);
    HCRYPTKEY hPair = Import(hProv, &Private, 0, CRYPT_EXPORTABLE);
    BLOB_BUFFER Sealed, Got;

    Sealed = Export(hPair, hExpKey, PRIVATEKEYBLOB);
    Destroy(hPair);
    if (Sealed.cb != Private.cb)
        MyHandleError("RC4 has changed the length of the blob");
    Got = Sealed;
    Got.cb = Start.cb;
    Expect("start of the PRIVATEKEYBLOB under RC4", &Got, &Start);

    hPair = Import(hProv, &Sealed, hExpKey, CRYPT_EXPORTABLE);
    Got = Export(hPair, 0, PRIVATEKEYBLOB);
    Expect("PRIVATEKEYBLOB that was under RC4", &Got, &Private);
    Destroy(hPair);
    Destroy(hExpKey);
}

static void PublicKey(HCRYPTPROV hProv)
{
    const BLOB_BUFFER Private = FromHex(szPrivateBlob);
    BLOB_BUFFER Public, Got;
    const RSAPUBKEY* pRsa;
    HCRYPTKEY hPair = 0, hPublic;

    if (!CryptGetUserKey(hProv, AT_KEYEXCHANGE, &hPair))
        MyHandleError("CryptGetUserKey");
    Public = Export(hPair, 0, PUBLICKEYBLOB);
    pRsa = (const RSAPUBKEY*)(Public.ab + sizeof(BLOBHEADER));
    if (Public.cb != 84 || pRsa->magic != 0x31415352 || pRsa->bitlen != 512 ||
        pRsa->pubexp != 65537 || memcmp(Public.ab + 20, Private.ab + 20, 64) != 0)
        MyHandleError("PUBLICKEYBLOB");
    hPublic = Import(hProv, &Public, 0, 0);
    Got = Export(hPublic, 0, PUBLICKEYBLOB);
    Expect("PUBLICKEYBLOB", &Got, &Public);
    Destroy(hPublic);
    Destroy(hPair);
}

int main(void)
{
    HCRYPTPROV hProv = 0;

    CryptAcquireContext(&hProv, CONTAINER_NAME, MS_ENHANCED_PROV, PROV_RSA_FULL,
                        CRYPT_DELETEKEYSET);
    if (!CryptAcquireContext(&hProv, CONTAINER_NAME, MS_ENHANCED_PROV, PROV_RSA_FULL,
                             CRYPT_NEWKEYSET))
        MyHandleError("CryptAcquireContext");
    PlaintextKey(hProv);
    PrivateKey(hProv);
    EncryptedPrivateKey(hProv);
    PublicKey(hProv);
    if (!CryptReleaseContext(hProv, 0))
        MyHandleError("CryptReleaseContext");
    if (!CryptAcquireContext(&hProv, CONTAINER_NAME, MS_ENHANCED_PROV, PROV_RSA_FULL,
                             CRYPT_DELETEKEYSET))
        MyHandleError("CryptAcquireContext, CRYPT_DELETEKEYSET");
    return 0;
}
