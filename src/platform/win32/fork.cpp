// SPDX-License-Identifier: BSD-2-Clause
// A system without fork().
#include "platform/at_fork.h"
#include "platform/fork_epoch.h"

namespace capishim::platform {

void keep_across_fork(std::mutex&) noexcept {}

std::uint64_t fork_epoch() noexcept
{
    return 1;
}

} // namespace capishim::platform
