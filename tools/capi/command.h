// SPDX-License-Identifier: BSD-2-Clause
// The frame of capi: each command defines its options, and says what runs when it was chosen.
#pragma once

#include "refusal.h"

#include <functional>

namespace CLI {
class App;
}

namespace capishim::capi {

using Action = std::function<ExitStatus()>;

/// Adds its command to capi's; `chosen` becomes its action when the command line names it.
using DefineCommand = void (*)(CLI::App& capi, Action& chosen);

void define_retarget(CLI::App& capi, Action& chosen);

/// What main does, with UTF-8 arguments on every platform. @return the exit status
int run(int count, const char* const* arguments);

} // namespace capishim::capi
