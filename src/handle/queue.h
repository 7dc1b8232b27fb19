// SPDX-License-Identifier: BSD-2-Clause
// A first-in-first-out ring whose room is made ahead, so that putting in and taking out never fail:
// destroying a handle must not run out of memory.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace capishim::handle {

template <class T>
class Queue {
  public:
    std::size_t size() const noexcept { return size_; }

    /// Makes room for `capacity` items in all. @throws std::bad_alloc   and nothing changes
    void reserve(std::size_t capacity)
    {
        if (capacity <= capacity_)
            return;
        std::unique_ptr<T[]> ring(new T[capacity]);
        for (std::size_t i = 0; i < size_; ++i)
            ring[i] = ring_[(first_ + i) % capacity_];
        ring_ = std::move(ring);
        capacity_ = capacity;
        first_ = 0;
    }

    /// There must be room.
    void push(T item) noexcept
    {
        ring_[(first_ + size_) % capacity_] = item;
        ++size_;
    }

    /// There must be an item.
    T pop() noexcept
    {
        const T item = ring_[first_];
        first_ = (first_ + 1) % capacity_;
        --size_;
        return item;
    }

  private:
    std::unique_ptr<T[]> ring_;
    std::size_t capacity_ = 0;
    std::size_t first_ = 0;
    std::size_t size_ = 0;
};

} // namespace capishim::handle
