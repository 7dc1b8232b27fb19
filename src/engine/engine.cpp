// SPDX-License-Identifier: BSD-2-Clause
// Names the Botan that is linked, which need not be the one whose headers were used.
#include "engine/engine.h"

#include <botan/version.h>

namespace capishim::engine {

std::string engine_name()
{
    return "Botan " + std::to_string(Botan::version_major()) + '.' +
           std::to_string(Botan::version_minor()) + '.' + std::to_string(Botan::version_patch());
}

} // namespace capishim::engine
