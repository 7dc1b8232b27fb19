// SPDX-License-Identifier: BSD-2-Clause
// The thread's last error where the system keeps none: a number per thread (cryptoapi.md 0.2 rule
// 4).
#include "platform/last_error.h"

namespace capishim::platform {
namespace {

thread_local std::uint32_t current = 0;

} // namespace

std::uint32_t last_error() noexcept
{
    return current;
}

void set_last_error(std::uint32_t code) noexcept
{
    current = code;
}

LastErrorOfCall::LastErrorOfCall() noexcept = default;
LastErrorOfCall::~LastErrorOfCall() = default;

void LastErrorOfCall::hand_out() noexcept {}

void LastErrorOfCall::take_back() noexcept {}

} // namespace capishim::platform
