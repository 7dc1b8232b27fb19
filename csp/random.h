// SPDX-License-Identifier: BSD-2-Clause
// The provider's random bytes, also for callers without a context (RtlGenRandom).
#pragma once

#include "cng/random.h"

namespace capishim::csp {

using cng::random_bytes;

} // namespace capishim::csp
