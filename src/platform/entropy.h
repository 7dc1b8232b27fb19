// SPDX-License-Identifier: BSD-2-Clause
// Seeds from the operating system. Not Botan's system generator: that of Debian's libbotan-2 keeps
// /dev/urandom open, and a daemon that closes every descriptor at its start would then read seeds
// from whatever took the number; on Windows it asks a DLL that this library may stand in for.
#pragma once

#include "base/bytes.h"

namespace capishim::platform {

/// @throws Fault::internal   the system gives none
void system_entropy(MutableBytes out);

} // namespace capishim::platform
