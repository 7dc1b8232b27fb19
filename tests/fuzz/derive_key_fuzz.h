// SPDX-License-Identifier: BSD-2-Clause
// What the first bytes of derive_key's inputs choose from.
#pragma once

#include "fuzz.h"

namespace fuzz {

/// A function, and how it is reached.
struct DeriveRow {
    enum Way { key_derivation, derive_key, pbkdf2, derive_key_capi } way;
    LPCWSTR name;
};

inline const DeriveRow derive_rows[] = {
    {DeriveRow::key_derivation, BCRYPT_CAPI_KDF_ALGORITHM},
    {DeriveRow::key_derivation, BCRYPT_SP800108_CTR_HMAC_ALGORITHM},
    {DeriveRow::key_derivation, BCRYPT_SP80056A_CONCAT_ALGORITHM},
    {DeriveRow::key_derivation, BCRYPT_PBKDF2_ALGORITHM},
    {DeriveRow::key_derivation, BCRYPT_TLS1_1_KDF_ALGORITHM},
    {DeriveRow::key_derivation, BCRYPT_TLS1_2_KDF_ALGORITHM},
    {DeriveRow::key_derivation, BCRYPT_HKDF_ALGORITHM},
    {DeriveRow::derive_key, BCRYPT_KDF_HASH},
    {DeriveRow::derive_key, BCRYPT_KDF_HMAC},
    {DeriveRow::derive_key, BCRYPT_KDF_TLS_PRF},
    {DeriveRow::derive_key, BCRYPT_KDF_SP80056A_CONCAT},
    {DeriveRow::derive_key, BCRYPT_KDF_RAW_SECRET},
    {DeriveRow::derive_key, BCRYPT_KDF_HKDF},
    {DeriveRow::pbkdf2, nullptr},
    {DeriveRow::derive_key_capi, nullptr},
};

// The third byte, after function and hash: HKDF's steps, and how the list is given.
constexpr UCHAR set_hash = 1, set_salt = 2, set_prk = 4, no_list = 8, own_flag = 16,
                size_query = 32;
// The fourth byte is the output's size in steps of size_step; the fifth the secret's length.
constexpr ULONG size_step = 3;

// A parameter: type, size, bytes. In place of a size of bytes: a null pointer, a hash's name.
constexpr UCHAR null_with_size = 0xFF, null_without = 0xFE, a_hash = 0xFD, most_bytes = 0x7F;

} // namespace fuzz
