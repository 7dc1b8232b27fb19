// SPDX-License-Identifier: BSD-2-Clause
#include "diag/leak_report.h"

#include "diag/settings.h"

#include <algorithm>
#include <cstdio>
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

void print(const std::string& line)
{
    std::fprintf(stderr, "capishim: %s\n", line.c_str());
}

} // namespace

void report_live_handles()
{
    const auto live = handle::handles().live_handles();
    if (live.empty()) {
        print("no handle is alive");
        return;
    }
    print(std::to_string(live.size()) +
          (live.size() == 1 ? " handle is alive:" : " handles are alive:"));
    for (const handle::LiveHandle& one : live)
        print("  " + describe(one));
}

void report_leaks_at_exit()
{
    settings.watch_calls = true;
    std::atexit(report_live_handles);
}

void report_handles(const std::string& heading, const std::vector<handle::Handle>& chosen)
{
    print(heading);
    for (const handle::LiveHandle& one : handle::handles().live_handles())
        if (std::ranges::find(chosen, one.handle) != chosen.end())
            print("  " + describe(one));
}

} // namespace capishim::diag
