// SPDX-License-Identifier: BSD-2-Clause
// Text at the rim: 8-bit text is UTF-8 (U-02), wide text has 16-bit or 32-bit units (U-01).
#pragma once

#include "base/out_buffer.h"
#include "platform/text.h"

#include <optional>
#include <string>
#include <string_view>

namespace capishim::advapi {

/// @return nothing for a null pointer
template <class Unit>
std::optional<std::string> read_text(const Unit* text)
{
    if (!text)
        return std::nullopt;
    if constexpr (sizeof(Unit) == 1)
        return std::string(text);
    else
        return platform::to_utf8(std::basic_string_view<Unit>(text));
}

/// Writes `text` with its NUL in the caller's units; sizes count bytes (cryptoapi.md 0.3).
template <class Unit>
void write_text(std::string_view text, Unit* out, std::uint32_t* bytes)
{
    std::basic_string<Unit> units;
    if constexpr (sizeof(Unit) == 1)
        units = text;
    else if constexpr (sizeof(Unit) == 2)
        units = platform::to_utf16(text);
    else
        units = platform::to_utf32(text);
    OutBuffer buffer(reinterpret_cast<std::uint8_t*>(out), bytes,
                     OutBuffer::OnFailure::keep_length);
    buffer.write(view(units.c_str(), (units.size() + 1) * sizeof(Unit)));
}

} // namespace capishim::advapi
