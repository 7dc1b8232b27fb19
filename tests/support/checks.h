// SPDX-License-Identifier: BSD-2-Clause
// Checks that speak the API's language: the codes are given and printed by name.
#pragma once

#include "support/code_names.h"

#include <bcrypt.h>
#include <boost/test/unit_test.hpp>
#include <wincrypt.h>
#include <windows.h>

namespace capishim_test {

// A last error that no function of the interface sets.
constexpr DWORD untouched = 0x2BADC0DE;

} // namespace capishim_test

/// The call answers FALSE and sets the last error to `code`.
#define CHECK_FAILS_WITH(call, code)                                                               \
    do {                                                                                           \
        SetLastError(capishim_test::untouched);                                                    \
        const bool answered_true = (call) != 0;                                                    \
        const DWORD left = GetLastError();                                                         \
        BOOST_CHECK_MESSAGE(!answered_true && left == static_cast<DWORD>(code),                    \
                            #call << " answered " << (answered_true ? "TRUE" : "FALSE")            \
                                  << " and left " << capishim_test::win32_name(left)               \
                                  << " instead of FALSE and " #code);                              \
    } while (false)

/// The call answers TRUE and leaves the last error as it was (cryptoapi.md 0.2 rule 2).
#define CHECK_SUCCEEDS(call)                                                                       \
    do {                                                                                           \
        SetLastError(capishim_test::untouched);                                                    \
        const bool answered_true = (call) != 0;                                                    \
        const DWORD left = GetLastError();                                                         \
        BOOST_CHECK_MESSAGE(answered_true,                                                         \
                            #call << " failed with " << capishim_test::win32_name(left));          \
        BOOST_CHECK_MESSAGE(!answered_true || left == capishim_test::untouched,                    \
                            #call << " succeeded but changed the last error to "                   \
                                  << capishim_test::win32_name(left));                             \
    } while (false)

/// Like CHECK_SUCCEEDS, for what the rest of a test stands on.
#define REQUIRE_SUCCEEDS(call)                                                                     \
    do {                                                                                           \
        const bool answered_true = (call) != 0;                                                    \
        BOOST_REQUIRE_MESSAGE(answered_true, #call << " failed with "                              \
                                                   << capishim_test::win32_name(GetLastError()));  \
    } while (false)

/// The call answers this NTSTATUS.
#define CHECK_STATUS(call, code)                                                                   \
    do {                                                                                           \
        const NTSTATUS answered = (call);                                                          \
        BOOST_CHECK_MESSAGE(answered == static_cast<NTSTATUS>(code),                               \
                            #call << " answered " << capishim_test::status_name(answered)          \
                                  << " instead of " #code);                                        \
    } while (false)

#define REQUIRE_STATUS(call, code)                                                                 \
    do {                                                                                           \
        const NTSTATUS answered = (call);                                                          \
        BOOST_REQUIRE_MESSAGE(answered == static_cast<NTSTATUS>(code),                             \
                              #call << " answered " << capishim_test::status_name(answered)        \
                                    << " instead of " #code);                                      \
    } while (false)
