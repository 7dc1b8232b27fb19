// SPDX-License-Identifier: BSD-2-Clause
// What the exports of both sides, Crypt* and CP*, do with their arguments.
#pragma once

#include "base/out_buffer.h"

#include <capishim/windows.h>

namespace capishim {

inline void require_pointer(const void* pointer)
{
    require(pointer != nullptr, Fault::invalid_parameter);
}

} // namespace capishim
