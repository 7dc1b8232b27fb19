// SPDX-License-Identifier: BSD-2-Clause
// The caller's pbKeyObject or pbHashObject. All state lives in the library's own memory; the
// caller's holds a marker from issue to destroy, and never a secret (N-17).
#pragma once

#include "base/bytes.h"

namespace capishim::cng {

class ObjectMemory {
  public:
    ObjectMemory() = default;

    /// cng.md 0.7's table; nothing is written yet.
    /// @throws Fault::invalid_parameter   null with a size (N-14)
    /// @throws Fault::buffer_too_small    less than `needed`, 0 too (N-15)
    ObjectMemory(std::uint8_t* memory, std::size_t size, std::size_t needed) : memory_(memory)
    {
        require(memory != nullptr || size == 0, Fault::invalid_parameter);
        require(memory == nullptr || size >= needed, Fault::buffer_too_small);
    }

    /// The caller owes no alignment.
    void mark(std::uintptr_t handle) noexcept
    {
        if (!memory_)
            return;
        std::memcpy(memory_, &magic, sizeof magic);
        std::memcpy(memory_ + sizeof magic, &handle, sizeof handle);
    }

    /// By the destroy itself: after it the memory is the caller's again, even while a call in
    /// flight keeps the object.
    void erase() noexcept
    {
        if (memory_)
            std::memset(memory_, 0, sizeof magic + sizeof(std::uintptr_t));
    }

  private:
    static constexpr std::uint64_t magic = 0x6d69687369706163; // "capishim"

    std::uint8_t* memory_ = nullptr;
};

} // namespace capishim::cng
