// SPDX-License-Identifier: BSD-2-Clause
// What the first bytes of import_key_pair's inputs choose from.
#pragma once

#include "fuzz.h"

namespace fuzz {

inline const LPCWSTR pair_algorithms[] = {
    BCRYPT_RSA_ALGORITHM,        BCRYPT_RSA_SIGN_ALGORITHM,   BCRYPT_DH_ALGORITHM,
    BCRYPT_DSA_ALGORITHM,        BCRYPT_ECDH_P256_ALGORITHM,  BCRYPT_ECDH_P384_ALGORITHM,
    BCRYPT_ECDH_P521_ALGORITHM,  BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECDSA_P384_ALGORITHM,
    BCRYPT_ECDSA_P521_ALGORITHM, BCRYPT_ECDH_ALGORITHM,       BCRYPT_ECDSA_ALGORITHM,
    BCRYPT_MLKEM_ALGORITHM,      BCRYPT_MLDSA_ALGORITHM,
};

inline const LPCWSTR pair_blobs[] = {
    BCRYPT_PUBLIC_KEY_BLOB,         BCRYPT_PRIVATE_KEY_BLOB,    BCRYPT_RSAPUBLIC_BLOB,
    BCRYPT_RSAPRIVATE_BLOB,         BCRYPT_RSAFULLPRIVATE_BLOB, LEGACY_RSAPUBLIC_BLOB,
    LEGACY_RSAPRIVATE_BLOB,         BCRYPT_ECCPUBLIC_BLOB,      BCRYPT_ECCPRIVATE_BLOB,
    BCRYPT_ECCFULLPUBLIC_BLOB,      BCRYPT_ECCFULLPRIVATE_BLOB, SSL_ECCPUBLIC_BLOB,
    BCRYPT_DH_PUBLIC_BLOB,          BCRYPT_DH_PRIVATE_BLOB,     LEGACY_DH_PUBLIC_BLOB,
    LEGACY_DH_PRIVATE_BLOB,         BCRYPT_DSA_PUBLIC_BLOB,     BCRYPT_DSA_PRIVATE_BLOB,
    LEGACY_DSA_PUBLIC_BLOB,         LEGACY_DSA_PRIVATE_BLOB,    LEGACY_DSA_V2_PUBLIC_BLOB,
    LEGACY_DSA_V2_PRIVATE_BLOB,     BCRYPT_MLKEM_PUBLIC_BLOB,   BCRYPT_MLKEM_PRIVATE_BLOB,
    BCRYPT_MLKEM_PRIVATE_SEED_BLOB, BCRYPT_PQDSA_PUBLIC_BLOB,   BCRYPT_PQDSA_PRIVATE_BLOB,
    BCRYPT_PQDSA_PRIVATE_SEED_BLOB,
};

constexpr std::size_t legacy_rsa_public = 5, legacy_rsa_private = 6;

/// The third byte: whether the public part is to be checked, and the curve of a generic algorithm.
constexpr UCHAR without_validation = 1;
inline const LPCWSTR curves[] = {nullptr,       L"nistP256",        L"secP160r1", L"x962P239v1",
                                 L"curve25519", L"brainpoolP256t1", L"nistP521"};
constexpr unsigned curve_shift = 1;

} // namespace fuzz
