// SPDX-License-Identifier: BSD-2-Clause
// Counter with CBC-MAC (SP 800-38C, RFC 3610) of whole messages. Botan's takes no more than 65 KB
// of associated data.
#pragma once

#include "base/secure_bytes.h"
#include "engine/block_cipher.h"

namespace capishim::engine {

/// @param nonce   7..13 bytes; the message must be shorter than 2^(8*(15 - nonce))
/// @param tag     4, 6, .. 16 bytes
/// `in` and `out` may be the same memory, other overlaps are not allowed.
void ccm_encrypt(const BlockCipher& aes, ByteView nonce, ByteView context, ByteView in,
                 std::uint8_t* out, MutableBytes tag);
/// @throws Fault::auth_tag_mismatch   the output is wiped
void ccm_decrypt(const BlockCipher& aes, ByteView nonce, ByteView context, ByteView in,
                 std::uint8_t* out, ByteView tag);

} // namespace capishim::engine
