// SPDX-License-Identifier: BSD-2-Clause
// The kernel's generator, without a descriptor.
#include "platform/entropy.h"

#include <algorithm>
#include <unistd.h>

namespace capishim::platform {

void system_entropy(MutableBytes out)
{
    constexpr std::size_t most = 256; // that getentropy() gives at once
    while (!out.empty()) {
        const std::size_t size = std::min(out.size(), most);
        require(::getentropy(out.data(), size) == 0, Fault::internal);
        out = out.subspan(size);
    }
}

} // namespace capishim::platform
