// SPDX-License-Identifier: BSD-2-Clause
// The guard around every export: trace, the only try/catch of the rim, and the codes.
#pragma once

#include "abi/api.h"
#include "abi/api_table.h"
#include "base/fault.h"
#include "diag/fault_point.h"
#include "diag/trace.h"
#include "platform/last_error.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

#include <concepts>
#include <new>

namespace capishim {

/// Runs the body of an export; nothing is thrown beyond it.
template <std::invocable Body>
Outcome run(Api api, Body& body) noexcept
{
    try {
        diag::fault_point(call_info(api).name);
        body();
        return {};
    } catch (const Error& error) {
        return error.outcome();
    } catch (const std::bad_alloc&) {
        return {Fault::out_of_memory};
    } catch (...) {
        return {Fault::internal};
    }
}

/// An export that answers BOOL and sets the last error when it fails; success leaves it as it was
/// (cryptoapi.md 0.2).
template <std::invocable Body, class... Args>
BOOL win32_call(Api api, Body body, const Args&... args) noexcept
{
    const platform::LastErrorOfCall kept;
    diag::CallTrace trace(call_info(api), args...);
    const Outcome outcome = run(api, body);
    trace.finish(outcome);
    if (!outcome.succeeded())
        platform::set_last_error(outcome.win32());
    return outcome.succeeded();
}

/// An export that answers NTSTATUS and touches no last error.
template <std::invocable Body, class... Args>
NTSTATUS nt_call(Api api, Body body, const Args&... args) noexcept
{
    const platform::LastErrorOfCall kept;
    diag::CallTrace trace(call_info(api), args...);
    const Outcome outcome = run(api, body);
    trace.finish(outcome);
    return static_cast<NTSTATUS>(outcome.ntstatus());
}

/// An export that answers BOOLEAN and has no code to tell.
template <std::invocable Body, class... Args>
BOOLEAN byte_boolean_call(Api api, Body body, const Args&... args) noexcept
{
    const platform::LastErrorOfCall kept;
    diag::CallTrace trace(call_info(api), args...);
    const Outcome outcome = run(api, body);
    trace.finish(outcome);
    return outcome.succeeded();
}

/// An export that answers nothing.
template <std::invocable Body, class... Args>
void void_call(Api api, Body body, const Args&... args) noexcept
{
    const platform::LastErrorOfCall kept;
    diag::CallTrace trace(call_info(api), args...);
    trace.finish(run(api, body));
}

} // namespace capishim
