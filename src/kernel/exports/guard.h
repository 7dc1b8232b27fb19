// SPDX-License-Identifier: BSD-2-Clause
// What the exports of this folder share. They are the system's functions to a program, so they are
// not traced; nothing may be thrown out of them either.
#pragma once

#include "abi/exports.h"
#include "platform/last_error.h"

#include <concepts>
#include <cstdint>

namespace capishim::kernel {

/// Sets the last error and answers with what the function returns when it fails.
template <class Result>
Result fail(std::uint32_t code, Result result) noexcept
{
    platform::set_last_error(code);
    return result;
}

/// Runs a body that allocates; without memory the function fails with `failure`.
template <class Result, std::invocable Body>
Result guarded(Result failure, Body body) noexcept
{
    try {
        return body();
    } catch (...) {
        return fail(ERROR_NOT_ENOUGH_MEMORY, failure);
    }
}

} // namespace capishim::kernel
