// SPDX-License-Identifier: BSD-2-Clause
// Keyed block ciphers. A keyed cipher never changes, so duplicates of a key share it.
#pragma once

#include "base/bytes.h"

#include <memory>

namespace capishim::engine {

enum class BlockCipherId : std::uint8_t { aes, des, desx, triple_des, rc2 };

class BlockCipher {
  public:
    virtual ~BlockCipher() = default;

    virtual std::size_t block_size() const noexcept = 0;
    /// Encrypts `blocks` whole blocks independently (ECB); `in` and `out` may be the same.
    virtual void encrypt(const std::uint8_t* in, std::uint8_t* out, std::size_t blocks) const = 0;
    virtual void decrypt(const std::uint8_t* in, std::uint8_t* out, std::size_t blocks) const = 0;
    /// The CBC chain needs one block at a time, so the loop lives beside the cipher that it calls;
    /// `chain` is one block, the IV before and the last ciphertext block after. modes.h is its
    /// user.
    virtual void encrypt_chained(std::uint8_t* chain, const std::uint8_t* in, std::uint8_t* out,
                                 std::size_t blocks) const = 0;
};

/// @param key             AES 16, 24, 32 bytes; DES 8; DESX 24 (DES key, then what is XORed
///                        before and after); triple DES 16 (K1 K2 K1) or 24; RC2 1..128
/// @param effective_bits  RC2 only: 1..1024; 0 means eight times the key's length
/// @throws Fault::bad_length   a key of another length
std::shared_ptr<const BlockCipher> make_block_cipher(BlockCipherId id, ByteView key,
                                                     std::size_t effective_bits = 0);

} // namespace capishim::engine
