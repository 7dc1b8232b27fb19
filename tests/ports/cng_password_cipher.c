// SPDX-License-Identifier: BSD-2-Clause
// Encrypts a message with AES in CBC mode under a key that PBKDF2 makes of a password, and decrypts
// it with a second key object. The mode is set on the keys.

#include "cng_program.h"

#define KEY_LENGTH 16
#define ITERATIONS 12000

static BYTE rgbPassword[] = {'P', 'A', 'S', 'S', 'W', 'O', 'R', 'D'};
static BYTE rgbSalt[] = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
static const char szMessage[] = "Some text that fills more than one block of the cipher.";

static void DeriveKey(PBYTE pbKey)
{
    BCRYPT_ALG_HANDLE hKdfAlg = Open(BCRYPT_PBKDF2_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE hPassword = NULL;
    ULONGLONG cIterations = ITERATIONS;
    ULONG cbResult = 0;
    BCryptBuffer rgBuffers[3];
    BCryptBufferDesc List;

    rgBuffers[0].BufferType = KDF_HASH_ALGORITHM;
    rgBuffers[0].cbBuffer = sizeof(BCRYPT_SHA256_ALGORITHM);
    rgBuffers[0].pvBuffer = (PVOID)BCRYPT_SHA256_ALGORITHM;
    rgBuffers[1].BufferType = KDF_SALT;
    rgBuffers[1].cbBuffer = sizeof(rgbSalt);
    rgBuffers[1].pvBuffer = rgbSalt;
    rgBuffers[2].BufferType = KDF_ITERATION_COUNT;
    rgBuffers[2].cbBuffer = sizeof(cIterations);
    rgBuffers[2].pvBuffer = &cIterations;
    List.ulVersion = BCRYPTBUFFER_VERSION;
    List.cBuffers = 3;
    List.pBuffers = rgBuffers;

    Check(BCryptGenerateSymmetricKey(hKdfAlg, &hPassword, NULL, 0, rgbPassword, sizeof(rgbPassword),
                                     0),
          "BCryptGenerateSymmetricKey, password");
    Check(BCryptKeyDerivation(hPassword, &List, pbKey, KEY_LENGTH, &cbResult, 0),
          "BCryptKeyDerivation");
    Require(cbResult == KEY_LENGTH, "a key of another length");
    Check(BCryptDestroyKey(hPassword), "BCryptDestroyKey");
    Check(BCryptCloseAlgorithmProvider(hKdfAlg, 0), "BCryptCloseAlgorithmProvider");
    PrintBytes("key", pbKey, KEY_LENGTH);
}

static BCRYPT_KEY_HANDLE MakeKey(BCRYPT_ALG_HANDLE hAesAlg, PBYTE pbKey)
{
    BCRYPT_KEY_HANDLE hKey = NULL;
    Check(BCryptGenerateSymmetricKey(hAesAlg, &hKey, NULL, 0, pbKey, KEY_LENGTH, 0),
          "BCryptGenerateSymmetricKey");
    Check(BCryptSetProperty(hKey, BCRYPT_CHAINING_MODE, (PBYTE)BCRYPT_CHAIN_MODE_CBC,
                            sizeof(BCRYPT_CHAIN_MODE_CBC), 0),
          "BCryptSetProperty, on the key");
    return hKey;
}

int main(void)
{
    BCRYPT_ALG_HANDLE hAesAlg = Open(BCRYPT_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE hKey;
    DWORD cbBlock = DwordProperty(hAesAlg, BCRYPT_BLOCK_LENGTH), cbCipherText = 0, cbPlainText = 0;
    PBYTE pbIV = Allocate(cbBlock), pbIVCopy = Allocate(cbBlock), pbCipherText, pbPlainText;
    BYTE rgbKey[KEY_LENGTH];

    DeriveKey(rgbKey);
    Check(BCryptGenRandom(NULL, pbIV, cbBlock, BCRYPT_USE_SYSTEM_PREFERRED_RNG), "BCryptGenRandom");

    hKey = MakeKey(hAesAlg, rgbKey);
    memcpy(pbIVCopy, pbIV, cbBlock); /* it is used up */
    Check(BCryptEncrypt(hKey, (PUCHAR)szMessage, sizeof(szMessage), NULL, pbIVCopy, cbBlock, NULL,
                        0, &cbCipherText, BCRYPT_BLOCK_PADDING),
          "BCryptEncrypt, size");
    pbCipherText = Allocate(cbCipherText);
    Check(BCryptEncrypt(hKey, (PUCHAR)szMessage, sizeof(szMessage), NULL, pbIVCopy, cbBlock,
                        pbCipherText, cbCipherText, &cbCipherText, BCRYPT_BLOCK_PADDING),
          "BCryptEncrypt");
    PrintBytes("ciphertext", pbCipherText, cbCipherText);
    Check(BCryptDestroyKey(hKey), "BCryptDestroyKey");

    hKey = MakeKey(hAesAlg, rgbKey);
    memcpy(pbIVCopy, pbIV, cbBlock);
    Check(BCryptDecrypt(hKey, pbCipherText, cbCipherText, NULL, pbIVCopy, cbBlock, NULL, 0,
                        &cbPlainText, BCRYPT_BLOCK_PADDING),
          "BCryptDecrypt, size");
    pbPlainText = Allocate(cbPlainText);
    Check(BCryptDecrypt(hKey, pbCipherText, cbCipherText, NULL, pbIVCopy, cbBlock, pbPlainText,
                        cbPlainText, &cbPlainText, BCRYPT_BLOCK_PADDING),
          "BCryptDecrypt");
    Require(cbPlainText == sizeof(szMessage) && memcmp(pbPlainText, szMessage, cbPlainText) == 0,
            "another message came back");
    printf("decrypted: %s\n", (const char*)pbPlainText);
    Check(BCryptDestroyKey(hKey), "BCryptDestroyKey");
    Check(BCryptCloseAlgorithmProvider(hAesAlg, 0), "BCryptCloseAlgorithmProvider");
    Free(pbPlainText);
    Free(pbCipherText);
    Free(pbIVCopy);
    Free(pbIV);
    return 0;
}
