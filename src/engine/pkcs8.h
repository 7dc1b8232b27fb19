// SPDX-License-Identifier: BSD-2-Clause
// Private keys in the form that other programs read: PKCS #8 (RFC 5208), in the clear and encrypted
// under PBES2 (RFC 8018 6.2), and PEM around it (RFC 7468).
#pragma once

#include "engine/dh.h"
#include "engine/dsa.h"
#include "engine/rsa.h"

#include <functional>
#include <string>
#include <string_view>

namespace capishim::engine {

/// A PrivateKeyInfo with an RSAPrivateKey (RFC 8017 A.1.2). The numbers are written as they are.
/// @throws Fault::no_private_key
SecureBytes write_rsa_key_info(const RsaKey& key);
/// @throws Fault::bad_data   not DER, another algorithm or version, or as RsaKey::from_private
std::shared_ptr<const RsaKey> read_rsa_key_info(ByteView key_info);

/// A PrivateKeyInfo with X; P, Q and G are the algorithm's parameters (RFC 3279 2.3.2).
/// @throws Fault::no_private_key
SecureBytes write_dsa_key_info(const DsaKey& key);
/// @param seed, counter   of the group, which such a key has no place for
/// @throws Fault::bad_data   as read_rsa_key_info
std::shared_ptr<const DsaKey> read_dsa_key_info(ByteView key_info, Bytes seed,
                                                std::uint32_t counter);

/// The same with P and G (PKCS #3 9). @throws Fault::no_private_key
SecureBytes write_dh_key_info(const DhKey& key);
/// @throws Fault::bad_data
std::shared_ptr<const DhKey> read_dh_key_info(ByteView key_info);

constexpr std::size_t pbes2_key_size = 32;

/// How a passphrase becomes the key of an EncryptedPrivateKeyInfo: PBKDF2 with HMAC-SHA-256.
struct KeyStretching {
    Bytes salt;
    std::uint32_t iterations;

    bool operator==(const KeyStretching&) const = default;
};
SecureBytes stretch(ByteView passphrase, const KeyStretching& how);

/// An EncryptedPrivateKeyInfo: PBES2 with AES-256 in CBC mode and a random IV.
/// @param key   stretch(passphrase, how); `how` is only written down
Bytes encrypt_key_info(ByteView key_info, const KeyStretching& how, ByteView key);
/// @param key   gives the key for what is written there; it may throw what it likes
/// @throws Fault::bad_data   not DER, another scheme, or another key
SecureBytes decrypt_key_info(ByteView encrypted,
                             const std::function<SecureBytes(const KeyStretching&)>& key);

/// "-----BEGIN label-----", base64 in lines of 64, "-----END label-----".
std::string write_pem(ByteView data, std::string_view label);
/// @param pem   one such block, whole and alone. @throws Fault::bad_data
SecureBytes read_pem(std::string_view pem, std::string_view label);

} // namespace capishim::engine
