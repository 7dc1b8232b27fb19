// SPDX-License-Identifier: BSD-2-Clause
// MD2 (RFC 1319), which Botan has in no version.
#pragma once

#include "engine/hash.h"

#include <array>

namespace capishim::engine {

class Md2 final : public Hash {
  public:
    HashId id() const noexcept override { return HashId::md2; }
    void update(ByteView data) override;
    void finish(std::uint8_t* digest) override;
    void reset() override;
    std::unique_ptr<Hash> copy() const override;

  private:
    void add_block(const std::uint8_t* block);

    SecureArray<48> state_; // its first 16 bytes are the digest
    SecureArray<16> checksum_;
    SecureArray<16> pending_;
    std::size_t pending_size_ = 0;
};

} // namespace capishim::engine
