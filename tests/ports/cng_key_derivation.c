// SPDX-License-Identifier: BSD-2-Clause
// Derives 60 bytes from one secret with each of CNG's functions, then encrypts with a key of such
// bytes and with a duplicate of it.

#include "cng_program.h"

#define DERIVED_LENGTH 60

static BYTE rgbSecret[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static BYTE rgbLabel[] = "ALICE123"; /* with its NUL */
static BYTE rgbContext[] = {'C', 0, 'o', 0, 'n', 0, 't', 0, 'e', 0, 'x', 0, 't', 0, 0, 0};
static BYTE rgbAlgorithmId[] = {0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0};
static BYTE rgbPartyU[] = {'A', 'L', 'I', 'C', 'E', '1', '2', '3'};
static BYTE rgbPartyV[] = {'B', 'O', 'B', 'B', 'Y', '4', '5', '6'};
static BYTE rgbSalt[] = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
static ULONGLONG cIterations = 12000;

static BCryptBuffer Buffer(ULONG dwType, PVOID pv, ULONG cb)
{
    BCryptBuffer Result;
    Result.cbBuffer = cb;
    Result.BufferType = dwType;
    Result.pvBuffer = pv;
    return Result;
}

static BCryptBuffer HashBuffer(void)
{
    return Buffer(KDF_HASH_ALGORITHM, (PVOID)BCRYPT_SHA256_ALGORITHM,
                  sizeof(BCRYPT_SHA256_ALGORITHM));
}

static void Derive(LPCWSTR pszAlgId, BCryptBuffer* rgBuffers, ULONG cBuffers, PBYTE pbDerived,
                   ULONG cbDerived)
{
    BCRYPT_ALG_HANDLE hAlg = Open(pszAlgId, 0);
    BCRYPT_KEY_HANDLE hKey = NULL;
    BCryptBufferDesc List;
    ULONG cbResult = 0;

    List.ulVersion = BCRYPTBUFFER_VERSION;
    List.cBuffers = cBuffers;
    List.pBuffers = rgBuffers;
    Check(BCryptGenerateSymmetricKey(hAlg, &hKey, NULL, 0, rgbSecret, sizeof(rgbSecret), 0),
          "BCryptGenerateSymmetricKey");
    Check(BCryptKeyDerivation(hKey, &List, pbDerived, cbDerived, &cbResult, 0),
          "BCryptKeyDerivation");
    Require(cbResult == cbDerived, "another length than was asked for");
    Check(BCryptDestroyKey(hKey), "BCryptDestroyKey");
    Check(BCryptCloseAlgorithmProvider(hAlg, 0), "BCryptCloseAlgorithmProvider");
}

static void DeriveWithEach(void)
{
    BCryptBuffer rgBuffers[4];
    BYTE rgbDerived[DERIVED_LENGTH];

    rgBuffers[0] = Buffer(KDF_LABEL, rgbLabel, sizeof(rgbLabel));
    rgBuffers[1] = Buffer(KDF_CONTEXT, rgbContext, sizeof(rgbContext));
    rgBuffers[2] = HashBuffer();
    Derive(BCRYPT_SP800108_CTR_HMAC_ALGORITHM, rgBuffers, 3, rgbDerived, DERIVED_LENGTH);
    Expect("SP800-108", rgbDerived, DERIVED_LENGTH,
           "d23261f6c028222e464aad5e85d1608737a0979c29925cbf4188b8d7444093aa"
           "42d6e52e1cb06f0edc344575f8690eb12b1e40f7362b85b16f520a05");

    rgBuffers[0] = Buffer(KDF_ALGORITHMID, rgbAlgorithmId, sizeof(rgbAlgorithmId));
    rgBuffers[1] = Buffer(KDF_PARTYUINFO, rgbPartyU, sizeof(rgbPartyU));
    rgBuffers[2] = Buffer(KDF_PARTYVINFO, rgbPartyV, sizeof(rgbPartyV));
    rgBuffers[3] = HashBuffer();
    Derive(BCRYPT_SP80056A_CONCAT_ALGORITHM, rgBuffers, 4, rgbDerived, DERIVED_LENGTH);
    Expect("SP800-56A", rgbDerived, DERIVED_LENGTH,
           "529b20e1b8d139f151376d12924b2b7616a77d6bf2fe11c43f845507c935f5ad"
           "faca518a888f15f672e23a26a0b231561430b5413828827cf31eae3a");

    rgBuffers[0] = HashBuffer();
    rgBuffers[1] = Buffer(KDF_SALT, rgbSalt, sizeof(rgbSalt));
    rgBuffers[2] = Buffer(KDF_ITERATION_COUNT, &cIterations, sizeof(cIterations));
    Derive(BCRYPT_PBKDF2_ALGORITHM, rgBuffers, 3, rgbDerived, DERIVED_LENGTH);
    Expect("PBKDF2", rgbDerived, DERIVED_LENGTH,
           "0dea545fedfb662e04a705c300d2fca3966b7cdf822b392771a3196af8208cce"
           "c6fdd3029d18dcfc35df2f3b543b316df7f2b679171a6758056036e3");

    Derive(BCRYPT_CAPI_KDF_ALGORITHM, rgBuffers, 1, rgbDerived, DERIVED_LENGTH);
    Expect("CAPI_KDF", rgbDerived, DERIVED_LENGTH,
           "7695006b48bb2f375970c14b548072dc8f7a7c37c7a4c5fa1079f29b52f37124"
           "a61cd7d012c7c9501e046e86d0ba3978aa40e5e4f29ed0b14769c766");
}

static DWORD Encrypt(BCRYPT_KEY_HANDLE hKey, PBYTE pbCipherText, DWORD cbCipherText)
{
    BYTE rgbIV[16];
    DWORD cbResult = 0;
    memset(rgbIV, 0, sizeof(rgbIV));
    Check(BCryptSetProperty(hKey, BCRYPT_CHAINING_MODE, (PBYTE)BCRYPT_CHAIN_MODE_CBC,
                            sizeof(BCRYPT_CHAIN_MODE_CBC), 0),
          "BCryptSetProperty, on the key");
    Check(BCryptEncrypt(hKey, rgbPartyU, sizeof(rgbPartyU), NULL, rgbIV, sizeof(rgbIV),
                        pbCipherText, cbCipherText, &cbResult, BCRYPT_BLOCK_PADDING),
          "BCryptEncrypt");
    return cbResult;
}

static void EncryptWithDuplicate(void)
{
    BCRYPT_ALG_HANDLE hAesAlg = Open(BCRYPT_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE hKey = NULL, hCopy = NULL;
    DWORD cbObject = DwordProperty(hAesAlg, BCRYPT_OBJECT_LENGTH);
    PBYTE pbObject = Allocate(cbObject), pbCopyObject = Allocate(cbObject);
    BYTE rgbKey[16], rgbFirst[32], rgbSecond[32];
    BCryptBuffer rgBuffers[3];

    Require(DwordProperty(hAesAlg, BCRYPT_BLOCK_LENGTH) == 16, "AES without 16-byte blocks");
    rgBuffers[0] = Buffer(KDF_LABEL, rgbLabel, sizeof(rgbLabel));
    rgBuffers[1] = Buffer(KDF_CONTEXT, rgbContext, sizeof(rgbContext));
    rgBuffers[2] = HashBuffer();
    Derive(BCRYPT_SP800108_CTR_HMAC_ALGORITHM, rgBuffers, 3, rgbKey, sizeof(rgbKey));
    Check(BCryptGenerateSymmetricKey(hAesAlg, &hKey, pbObject, cbObject, rgbKey, sizeof(rgbKey), 0),
          "BCryptGenerateSymmetricKey");
    Check(BCryptDuplicateKey(hKey, &hCopy, pbCopyObject, cbObject, 0), "BCryptDuplicateKey");
    Require(Encrypt(hKey, rgbFirst, sizeof(rgbFirst)) == 16, "8 bytes make one block");
    Check(BCryptDestroyKey(hKey), "BCryptDestroyKey");
    Require(Encrypt(hCopy, rgbSecond, sizeof(rgbSecond)) == 16, "8 bytes make one block");
    Check(BCryptDestroyKey(hCopy), "BCryptDestroyKey, the duplicate");
    PrintBytes("encrypted", rgbFirst, 16);
    Require(memcmp(rgbFirst, rgbSecond, 16) == 0, "the duplicate is another key");
    Check(BCryptCloseAlgorithmProvider(hAesAlg, 0), "BCryptCloseAlgorithmProvider");
    Free(pbCopyObject);
    Free(pbObject);
}

int main(void)
{
    DeriveWithEach();
    EncryptWithDuplicate();
    return 0;
}
