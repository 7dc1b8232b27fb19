// SPDX-License-Identifier: BSD-2-Clause
// CALG_MAC: the last block of a CBC encryption.
#pragma once

#include "cng/symmetric_key.h"

#include <memory>

namespace capishim::csp {

class Mac {
  public:
    /// @param key   a block cipher in CBC at the start of a message; the MAC's own
    explicit Mac(std::unique_ptr<cng::SymmetricKey> key) : key_(std::move(key)) {}
    Mac(const Mac& other);
    Mac& operator=(const Mac&) = delete;
    ~Mac() = default;

    std::size_t size() const noexcept { return key_->block_length(); }
    void update(ByteView data);
    /// Writes size() bytes.
    void finish(std::uint8_t* out);

  private:
    std::unique_ptr<cng::SymmetricKey> key_;
    SecureArray<cng::max_block_length> partial_;
    std::size_t filled_ = 0;
};

} // namespace capishim::csp
