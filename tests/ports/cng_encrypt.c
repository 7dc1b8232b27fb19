// SPDX-License-Identifier: BSD-2-Clause
// Encrypts with CNG: AES in CBC mode, the key object in memory of the program's own; the key is
// saved as an opaque blob, destroyed, and brought back to decrypt.

#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <bcrypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NT_SUCCESS(Status) (((NTSTATUS)(Status)) >= 0)

#define BLOCK 16
#define CIPHER_LENGTH 32

// Key, initialization vector and text are the same sixteen bytes.
static const BYTE rgbPlaintext[BLOCK] = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,
                                         0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f};

static const BYTE rgbExpected[CIPHER_LENGTH] = {
    0xc6, 0xa1, 0x3b, 0x37, 0x87, 0x8f, 0x5b, 0x82, 0x6f, 0x4f, 0x81, 0x62, 0xa1, 0xc8, 0xd8, 0x79,
    0xb1, 0xa2, 0x92, 0x73, 0xbe, 0x2c, 0x42, 0x07, 0xa5, 0xac, 0xe3, 0x93, 0x39, 0x8c, 0xb6, 0xfb};

typedef struct _SAVED_KEY {
    PBYTE pbBlob;
    DWORD cbBlob;
} SAVED_KEY;

static void Require(BOOL bHolds, const char* szWhat, NTSTATUS Status)
{
    if (bHolds)
        return;
    fprintf(stderr, "**** %s (status 0x%08x)\n", szWhat, (unsigned)Status);
    exit(1);
}

static void PrintBytes(const char* szName, const BYTE* pbData, DWORD cbData)
{
    DWORD i;
    printf("%-12s", szName);
    for (i = 0; i < cbData; ++i)
        printf("%02x", pbData[i]);
    printf("\n");
}

static PBYTE Allocate(DWORD cb)
{
    PBYTE pb = (PBYTE)HeapAlloc(GetProcessHeap(), 0, cb);
    Require(pb != NULL, "HeapAlloc failed", 0);
    return pb;
}

static void Free(PBYTE pb)
{
    HeapFree(GetProcessHeap(), 0, pb);
}

static DWORD DwordProperty(BCRYPT_ALG_HANDLE hAlg, LPCWSTR pszProperty)
{
    DWORD dwValue = 0, cbData = 0;
    NTSTATUS status =
        BCryptGetProperty(hAlg, pszProperty, (PBYTE)&dwValue, sizeof(DWORD), &cbData, 0);
    Require(NT_SUCCESS(status) && cbData == sizeof(DWORD), "BCryptGetProperty", status);
    return dwValue;
}

static BCRYPT_ALG_HANDLE OpenAesInCbcMode(void)
{
    BCRYPT_ALG_HANDLE hAesAlg = NULL;
    NTSTATUS status = BCryptOpenAlgorithmProvider(&hAesAlg, BCRYPT_AES_ALGORITHM, NULL, 0);
    Require(NT_SUCCESS(status), "BCryptOpenAlgorithmProvider", status);
    status = BCryptSetProperty(hAesAlg, BCRYPT_CHAINING_MODE, (PBYTE)BCRYPT_CHAIN_MODE_CBC,
                               sizeof(BCRYPT_CHAIN_MODE_CBC), 0);
    Require(NT_SUCCESS(status), "BCryptSetProperty", status);
    Require(DwordProperty(hAesAlg, BCRYPT_BLOCK_LENGTH) == BLOCK, "AES without 16-byte blocks", 0);
    return hAesAlg;
}

static SAVED_KEY SaveKey(BCRYPT_KEY_HANDLE hKey)
{
    SAVED_KEY Saved;
    NTSTATUS status =
        BCryptExportKey(hKey, NULL, BCRYPT_OPAQUE_KEY_BLOB, NULL, 0, &Saved.cbBlob, 0);
    Require(NT_SUCCESS(status), "BCryptExportKey, size", status);
    Saved.pbBlob = Allocate(Saved.cbBlob);
    status = BCryptExportKey(hKey, NULL, BCRYPT_OPAQUE_KEY_BLOB, Saved.pbBlob, Saved.cbBlob,
                             &Saved.cbBlob, 0);
    Require(NT_SUCCESS(status), "BCryptExportKey", status);
    printf("The saved key takes %u bytes.\n", (unsigned)Saved.cbBlob);
    return Saved;
}

static PBYTE Encrypt(BCRYPT_KEY_HANDLE hKey, DWORD* pcbCipherText)
{
    BYTE rgbIV[BLOCK], rgbInput[BLOCK];
    PBYTE pbCipherText;
    NTSTATUS status;

    memcpy(rgbIV, rgbPlaintext, BLOCK);
    memcpy(rgbInput, rgbPlaintext, BLOCK);
    status = BCryptEncrypt(hKey, rgbInput, BLOCK, NULL, rgbIV, BLOCK, NULL, 0, pcbCipherText,
                           BCRYPT_BLOCK_PADDING);
    Require(NT_SUCCESS(status), "BCryptEncrypt, size", status);
    Require(*pcbCipherText == CIPHER_LENGTH, "a full block should get a block of padding", 0);
    Require(memcmp(rgbIV, rgbPlaintext, BLOCK) == 0, "asking for the size used up the IV", 0);

    pbCipherText = Allocate(*pcbCipherText);
    status = BCryptEncrypt(hKey, rgbInput, BLOCK, NULL, rgbIV, BLOCK, pbCipherText, *pcbCipherText,
                           pcbCipherText, BCRYPT_BLOCK_PADDING);
    Require(NT_SUCCESS(status), "BCryptEncrypt", status);
    PrintBytes("Cipher text", pbCipherText, *pcbCipherText);
    Require(*pcbCipherText == CIPHER_LENGTH &&
                memcmp(pbCipherText, rgbExpected, CIPHER_LENGTH) == 0,
            "this is another cipher text than it should be", 0);
    Require(memcmp(rgbIV, rgbPlaintext, BLOCK) != 0, "encrypting left the IV as it was", 0);
    return pbCipherText;
}

static void Decrypt(BCRYPT_KEY_HANDLE hKey, PBYTE pbCipherText, DWORD cbCipherText)
{
    BYTE rgbIV[BLOCK];
    DWORD cbPlainText = 0;
    PBYTE pbPlainText;
    NTSTATUS status;

    memcpy(rgbIV, rgbPlaintext, BLOCK);
    status = BCryptDecrypt(hKey, pbCipherText, cbCipherText, NULL, rgbIV, BLOCK, NULL, 0,
                           &cbPlainText, BCRYPT_BLOCK_PADDING);
    Require(NT_SUCCESS(status), "BCryptDecrypt, size", status);
    pbPlainText = Allocate(cbPlainText);
    status = BCryptDecrypt(hKey, pbCipherText, cbCipherText, NULL, rgbIV, BLOCK, pbPlainText,
                           cbPlainText, &cbPlainText, BCRYPT_BLOCK_PADDING);
    Require(NT_SUCCESS(status), "BCryptDecrypt", status);
    PrintBytes("Plain text", pbPlainText, cbPlainText);
    Require(cbPlainText == BLOCK && memcmp(pbPlainText, rgbPlaintext, BLOCK) == 0,
            "the plain text did not come back", 0);
    Free(pbPlainText);
}

int main(void)
{
    BCRYPT_ALG_HANDLE hAesAlg = OpenAesInCbcMode();
    const DWORD cbKeyObject = DwordProperty(hAesAlg, BCRYPT_OBJECT_LENGTH);
    PBYTE pbKeyObject = Allocate(cbKeyObject);
    BCRYPT_KEY_HANDLE hKey = NULL;
    SAVED_KEY Saved;
    DWORD cbCipherText = 0;
    PBYTE pbCipherText;
    NTSTATUS status;

    status = BCryptGenerateSymmetricKey(hAesAlg, &hKey, pbKeyObject, cbKeyObject,
                                        (PBYTE)rgbPlaintext, BLOCK, 0);
    Require(NT_SUCCESS(status), "BCryptGenerateSymmetricKey", status);
    Saved = SaveKey(hKey);
    pbCipherText = Encrypt(hKey, &cbCipherText);
    status = BCryptDestroyKey(hKey);
    Require(NT_SUCCESS(status), "BCryptDestroyKey", status);

    // The same memory serves the second key.
    memset(pbKeyObject, 0, cbKeyObject);
    status = BCryptImportKey(hAesAlg, NULL, BCRYPT_OPAQUE_KEY_BLOB, &hKey, pbKeyObject, cbKeyObject,
                             Saved.pbBlob, Saved.cbBlob, 0);
    Require(NT_SUCCESS(status), "BCryptImportKey", status);
    Decrypt(hKey, pbCipherText, cbCipherText);

    status = BCryptCloseAlgorithmProvider(hAesAlg, 0);
    Require(NT_SUCCESS(status), "BCryptCloseAlgorithmProvider", status);
    status = BCryptDestroyKey(hKey);
    Require(NT_SUCCESS(status), "BCryptDestroyKey, after the provider was closed", status);
    Require(BCryptDestroyKey(hKey) == STATUS_INVALID_HANDLE, "a destroyed key died twice", 0);
    Free(pbCipherText);
    Free(Saved.pbBlob);
    Free(pbKeyObject);
    printf("Success!\n");
    return 0;
}
