// SPDX-License-Identifier: BSD-2-Clause
// XTS-AES (IEEE 1619) on whole data units of whole blocks: no ciphertext stealing.
#pragma once

#include "engine/block_cipher.h"

namespace capishim::engine {

class Xts {
  public:
    /// @param key   the data key and the tweak key, 16 or 32 bytes each
    explicit Xts(ByteView key);

    /// @param number      of the first data unit, at most 16 bytes, little-endian; comes out as
    ///                    that of the unit after the last
    /// @param unit_size   a multiple of 16 that divides in.size()
    /// `in` and `out` may be the same memory.
    void encrypt(MutableBytes number, std::size_t unit_size, ByteView in, std::uint8_t* out) const;
    void decrypt(MutableBytes number, std::size_t unit_size, ByteView in, std::uint8_t* out) const;

  private:
    std::shared_ptr<const BlockCipher> data_;
    std::shared_ptr<const BlockCipher> tweak_;
};

} // namespace capishim::engine
