// SPDX-License-Identifier: BSD-2-Clause
// Functions of any output length: SHAKE (FIPS 202), cSHAKE and KMAC (SP 800-185) with an empty
// customization string. A copy is a running function of its own.
#pragma once

#include "engine/keccak.h"

namespace capishim::engine {

/// cSHAKE with empty function name and customization is SHAKE (SP 800-185 3.3): it has no ids of
/// its own.
enum class XofId : std::uint8_t { shake128, shake256, kmac128, kmac256 };

std::size_t xof_size(XofId id) noexcept; // bytes of output when nobody says otherwise (N-85)
bool is_keyed(XofId id) noexcept;

class Xof {
  public:
    /// @param key   KMAC's, of any length; else empty
    explicit Xof(XofId id, ByteView key = {});

    bool squeezing() const noexcept { return running_.squeezing(); }
    /// Not while squeezing.
    void update(ByteView data) { running_.absorb(data); }
    /// The whole output, or what is left of it while squeezing; then the state after keying. KMAC's
    /// value depends on the size (SP 800-185 4.3).
    void finish(MutableBytes out);
    /// The next bytes of an output without end; KMAC's is KMACXOF (SP 800-185 4.3.1).
    void squeeze(MutableBytes out);

  private:
    /// What KMAC appends to the data: how many bits are asked for, 0 for no end.
    void end_data(std::uint64_t output_bits);

    XofId id_;
    Sponge start_;
    Sponge running_;
};

} // namespace capishim::engine
