// SPDX-License-Identifier: BSD-2-Clause
// FormatMessage for the codes of our own calls. Texts with inserts, from strings or modules, are
// not ours to give.
#include "kernel/exports/guard.h"
#include "kernel/heap.h"
#include "kernel/messages.h"
#include "kernel/wide.h"

#include <cstring>
#include <string>

using namespace capishim;
using namespace capishim::kernel;

namespace {

/// Each message ends its line, unless the caller wants lines of its own.
std::string message_text(DWORD flags, const char* message)
{
    const bool one_line = (flags & FORMAT_MESSAGE_MAX_WIDTH_MASK) == FORMAT_MESSAGE_MAX_WIDTH_MASK;
    return std::string(message) + (one_line ? " " : "\r\n");
}

/// Hands a fresh block to the caller, who frees it with LocalFree; `least` is the smallest size
/// asked for.
template <class Unit>
DWORD put_allocated(const std::basic_string<Unit>& text, Unit* buffer, DWORD least)
{
    const std::size_t units = text.size() < least ? least : text.size() + 1;
    auto* const copy = static_cast<Unit*>(process_heap().allocate(units * sizeof(Unit), true));
    if (!copy)
        return fail(ERROR_NOT_ENOUGH_MEMORY, DWORD{0});
    text.copy(copy, text.size());
    std::memcpy(static_cast<void*>(buffer), &copy, sizeof copy); // the buffer is a pointer's place
    return static_cast<DWORD>(text.size());
}

template <class Unit>
DWORD put(const std::basic_string<Unit>& text, Unit* buffer, DWORD room)
{
    if (room <= text.size())
        return fail(ERROR_INSUFFICIENT_BUFFER, DWORD{0});
    text.copy(buffer, text.size());
    buffer[text.size()] = 0;
    return static_cast<DWORD>(text.size());
}

template <class Unit>
DWORD format_message(DWORD flags, DWORD code, Unit* buffer, DWORD size)
{
    if (!buffer || !(flags & (FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_FROM_HMODULE)))
        return fail(ERROR_INVALID_PARAMETER, DWORD{0});
    const char* const message = message_of(code);
    if (!message)
        return fail(ERROR_MR_MID_NOT_FOUND, DWORD{0});
    return guarded(DWORD{0}, [&] {
        const auto text = widen<Unit>(message_text(flags, message));
        return flags & FORMAT_MESSAGE_ALLOCATE_BUFFER ? put_allocated(text, buffer, size)
                                                      : put(text, buffer, size);
    });
}

} // namespace

DWORD WINAPI FormatMessageA(DWORD dwFlags, LPCVOID, DWORD dwMessageId, DWORD, LPSTR lpBuffer,
                            DWORD nSize, va_list*)
{
    return format_message(dwFlags, dwMessageId, lpBuffer, nSize);
}

DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID, DWORD dwMessageId, DWORD, char16_t* lpBuffer,
                            DWORD nSize, va_list*)
{
    return format_message(dwFlags, dwMessageId, lpBuffer, nSize);
}

DWORD WINAPI FormatMessageW_w32(DWORD dwFlags, LPCVOID, DWORD dwMessageId, DWORD,
                                char32_t* lpBuffer, DWORD nSize, va_list*)
{
    return format_message(dwFlags, dwMessageId, lpBuffer, nSize);
}
