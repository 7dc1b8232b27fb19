// SPDX-License-Identifier: BSD-2-Clause
// ECDH on P-256; the key comes out of HMAC with the secret as its key.

#include "cng_agreement.h"

static SIDE MakeSide(void)
{
    SIDE Side;
    memset(&Side, 0, sizeof(Side));
    Side.hAlg = Open(BCRYPT_ECDH_P256_ALGORITHM, 0);
    Check(BCryptGenerateKeyPair(Side.hAlg, &Side.hKey, 256, 0), "BCryptGenerateKeyPair");
    Check(BCryptFinalizeKeyPair(Side.hKey, 0), "BCryptFinalizeKeyPair");
    Side.pbPublicKey = Export(Side.hKey, BCRYPT_ECCPUBLIC_BLOB, &Side.cbPublicKey);
    return Side;
}

int main(void)
{
    SIDE First = MakeSide(), Second = MakeSide();
    BYTE rgbPrepend[] = {0x12, 0x34, 0x56}, rgbAppend[] = {0xab, 0xcd, 0xef};
    BCryptBuffer rgBuffers[3];
    BCryptBufferDesc List;

    rgBuffers[0].BufferType = KDF_HASH_ALGORITHM;
    rgBuffers[0].cbBuffer = sizeof(BCRYPT_SHA256_ALGORITHM);
    rgBuffers[0].pvBuffer = (PVOID)BCRYPT_SHA256_ALGORITHM;
    rgBuffers[1].BufferType = KDF_SECRET_APPEND;
    rgBuffers[1].cbBuffer = sizeof(rgbAppend);
    rgBuffers[1].pvBuffer = rgbAppend;
    rgBuffers[2].BufferType = KDF_SECRET_PREPEND;
    rgBuffers[2].cbBuffer = sizeof(rgbPrepend);
    rgBuffers[2].pvBuffer = rgbPrepend;
    List.ulVersion = BCRYPTBUFFER_VERSION;
    List.cBuffers = 3;
    List.pBuffers = rgBuffers;

    Agree(&First, BCRYPT_ECCPUBLIC_BLOB, &Second, BCRYPT_KDF_HMAC, &List,
          KDF_USE_SECRET_AS_HMAC_KEY_FLAG);
    Agree(&Second, BCRYPT_ECCPUBLIC_BLOB, &First, BCRYPT_KDF_HMAC, &List,
          KDF_USE_SECRET_AS_HMAC_KEY_FLAG);
    CompareSides(&First, &Second, 32);
    return 0;
}
