// SPDX-License-Identifier: BSD-2-Clause
// Byte strings in the saved state of a key (OPAQUEKEYBLOB): length (DWORD), bytes.
#pragma once

#include "base/secure_bytes.h"

namespace capishim::csp {

inline void write_sized(LittleEndianWriter<SecureBytes>& out, ByteView bytes)
{
    out.u32(static_cast<std::uint32_t>(bytes.size()));
    out.bytes(bytes);
}

/// @throws Fault::bad_data   cut short
inline SecureBytes read_sized(LittleEndianReader& in)
{
    return secure_copy(in.bytes(in.u32()));
}

} // namespace capishim::csp
