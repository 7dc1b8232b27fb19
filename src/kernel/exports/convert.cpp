// SPDX-License-Identifier: BSD-2-Clause
// MultiByteToWideChar, WideCharToMultiByte. All ANSI text is UTF-8 (U-02), so there is one code
// page.
#include "kernel/exports/guard.h"
#include "kernel/wide.h"

using namespace capishim;
using namespace capishim::kernel;

namespace {

bool is_utf8(UINT code_page)
{
    return code_page == CP_ACP || code_page == CP_OEMCP || code_page == CP_THREAD_ACP ||
           code_page == CP_UTF8;
}

/// A count of -1 means: up to and with the end.
template <class Unit>
std::basic_string_view<Unit> view(const Unit* text, int count)
{
    if (count >= 0)
        return {text, static_cast<std::size_t>(count)};
    return {text, std::char_traits<Unit>::length(text) + 1};
}

/// Puts the text out, or only its size when there is no room at all.
template <class Unit>
int put(const std::basic_string<Unit>& text, Unit* to, int room)
{
    const int size = static_cast<int>(text.size());
    if (room == 0)
        return size;
    if (room < size)
        return fail(ERROR_INSUFFICIENT_BUFFER, 0);
    text.copy(to, text.size());
    return size;
}

template <class To, class From>
int convert(UINT code_page, bool strict, const From* from, int count, To* to, int room)
{
    if (!is_utf8(code_page) || !from || count == 0 || count < -1 || room < 0 || (room && !to))
        return fail(ERROR_INVALID_PARAMETER, 0);
    return guarded(0, [&] {
        const auto source = view(from, count);
        const std::string utf8 = narrow(source);
        const auto text = widen<To>(utf8);
        if (strict && widen<From>(narrow<To>(text)) != source) // something was not text
            return fail(ERROR_NO_UNICODE_TRANSLATION, 0);
        return put(text, to, room);
    });
}

template <class Unit>
int to_bytes(UINT code_page, DWORD flags, const Unit* from, int count, LPSTR to, int room,
             LPCSTR fallback, BOOL* fell_back)
{
    if (code_page == CP_UTF8 && (fallback || fell_back)) // as documented for this code page
        return fail(ERROR_INVALID_PARAMETER, 0);
    if (fell_back)
        *fell_back = FALSE;
    return convert(code_page, (flags & WC_ERR_INVALID_CHARS) != 0, from, count, to, room);
}

} // namespace

int WINAPI MultiByteToWideChar(UINT CodePage, DWORD dwFlags, LPCSTR lpMultiByteStr, int cbMultiByte,
                               char16_t* lpWideCharStr, int cchWideChar)
{
    return convert(CodePage, (dwFlags & MB_ERR_INVALID_CHARS) != 0, lpMultiByteStr, cbMultiByte,
                   lpWideCharStr, cchWideChar);
}

int WINAPI MultiByteToWideChar_w32(UINT CodePage, DWORD dwFlags, LPCSTR lpMultiByteStr,
                                   int cbMultiByte, char32_t* lpWideCharStr, int cchWideChar)
{
    return convert(CodePage, (dwFlags & MB_ERR_INVALID_CHARS) != 0, lpMultiByteStr, cbMultiByte,
                   lpWideCharStr, cchWideChar);
}

int WINAPI WideCharToMultiByte(UINT CodePage, DWORD dwFlags, const char16_t* lpWideCharStr,
                               int cchWideChar, LPSTR lpMultiByteStr, int cbMultiByte,
                               LPCSTR lpDefaultChar, BOOL* lpUsedDefaultChar)
{
    return to_bytes(CodePage, dwFlags, lpWideCharStr, cchWideChar, lpMultiByteStr, cbMultiByte,
                    lpDefaultChar, lpUsedDefaultChar);
}

int WINAPI WideCharToMultiByte_w32(UINT CodePage, DWORD dwFlags, const char32_t* lpWideCharStr,
                                   int cchWideChar, LPSTR lpMultiByteStr, int cbMultiByte,
                                   LPCSTR lpDefaultChar, BOOL* lpUsedDefaultChar)
{
    return to_bytes(CodePage, dwFlags, lpWideCharStr, cchWideChar, lpMultiByteStr, cbMultiByte,
                    lpDefaultChar, lpUsedDefaultChar);
}
