// SPDX-License-Identifier: BSD-2-Clause
// For unit tests: which fault a piece of code throws, by name.
#pragma once

#include "base/fault.h"

#include <boost/test/unit_test.hpp>

namespace capishim_test {

template <class Call>
capishim::Fault fault_of(Call call)
{
    try {
        call();
    } catch (const capishim::Error& error) {
        return error.fault();
    }
    return capishim::Fault::none;
}

} // namespace capishim_test

/// The expression throws Error of that fault.
#define CHECK_FAULT(expression, expected)                                                          \
    do {                                                                                           \
        const capishim::Fault thrown =                                                             \
            capishim_test::fault_of([&] { static_cast<void>(expression); });                       \
        BOOST_CHECK_MESSAGE(thrown == (expected), #expression << " threw "                         \
                                                              << capishim::fault_row(thrown).name  \
                                                              << " instead of " #expected);        \
    } while (false)
