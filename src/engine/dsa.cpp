// SPDX-License-Identifier: BSD-2-Clause
// DSA on Botan's numbers: its own DSA keys take no small groups, and their k is not random.
#include "engine/dsa.h"

#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "engine/finite_field.h"

namespace capishim::engine {
namespace {

using Botan::BigInt;

struct Numbers {
    BigInt p, q, g;
};

Numbers checked_numbers(const DsaGroup& group, bool validate)
{
    require(is_odd_number(group.prime) && group.prime.front() != 0 && is_odd_number(group.order) &&
                group.order.front() != 0 && group.generator.size() == group.prime.size(),
            Fault::bad_data);
    Numbers numbers{compat::number(group.prime), compat::number(group.order),
                    compat::number(group.generator)};
    require(is_element(numbers.g, numbers.p) && numbers.q < numbers.p, Fault::bad_data);
    require(!validate || ((numbers.p - 1) % numbers.q == 0 &&
                          Botan::power_mod(numbers.g, numbers.q, numbers.p) == 1),
            Fault::bad_data);
    return numbers;
}

std::shared_ptr<const DsaKey> make_private(DsaGroup group, const Numbers& numbers, const BigInt& x)
{
    const std::size_t size = group.prime.size(), order_size = group.order.size();
    const BigInt y = compat::SecretPower(x, numbers.p)(numbers.g);
    return std::make_shared<DsaKey>(std::move(group), compat::stored<Bytes>(y, size),
                                    compat::stored<SecureBytes>(x, order_size));
}

/// The leftmost bits of the hash, as many as q has (FIPS 186-4 4.6).
BigInt hash_number(ByteView hash, const BigInt& q)
{
    BigInt number = compat::number(hash.first(std::min(hash.size(), q.bytes())));
    const std::size_t bits = std::min(hash.size(), q.bytes()) * 8;
    return bits > q.bits() ? number >> (bits - q.bits()) : number;
}

BigInt random_below(const BigInt& q)
{
    return BigInt::random_integer(thread_rng(), 1, q);
}

/// g^k mod p mod q. The exponent is lifted to one length, so that none of k's bits shows in the
/// time.
BigInt commitment(const Numbers& numbers, const BigInt& k)
{
    BigInt lifted = k + numbers.q;
    const BigInt twice = lifted + numbers.q;
    lifted.ct_cond_assign(lifted.bits() == numbers.q.bits(), twice);
    return compat::SecretPower(lifted, numbers.p)(numbers.g) % numbers.q;
}

struct Signature {
    BigInt r, s;
};

/// One try with a new k. The inversion sees k only under a random factor.
Signature try_to_sign(const Numbers& numbers, const BigInt& hash, const BigInt& x)
{
    const auto mod_q = compat::public_reducer(numbers.q);
    const BigInt k = random_below(numbers.q), blind = random_below(numbers.q);
    BigInt r = commitment(numbers, k);
    const BigInt inverse = Botan::inverse_mod(mod_q.multiply(k, blind), numbers.q);
    const BigInt blinded_sum = mod_q.reduce(mod_q.multiply(blind, mod_q.reduce(hash)) +
                                            mod_q.multiply(mod_q.multiply(blind, x), r));
    return {std::move(r), mod_q.multiply(inverse, blinded_sum)};
}

} // namespace

void check_group(const DsaGroup& group, bool validate)
{
    translate([&] { checked_numbers(group, validate); });
}

std::shared_ptr<const DsaKey> DsaKey::generate(DsaGroup group)
{
    return translate([&] {
        const Numbers numbers = checked_numbers(group, false);
        return make_private(std::move(group), numbers, random_below(numbers.q));
    });
}

std::shared_ptr<const DsaKey> DsaKey::from_public(DsaGroup group, ByteView y, bool validate)
{
    return translate([&] {
        const Numbers numbers = checked_numbers(group, validate);
        require(y.size() == group.prime.size(), Fault::bad_data);
        const BigInt number = compat::number(y);
        require(!validate || (is_element(number, numbers.p) &&
                              Botan::power_mod(number, numbers.q, numbers.p) == 1),
                Fault::bad_data);
        return std::make_shared<const DsaKey>(std::move(group), Bytes(y.begin(), y.end()),
                                              SecureBytes{});
    });
}

std::shared_ptr<const DsaKey> DsaKey::from_private(DsaGroup group, ByteView y, ByteView x,
                                                   bool validate)
{
    return translate([&] {
        const Numbers numbers = checked_numbers(group, validate);
        const BigInt secret = compat::number(x);
        require(!secret.is_zero() && secret < numbers.q, Fault::bad_data);
        auto key = make_private(group, numbers, secret);
        if (y.empty() || std::ranges::equal(y, key->public_value()))
            return key;
        require(!validate && y.size() == group.prime.size(), Fault::bad_data);
        return std::make_shared<const DsaKey>(std::move(group), Bytes(y.begin(), y.end()),
                                              key->secret());
    });
}

const SecureBytes& DsaKey::secret() const
{
    require(has_private(), Fault::no_private_key);
    return secret_;
}

Bytes DsaKey::sign(ByteView hash) const
{
    constexpr int most_tries = 64; // each fails about once in 2^159, unless the group is no group
    const SecureBytes& secret_value = secret();
    return translate([&] {
        const Numbers numbers = checked_numbers(group_, false);
        const BigInt number = hash_number(hash, numbers.q), x = compat::number(secret_value);
        for (int i = 0; i < most_tries; ++i) {
            const Signature made = try_to_sign(numbers, number, x);
            if (made.r.is_zero() || made.s.is_zero())
                continue;
            Bytes signature(signature_size());
            const MutableBytes whole(signature);
            compat::store(made.r, whole.first(group_.order.size()));
            compat::store(made.s, whole.subspan(group_.order.size()));
            return signature;
        }
        throw Error(Fault::bad_data);
    });
}

bool DsaKey::verify(ByteView hash, ByteView signature) const
{
    if (signature.size() != signature_size())
        return false;
    return translate([&] {
        const Numbers numbers = checked_numbers(group_, false);
        const auto& [p, q, g] = numbers;
        const BigInt r = compat::number(signature.first(group_.order.size()));
        const BigInt s = compat::number(signature.subspan(group_.order.size()));
        if (r.is_zero() || r >= q || s.is_zero() || s >= q)
            return false;
        const BigInt w = Botan::inverse_mod(s, q);
        if (w.is_zero())
            return false;
        const auto mod_p = compat::public_reducer(p);
        const BigInt u1 = hash_number(hash, q) * w % q, u2 = r * w % q;
        const BigInt v = mod_p.multiply(Botan::power_mod(g, u1, p),
                                        Botan::power_mod(compat::number(public_), u2, p));
        return v % q == r;
    });
}

} // namespace capishim::engine
