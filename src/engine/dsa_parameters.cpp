// SPDX-License-Identifier: BSD-2-Clause
// DSA parameters out of a seed: FIPS 186-2 appendix 2.2 and FIPS 186-4 A.1.1.2, here for any length
// of p. The two differ in how q comes from the seed and in where the counting starts.
#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "engine/dsa.h"
#include "engine/finite_field.h"
#include "engine/hash.h"

#include <array>
#include <optional>

namespace capishim::engine {
namespace {

using Botan::BigInt;

struct Method {
    std::size_t most_bits; // of p
    DsaStandard standard;
    DsaHash hash;
    HashId hash_id;
    std::size_t first_offset;
    BigInt (*order_from)(const Method&, const BigInt& seed);

    std::size_t hash_size() const { return engine::hash_size(hash_id); }
    std::size_t order_bits() const { return 8 * hash_size(); }

    /// Hash((seed + offset) mod 2^(its length)); a seed is as long as the hash.
    Bytes digest(const BigInt& seed, std::size_t offset) const
    {
        BigInt sum = seed + offset;
        sum.mask_bits(order_bits());
        Bytes out(hash_size());
        engine::hash(hash_id, compat::stored<Bytes>(sum, hash_size()), out.data());
        return out;
    }
};

/// `digits` with the top and the lowest bit set.
BigInt as_order(ByteView digits)
{
    BigInt order = compat::number(digits);
    order.set_bit(8 * digits.size() - 1);
    order.set_bit(0);
    return order;
}

BigInt order_of_186_2(const Method& method, const BigInt& seed)
{
    Bytes digits = method.digest(seed, 0);
    const Bytes second = method.digest(seed, 1);
    for (std::size_t i = 0; i < digits.size(); ++i)
        digits[i] = static_cast<std::uint8_t>(digits[i] ^ second[i]);
    return as_order(digits);
}

BigInt order_of_186_3(const Method& method, const BigInt& seed)
{
    return as_order(method.digest(seed, 0));
}

constexpr std::array methods = {
    Method{1024, DsaStandard::fips186_2, DsaHash::sha1, HashId::sha1, 2, order_of_186_2},
    Method{3072, DsaStandard::fips186_3, DsaHash::sha256, HashId::sha256, 1, order_of_186_3},
};

bool is_prime(const BigInt& number)
{
    constexpr std::size_t most_divisors = 500; // spares most candidates the costly test
    for (std::size_t i = 0; i < most_divisors; ++i)
        if (number % Botan::PRIMES[i] == 0)
            return false;
    return Botan::is_prime(number, thread_rng(), 128, true);
}

/// The candidate for p that starts at an offset: of the right length and 1 modulo 2q.
BigInt candidate(const Method& method, const BigInt& seed, const BigInt& q, std::size_t offset,
                 std::size_t bits)
{
    const std::size_t digests = (bits - 1) / method.order_bits() + 1;
    Bytes digits;
    for (std::size_t i = 0; i < digests; ++i) {
        const Bytes part = method.digest(seed, offset + digests - 1 - i);
        digits.insert(digits.end(), part.begin(), part.end());
    }
    BigInt x = compat::number(digits);
    x.mask_bits(bits - 1);
    x.set_bit(bits - 1);
    return x - (x % (q * 2) - 1);
}

struct Primes {
    BigInt p, q;
    std::uint32_t counter;
};

std::optional<Primes> primes_from(const Method& method, const BigInt& seed, std::size_t bits)
{
    const BigInt q = method.order_from(method, seed);
    if (!is_prime(q))
        return std::nullopt;
    const std::size_t digests = (bits - 1) / method.order_bits() + 1;
    const std::size_t most = method.standard == DsaStandard::fips186_2 ? 4096 : 4 * bits;
    for (std::size_t counter = 0; counter < most; ++counter) {
        const BigInt p = candidate(method, seed, q, method.first_offset + counter * digests, bits);
        if (p.bits() == bits && is_prime(p))
            return Primes{p, q, static_cast<std::uint32_t>(counter)};
    }
    return std::nullopt;
}

/// FIPS 186-4 A.2.1
BigInt generator_of(const Primes& primes)
{
    const BigInt exponent = (primes.p - 1) / primes.q;
    for (std::size_t h = 2;; ++h) {
        BigInt g = Botan::power_mod(h, exponent, primes.p);
        if (g > 1)
            return g;
    }
}

/// Whether the seed of FIPS 186-2 gives the primes at just that count.
bool seed_gives(const DsaGroup& group, const BigInt& p, const BigInt& q)
{
    const Method& method = methods.front();
    if (group.seed.size() != method.hash_size())
        return false;
    const BigInt seed = compat::number(group.seed);
    const std::size_t digests = (p.bits() - 1) / method.order_bits() + 1;
    const std::size_t offset = method.first_offset + group.counter * digests;
    return method.order_from(method, seed) == q &&
           candidate(method, seed, q, offset, p.bits()) == p;
}

} // namespace

bool verify_group(const DsaGroup& group)
{
    check_group(group, false);
    return translate([&] {
        const BigInt p = compat::number(group.prime), q = compat::number(group.order);
        if (!is_prime_number(p) || !generates(compat::number(group.generator), q, p))
            return false;
        const bool known_seed =
            group.counter != DsaGroup::unknown_counter && group.standard == DsaStandard::fips186_2;
        return !known_seed || seed_gives(group, p, q);
    });
}

DsaGroup make_dsa_group(std::size_t bits)
{
    const auto* const method =
        std::ranges::find_if(methods, [&](const Method& row) { return bits <= row.most_bits; });
    require(method != methods.end(), Fault::bad_length);
    return translate([&] {
        while (true) {
            Bytes seed(method->hash_size());
            thread_rng().randomize(seed.data(), seed.size());
            const auto primes = primes_from(*method, compat::number(seed), bits);
            if (!primes)
                continue;
            const std::size_t size = primes->p.bytes();
            return DsaGroup{compat::stored<Bytes>(primes->p, size),
                            compat::stored<Bytes>(primes->q, method->hash_size()),
                            compat::stored<Bytes>(generator_of(*primes), size),
                            std::move(seed),
                            primes->counter,
                            method->hash,
                            method->standard};
        }
    });
}

} // namespace capishim::engine
