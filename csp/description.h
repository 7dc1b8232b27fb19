// SPDX-License-Identifier: BSD-2-Clause
// A signature's description: it is hashed as UTF-16LE whatever the caller's units (7.4.4).
#pragma once

#include "platform/text.h"

#include <optional>
#include <string>

namespace capishim::csp {

/// @return nothing for a null pointer
template <class Unit>
std::optional<std::u16string> read_description(const Unit* text)
{
    if (!text)
        return std::nullopt;
    if constexpr (sizeof(Unit) == 1)
        return platform::to_utf16(text);
    else if constexpr (sizeof(Unit) == 2)
        return std::u16string(text);
    else
        return platform::to_utf16(platform::to_utf8(std::u32string_view(text)));
}

} // namespace capishim::csp
