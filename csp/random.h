// SPDX-License-Identifier: BSD-2-Clause
// The provider's random bytes, also for callers without a context (RtlGenRandom).
#pragma once

#include "cng/random.h"

namespace capishim::csp {

/// @throws Fault::internal   the system gives no entropy
inline void random_bytes(MutableBytes out)
{
    cng::fill_random(out, false);
}

} // namespace capishim::csp
