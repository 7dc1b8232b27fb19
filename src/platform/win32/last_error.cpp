// SPDX-License-Identifier: BSD-2-Clause
// The thread's own last error.
#include "platform/last_error.h"

#include "platform/win32/windows_h.h"

namespace capishim::platform {

std::uint32_t last_error() noexcept
{
    return GetLastError();
}

void set_last_error(std::uint32_t code) noexcept
{
    SetLastError(code);
}

} // namespace capishim::platform
