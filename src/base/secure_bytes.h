// SPDX-License-Identifier: BSD-2-Clause
// Buffers that wipe themselves, and the comparison that takes the same time whatever it compares.
#pragma once

#include "base/bytes.h"

#include <array>
#include <memory>
#include <new>

namespace capishim {

/// Overwrites memory in a way that the optimiser must keep.
inline void wipe(void* data, std::size_t size) noexcept
{
    if (size == 0)
        return;
    std::memset(data, 0, size);
    asm volatile("" : : "r"(data) : "memory");
}

inline void wipe(MutableBytes bytes) noexcept
{
    wipe(bytes.data(), bytes.size());
}

/// Wipes what it frees, so that a container of secrets leaves none behind, even when it grows.
template <class T>
struct WipingAllocator {
    using value_type = T;

    WipingAllocator() = default;
    template <class U>
    WipingAllocator(const WipingAllocator<U>&) noexcept
    {
    }

    T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }

    void deallocate(T* data, std::size_t count) noexcept
    {
        wipe(data, count * sizeof(T));
        std::allocator<T>{}.deallocate(data, count);
    }

    template <class U>
    bool operator==(const WipingAllocator<U>&) const noexcept
    {
        return true;
    }
};

using SecureBytes = std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>;

inline SecureBytes secure_copy(ByteView bytes)
{
    return {bytes.begin(), bytes.end()};
}

/// A fixed buffer of at most N secret bytes that needs no allocation.
template <std::size_t N>
class SecureArray : public std::array<std::uint8_t, N> {
  public:
    SecureArray() { this->fill(0); }
    SecureArray(const SecureArray&) = default;
    SecureArray& operator=(const SecureArray&) = default;
    ~SecureArray() { wipe(this->data(), N); }
};

/// Equality of two byte strings in time that depends on their lengths only.
inline bool constant_time_equal(ByteView a, ByteView b) noexcept
{
    if (a.size() != b.size())
        return false;
    std::uint8_t difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
    return difference == 0;
}

} // namespace capishim
