// SPDX-License-Identifier: BSD-2-Clause
// The thread's own last error, kept aside while a call is under way. What lies in a thread_local is
// found by a call of the system's too, so the system's value is read before and written after it.
#include "platform/last_error.h"

#include "platform/win32/windows_h.h"

namespace capishim::platform {
namespace {

thread_local std::uint32_t* kept = nullptr; // by the innermost call

} // namespace

std::uint32_t last_error() noexcept
{
    const std::uint32_t systems = GetLastError();
    return kept ? *kept : systems;
}

void set_last_error(std::uint32_t code) noexcept
{
    if (kept)
        *kept = code;
    else
        SetLastError(code);
}

LastErrorOfCall::LastErrorOfCall() noexcept : code_(GetLastError())
{
    outer_ = kept;
    kept = &code_;
}

LastErrorOfCall::~LastErrorOfCall()
{
    kept = outer_;
    SetLastError(code_);
}

void LastErrorOfCall::hand_out() noexcept
{
    const std::uint32_t code = last_error();
    SetLastError(code);
}

void LastErrorOfCall::take_back() noexcept
{
    set_last_error(GetLastError());
}

} // namespace capishim::platform
