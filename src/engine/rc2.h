// SPDX-License-Identifier: BSD-2-Clause
// RC2 (RFC 2268), which Botan has in no version.
#pragma once

#include "base/secure_bytes.h"
#include "engine/block_cipher.h"

#include <array>

namespace capishim::engine {

class Rc2 final : public BlockCipher {
  public:
    /// @param key             1..128 bytes
    /// @param effective_bits  1..1024
    Rc2(ByteView key, std::size_t effective_bits);
    Rc2(const Rc2&) = delete;
    Rc2& operator=(const Rc2&) = delete;
    ~Rc2() override;

    std::size_t block_size() const noexcept override { return 8; }
    void encrypt(const std::uint8_t* in, std::uint8_t* out, std::size_t blocks) const override;
    void decrypt(const std::uint8_t* in, std::uint8_t* out, std::size_t blocks) const override;
    void encrypt_chained(std::uint8_t* chain, const std::uint8_t* in, std::uint8_t* out,
                         std::size_t blocks) const override;

  private:
    std::array<std::uint16_t, 64> round_keys_;
};

} // namespace capishim::engine
