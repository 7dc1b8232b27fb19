// SPDX-License-Identifier: BSD-2-Clause
// Bytes as tests write and print them: hexadecimal digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace capishim_test {

inline std::vector<std::uint8_t> from_hex(const std::string& text)
{
    if (text.size() % 2 != 0)
        throw std::runtime_error("half a byte in '" + text + "'");
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        std::size_t used = 0;
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(text.substr(i, 2), &used, 16)));
        if (used != 2)
            throw std::runtime_error("no hexadecimal number: '" + text + "'");
    }
    return bytes;
}

inline std::string to_hex(const std::uint8_t* data, std::size_t size)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += digits[data[i] >> 4];
        text += digits[data[i] & 15];
    }
    return text;
}

template <class Container>
std::string to_hex(const Container& bytes)
{
    return to_hex(bytes.data(), bytes.size());
}

} // namespace capishim_test
