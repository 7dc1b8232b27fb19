// SPDX-License-Identifier: BSD-2-Clause
// What the exports of both sides, Crypt* and CP*, do with their arguments.
#pragma once

#include "base/out_buffer.h"

#include <capishim/windows.h>

namespace capishim {

/// The buffer of the five functions that answer length 0 when they fail (cryptoapi.md 0.2 rule 5).
inline OutBuffer answer(BYTE* data, DWORD* length)
{
    return {data, length, OutBuffer::OnFailure::zero_length};
}

inline void require_pointer(const void* pointer)
{
    require(pointer != nullptr, Fault::invalid_parameter);
}

} // namespace capishim
