// SPDX-License-Identifier: BSD-2-Clause
// The kernel's generator by getentropy(), reached through the standard library.
#include "engine/system_entropy.h"

#include "base/secure_bytes.h"

#include <random>

namespace capishim::engine {

void system_entropy(MutableBytes out)
{
    std::random_device source("getentropy");
    for (std::size_t i = 0; i < out.size(); i += sizeof(unsigned)) {
        unsigned word = source();
        std::memcpy(out.data() + i, &word, std::min(sizeof word, out.size() - i));
        wipe(&word, sizeof word);
    }
}

} // namespace capishim::engine
