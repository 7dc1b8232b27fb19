// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/hex.h"

namespace capishim::csp {

std::string to_hex(ByteView bytes)
{
    std::string digits;
    digits.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        digits += hex_digits[byte >> 4];
        digits += hex_digits[byte & 15];
    }
    return digits;
}

Bytes from_hex(std::string_view digits)
{
    require(digits.size() % 2 == 0, Fault::bad_data);
    Bytes bytes;
    bytes.reserve(digits.size() / 2);
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const std::size_t high = hex_digits.find(digits[i]);
        const std::size_t low = hex_digits.find(digits[i + 1]);
        require(high != std::string_view::npos && low != std::string_view::npos, Fault::bad_data);
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

} // namespace capishim::csp
