// SPDX-License-Identifier: BSD-2-Clause
// The documented sample RsaCapiAndCngInterop: one RSA key in both interfaces. Signatures and
// ciphertexts of CryptoAPI are CNG's, last byte first.

#define _WIN32_WINNT 0x0600

#include <windows.h>
#include <wincrypt.h>
#include <bcrypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma comment(lib, "bcrypt.lib")

#ifndef NT_SUCCESS
#define NT_SUCCESS(Status) (((NTSTATUS)(Status)) >= 0)
#endif

static const char szContainer[] = "capishim port rsa interop";
static const BYTE Message[] = {0x04, 0x87, 0xec, 0x66, 0xa8, 0xbf, 0x17, 0xa6};

static void ReportErrorAndExit(const char* szWhat, DWORD dwError)
{
    printf("%s failed with 0x%08x\n", szWhat, (unsigned)dwError);
    exit(1);
}

static void Capi(BOOL bResult, const char* szWhat)
{
    if (!bResult)
        ReportErrorAndExit(szWhat, GetLastError());
}

static void Cng(NTSTATUS Status, const char* szWhat)
{
    if (!NT_SUCCESS(Status))
        ReportErrorAndExit(szWhat, (DWORD)Status);
}

static void ReverseBytes(BYTE* ByteBuffer, DWORD ByteBufferLength)
{
    for (DWORD i = 0; i < ByteBufferLength / 2; ++i) {
        BYTE b = ByteBuffer[i];
        ByteBuffer[i] = ByteBuffer[ByteBufferLength - 1 - i];
        ByteBuffer[ByteBufferLength - 1 - i] = b;
    }
}

struct BLOB_BUFFER {
    BYTE Data[2048];
    DWORD Length;
};

static void ExportCapi(HCRYPTKEY hKey, DWORD dwType, BLOB_BUFFER* pBlob)
{
    DWORD cbNeeded = 0;
    Capi(CryptExportKey(hKey, 0, dwType, 0, NULL, &cbNeeded), "CryptExportKey (size)");
    pBlob->Length = sizeof(pBlob->Data);
    Capi(CryptExportKey(hKey, 0, dwType, 0, pBlob->Data, &pBlob->Length), "CryptExportKey");
    if (pBlob->Length != cbNeeded)
        ReportErrorAndExit("Comparing the lengths of an export", 0);
}

static void MakeHash(HCRYPTPROV hProv, HCRYPTHASH* phHash, BYTE* pbValue)
{
    DWORD cbValue = 20;
    Capi(CryptCreateHash(hProv, CALG_SHA1, 0, 0, phHash), "CryptCreateHash");
    Capi(CryptHashData(*phHash, Message, sizeof(Message), 0), "CryptHashData");
    Capi(CryptGetHashParam(*phHash, HP_HASHVAL, pbValue, &cbValue, 0), "CryptGetHashParam");
}

static void SignWithCapiVerifyWithCng(HCRYPTPROV hProv, BCRYPT_KEY_HANDLE hCngKey)
{
    HCRYPTHASH hHash = 0;
    BYTE Hash[20], Signature[256];
    DWORD cbSignature = sizeof(Signature);
    BCRYPT_PKCS1_PADDING_INFO PaddingInfo = {BCRYPT_SHA1_ALGORITHM};

    MakeHash(hProv, &hHash, Hash);
    Capi(CryptSignHashA(hHash, AT_SIGNATURE, NULL, 0, Signature, &cbSignature), "CryptSignHash");
    ReverseBytes(Signature, cbSignature);
    Cng(BCryptVerifySignature(hCngKey, &PaddingInfo, Hash, sizeof(Hash), Signature, cbSignature,
                              BCRYPT_PAD_PKCS1),
        "BCryptVerifySignature");
    CryptDestroyHash(hHash);
    printf("CNG verified what CryptoAPI had signed.\n");
}

static void SignWithCngVerifyWithCapi(HCRYPTPROV hProv, HCRYPTKEY hPublic,
                                      BCRYPT_KEY_HANDLE hCngKey)
{
    HCRYPTHASH hHash = 0;
    BYTE Hash[20], Signature[256];
    ULONG cbSignature = 0;
    BCRYPT_PKCS1_PADDING_INFO PaddingInfo = {BCRYPT_SHA1_ALGORITHM};

    MakeHash(hProv, &hHash, Hash);
    Cng(BCryptSignHash(hCngKey, &PaddingInfo, Hash, sizeof(Hash), Signature, sizeof(Signature),
                       &cbSignature, BCRYPT_PAD_PKCS1),
        "BCryptSignHash");
    ReverseBytes(Signature, cbSignature);
    Capi(CryptVerifySignatureA(hHash, Signature, cbSignature, hPublic, NULL, 0),
         "CryptVerifySignature");
    CryptDestroyHash(hHash);
    printf("CryptoAPI verified what CNG had signed.\n");
}

static void EncryptWithCapiDecryptWithCng(HCRYPTKEY hPublic, BCRYPT_KEY_HANDLE hCngKey)
{
    BYTE Buffer[256], Plain[256];
    DWORD cbData = sizeof(Message), cbNeeded = sizeof(Message);
    ULONG cbPlain = 0;

    Capi(CryptEncrypt(hPublic, 0, TRUE, 0, NULL, &cbNeeded, 0), "CryptEncrypt (size)");
    memcpy(Buffer, Message, sizeof(Message));
    Capi(CryptEncrypt(hPublic, 0, TRUE, 0, Buffer, &cbData, sizeof(Buffer)), "CryptEncrypt");
    if (cbNeeded != cbData || cbData != 128)
        ReportErrorAndExit("Comparing the lengths of a ciphertext", cbNeeded);
    ReverseBytes(Buffer, cbData);
    Cng(BCryptDecrypt(hCngKey, Buffer, cbData, NULL, NULL, 0, Plain, sizeof(Plain), &cbPlain,
                      BCRYPT_PAD_PKCS1),
        "BCryptDecrypt");
    if (cbPlain != sizeof(Message) || memcmp(Plain, Message, cbPlain) != 0)
        ReportErrorAndExit("Comparing the plaintext", cbPlain);
    printf("CNG decrypted what CryptoAPI had encrypted.\n");
}

static void EncryptWithCngDecryptWithCapi(HCRYPTKEY hKey, BCRYPT_KEY_HANDLE hCngKey)
{
    BYTE Buffer[256];
    ULONG cbBuffer = 0;
    DWORD cbData;

    Cng(BCryptEncrypt(hCngKey, (PUCHAR)Message, sizeof(Message), NULL, NULL, 0, Buffer,
                      sizeof(Buffer), &cbBuffer, BCRYPT_PAD_PKCS1),
        "BCryptEncrypt");
    ReverseBytes(Buffer, cbBuffer);
    cbData = cbBuffer;
    Capi(CryptDecrypt(hKey, 0, TRUE, 0, Buffer, &cbData), "CryptDecrypt");
    if (cbData != sizeof(Message) || memcmp(Buffer, Message, cbData) != 0)
        ReportErrorAndExit("Comparing the plaintext", cbData);
    printf("CryptoAPI decrypted what CNG had encrypted.\n");
}

static void ExportFromCng(BCRYPT_KEY_HANDLE hCngKey, const BLOB_BUFFER* pExpected)
{
    BYTE Blob[2048];
    ULONG cbBlob = 0;

    Cng(BCryptExportKey(hCngKey, 0, LEGACY_RSAPRIVATE_BLOB, Blob, sizeof(Blob), &cbBlob, 0),
        "BCryptExportKey");
    // CNG does not know whether a pair was for exchange or for signatures: bytes 4 to 7.
    if (cbBlob != pExpected->Length ||
        memcmp(Blob + sizeof(BLOBHEADER), pExpected->Data + sizeof(BLOBHEADER),
               cbBlob - sizeof(BLOBHEADER)) != 0)
        ReportErrorAndExit("Comparing the private blobs", cbBlob);
    printf("The key left CNG as it had entered.\n");
}

static void WithPair(HCRYPTPROV hProv, HCRYPTPROV hAesProv, BCRYPT_ALG_HANDLE hAlg, DWORD dwKeySpec)
{
    HCRYPTKEY hKey = 0, hPublic = 0;
    BCRYPT_KEY_HANDLE hCngKey = NULL;
    BLOB_BUFFER Private, Public;

    Capi(CryptGenKey(hProv, dwKeySpec, 1024 << 16 | CRYPT_EXPORTABLE, &hKey), "CryptGenKey");
    ExportCapi(hKey, PRIVATEKEYBLOB, &Private);
    ExportCapi(hKey, PUBLICKEYBLOB, &Public);
    Capi(CryptImportKey(hAesProv, Public.Data, Public.Length, 0, 0, &hPublic), "CryptImportKey");
    Cng(BCryptImportKeyPair(hAlg, NULL, LEGACY_RSAPRIVATE_BLOB, &hCngKey, Private.Data,
                            Private.Length, 0),
        "BCryptImportKeyPair");
    if (dwKeySpec == AT_SIGNATURE) {
        SignWithCapiVerifyWithCng(hProv, hCngKey);
        SignWithCngVerifyWithCapi(hAesProv, hPublic, hCngKey);
    } else {
        EncryptWithCapiDecryptWithCng(hPublic, hCngKey);
        EncryptWithCngDecryptWithCapi(hKey, hCngKey);
    }
    ExportFromCng(hCngKey, &Private);
    BCryptDestroyKey(hCngKey);
    CryptDestroyKey(hPublic);
    CryptDestroyKey(hKey);
}

int main()
{
    HCRYPTPROV hProv = 0, hAesProv = 0;
    BCRYPT_ALG_HANDLE hAlg = NULL;

    CryptAcquireContextA(&hProv, szContainer, MS_STRONG_PROV_A, PROV_RSA_FULL, CRYPT_DELETEKEYSET);
    Capi(
        CryptAcquireContextA(&hProv, szContainer, MS_STRONG_PROV_A, PROV_RSA_FULL, CRYPT_NEWKEYSET),
        "CryptAcquireContext");
    Capi(CryptAcquireContextA(&hAesProv, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT),
         "CryptAcquireContext");
    Cng(BCryptOpenAlgorithmProvider(&hAlg, BCRYPT_RSA_ALGORITHM, NULL, 0),
        "BCryptOpenAlgorithmProvider");
    WithPair(hProv, hAesProv, hAlg, AT_SIGNATURE);
    WithPair(hProv, hAesProv, hAlg, AT_KEYEXCHANGE);
    BCryptCloseAlgorithmProvider(hAlg, 0);
    CryptReleaseContext(hAesProv, 0);
    CryptReleaseContext(hProv, 0);
    Capi(CryptAcquireContextA(&hProv, szContainer, MS_STRONG_PROV_A, PROV_RSA_FULL,
                              CRYPT_DELETEKEYSET),
         "CryptAcquireContext (delete)");
    return 0;
}
