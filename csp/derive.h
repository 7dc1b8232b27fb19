// SPDX-License-Identifier: BSD-2-Clause
// What CryptGenKey and CryptDeriveKey put into a session key: material and salt.
#pragma once

#include "csp/session_key.h"

namespace capishim::csp {

class Hash;

/// What the flags of CryptGenKey, CryptDeriveKey and CryptImportKey say about salt (2.5).
enum class SaltChoice : std::uint8_t { by_length, none, create };
/// @throws Fault::bad_flags   both at once (U-82)
SaltChoice salt_choice(std::uint32_t flags);

constexpr std::size_t default_salt_size = 11;

/// The length of the salt that a new key gets, and whether it is to be filled.
struct SaltPlan {
    std::size_t size;
    bool created;
};
SaltPlan plan_salt(const Profile& profile, const CipherRow& cipher, std::size_t key_size,
                   SaltChoice choice) noexcept;

/// RC2's effective key length for a fresh key (2.6), 0 for other ciphers.
std::uint32_t initial_effective_bits(const Profile& profile, const CipherRow& cipher,
                                     std::size_t key_size) noexcept;

/// A session key of this material with its salt by 2.5. Salt that was asked for are the bytes of
/// `source` that follow the material's length.
/// @throws Fault::bad_length   `source` is too short for it (U-81)
SessionKey session_key_from(const Profile& profile, const CipherRow& cipher, SecureBytes material,
                            SaltChoice salt, ByteView source);

/// Section 5: `size` bytes of key from a hash's value, finishing the hash. Salt that was asked for
/// comes from the bytes that follow.
/// @throws Fault::bad_length   the hash is too short (U-114, U-81)
/// @throws Fault::bad_hash     a MAC, HMAC or MD5-SHA-1 pair for a cipher that wants expansion
/// (U-115)
SessionKey derive_session_key(const Profile& profile, const CipherRow& cipher, std::size_t size,
                              SaltChoice salt, Hash& base);

} // namespace capishim::csp
