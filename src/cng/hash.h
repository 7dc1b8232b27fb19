// SPDX-License-Identifier: BSD-2-Clause
// A hash, MAC or function of any output length as CNG knows it: running, squeezing, finished,
// perhaps reusable. Not locked: its owner serialises.
#pragma once

#include "base/secure_bytes.h"
#include "cng/algorithms.h"
#include "engine/mac.h"

#include <memory>
#include <variant>

namespace capishim::cng {

/// Bytes of a value of the algorithm's; for a function of any length when nobody says otherwise.
std::uint32_t hash_length(const Algorithm& algorithm) noexcept;

class Hash {
  public:
    /// An unkeyed function.
    Hash(const Algorithm& algorithm, bool reusable);
    /// An HMAC, or the MAC that the algorithm is, keyed with `secret`.
    /// @throws Fault::bad_length   no key of AES
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
    std::size_t size() const noexcept { return hash_length(*algorithm_); }

    /// @throws Fault::bad_hash_state      finished
    /// @throws Fault::invalid_parameter   squeezing (N-206)
    void update(ByteView data);
    /// Whether a value may have that length: size() alone, or any where the function has no length.
    bool gives(std::size_t length) const noexcept;
    /// Writes the value and ends the hash, or returns a reusable one to its start.
    /// @param out   a length that it gives, else Fault::invalid_parameter and nothing changes
    void finish(MutableBytes out);
    /// BCRYPT_HASH_DONT_RESET_FLAG: the next bytes of the output; more may follow.
    /// @throws Fault::bad_flags   a function of a fixed length
    void squeeze(MutableBytes out);

    /// AES-GMAC's nonce, good for one value (N-208).
    /// @throws Fault::not_supported       another function
    /// @throws Fault::invalid_parameter   not 12 bytes, or after data
    void set_nonce(ByteView nonce);
    /// @throws Fault::not_supported   another function, or none is set
    ByteView nonce() const;

  private:
    using State = std::variant<std::unique_ptr<engine::Hash>, std::unique_ptr<engine::Hmac>,
                               std::unique_ptr<engine::Cmac>, std::unique_ptr<engine::Gmac>,
                               std::unique_ptr<engine::Xof>>;

    static State unkeyed(const Algorithm& algorithm);
    static State keyed_with(const Algorithm& algorithm, ByteView secret);
    static State copy_of(const State& state);
    engine::Gmac* gmac() const noexcept;

    const Algorithm* algorithm_;
    bool reusable_;
    bool finished_ = false;
    State state_;
};

} // namespace capishim::cng
