// SPDX-License-Identifier: BSD-2-Clause
// Big-endian unsigned numbers as bytes: what blobs need to know of them without any arithmetic.
#pragma once

#include "base/secure_bytes.h"

#include <bit>

namespace capishim {

inline ByteView without_leading_zeros(ByteView number)
{
    const auto first = std::ranges::find_if(number, [](std::uint8_t byte) { return byte != 0; });
    return number.subspan(static_cast<std::size_t>(first - number.begin()));
}

inline bool is_zero_number(ByteView number)
{
    return without_leading_zeros(number).empty();
}

inline bool is_odd_number(ByteView number)
{
    return !number.empty() && (number.back() & 1) != 0;
}

inline std::size_t bit_length(ByteView number)
{
    const ByteView digits = without_leading_zeros(number);
    if (digits.empty())
        return 0;
    return digits.size() * 8 - static_cast<std::size_t>(std::countl_zero(digits[0]));
}

/// `number` in exactly `size` bytes. @throws Fault::not_supported   it does not fit
template <class Container = SecureBytes>
Container padded_number(ByteView number, std::size_t size)
{
    const ByteView digits = without_leading_zeros(number);
    require(digits.size() <= size, Fault::not_supported);
    Container out(size - digits.size());
    out.insert(out.end(), digits.begin(), digits.end());
    return out;
}

} // namespace capishim
