// SPDX-License-Identifier: BSD-2-Clause
// One side of a key agreement, DH or ECDH: its pair, what it shows, and what it derives.
#pragma once

#include "cng_program.h"

typedef struct _SIDE {
    BCRYPT_ALG_HANDLE hAlg;
    BCRYPT_KEY_HANDLE hKey;
    PBYTE pbPublicKey;
    DWORD cbPublicKey;
    PBYTE pbDerived;
    DWORD cbDerived;
} SIDE;

/* From the other's public key to the derived one. The provider is closed before the keys are used.
 */
static void Agree(SIDE* pSide, LPCWSTR pszBlobType, const SIDE* pOther, LPCWSTR pszKdf,
                  BCryptBufferDesc* pList, ULONG dwFlags)
{
    BCRYPT_SECRET_HANDLE hSecret = NULL;
    BCRYPT_KEY_HANDLE hPublic =
        Import(pSide->hAlg, pszBlobType, pOther->pbPublicKey, pOther->cbPublicKey);

    Check(BCryptCloseAlgorithmProvider(pSide->hAlg, 0), "BCryptCloseAlgorithmProvider");
    Check(BCryptSecretAgreement(pSide->hKey, hPublic, &hSecret, 0), "BCryptSecretAgreement");
    Check(BCryptDestroyKey(hPublic), "BCryptDestroyKey, public key");
    Check(BCryptDestroyKey(pSide->hKey), "BCryptDestroyKey");
    Check(BCryptDeriveKey(hSecret, pszKdf, pList, NULL, 0, &pSide->cbDerived, dwFlags),
          "BCryptDeriveKey, size");
    pSide->pbDerived = Allocate(pSide->cbDerived);
    Check(BCryptDeriveKey(hSecret, pszKdf, pList, pSide->pbDerived, pSide->cbDerived,
                          &pSide->cbDerived, dwFlags),
          "BCryptDeriveKey");
    Check(BCryptDestroySecret(hSecret), "BCryptDestroySecret");
    PrintBytes("derived", pSide->pbDerived, pSide->cbDerived);
}

static void CompareSides(SIDE* pFirst, SIDE* pSecond, DWORD cbExpected)
{
    Require(pFirst->cbDerived == cbExpected && pSecond->cbDerived == cbExpected,
            "a key of another length");
    Require(memcmp(pFirst->pbDerived, pSecond->pbDerived, cbExpected) == 0,
            "the two sides do not agree");
    Free(pFirst->pbDerived);
    Free(pSecond->pbDerived);
    Free(pFirst->pbPublicKey);
    Free(pSecond->pbPublicKey);
    printf("Both sides have the same key.\n");
}
