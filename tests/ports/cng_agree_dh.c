// SPDX-License-Identifier: BSD-2-Clause
// Diffie-Hellman with Oakley group 1 (RFC 2409), its parameters set on the pairs; the key comes out
// of the TLS 1.0 function.

#include "cng_agreement.h"

#define OAKLEY1_LENGTH 96 /* 768 bits */

static const BYTE rgbPrime[OAKLEY1_LENGTH] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc9, 0x0f, 0xda, 0xa2, 0x21, 0x68, 0xc2, 0x34,
    0xc4, 0xc6, 0x62, 0x8b, 0x80, 0xdc, 0x1c, 0xd1, 0x29, 0x02, 0x4e, 0x08, 0x8a, 0x67, 0xcc, 0x74,
    0x02, 0x0b, 0xbe, 0xa6, 0x3b, 0x13, 0x9b, 0x22, 0x51, 0x4a, 0x08, 0x79, 0x8e, 0x34, 0x04, 0xdd,
    0xef, 0x95, 0x19, 0xb3, 0xcd, 0x3a, 0x43, 0x1b, 0x30, 0x2b, 0x0a, 0x6d, 0xf2, 0x5f, 0x14, 0x37,
    0x4f, 0xe1, 0x35, 0x6d, 0x6d, 0x51, 0xc2, 0x45, 0xe4, 0x85, 0xb5, 0x76, 0x62, 0x5e, 0x7e, 0xc6,
    0xf4, 0x4c, 0x42, 0xe9, 0xa6, 0x3a, 0x36, 0x20, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

static SIDE MakeSide(void)
{
    SIDE Side;
    BYTE rgbParameters[sizeof(BCRYPT_DH_PARAMETER_HEADER) + 2 * OAKLEY1_LENGTH];
    BCRYPT_DH_PARAMETER_HEADER Header;

    memset(&Side, 0, sizeof(Side));
    memset(rgbParameters, 0, sizeof(rgbParameters));
    Header.cbLength = sizeof(rgbParameters);
    Header.dwMagic = BCRYPT_DH_PARAMETERS_MAGIC;
    Header.cbKeyLength = OAKLEY1_LENGTH;
    memcpy(rgbParameters, &Header, sizeof(Header));
    memcpy(rgbParameters + sizeof(Header), rgbPrime, OAKLEY1_LENGTH);
    rgbParameters[sizeof(rgbParameters) - 1] = 2; /* the generator */

    Side.hAlg = Open(BCRYPT_DH_ALGORITHM, 0);
    Check(BCryptGenerateKeyPair(Side.hAlg, &Side.hKey, OAKLEY1_LENGTH * 8, 0),
          "BCryptGenerateKeyPair");
    Check(
        BCryptSetProperty(Side.hKey, BCRYPT_DH_PARAMETERS, rgbParameters, sizeof(rgbParameters), 0),
        "BCryptSetProperty");
    Check(BCryptFinalizeKeyPair(Side.hKey, 0), "BCryptFinalizeKeyPair");
    Side.pbPublicKey = Export(Side.hKey, BCRYPT_DH_PUBLIC_BLOB, &Side.cbPublicKey);
    return Side;
}

int main(void)
{
    SIDE First = MakeSide(), Second = MakeSide();
    BYTE rgbSeed[64];
    BYTE rgbLabel[] = {'m', 'a', 's', 't', 'e', 'r', ' ', 's', 'e', 'c', 'r', 'e', 't'};
    BCryptBuffer rgBuffers[2];
    BCryptBufferDesc List;

    memset(rgbSeed, 0x5a, sizeof(rgbSeed));
    rgBuffers[0].BufferType = KDF_TLS_PRF_LABEL;
    rgBuffers[0].cbBuffer = sizeof(rgbLabel);
    rgBuffers[0].pvBuffer = rgbLabel;
    rgBuffers[1].BufferType = KDF_TLS_PRF_SEED;
    rgBuffers[1].cbBuffer = sizeof(rgbSeed);
    rgBuffers[1].pvBuffer = rgbSeed;
    List.ulVersion = BCRYPTBUFFER_VERSION;
    List.cBuffers = 2;
    List.pBuffers = rgBuffers;

    Agree(&First, BCRYPT_DH_PUBLIC_BLOB, &Second, BCRYPT_KDF_TLS_PRF, &List, 0);
    Agree(&Second, BCRYPT_DH_PUBLIC_BLOB, &First, BCRYPT_KDF_TLS_PRF, &List, 0);
    CompareSides(&First, &Second, 48);
    return 0;
}
