// SPDX-License-Identifier: BSD-2-Clause
// wsprintf, wvsprintf, _vsnprintf, _vsnwprintf.
#include "kernel/format.h"

#include "kernel/exports/guard.h"

#include <cstdarg>

using namespace capishim::kernel;

namespace {

constexpr std::size_t wsprintf_room = 1024; // units, as documented

template <class Unit>
int format_bounded(Unit* to, std::size_t room, const Unit* format, std::va_list arguments,
                   std::size_t wide_unit_size)
{
    return guarded(-1, [&] { return format_text(to, room, format, arguments, wide_unit_size); });
}

/// wsprintf always ends its text and answers with its length, also when it was cut.
template <class Unit>
int format_ended(Unit* to, const Unit* format, std::va_list arguments, std::size_t wide_unit_size)
{
    const int length = format_bounded(to, wsprintf_room, format, arguments, wide_unit_size);
    if (length >= 0 && static_cast<std::size_t>(length) < wsprintf_room)
        return length;
    to[wsprintf_room - 1] = 0;
    return wsprintf_room - 1;
}

} // namespace

// Narrow formats have their twins, too: what %S points to is of the program's width.

int WINAPI _vsnprintf(LPSTR buffer, size_t count, LPCSTR format, va_list arguments)
{
    return format_bounded(buffer, count, format, arguments, sizeof(char16_t));
}

int WINAPI _vsnprintf_w32(LPSTR buffer, size_t count, LPCSTR format, va_list arguments)
{
    return format_bounded(buffer, count, format, arguments, sizeof(char32_t));
}

int WINAPI _vsnwprintf(char16_t* buffer, size_t count, const char16_t* format, va_list arguments)
{
    return format_bounded(buffer, count, format, arguments, sizeof(char16_t));
}

int WINAPI _vsnwprintf_w32(char32_t* buffer, size_t count, const char32_t* format,
                           va_list arguments)
{
    return format_bounded(buffer, count, format, arguments, sizeof(char32_t));
}

int WINAPI wvsprintfA(char* buffer, const char* format, va_list arguments)
{
    return format_ended(buffer, format, arguments, sizeof(char16_t));
}

int WINAPI wvsprintfA_w32(char* buffer, const char* format, va_list arguments)
{
    return format_ended(buffer, format, arguments, sizeof(char32_t));
}

int WINAPI wvsprintfW(char16_t* buffer, const char16_t* format, va_list arguments)
{
    return format_ended(buffer, format, arguments, sizeof(char16_t));
}

int WINAPI wvsprintfW_w32(char32_t* buffer, const char32_t* format, va_list arguments)
{
    return format_ended(buffer, format, arguments, sizeof(char32_t));
}

int wsprintfA(char* buffer, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = wvsprintfA(buffer, format, arguments);
    va_end(arguments);
    return length;
}

int wsprintfA_w32(char* buffer, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = wvsprintfA_w32(buffer, format, arguments);
    va_end(arguments);
    return length;
}

int wsprintfW(char16_t* buffer, const char16_t* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = wvsprintfW(buffer, format, arguments);
    va_end(arguments);
    return length;
}

int wsprintfW_w32(char32_t* buffer, const char32_t* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = wvsprintfW_w32(buffer, format, arguments);
    va_end(arguments);
    return length;
}
