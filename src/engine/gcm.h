// SPDX-License-Identifier: BSD-2-Clause
// Galois/Counter Mode (SP 800-38D) piece by piece, with its state in the caller's hands: Botan's
// keeps it inside, where it can be neither copied nor left.
#pragma once

#include "base/secure_bytes.h"
#include "engine/block_cipher.h"

namespace capishim::engine {

constexpr std::size_t gcm_block = 16;
constexpr std::size_t gcm_nonce_size = 12;

/// What one message needs between two pieces, besides the lengths so far.
struct GcmState {
    SecureArray<gcm_block> accumulator; // of GHASH
    SecureArray<gcm_block> counter;     // the next counter block
};

class Gcm {
  public:
    explicit Gcm(const BlockCipher& aes);

    GcmState start(ByteView nonce) const;
    /// Whole blocks; the last piece may have any length.
    void authenticate(GcmState& state, ByteView data) const;
    /// The same for both. `in` and `out` may be the same memory.
    void encrypt(const BlockCipher& aes, GcmState& state, ByteView in, std::uint8_t* out) const;
    void decrypt(const BlockCipher& aes, GcmState& state, ByteView in, std::uint8_t* out) const;
    /// @param context_size, text_size   bytes of the whole message
    SecureArray<gcm_block> tag(const BlockCipher& aes, const GcmState& state, ByteView nonce,
                               std::uint64_t context_size, std::uint64_t text_size) const;

  private:
    void absorb(GcmState& state, const std::uint8_t* block) const;

    SecureArray<gcm_block> subkey_; // H
};

} // namespace capishim::engine
