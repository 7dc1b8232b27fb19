// SPDX-License-Identifier: BSD-2-Clause
// What the first bytes of import_key's inputs choose from.
#pragma once

#include "fuzz.h"

namespace fuzz {

inline const LPCWSTR symmetric_algorithms[] = {
    BCRYPT_AES_ALGORITHM,      BCRYPT_DES_ALGORITHM,     BCRYPT_3DES_ALGORITHM,
    BCRYPT_3DES_112_ALGORITHM, BCRYPT_DESX_ALGORITHM,    BCRYPT_RC2_ALGORITHM,
    BCRYPT_RC4_ALGORITHM,      BCRYPT_XTS_AES_ALGORITHM, BCRYPT_CHACHA20_POLY1305_ALGORITHM,
    BCRYPT_PBKDF2_ALGORITHM,   BCRYPT_HKDF_ALGORITHM,    BCRYPT_CAPI_KDF_ALGORITHM,
    BCRYPT_SHA1_ALGORITHM,
};

inline const LPCWSTR symmetric_blobs[] = {BCRYPT_KEY_DATA_BLOB, BCRYPT_OPAQUE_KEY_BLOB,
                                          BCRYPT_AES_WRAP_KEY_BLOB, BCRYPT_PUBLIC_KEY_BLOB};

} // namespace fuzz
