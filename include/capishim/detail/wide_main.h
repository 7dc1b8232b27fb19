// SPDX-License-Identifier: BSD-2-Clause
// A main for programs that have a wmain: arguments become wide, the result is handed on.
#pragma once

#include "types.h" // windows.h, which includes this, has the rest

// `int wmain(int argc, WCHAR* argv[])` becomes three things: a declaration that keeps the type of
// the result, the main, and behind it the program's function under another name. What parameters it
// takes is known only there. C needs no more than an old-style declaration; C++ reaches it under
// the names that the linker has for the lists of parameters that programs use.
#ifndef _WIN32
CAPISHIM_BEGIN_C

/// The arguments as wide text; they live as long as the program, where leak checkers can see them.
static __inline__ WCHAR** capishim_wide_arguments(int count, char** arguments)
{
    static WCHAR** wide __attribute__((used)); // an optimiser would see no reader
    int i;
    wide = (WCHAR**)calloc((size_t)count + 1, sizeof(WCHAR*));
    for (i = 0; wide && i < count; ++i) {
        const int units = MultiByteToWideChar(CP_UTF8, 0, arguments[i], -1, NULL, 0);
        wide[i] = (WCHAR*)calloc((size_t)units + 1, sizeof(WCHAR));
        if (wide[i])
            MultiByteToWideChar(CP_UTF8, 0, arguments[i], -1, wide[i], units);
    }
    return wide;
}

CAPISHIM_END_C

#ifdef __cplusplus
extern "C++" {
template <class Result>
struct capishim_result {
    static int of(int value) { return value; }
};
template <>
struct capishim_result<void> {
    static int of(int) { return 0; }
};
}

extern "C" {
__attribute__((weak)) int capishim_wmain_none() __asm__("_Z14capishim_wmainv");
__attribute__((weak)) int capishim_wmain_count(int) __asm__("_Z14capishim_wmaini");
__attribute__((weak)) int capishim_wmain_plain(int, WCHAR**) __asm__("_Z14capishim_wmainiPPw");
__attribute__((weak)) int capishim_wmain_const(int, WCHAR**) __asm__("_Z14capishim_wmainiPPKw");
__attribute__((weak)) int capishim_wmain_fixed(int, WCHAR**) __asm__("_Z14capishim_wmainiPKPKw");
}

static __inline__ int capishim_wide_main(int count, char** arguments)
{
    int (*const takers[])(int, WCHAR**) = {capishim_wmain_plain, capishim_wmain_const,
                                           capishim_wmain_fixed};
    for (size_t i = 0; i < _countof(takers); ++i)
        if (takers[i])
            return takers[i](count, capishim_wide_arguments(count, arguments));
    return capishim_wmain_count ? capishim_wmain_count(count) : capishim_wmain_none();
}

#define CAPISHIM_WIDE_MAIN                                                                         \
    int main(int count, char** arguments)                                                          \
    {                                                                                              \
        return capishim_result<__typeof__(capishim_main_result())>::of(                            \
            capishim_wide_main(count, arguments));                                                 \
    }
#else
#define CAPISHIM_CALL_WMAIN capishim_wmain(count, capishim_wide_arguments(count, arguments))
#define CAPISHIM_WIDE_MAIN                                                                         \
    __typeof__(capishim_main_result()) capishim_wmain();                                           \
    int main(int count, char** arguments)                                                          \
    {                                                                                              \
        return __builtin_choose_expr(                                                              \
            __builtin_types_compatible_p(__typeof__(capishim_main_result()), void),                \
            (CAPISHIM_CALL_WMAIN, 0), CAPISHIM_CALL_WMAIN);                                        \
    }
#endif

#define wmain                                                                                      \
    capishim_main_result(void);                                                                    \
    CAPISHIM_WIDE_MAIN                                                                             \
    __typeof__(capishim_main_result()) capishim_wmain
#endif
