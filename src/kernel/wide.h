// SPDX-License-Identifier: BSD-2-Clause
// Text of a caller's unit to and from UTF-8; for char both are the same.
#pragma once

#include "platform/text.h"

#include <string>
#include <string_view>
#include <type_traits>

namespace capishim::kernel {

template <class Unit>
std::string narrow(std::basic_string_view<Unit> text)
{
    if constexpr (std::is_same_v<Unit, char>)
        return std::string(text);
    else
        return platform::to_utf8(text);
}

template <class Unit>
std::basic_string<Unit> widen(std::string_view text)
{
    if constexpr (std::is_same_v<Unit, char>)
        return std::string(text);
    else if constexpr (std::is_same_v<Unit, char16_t>)
        return platform::to_utf16(text);
    else
        return platform::to_utf32(text);
}

} // namespace capishim::kernel
