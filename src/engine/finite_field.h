// SPDX-License-Identifier: BSD-2-Clause
// What DH and DSA have in common on Botan's numbers.
#pragma once

#include "base/secure_bytes.h"
#include "engine/botan_compat.h"

namespace capishim::engine {

/// A generator or a public value: neither 0, 1, -1 nor beyond the prime.
inline bool is_element(const Botan::BigInt& value, const Botan::BigInt& prime)
{
    return value >= 2 && value <= prime - 2;
}

template <class Container>
Container stored(const Botan::BigInt& value, std::size_t size)
{
    Container bytes(size);
    compat::store(value, bytes);
    return bytes;
}

} // namespace capishim::engine
