// SPDX-License-Identifier: BSD-2-Clause
// The heaps behind HeapAlloc, LocalAlloc and GlobalAlloc: blocks that know their size and their
// heap.
#pragma once

#include <cstddef>
#include <mutex>

namespace capishim::kernel {

class Heap {
  public:
    Heap() = default;
    Heap(const Heap&) = delete;
    Heap& operator=(const Heap&) = delete;
    ~Heap(); ///< frees every block

    /// @return null when there is no memory
    void* allocate(std::size_t size, bool zero) noexcept;
    /// Moves the content; the part that is new is zero if asked for. The old block stays when null
    /// is returned.
    void* resize(void* memory, std::size_t size, bool zero) noexcept;
    void release(void* memory) noexcept;
    bool owns(const void* memory) const noexcept;

    static std::size_t size_of(const void* memory) noexcept;

  private:
    struct Block;
    static Block* block_of(const void* memory) noexcept;
    void link(Block* block) noexcept;
    void unlink(Block* block) noexcept;

    std::mutex mutex_;
    Block* blocks_ = nullptr;
};

/// The heap that outlives everything: what a program frees in its last destructor is still there.
Heap& process_heap() noexcept;

} // namespace capishim::kernel
