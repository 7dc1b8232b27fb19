// SPDX-License-Identifier: BSD-2-Clause
// What DH and DSA have in common on Botan's numbers.
#pragma once

#include "base/secure_bytes.h"
#include "engine/botan_compat.h"
#include "engine/botan_rng.h"

namespace capishim::engine {

/// A generator or a public value: neither 0, 1, -1 nor beyond the prime.
inline bool is_element(const Botan::BigInt& value, const Botan::BigInt& prime)
{
    return value >= 2 && value <= prime - 2;
}

/// For numbers that somebody else may have chosen.
inline bool is_prime_number(const Botan::BigInt& number)
{
    return Botan::is_prime(number, thread_rng(), 128, false);
}

/// Whether `order` is a prime, and the generator's order modulo the prime.
inline bool generates(const Botan::BigInt& generator, const Botan::BigInt& order,
                      const Botan::BigInt& prime)
{
    return order > 1 && (prime - 1) % order == 0 && is_prime_number(order) &&
           Botan::power_mod(generator, order, prime) == 1;
}

} // namespace capishim::engine
