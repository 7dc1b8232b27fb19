// SPDX-License-Identifier: BSD-2-Clause
// What the first bytes of decrypt's inputs choose from.
#pragma once

#include "fuzz.h"

namespace fuzz {

struct CipherRow {
    LPCWSTR algorithm, mode; // mode null: the algorithm has none
    ULONG key_size;
    ULONG message_block = 0; // 0: left alone
};

inline const CipherRow cipher_rows[] = {
    {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 16},
    {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 32},
    {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_ECB, 24},
    {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CFB, 16},
    {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CFB, 16, 16},
    {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_GCM, 16},
    {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_GCM, 32},
    {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CCM, 16},
    {BCRYPT_XTS_AES_ALGORITHM, nullptr, 32},
    {BCRYPT_XTS_AES_ALGORITHM, nullptr, 64, 512},
    {BCRYPT_DES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 8},
    {BCRYPT_DESX_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 24},
    {BCRYPT_3DES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 24},
    {BCRYPT_3DES_112_ALGORITHM, BCRYPT_CHAIN_MODE_CFB, 16, 8},
    {BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 5},
    {BCRYPT_RC4_ALGORITHM, nullptr, 16},
    {BCRYPT_CHACHA20_POLY1305_ALGORITHM, nullptr, 32},
    {BCRYPT_RSA_ALGORITHM, nullptr, 0},
};

// The second byte.
constexpr UCHAR pad = 1, give_iv = 2, give_info = 4, in_place = 8, chain_calls = 16,
                give_mac_context = 32, short_room = 64, round_trip = 128;

} // namespace fuzz
