// SPDX-License-Identifier: BSD-2-Clause
// Signing a SHA-1 hash with DSA or ECDSA: one side signs and shows its public key, the other has
// nothing but that.
#pragma once

#include "cng_program.h"

#define HASH_LENGTH 20

typedef struct _SIGNED {
    PBYTE pbSignature;
    DWORD cbSignature;
    PBYTE pbPublicKey;
    DWORD cbPublicKey;
} SIGNED;

static const BYTE rgbMessage[] = {0x04, 0x87, 0xec, 0x66, 0xa8, 0xbf, 0x17, 0xa6, 0xe3, 0x62, 0x6f,
                                  0x1a, 0x55, 0xe2, 0xaf, 0x5e, 0xbc, 0x54, 0xa4, 0xdc, 0x68, 0x19};

/* The object's memory is the program's own; the provider is closed first. */
static void HashMessage(PBYTE pbHash)
{
    BCRYPT_ALG_HANDLE hHashAlg = Open(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hHash = NULL;
    DWORD cbHashObject = DwordProperty(hHashAlg, BCRYPT_OBJECT_LENGTH);
    PBYTE pbHashObject = Allocate(cbHashObject);

    Require(DwordProperty(hHashAlg, BCRYPT_HASH_LENGTH) == HASH_LENGTH, "SHA-1 is 20 bytes long");
    Check(BCryptCreateHash(hHashAlg, &hHash, pbHashObject, cbHashObject, NULL, 0, 0),
          "BCryptCreateHash");
    Check(BCryptHashData(hHash, (PUCHAR)rgbMessage, sizeof(rgbMessage), 0), "BCryptHashData");
    Check(BCryptFinishHash(hHash, pbHash, HASH_LENGTH, 0), "BCryptFinishHash");
    Check(BCryptCloseAlgorithmProvider(hHashAlg, 0), "BCryptCloseAlgorithmProvider");
    Check(BCryptDestroyHash(hHash), "BCryptDestroyHash");
    Free(pbHashObject);
    PrintBytes("hash", pbHash, HASH_LENGTH);
}

static SIGNED Sign(LPCWSTR pszAlgId, DWORD dwBits, LPCWSTR pszBlobType, PBYTE pbHash)
{
    SIGNED Signed;
    BCRYPT_ALG_HANDLE hSignAlg = Open(pszAlgId, 0);
    BCRYPT_KEY_HANDLE hKey = NULL;

    Check(BCryptGenerateKeyPair(hSignAlg, &hKey, dwBits, 0), "BCryptGenerateKeyPair");
    Check(BCryptFinalizeKeyPair(hKey, 0), "BCryptFinalizeKeyPair");
    Check(BCryptSignHash(hKey, NULL, pbHash, HASH_LENGTH, NULL, 0, &Signed.cbSignature, 0),
          "BCryptSignHash, size");
    Signed.pbSignature = Allocate(Signed.cbSignature);
    Check(BCryptSignHash(hKey, NULL, pbHash, HASH_LENGTH, Signed.pbSignature, Signed.cbSignature,
                         &Signed.cbSignature, 0),
          "BCryptSignHash");
    PrintBytes("signature", Signed.pbSignature, Signed.cbSignature);
    Signed.pbPublicKey = Export(hKey, pszBlobType, &Signed.cbPublicKey);
    Check(BCryptDestroyKey(hKey), "BCryptDestroyKey");
    Check(BCryptCloseAlgorithmProvider(hSignAlg, 0), "BCryptCloseAlgorithmProvider");
    return Signed;
}

static void Verify(LPCWSTR pszAlgId, LPCWSTR pszBlobType, SIGNED Signed, PBYTE pbHash)
{
    BCRYPT_ALG_HANDLE hSignAlg = Open(pszAlgId, 0);
    BCRYPT_KEY_HANDLE hKey = Import(hSignAlg, pszBlobType, Signed.pbPublicKey, Signed.cbPublicKey);

    Check(BCryptCloseAlgorithmProvider(hSignAlg, 0), "BCryptCloseAlgorithmProvider");
    Check(BCryptVerifySignature(hKey, NULL, pbHash, HASH_LENGTH, Signed.pbSignature,
                                Signed.cbSignature, 0),
          "BCryptVerifySignature");
    pbHash[0] ^= 1;
    Require(BCryptVerifySignature(hKey, NULL, pbHash, HASH_LENGTH, Signed.pbSignature,
                                  Signed.cbSignature, 0) == STATUS_INVALID_SIGNATURE,
            "a signature held for another hash");
    Check(BCryptDestroyKey(hKey), "BCryptDestroyKey");
    printf("The signature holds.\n");
}

static int SignAndVerify(LPCWSTR pszAlgId, DWORD dwBits, LPCWSTR pszBlobType)
{
    BYTE rgbHash[HASH_LENGTH];
    SIGNED Signed;
    HashMessage(rgbHash);
    Signed = Sign(pszAlgId, dwBits, pszBlobType, rgbHash);
    Verify(pszAlgId, pszBlobType, Signed, rgbHash);
    Free(Signed.pbSignature);
    Free(Signed.pbPublicKey);
    return 0;
}
