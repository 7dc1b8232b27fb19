// SPDX-License-Identifier: BSD-2-Clause
// HKDF as CNG has it: an object that properties lead through its phases (cng.md 6.10, N-194).
#pragma once

#include "base/secure_bytes.h"
#include "engine/hash.h"

#include <mutex>
#include <optional>

namespace capishim::cng {

/// May be used from any thread. A step out of order is Fault::invalid_parameter.
class Hkdf {
  public:
    Hkdf() = default;
    Hkdf(const Hkdf& other);
    Hkdf& operator=(const Hkdf&) = delete;

    void set_hash(engine::HashId hash);
    /// Ends the first phase. @param salt   none: the secret already is the pseudo-random key
    /// @throws Fault::invalid_parameter   such a key that is shorter than the hash
    void finalize(ByteView secret, std::optional<ByteView> salt);

    /// The second phase, as often as wanted.
    /// @param size   none: the hash's length, which a size query answers (N-187)
    /// @throws Fault::bad_length   more than 255 times the hash
    SecureBytes expand(ByteView info, std::optional<std::size_t> size) const;

  private:
    mutable std::mutex mutex_;
    std::optional<engine::HashId> hash_;
    std::optional<SecureBytes> prk_; // since the first phase ended
};

} // namespace capishim::cng
