// SPDX-License-Identifier: BSD-2-Clause
// Counts the calls inside a context, so that its release comes after the last of them, once, and
// nobody waits.
#pragma once

#include <atomic>
#include <cstdint>

namespace capishim::advapi {

/// Open it counts one more than the calls inside: that one is taken back by the last leave().
class Gate {
  public:
    /// @return false when it is closed
    bool enter() noexcept
    {
        std::uint64_t state = state_.load(std::memory_order_relaxed);
        do {
            if (state & closed_bit)
                return false;
        } while (!state_.compare_exchange_weak(state, state + 1, std::memory_order_acquire,
                                               std::memory_order_relaxed));
        return true;
    }

    /// @return true for the one that leaves a closed gate with nobody inside
    bool leave() noexcept
    {
        return state_.fetch_sub(1, std::memory_order_acq_rel) == (closed_bit | 1);
    }

    void close() noexcept { state_.fetch_or(closed_bit, std::memory_order_acq_rel); }
    bool closed() const noexcept
    {
        return (state_.load(std::memory_order_relaxed) & closed_bit) != 0;
    }

  private:
    static constexpr std::uint64_t closed_bit = std::uint64_t{1} << 63;

    std::atomic<std::uint64_t> state_{1};
};

} // namespace capishim::advapi
