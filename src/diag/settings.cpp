// SPDX-License-Identifier: BSD-2-Clause
#include "diag/settings.h"

#include "diag/leak_report.h"
#include "diag/trace.h"
#include "platform/paths.h"

#include <string>

namespace capishim::diag {

Settings settings;

namespace {

bool is_on(const char* name)
{
    const std::string value = platform::environment(name);
    return !value.empty() && value != "0";
}

// Runs when the library is loaded, before any of the program's own code.
[[maybe_unused]] const bool configured = [] {
    settings.strict = is_on("CAPISHIM_STRICT");
    if (const std::string request = platform::environment("CAPISHIM_TRACE"); !request.empty())
        start_trace(request);
    if (is_on("CAPISHIM_LEAKS"))
        report_leaks_at_exit();
    return true;
}();

} // namespace
} // namespace capishim::diag
