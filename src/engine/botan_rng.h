// SPDX-License-Identifier: BSD-2-Clause
// The generator as Botan's own algorithms want to see it.
#pragma once

#include <botan/rng.h>

namespace capishim::engine {

/// Draws from the calling thread's generator, each time it is used: objects that keep the reference
/// may move between threads and survive a fork.
Botan::RandomNumberGenerator& thread_rng();

} // namespace capishim::engine
