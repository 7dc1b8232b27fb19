// SPDX-License-Identifier: BSD-2-Clause
// ML-DSA-44: signs a message, and verifies with the exported public key. Exit status 77 (skipped)
// where the system has no ML-DSA.

#include "cng_program.h"

#ifndef BCRYPT_MLDSA_ALGORITHM

int main(void)
{
    printf("This SDK does not know ML-DSA.\n");
    return 77;
}

#else

#define SIGNATURE_LENGTH 2420

static BYTE rgbMessage[] = "A message of any length";

static PBYTE SignMessage(BCRYPT_ALG_HANDLE hAlg, PBYTE* ppbSignature, DWORD* pcbSignature,
                         DWORD* pcbPublicKey)
{
    BCRYPT_KEY_HANDLE hPair = NULL;
    PBYTE pbPublicKey;

    Check(BCryptGenerateKeyPair(hAlg, &hPair, 0, 0), "BCryptGenerateKeyPair");
    Check(BCryptSetProperty(hPair, BCRYPT_PARAMETER_SET_NAME, (PUCHAR)BCRYPT_MLDSA_PARAMETER_SET_44,
                            sizeof(BCRYPT_MLDSA_PARAMETER_SET_44), 0),
          "BCryptSetProperty");
    Check(BCryptFinalizeKeyPair(hPair, 0), "BCryptFinalizeKeyPair");
    Check(BCryptSignHash(hPair, NULL, NULL, 0, NULL, 0, pcbSignature, 0), "BCryptSignHash, size");
    Require(*pcbSignature == SIGNATURE_LENGTH, "a signature of another length");
    *ppbSignature = Allocate(*pcbSignature);
    Check(BCryptSignHash(hPair, NULL, rgbMessage, sizeof(rgbMessage), *ppbSignature, *pcbSignature,
                         pcbSignature, 0),
          "BCryptSignHash");
    pbPublicKey = Export(hPair, BCRYPT_PQDSA_PUBLIC_BLOB, pcbPublicKey);
    Check(BCryptDestroyKey(hPair), "BCryptDestroyKey");
    return pbPublicKey;
}

int main(void)
{
    BCRYPT_ALG_HANDLE hAlg = NULL;
    BCRYPT_KEY_HANDLE hKey;
    PBYTE pbSignature = NULL, pbPublicKey;
    DWORD cbSignature = 0, cbPublicKey = 0;
    NTSTATUS Status =
        BCryptOpenAlgorithmProvider(&hAlg, BCRYPT_MLDSA_ALGORITHM, MS_PRIMITIVE_PROVIDER, 0);

    if (Status == STATUS_NOT_FOUND) {
        printf("This system has no ML-DSA.\n");
        return 77;
    }
    Check(Status, "BCryptOpenAlgorithmProvider");
    pbPublicKey = SignMessage(hAlg, &pbSignature, &cbSignature, &cbPublicKey);
    Check(BCryptCloseAlgorithmProvider(hAlg, 0), "BCryptCloseAlgorithmProvider");

    hAlg = Open(BCRYPT_MLDSA_ALGORITHM, 0);
    hKey = Import(hAlg, BCRYPT_PQDSA_PUBLIC_BLOB, pbPublicKey, cbPublicKey);
    Check(BCryptVerifySignature(hKey, NULL, rgbMessage, sizeof(rgbMessage), pbSignature,
                                cbSignature, 0),
          "BCryptVerifySignature");
    rgbMessage[0] ^= 1;
    Require(BCryptVerifySignature(hKey, NULL, rgbMessage, sizeof(rgbMessage), pbSignature,
                                  cbSignature, 0) == STATUS_INVALID_SIGNATURE,
            "a signature held for another message");
    Check(BCryptDestroyKey(hKey), "BCryptDestroyKey");
    Check(BCryptCloseAlgorithmProvider(hAlg, 0), "BCryptCloseAlgorithmProvider");
    PrintBytes("signature begins", pbSignature, 32);
    Free(pbSignature);
    Free(pbPublicKey);
    return 0;
}

#endif
