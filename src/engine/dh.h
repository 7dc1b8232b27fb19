// SPDX-License-Identifier: BSD-2-Clause
// Diffie-Hellman over the integers modulo a prime. All numbers are big-endian and as long as the
// prime.
#pragma once

#include "base/big_number.h"

#include <memory>

namespace capishim::engine {

struct DhGroup {
    Bytes prime;
    Bytes generator;

    std::size_t bits() const noexcept { return bit_length(prime); }
    bool operator==(const DhGroup&) const = default;
};

/// @throws Fault::bad_data   the prime is even, zero or led by a zero byte, or the generator is not
/// of its length or not between 2 and p - 2 (N-153)
void check_group(const DhGroup& group);

/// Whether the prime is one, and the generator's order is `order`, a prime, if that is known.
bool verify_group(const DhGroup& group, ByteView order);

/// The group of RFC 2409 or RFC 3526 that has just this length; for other lengths one over a new
/// safe prime, which takes seconds to minutes (N-161).
DhGroup make_dh_group(std::size_t bits);

/// A DH key that never changes and may be used from many threads at once.
class DhKey {
  public:
    /// @throws as check_group
    static std::shared_ptr<const DhKey> generate(DhGroup group);
    /// @param validate   whether y must be between 2 and p - 2 (N-154)
    /// @throws Fault::bad_data   numbers out of range, and as check_group
    static std::shared_ptr<const DhKey> from_public(DhGroup group, ByteView y, bool validate);
    /// @param y   empty: computed from x. Else it must belong to x if `validate`
    static std::shared_ptr<const DhKey> from_private(DhGroup group, ByteView y, ByteView x,
                                                     bool validate);

    const DhGroup& group() const noexcept { return group_; }
    std::size_t bits() const noexcept { return group_.bits(); }
    bool has_private() const noexcept { return !secret_.empty(); }
    const Bytes& public_value() const noexcept { return public_; }
    /// @throws Fault::no_private_key
    const SecureBytes& secret() const;

    /// Z, as long as the prime (N-178).
    /// @throws Fault::no_private_key
    /// @throws Fault::invalid_parameter   another group (N-62), or a public value that gives Z away
    SecureBytes agree(const DhKey& peer) const;

    DhKey(DhGroup group, Bytes y, SecureBytes x)
        : group_(std::move(group)), public_(std::move(y)), secret_(std::move(x))
    {
    }

  private:
    DhGroup group_;
    Bytes public_;
    SecureBytes secret_; // empty in a public key
};

} // namespace capishim::engine
