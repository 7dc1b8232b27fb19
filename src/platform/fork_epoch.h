// SPDX-License-Identifier: BSD-2-Clause
// Tells that the process is another than before: the child of a fork.
#pragma once

#include <cstdint>

namespace capishim::platform {

/// A number that differs between a process and its forked children; a few nanoseconds to read.
std::uint64_t fork_epoch() noexcept;

} // namespace capishim::platform
