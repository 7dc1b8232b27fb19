// SPDX-License-Identifier: BSD-2-Clause
// Turns pairs of measurements, the library's and raw Botan's, into one line each with their ratio.
#pragma once

#include <array>
#include <benchmark/benchmark.h>
#include <string>
#include <utility>
#include <vector>

namespace capishim_bench {

/// Who did the work of a measurement; its name ends in '|' and this.
inline constexpr std::array<const char*, 2> sides = {"ours", "botan"};

/// What a row is held to; 0 where nothing is named.
struct Limits {
    double peer_ns = 0; // a measured peer's figure
    double ns = 0;      // the project's own limit
    double ratio = 0;   // the same as a multiple of raw Botan's time
};

/// A row of the table, in whose order the answers are printed.
struct Row {
    std::string name;
    int threads;
    Limits limits;
    std::array<double, sides.size()> best = {}; // processor time of a call, in nanoseconds
};

class RatioReporter : public benchmark::BenchmarkReporter {
  public:
    explicit RatioReporter(std::vector<Row> rows) : rows_(std::move(rows)) {}

    bool ReportContext(const Context& context) override;
    void ReportRuns(const std::vector<Run>& runs) override;
    void Finalize() override;

  private:
    std::vector<Row> rows_;
};

} // namespace capishim_bench
