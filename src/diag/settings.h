// SPDX-License-Identifier: BSD-2-Clause
// What the environment asks of the diagnostics; read once, when the library is loaded.
#pragma once

#include <atomic>

namespace capishim::diag {

struct Settings {
    std::atomic<bool> watch_calls{false};   // CAPISHIM_TRACE=calls, or a leak report to number them
    std::atomic<bool> trace_calls{false};   // CAPISHIM_TRACE=calls
    std::atomic<bool> trace_handles{false}; // CAPISHIM_TRACE=handles
    std::atomic<bool> strict{false};        // CAPISHIM_STRICT=1
};

extern Settings settings;

/// In strict mode a context with live children is not released (lifetime.md 2).
inline bool strict() noexcept
{
    return settings.strict.load(std::memory_order_relaxed);
}

} // namespace capishim::diag
