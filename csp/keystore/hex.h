// SPDX-License-Identifier: BSD-2-Clause
// Hex digits, lower case, as they stand in the store's files.
#pragma once

#include "base/bytes.h"

#include <string>
#include <string_view>

namespace capishim::csp {

constexpr std::string_view hex_digits = "0123456789abcdef";

constexpr bool is_hex_digit(std::uint8_t letter)
{
    return hex_digits.find(static_cast<char>(letter)) != std::string_view::npos;
}

std::string to_hex(ByteView bytes);
/// @throws Fault::bad_data   other letters, or an odd number of them
Bytes from_hex(std::string_view digits);

} // namespace capishim::csp
