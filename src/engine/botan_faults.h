// SPDX-License-Identifier: BSD-2-Clause
// Turns what Botan and the standard library throw into an Error: no exception of Botan's leaves the
// engine.
#pragma once

#include "base/fault.h"

#include <utility>

namespace capishim::engine {

/// To be called while an exception is handled: throws it again as an Error.
[[noreturn]] void rethrow_as_error();

/// Runs `body`; whatever it throws comes out as an Error.
template <class Body>
decltype(auto) translate(Body&& body)
{
    try {
        return std::forward<Body>(body)();
    } catch (...) {
        rethrow_as_error();
    }
}

} // namespace capishim::engine
