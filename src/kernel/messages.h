// SPDX-License-Identifier: BSD-2-Clause
// What FormatMessage says about a code.
#pragma once

#include <cstdint>

namespace capishim::kernel {

/// One sentence with its full stop, or null for a code that is not known.
const char* message_of(std::uint32_t code) noexcept;

} // namespace capishim::kernel
