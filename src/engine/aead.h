// SPDX-License-Identifier: BSD-2-Clause
// Authenticated encryption of whole messages by Botan, with a key that is scheduled once.
#pragma once

#include "base/secure_bytes.h"

#include <memory>

namespace capishim::engine {

enum class AeadId : std::uint8_t { aes_gcm, chacha20_poly1305 };

/// One key in one direction. One thread at a time; the second call and later ones allocate nothing.
class Aead {
  public:
    /// @param key        AES-GCM 16, 24, 32 bytes; ChaCha20-Poly1305 32
    /// @param tag_size   bytes; AES-GCM 12..16, ChaCha20-Poly1305 16
    Aead(AeadId id, ByteView key, bool encrypting, std::size_t tag_size);
    Aead(const Aead&) = delete;
    Aead& operator=(const Aead&) = delete;
    ~Aead();

    std::size_t tag_size() const noexcept { return tag_size_; }

    /// `in` and `out` may be the same memory, other overlaps are not allowed. The nonce has 12
    /// bytes.
    void encrypt(ByteView nonce, ByteView context, ByteView in, std::uint8_t* out,
                 std::uint8_t* tag);
    /// @throws Fault::auth_tag_mismatch   the output is wiped
    void decrypt(ByteView nonce, ByteView context, ByteView in, std::uint8_t* out,
                 const std::uint8_t* tag);

  private:
    struct Mode;

    void start(ByteView nonce, ByteView context);
    std::size_t process(ByteView in, std::uint8_t* out);
    template <class Body>
    void message(Body body);

    std::size_t tag_size_;
    std::unique_ptr<Mode> mode_;
};

} // namespace capishim::engine
