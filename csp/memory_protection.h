// SPDX-License-Identifier: BSD-2-Clause
// RtlEncryptMemory and RtlDecryptMemory: memory that only some can read back (cryptoapi.md 1.33).
#pragma once

#include "base/secure_bytes.h"

#include <cstdint>

namespace capishim::csp {

/// RTL_ENCRYPT_OPTION_*: who shall be able to decrypt, until the machine starts anew. Off Windows
/// nobody but the user keeps a key, so the last three are the user's own processes (U-64).
enum class MemoryScope : std::uint32_t {
    this_process = 0,
    cross_process = 1,
    same_logon = 2,
    for_system = 4
};

/// In place; equal lengths. A child of fork() has its parent's key of this_process.
/// @param memory   a multiple of 8 bytes
/// @throws Fault::invalid_parameter    another size
/// @throws Fault::profile_not_found    no home for the user's key can be determined
void protect_memory(MutableBytes memory, MemoryScope scope);
void unprotect_memory(MutableBytes memory, MemoryScope scope);

} // namespace capishim::csp
