// SPDX-License-Identifier: BSD-2-Clause
// A slot of the handle table: one atomic word that says everything about a handle, and the object.
#pragma once

#include "handle/handle.h"

#include <atomic>
#include <memory>

namespace capishim::handle {

class Family;

/// Which API call made a handle: for the leak report and strict mode.
struct Maker {
    const char* call = "";
    std::uint64_t number = 0; // counted only while tracing or looking for leaks
};

/// `vacant` slots keep the generation of their last handle, `orphaned` ones are the epitaph that
/// lets a late destroy be told NTE_BAD_UID. `ending` waits for its last pin.
enum class State : std::uint8_t { vacant, live, ending, orphaned };

/// The word: generation (32 bits), kind (4), state (4), pins (24).
struct Word {
    static constexpr std::uint64_t one_pin = std::uint64_t{1} << 40;

    static std::uint64_t make(std::uint32_t generation, Kind kind, State state,
                              std::uint64_t pins) noexcept
    {
        return generation | std::uint64_t{static_cast<std::uint8_t>(kind)} << 32 |
               std::uint64_t{static_cast<std::uint8_t>(state)} << 36 | pins * one_pin;
    }
    static std::uint32_t generation(std::uint64_t word) noexcept
    {
        return static_cast<std::uint32_t>(word);
    }
    static Kind kind(std::uint64_t word) noexcept { return static_cast<Kind>(word >> 32 & 0xF); }
    static State state(std::uint64_t word) noexcept { return static_cast<State>(word >> 36 & 0xF); }
    static std::uint64_t pins(std::uint64_t word) noexcept { return word >> 40; }
    static std::uint64_t with(std::uint64_t word, State state, std::uint64_t pins) noexcept
    {
        return make(generation(word), kind(word), state, pins);
    }
};

/// A cache line each, so that threads with keys of their own never share one.
struct alignas(64) Slot {
    std::atomic<std::uint64_t> word{0};
    std::uint32_t index = 0;
    std::uint32_t place = 0; // among the family's children; guarded by the family
    std::shared_ptr<void> object;
    std::shared_ptr<Family> family;
    Maker maker;
};
static_assert(sizeof(Slot) == 64 || sizeof(void*) == 4);

} // namespace capishim::handle
