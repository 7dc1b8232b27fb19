// SPDX-License-Identifier: BSD-2-Clause
// DH on Botan's numbers: its own DH keys take neither small groups nor groups without an order.
#include "engine/dh.h"

#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "engine/finite_field.h"

#include <array>

namespace capishim::engine {
namespace {

using Botan::BigInt;

/// Bits of a secret exponent for primes up to a length: twice the strength of the group, at least
/// 160 (N-162; NIST SP 800-57 part 1, RFC 3526 section 8).
struct SecretRow {
    std::size_t prime_bits, secret_bits;
};

constexpr std::array secret_rows = {
    SecretRow{1024, 160},
    SecretRow{1536, 192},
    SecretRow{2048, 224},
    SecretRow{4096, 320},
};

std::size_t secret_bits(std::size_t prime_bits)
{
    for (const SecretRow& row : secret_rows)
        if (prime_bits <= row.prime_bits)
            return row.secret_bits;
    return secret_rows.back().secret_bits;
}

/// A MODP group by the name that Botan has for it; all have the generator 2.
struct NamedGroup {
    std::size_t bits;
    const char* name;
};

constexpr std::array named_groups = {
    NamedGroup{1024, "modp/ietf/1024"}, NamedGroup{1536, "modp/ietf/1536"},
    NamedGroup{2048, "modp/ietf/2048"}, NamedGroup{3072, "modp/ietf/3072"},
    NamedGroup{4096, "modp/ietf/4096"},
};

/// RFC 2409 6.1, the first Oakley group, which Botan does not have.
constexpr const char* oakley_1 = "0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD1"
                                 "29024E088A67CC74020BBEA63B139B22514A08798E3404DD"
                                 "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245"
                                 "E485B576625E7EC6F44C42E9A63A3620FFFFFFFFFFFFFFFF";

DhGroup group_of(const BigInt& prime, const BigInt& generator)
{
    const std::size_t size = prime.bytes();
    return {compat::stored<Bytes>(prime, size), compat::stored<Bytes>(generator, size)};
}

/// A generator of the subgroup of order (p - 1) / 2: 2 if it is a square, else 4, which always is.
DhGroup safe_prime_group(std::size_t bits)
{
    const BigInt prime = Botan::random_safe_prime(thread_rng(), bits);
    return group_of(prime, prime % 8 == 7 ? 2 : 4);
}

struct Numbers {
    BigInt prime, generator;
};

Numbers checked_numbers(const DhGroup& group)
{
    require(is_odd_number(group.prime) && group.prime.front() != 0 &&
                group.generator.size() == group.prime.size(),
            Fault::bad_data);
    Numbers numbers{compat::number(group.prime), compat::number(group.generator)};
    require(is_element(numbers.generator, numbers.prime), Fault::bad_data);
    return numbers;
}

std::shared_ptr<const DhKey> make_private(DhGroup group, const Numbers& numbers, const BigInt& x)
{
    const std::size_t size = group.prime.size();
    const BigInt y = compat::SecretPower(x, numbers.prime)(numbers.generator);
    return std::make_shared<DhKey>(std::move(group), compat::stored<Bytes>(y, size),
                                   compat::stored<SecureBytes>(x, size));
}

} // namespace

void check_group(const DhGroup& group)
{
    translate([&] { checked_numbers(group); });
}

bool verify_group(const DhGroup& group, ByteView order)
{
    return translate([&] {
        const Numbers numbers = checked_numbers(group);
        if (!is_prime_number(numbers.prime))
            return false;
        return order.empty() || generates(numbers.generator, compat::number(order), numbers.prime);
    });
}

DhGroup make_dh_group(std::size_t bits)
{
    return translate([&] {
        if (bits == 768)
            return group_of(BigInt(oakley_1), 2);
        const auto* const named = std::ranges::find(named_groups, bits, &NamedGroup::bits);
        return named == named_groups.end() ? safe_prime_group(bits)
                                           : group_of(compat::named_prime(named->name), 2);
    });
}

std::shared_ptr<const DhKey> DhKey::generate(DhGroup group)
{
    return translate([&] {
        const Numbers numbers = checked_numbers(group);
        const BigInt x(thread_rng(), secret_bits(group.bits()));
        return make_private(std::move(group), numbers, x);
    });
}

std::shared_ptr<const DhKey> DhKey::from_public(DhGroup group, ByteView y, bool validate)
{
    return translate([&] {
        const Numbers numbers = checked_numbers(group);
        require(y.size() == group.prime.size(), Fault::bad_data);
        require(!validate || is_element(compat::number(y), numbers.prime), Fault::bad_data);
        return std::make_shared<const DhKey>(std::move(group), Bytes(y.begin(), y.end()),
                                             SecureBytes{});
    });
}

std::shared_ptr<const DhKey> DhKey::from_private(DhGroup group, ByteView y, ByteView x,
                                                 bool validate)
{
    return translate([&] {
        const Numbers numbers = checked_numbers(group);
        const BigInt secret = compat::number(x);
        require(!secret.is_zero() && secret <= numbers.prime - 2, Fault::bad_data);
        auto key = make_private(group, numbers, secret);
        if (y.empty() || std::ranges::equal(y, key->public_value()))
            return key;
        require(!validate && y.size() == group.prime.size(), Fault::bad_data);
        return std::make_shared<const DhKey>(std::move(group), Bytes(y.begin(), y.end()),
                                             key->secret());
    });
}

const SecureBytes& DhKey::secret() const
{
    require(has_private(), Fault::no_private_key);
    return secret_;
}

SecureBytes DhKey::agree(const DhKey& peer) const
{
    const SecureBytes& x = secret();
    require(peer.group_ == group_, Fault::invalid_parameter);
    return translate([&] {
        const BigInt prime = compat::number(group_.prime);
        const BigInt theirs = compat::number(peer.public_);
        require(is_element(theirs, prime), Fault::invalid_parameter);
        const BigInt z = compat::SecretPower(compat::number(x), prime)(theirs);
        require(z > 1, Fault::invalid_parameter); // N-154
        return compat::stored<SecureBytes>(z, group_.prime.size());
    });
}

} // namespace capishim::engine
