// SPDX-License-Identifier: BSD-2-Clause
// The thread's last error.
#pragma once

#include <cstdint>

namespace capishim::platform {

std::uint32_t last_error() noexcept;
void set_last_error(std::uint32_t code) noexcept;

} // namespace capishim::platform
