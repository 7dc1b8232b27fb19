// SPDX-License-Identifier: BSD-2-Clause
// DSA keys of FIPS 186 and the generation of their parameters. All numbers are big-endian.
#pragma once

#include "base/big_number.h"

#include <memory>

namespace capishim::engine {

/// The hash that a group was made with.
enum class DsaHash : std::uint8_t { sha1, sha256, sha512 };
/// The edition of FIPS 186 that it was made by.
enum class DsaStandard : std::uint8_t { fips186_2, fips186_3 };

struct DsaGroup {
    static constexpr std::uint32_t unknown_counter = 0xFFFFFFFF;

    Bytes prime;
    Bytes order;     // q: 20, 28 or 32 bytes
    Bytes generator; // as long as the prime
    // How the primes came about; nobody verifies it.
    Bytes seed = Bytes(20, 0xFF); // N-155: unknown
    std::uint32_t counter = unknown_counter;
    DsaHash hash = DsaHash::sha1;
    DsaStandard standard = DsaStandard::fips186_2;

    std::size_t bits() const noexcept { return bit_length(prime); }
};

/// @param validate   whether q must divide p - 1 and be the generator's order
/// @throws Fault::bad_data   numbers that are even, out of range or led by zero bytes
void check_group(const DsaGroup& group, bool validate);

/// Whether the primes are primes, q is the generator's order, and a known seed gives both primes
/// (FIPS 186-2 appendix 2.2).
bool verify_group(const DsaGroup& group);

/// FIPS 186-2 with a q of 160 bits for primes up to 1024 bits, FIPS 186-3 A.1.1.2 with a q of 256
/// bits and SHA-256 above (N-163). Takes up to a minute.
DsaGroup make_dsa_group(std::size_t bits);

/// A DSA key that never changes and may be used from many threads at once.
class DsaKey {
  public:
    static std::shared_ptr<const DsaKey> generate(DsaGroup group);
    /// @param validate   as check_group; and whether y must be of the order q
    /// @throws Fault::bad_data   numbers out of range, and as check_group
    static std::shared_ptr<const DsaKey> from_public(DsaGroup group, ByteView y, bool validate);
    /// @param y   empty: computed from x. Else it must belong to x if `validate`
    static std::shared_ptr<const DsaKey> from_private(DsaGroup group, ByteView y, ByteView x,
                                                      bool validate);

    const DsaGroup& group() const noexcept { return group_; }
    std::size_t bits() const noexcept { return group_.bits(); }
    std::size_t signature_size() const noexcept { return 2 * group_.order.size(); }
    bool has_private() const noexcept { return !secret_.empty(); }
    const Bytes& public_value() const noexcept { return public_; }
    /// x, as long as q. @throws Fault::no_private_key
    const SecureBytes& secret() const;

    /// r || s. Of the hash its leftmost bits count, as many as q has (N-176); k is random (N-177).
    /// @throws Fault::no_private_key
    Bytes sign(ByteView hash) const;
    bool verify(ByteView hash, ByteView signature) const;

    DsaKey(DsaGroup group, Bytes y, SecureBytes x)
        : group_(std::move(group)), public_(std::move(y)), secret_(std::move(x))
    {
    }

  private:
    DsaGroup group_;
    Bytes public_;
    SecureBytes secret_; // empty in a public key
};

} // namespace capishim::engine
