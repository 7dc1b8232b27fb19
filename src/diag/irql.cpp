// SPDX-License-Identifier: BSD-2-Clause
#include "diag/irql.h"

namespace capishim::diag {
namespace {

thread_local std::uint32_t current_level = passive_level;

} // namespace

std::uint32_t irql() noexcept
{
    return current_level;
}

void set_irql(std::uint32_t level) noexcept
{
    current_level = level;
}

} // namespace capishim::diag
