// SPDX-License-Identifier: BSD-2-Clause
// printf as the Windows C library understands it: l is 32 bits, I64 is 64, and %s of a wide format
// takes wide text.
#pragma once

#include <cstdarg>
#include <cstddef>

namespace capishim::kernel {

/// Writes at most `room` units, and an end only where it fits.
/// @param wide_unit_size   bytes of the program's wchar_t, for wide arguments of a narrow format
/// @return                 units written without the end, or -1 when the text was cut
template <class Unit>
int format_text(Unit* to, std::size_t room, const Unit* format, std::va_list arguments,
                std::size_t wide_unit_size);

extern template int format_text(char*, std::size_t, const char*, std::va_list, std::size_t);
extern template int format_text(char16_t*, std::size_t, const char16_t*, std::va_list, std::size_t);
extern template int format_text(char32_t*, std::size_t, const char32_t*, std::va_list, std::size_t);

} // namespace capishim::kernel
