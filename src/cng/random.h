// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "base/bytes.h"

namespace capishim::cng {

/// Random bytes for BCryptGenRandom. @param mix   the buffer's content is mixed in (N-73): never
/// trusted, so the result is as random as without.
void fill_random(MutableBytes out, bool mix);

} // namespace capishim::cng
