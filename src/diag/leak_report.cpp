// SPDX-License-Identifier: BSD-2-Clause
#include "diag/leak_report.h"

#include "diag/notice.h"
#include "diag/settings.h"

#include <algorithm>
#include <cstdlib>

namespace capishim::diag {
namespace {

std::string describe(const handle::LiveHandle& live)
{
    std::string text = handle::handles().describe(live.handle) + ", made by " + live.maker.call;
    if (live.maker.number)
        text += ", call " + std::to_string(live.maker.number);
    return text;
}

} // namespace

void report_live_handles()
{
    const auto live = handle::handles().live_handles();
    if (live.empty()) {
        notice("no handle is alive");
        return;
    }
    notice(std::to_string(live.size()) +
           (live.size() == 1 ? " handle is alive:" : " handles are alive:"));
    for (const handle::LiveHandle& one : live)
        notice("  " + describe(one));
}

void report_leaks_at_exit()
{
    settings.watch_calls = true;
    std::atexit(report_live_handles);
}

void report_handles(const std::string& heading, const std::vector<handle::Handle>& chosen)
{
    notice(heading);
    for (const handle::LiveHandle& one : handle::handles().live_handles())
        if (std::ranges::find(chosen, one.handle) != chosen.end())
            notice("  " + describe(one));
}

} // namespace capishim::diag
