// SPDX-License-Identifier: BSD-2-Clause
// Win32 error codes as faults, and UTF-8 paths as the system takes them.
#pragma once

#include "base/fault.h"

#include <string>

namespace capishim::platform {

/// @throws Fault::access_denied, out_of_memory, internal
[[noreturn]] void throw_system_error(unsigned long code,
                                     SourceLocation where = SourceLocation::current());

/// The path in UTF-16; the wide functions take slashes of either kind.
std::wstring wide_path(const std::string& path);

/// Whether the code says that there is no such file or folder.
bool means_missing(unsigned long code) noexcept;

} // namespace capishim::platform
