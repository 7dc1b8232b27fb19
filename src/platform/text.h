// SPDX-License-Identifier: BSD-2-Clause
// Text crosses the rim as ANSI (taken as UTF-8, U-02) or as wide units of 16 or 32 bits (U-01);
// inside it is UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace capishim::platform {

/// Unpaired surrogates and numbers beyond Unicode become U+FFFD.
std::string to_utf8(std::u16string_view text);
std::string to_utf8(std::u32string_view text);
/// Malformed UTF-8 becomes U+FFFD.
std::u16string to_utf16(std::string_view text);
std::u32string to_utf32(std::string_view text);

/// ASCII-only folding: how provider and container names compare (U-13, U-203).
std::string fold_case(std::string_view text);
/// Whether both are the same but for ASCII case.
bool same_but_for_case(std::string_view a, std::string_view b) noexcept;

} // namespace capishim::platform
