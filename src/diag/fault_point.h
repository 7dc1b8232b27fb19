// SPDX-License-Identifier: BSD-2-Clause
// Named places where a test can make a call fail. Release builds contain none of it.
#pragma once

#include "base/fault.h"

#include <string_view>

namespace capishim::diag {

#ifdef CAPISHIM_FAULT_INJECTION

/// Throws what CAPISHIM_FAULT=name:passage:fault asks for at that passage (counted from 1) of the
/// place of that name; "*" stands for every place.
void fault_point(std::string_view name);

/// Sets the request from a test; an empty one takes it back.
void request_fault(std::string_view request);

#else

inline void fault_point(std::string_view) {}

#endif

} // namespace capishim::diag
