// SPDX-License-Identifier: BSD-2-Clause
// The emulated interrupt request level of a thread. User mode always runs at passive level; only a
// test of BCRYPT_PROV_DISPATCH raises it (lifetime.md 4).
#pragma once

#include <cstdint>

namespace capishim::diag {

constexpr std::uint32_t passive_level = 0;
constexpr std::uint32_t dispatch_level = 2;

std::uint32_t irql() noexcept;
void set_irql(std::uint32_t level) noexcept;

} // namespace capishim::diag
