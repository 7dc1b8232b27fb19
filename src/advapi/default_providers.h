// SPDX-License-Identifier: BSD-2-Clause
// The defaults that CryptSetProvider keeps: for the user and for the machine one provider a type,
// in a file `default-providers` of their stores, a line each: `1 = Microsoft Strong ...`.
#pragma once

#include "advapi/installed.h"

#include <cstdint>

namespace capishim::advapi {

enum class DefaultScope { user, machine };

/// @return the stored default, or null. The files are read once a process, so that opening a
/// provider without a name costs no I/O; what this process stores it sees at once.
const InstalledProvider* stored_default(DefaultScope scope, std::uint32_t type);

/// Stores a default, or with null removes it, if there is one.
/// @throws Fault::access_denied       the machine's, without its administrator's rights
/// @throws Fault::profile_not_found   no home can be determined
void store_default(DefaultScope scope, std::uint32_t type, const InstalledProvider* provider);

} // namespace capishim::advapi
