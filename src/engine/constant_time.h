// SPDX-License-Identifier: BSD-2-Clause
// Masks in place of branches, for data that must not show in the time taken. A mask is all ones
// (true) or all zeros (false).
#pragma once

#include <cstddef>

namespace capishim::engine {

using Mask = std::size_t;

/// Hides a value from the optimiser, which could otherwise turn masks back into branches.
inline std::size_t opaque(std::size_t value)
{
    asm("" : "+r"(value));
    return value;
}

inline Mask mask_of_top_bit(std::size_t value)
{
    return std::size_t{0} - (opaque(value) >> (8 * sizeof(std::size_t) - 1));
}

inline Mask is_zero(std::size_t value)
{
    return mask_of_top_bit(~value & (value - 1));
}
inline Mask is_equal(std::size_t a, std::size_t b)
{
    return is_zero(a ^ b);
}

/// For numbers below half the range, such as lengths.
inline Mask is_less(std::size_t a, std::size_t b)
{
    return mask_of_top_bit(a - b);
}

inline std::size_t select(Mask mask, std::size_t if_true, std::size_t if_false)
{
    return (mask & if_true) | (~mask & if_false);
}

} // namespace capishim::engine
