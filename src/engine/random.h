// SPDX-License-Identifier: BSD-2-Clause
// Random bytes: one generator per thread, seeded from the system, seeded anew in the child of a
// fork.
#pragma once

#include "base/bytes.h"

namespace capishim::engine {

/// @throws Fault::internal   the system gives no entropy
void random_bytes(MutableBytes out);

} // namespace capishim::engine
