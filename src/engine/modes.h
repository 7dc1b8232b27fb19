// SPDX-License-Identifier: BSD-2-Clause
// Modes of operation over a keyed block cipher, with the chaining register in the caller's hands:
// CryptoAPI and CNG both want to see it after every call. No allocation.
#pragma once

#include "engine/block_cipher.h"

namespace capishim::engine {

/// All lengths are whole blocks (the caller checked); `in` and `out` may be the same memory, other
/// overlaps are not allowed. `chain` is one block: it goes in as the IV and comes out as the value
/// that continues the stream.
void cbc_encrypt(const BlockCipher& cipher, MutableBytes chain, ByteView in, std::uint8_t* out);
void cbc_decrypt(const BlockCipher& cipher, MutableBytes chain, ByteView in, std::uint8_t* out);
void ecb_encrypt(const BlockCipher& cipher, ByteView in, std::uint8_t* out);
void ecb_decrypt(const BlockCipher& cipher, ByteView in, std::uint8_t* out);
/// `feedback` bytes per step: 1 (SP 800-38A CFB8; any length) or the block size (whole blocks).
void cfb_encrypt(const BlockCipher& cipher, MutableBytes chain, std::size_t feedback, ByteView in,
                 std::uint8_t* out);
void cfb_decrypt(const BlockCipher& cipher, MutableBytes chain, std::size_t feedback, ByteView in,
                 std::uint8_t* out);

/// Counter mode (SP 800-38A 6.5) in either direction, any length. `counter` is a block of 16 bytes
/// whose last 32 bits count; it comes out as the block after the last one used.
void counter_crypt(const BlockCipher& cipher, MutableBytes counter, ByteView in, std::uint8_t* out);

/// The length of PKCS#7 padding (1..block_size) at the end of `data`, or 0 if it is wrong; constant
/// time in the contents. `data` is a positive multiple of the block.
std::size_t pkcs7_padding(ByteView data, std::size_t block_size);

} // namespace capishim::engine
