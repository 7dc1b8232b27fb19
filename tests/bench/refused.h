// SPDX-License-Identifier: BSD-2-Clause
// What a benchmark does with a call that fails. The public headers have the names here
// that programs know, so that on Windows they are the SDK's.
#pragma once

#include <cstdio>
#include <stdexcept>
#include <string>
#include <windows.h>

namespace capishim_bench {

/// A call that failed; what() is its code.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

[[noreturn]] inline void refuse(unsigned long code)
{
    char text[16];
    std::snprintf(text, sizeof text, "0x%08lx", code & 0xffffffff);
    throw Refused(text);
}

inline void check(BOOL succeeded)
{
    if (!succeeded)
        refuse(GetLastError());
}

inline void check_status(LONG status)
{
    if (status != 0)
        refuse(static_cast<unsigned long>(status));
}

inline DWORD dword(std::size_t size)
{
    return static_cast<DWORD>(size);
}

} // namespace capishim_bench
