// SPDX-License-Identifier: BSD-2-Clause
#include "ratio_reporter.h"

#include <algorithm>
#include <cstdio>

namespace capishim_bench {
namespace {

constexpr std::size_t ours = 0;
constexpr std::size_t botan = 1;

/// A figure in a column of its own, or a dash where there is none.
std::string column(const char* format, double value)
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return value > 0 ? text : "-";
}

double ratio_of(const Row& row)
{
    return row.best[botan] > 0 ? row.best[ours] / row.best[botan] : 0;
}

const char* verdict(const Row& row)
{
    const auto& [peer, own, ratio] = row.limits;
    if (peer == 0 && own == 0 && ratio == 0)
        return "";
    const bool slower_than_peer = peer > 0 && row.best[ours] >= peer;
    const bool over = own > 0 && row.best[ours] >= own;
    const bool ratio_over = ratio > 0 && ratio_of(row) > ratio;
    return slower_than_peer || over || ratio_over ? "OVER" : "good";
}

void print(const Row& row)
{
    const auto& [peer, own, ratio] = row.limits;
    std::printf("%-44s %2d %10s %10s %7s %8s %6s %6s  %s\n", row.name.c_str(), row.threads,
                column("%.1f", row.best[ours]).c_str(), column("%.1f", row.best[botan]).c_str(),
                column("%.3f", ratio_of(row)).c_str(), column("%.0f", peer).c_str(),
                column("%.0f", own).c_str(), column("%.2f", ratio).c_str(), verdict(row));
}

} // namespace

bool RatioReporter::ReportContext(const Context& context)
{
    PrintBasicContext(&GetErrorStream(), context);
    return true;
}

void RatioReporter::ReportRuns(const std::vector<Run>& runs)
{
    for (const Run& run : runs) {
        if (run.run_type != Run::RT_Iteration || run.error_occurred)
            continue;
        const std::string& full = run.run_name.function_name;
        const std::size_t bar = full.rfind('|');
        const auto* const side = std::ranges::find(sides, full.substr(bar + 1));
        const auto row = std::ranges::find_if(rows_, [&](const Row& candidate) {
            return candidate.name == full.substr(0, bar) && candidate.threads == run.threads;
        });
        double& best = row->best[static_cast<std::size_t>(side - sides.begin())];
        const double time = run.GetAdjustedCPUTime();
        best = best == 0 ? time : std::min(best, time);
    }
}

void RatioReporter::Finalize()
{
    std::printf("%-44s %2s %10s %10s %7s %8s %6s %6s\n", "row, threads", "", "ours ns", "botan ns",
                "ratio", "peer ns", "limit", "limit");
    for (const Row& row : rows_)
        if (row.best[ours] > 0)
            print(row);
}

} // namespace capishim_bench
