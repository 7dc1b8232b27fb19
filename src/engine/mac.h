// SPDX-License-Identifier: BSD-2-Clause
// AES-CMAC (SP 800-38B) and AES-GMAC (SP 800-38D). Copies are running MACs of their own, which
// Botan's cannot give; they share the key schedule.
#pragma once

#include "base/secure_bytes.h"
#include "engine/block_cipher.h"
#include "engine/gcm.h"

#include <optional>

namespace capishim::engine {

constexpr std::size_t mac_block_size = 16;
using MacBlock = SecureArray<mac_block_size>;

class Cmac {
  public:
    /// @throws Fault::bad_length   a key of other than 16, 24, 32 bytes
    explicit Cmac(ByteView key);

    void update(ByteView data);
    /// Writes 16 bytes and returns to the state after keying.
    void finish(std::uint8_t* mac);

  private:
    void chain(ByteView blocks);

    std::shared_ptr<const BlockCipher> cipher_;
    MacBlock chain_;
    MacBlock pending_; // holds the last block back: it is masked with a subkey
    std::size_t pending_size_ = 0;
};

class Gmac {
  public:
    using Nonce = std::array<std::uint8_t, gcm_nonce_size>;

    /// @throws Fault::bad_length   a key of other than 16, 24, 32 bytes
    explicit Gmac(ByteView key);

    /// Good for one message. @throws Fault::invalid_parameter   not 12 bytes, or data came before
    void set_nonce(ByteView nonce);
    const std::optional<Nonce>& nonce() const noexcept { return nonce_; }
    void update(ByteView data);
    /// Writes 16 bytes and returns to the state after keying, without a nonce.
    /// @throws Fault::invalid_parameter   no nonce was set
    void finish(std::uint8_t* mac);

  private:
    std::shared_ptr<const BlockCipher> cipher_;
    Gcm gcm_;
    GcmState state_;
    MacBlock pending_; // what does not fill a block yet
    std::uint64_t size_ = 0;
    std::optional<Nonce> nonce_;
};

} // namespace capishim::engine
