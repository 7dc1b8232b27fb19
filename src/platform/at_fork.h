// SPDX-License-Identifier: BSD-2-Clause
// Keeps the library's own locks usable in the child of a fork.
#pragma once

#include <mutex>

namespace capishim::platform {

/// Takes `mutex` around every fork, so that no child inherits it locked by a thread it doesn't
/// have. The mutex must live as long as the process; at most 8 of them.
void keep_across_fork(std::mutex& mutex) noexcept;

} // namespace capishim::platform
