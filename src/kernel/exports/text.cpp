// SPDX-License-Identifier: BSD-2-Clause
// lstr*: C's string functions, which take NULL and compare with or without case. Windows compares
// in the user's language; here units are compared, and only ASCII letters have case.
#include "kernel/exports/guard.h"
#include "kernel/wide.h"

#include <cstring>

using namespace capishim;
using namespace capishim::kernel;

namespace {

template <class Unit>
int length(const Unit* text)
{
    return text ? static_cast<int>(std::char_traits<Unit>::length(text)) : 0;
}

template <class Unit>
Unit* copy(Unit* to, const Unit* from)
{
    if (!to || !from)
        return nullptr;
    std::char_traits<Unit>::move(to, from, std::char_traits<Unit>::length(from) + 1);
    return to;
}

template <class Unit>
Unit* copy_part(Unit* to, const Unit* from, int room)
{
    if (!to || !from || room <= 0)
        return nullptr;
    int i = 0;
    for (; i + 1 < room && from[i]; ++i)
        to[i] = from[i];
    to[i] = 0;
    return to;
}

template <class Unit>
Unit* append(Unit* to, const Unit* from)
{
    if (!to || !from)
        return nullptr;
    copy(to + std::char_traits<Unit>::length(to), from);
    return to;
}

/// The prototypes spell a result in the program's own units.
template <class Unit>
LPWSTR wide_result(Unit* text)
{
    return reinterpret_cast<LPWSTR>(text);
}

struct AsIs {
    auto operator()(auto unit) const { return unit; }
};

struct Folded {
    template <class Unit>
    Unit operator()(Unit unit) const
    {
        return unit >= 'A' && unit <= 'Z' ? static_cast<Unit>(unit - 'A' + 'a') : unit;
    }
};

/// NULL comes before every string, as documented.
template <class Unit, class Fold>
int compare(const Unit* a, const Unit* b, Fold fold)
{
    if (!a || !b)
        return (a != nullptr) - (b != nullptr);
    using Number = std::make_unsigned_t<Unit>;
    for (;; ++a, ++b) {
        const auto x = static_cast<Number>(fold(*a));
        const auto y = static_cast<Number>(fold(*b));
        if (x != y || x == 0)
            return (x > y) - (x < y);
    }
}

} // namespace

int WINAPI lstrlenA(LPCSTR lpString)
{
    return length(lpString);
}

int WINAPI lstrlenW(const char16_t* lpString)
{
    return length(lpString);
}

int WINAPI lstrlenW_w32(const char32_t* lpString)
{
    return length(lpString);
}

LPSTR WINAPI lstrcpyA(LPSTR lpString1, LPCSTR lpString2)
{
    return copy(lpString1, lpString2);
}

LPWSTR WINAPI lstrcpyW(char16_t* lpString1, const char16_t* lpString2)
{
    return wide_result(copy(lpString1, lpString2));
}

LPWSTR WINAPI lstrcpyW_w32(char32_t* lpString1, const char32_t* lpString2)
{
    return wide_result(copy(lpString1, lpString2));
}

LPSTR WINAPI lstrcpynA(LPSTR lpString1, LPCSTR lpString2, int iMaxLength)
{
    return copy_part(lpString1, lpString2, iMaxLength);
}

LPWSTR WINAPI lstrcpynW(char16_t* lpString1, const char16_t* lpString2, int iMaxLength)
{
    return wide_result(copy_part(lpString1, lpString2, iMaxLength));
}

LPWSTR WINAPI lstrcpynW_w32(char32_t* lpString1, const char32_t* lpString2, int iMaxLength)
{
    return wide_result(copy_part(lpString1, lpString2, iMaxLength));
}

LPSTR WINAPI lstrcatA(LPSTR lpString1, LPCSTR lpString2)
{
    return append(lpString1, lpString2);
}

LPWSTR WINAPI lstrcatW(char16_t* lpString1, const char16_t* lpString2)
{
    return wide_result(append(lpString1, lpString2));
}

LPWSTR WINAPI lstrcatW_w32(char32_t* lpString1, const char32_t* lpString2)
{
    return wide_result(append(lpString1, lpString2));
}

int WINAPI lstrcmpA(LPCSTR lpString1, LPCSTR lpString2)
{
    return compare(lpString1, lpString2, AsIs{});
}

int WINAPI lstrcmpW(const char16_t* lpString1, const char16_t* lpString2)
{
    return compare(lpString1, lpString2, AsIs{});
}

int WINAPI lstrcmpW_w32(const char32_t* lpString1, const char32_t* lpString2)
{
    return compare(lpString1, lpString2, AsIs{});
}

int WINAPI lstrcmpiA(LPCSTR lpString1, LPCSTR lpString2)
{
    return compare(lpString1, lpString2, Folded{});
}

int WINAPI lstrcmpiW(const char16_t* lpString1, const char16_t* lpString2)
{
    return compare(lpString1, lpString2, Folded{});
}

int WINAPI lstrcmpiW_w32(const char32_t* lpString1, const char32_t* lpString2)
{
    return compare(lpString1, lpString2, Folded{});
}

VOID WINAPI OutputDebugStringA(LPCSTR) {}

VOID WINAPI OutputDebugStringW(const char16_t*) {}

VOID WINAPI OutputDebugStringW_w32(const char32_t*) {}
