// SPDX-License-Identifier: BSD-2-Clause
// One line a call: name, arguments, result. Secrets show as lengths only, pointers are printed and
// never followed.
#pragma once

#include "base/fault.h"
#include "diag/call_info.h"
#include "diag/settings.h"
#include "handle/handle_table.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace capishim::diag {

/// Takes CAPISHIM_TRACE's value: "calls", "handles" or both with a comma; ":file" may follow, else
/// standard error is written. A file that can't be opened is told there, once.
void start_trace(std::string_view request);

/// Stands at the head of every export. When nothing watches it costs one branch.
class CallTrace {
  public:
    template <class... Args>
    explicit CallTrace(const CallInfo& info, const Args&... args) noexcept
    {
        handle::Maker& maker = handle::current_maker();
        maker.call = info.name;
        if (settings.watch_calls.load(std::memory_order_relaxed)) [[unlikely]] {
            info_ = &info;
            begin(maker, std::array<std::uint64_t, sizeof...(args)>{word(args)...});
        }
    }

    void finish(const Outcome& outcome) noexcept
    {
        if (info_) [[unlikely]]
            write(outcome);
    }

  private:
    static constexpr std::size_t max_arguments = 12;

    template <class T>
    static std::uint64_t word(const T& value) noexcept
    {
        if constexpr (std::is_null_pointer_v<T>)
            return 0;
        else if constexpr (std::is_pointer_v<T>)
            return reinterpret_cast<std::uintptr_t>(value);
        else
            return static_cast<std::uint64_t>(value);
    }

    void begin(handle::Maker& maker, std::span<const std::uint64_t> arguments) noexcept;
    void write(const Outcome& outcome) const noexcept;

    const CallInfo* info_ = nullptr;
    std::size_t count_ = 0;
    std::array<std::uint64_t, max_arguments> arguments_;
};

} // namespace capishim::diag
