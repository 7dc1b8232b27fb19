// SPDX-License-Identifier: BSD-2-Clause
// What an agreed secret becomes (cryptoapi.md 8.3): a session key or master key by KP_ALGID, a key
// that wraps others by KP_CMS_DH_KEY_INFO.
#pragma once

#include "csp/key.h"

namespace capishim::csp {

/// U-175: a session key is the first bytes of the secret as CryptoAPI stores it, little-endian; a
/// pre-master secret is the number itself.
/// @param flags   of CryptGenKey: a length, CRYPT_CREATE_SALT, CRYPT_NO_SALT
/// @throws Fault::bad_algorithm, bad_flags, bad_key_length
KeyBody make_agreed_key(const Profile& profile, std::uint32_t algorithm_id, std::uint32_t flags,
                        ByteView secret);

/// RFC 2631 2.1: SHA-1 over the secret and OtherInfo, as often as `size` wants.
/// @param oid           of the algorithm that the key is for, dotted
/// @param public_info   partyAInfo; may be empty
/// @throws Fault::bad_data   the identifier is none
SecureBytes derive_x942(ByteView secret, std::string_view oid, ByteView public_info,
                        std::size_t size);

} // namespace capishim::csp
