// SPDX-License-Identifier: BSD-2-Clause
// From errno to a Fault.
#pragma once

#include "base/fault.h"

namespace capishim::platform {

/// @param error_number   errno of the call that failed
[[noreturn]] void throw_system_error(int error_number,
                                     SourceLocation where = SourceLocation::current());

} // namespace capishim::platform
