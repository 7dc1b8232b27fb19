// SPDX-License-Identifier: BSD-2-Clause
// The thread's last error, as the program finds it.
#pragma once

#include <cstdint>

namespace capishim::platform {

std::uint32_t last_error() noexcept;
void set_last_error(std::uint32_t code) noexcept;

/// For the length of an exported call: the program finds the last error as it was before, or as
/// set_last_error() left it, whatever the library asked of the system meanwhile. Where the system
/// has no last error there is nothing to keep.
class LastErrorOfCall {
  public:
    LastErrorOfCall() noexcept;
    LastErrorOfCall(const LastErrorOfCall&) = delete;
    LastErrorOfCall& operator=(const LastErrorOfCall&) = delete;
    ~LastErrorOfCall();

    /// Between the two the last error is the system's again: for code that is not the library's.
    static void hand_out() noexcept;
    static void take_back() noexcept;

  private:
    // Of Windows alone.
    [[maybe_unused]] std::uint32_t* outer_; // a provider that is called may call the library
    [[maybe_unused]] std::uint32_t code_;
};

} // namespace capishim::platform
