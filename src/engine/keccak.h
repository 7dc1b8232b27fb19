// SPDX-License-Identifier: BSD-2-Clause
// The Keccak sponge of FIPS 202 for functions of any output length. Ours: Botan 2.19 has them for
// fixed lengths only, and neither version gives out cSHAKE's padding, which KMAC needs.
#pragma once

#include "base/secure_bytes.h"

namespace capishim::engine {

class Sponge {
  public:
    /// @param rate     bytes that go in and out between two permutations: a multiple of 8
    /// @param domain   the function's suffix bits and the first bit of the padding, low bit first
    Sponge(std::size_t rate, std::uint8_t domain) : rate_(rate), domain_(domain) {}
    Sponge(const Sponge&) = default;
    Sponge& operator=(const Sponge&) = default;
    ~Sponge() { wipe(lanes_.data(), sizeof lanes_); }

    std::size_t rate() const noexcept { return rate_; }
    bool squeezing() const noexcept { return squeezing_; }
    /// Only until the first squeeze().
    void absorb(ByteView data);
    /// Fills what is left of a block with zeros (SP 800-185 2.3.3).
    void absorb_zeros_to_block();
    /// The next bytes of the output.
    void squeeze(MutableBytes out);

  private:
    void permute();
    void pad();
    void add_byte(std::uint8_t byte);

    std::array<std::uint64_t, 25> lanes_ = {};
    std::size_t rate_;
    std::size_t position_ = 0; // in the block
    std::uint8_t domain_;
    bool squeezing_ = false;
};

} // namespace capishim::engine
