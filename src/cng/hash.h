// SPDX-License-Identifier: BSD-2-Clause
// A hash or HMAC object as CNG knows it: running, finished, perhaps reusable. Not locked: its owner
// serialises.
#pragma once

#include "base/secure_bytes.h"
#include "cng/algorithms.h"

#include <memory>
#include <variant>

namespace capishim::cng {

class Hash {
  public:
    /// A plain hash.
    Hash(const Algorithm& algorithm, bool reusable);
    /// An HMAC keyed with `secret`.
    Hash(const Algorithm& algorithm, bool reusable, ByteView secret);
    /// An HMAC with pad strings of the caller's (CryptoAPI's HMAC_INFO; engine/hash.h).
    Hash(const Algorithm& algorithm, ByteView secret, ByteView inner_string, ByteView outer_string);
    /// Copies the complete state. @throws Fault::bad_hash_state   finished (N-70)
    Hash(const Hash& other);
    Hash& operator=(const Hash&) = delete;
    ~Hash();

    const Algorithm& algorithm() const noexcept { return *algorithm_; }
    bool keyed() const noexcept;
    bool reusable() const noexcept { return reusable_; }
    bool finished() const noexcept { return finished_; }
    std::size_t size() const noexcept;

    /// @throws Fault::bad_hash_state   finished
    void update(ByteView data);
    /// Writes the value and ends the hash, or returns a reusable one to its start.
    /// @param out   exactly size() bytes, else Fault::invalid_parameter and nothing changes
    void finish(MutableBytes out);

  private:
    const Algorithm* algorithm_;
    bool reusable_;
    bool finished_ = false;
    std::variant<std::unique_ptr<engine::Hash>, std::unique_ptr<engine::Hmac>> state_;
};

} // namespace capishim::cng
