// SPDX-License-Identifier: BSD-2-Clause
// A heap is a list of malloc'ed blocks, so that HeapDestroy finds them.
#include "kernel/heap.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

namespace capishim::kernel {

struct alignas(std::max_align_t) Heap::Block {
    Heap* heap;
    std::size_t size;
    Block* previous;
    Block* next;
};

Heap::Block* Heap::block_of(const void* memory) noexcept
{
    return static_cast<Block*>(const_cast<void*>(memory)) - 1;
}

Heap::~Heap()
{
    while (Block* const block = blocks_) {
        unlink(block);
        std::free(block);
    }
}

void Heap::link(Block* block) noexcept
{
    const std::lock_guard lock(mutex_);
    block->previous = nullptr;
    block->next = blocks_;
    if (blocks_)
        blocks_->previous = block;
    blocks_ = block;
}

void Heap::unlink(Block* block) noexcept
{
    const std::lock_guard lock(mutex_);
    (block->previous ? block->previous->next : blocks_) = block->next;
    if (block->next)
        block->next->previous = block->previous;
    block->heap = nullptr; // a second free is seen as long as the memory is not used again
}

void* Heap::allocate(std::size_t size, bool zero) noexcept
{
    if (size > SIZE_MAX - sizeof(Block))
        return nullptr;
    const std::size_t whole = sizeof(Block) + size;
    void* const memory = zero ? std::calloc(1, whole) : std::malloc(whole);
    if (!memory)
        return nullptr;
    auto* const block = new (memory) Block{this, size, nullptr, nullptr};
    link(block);
    return block + 1;
}

void* Heap::resize(void* memory, std::size_t size, bool zero) noexcept
{
    const std::size_t before = size_of(memory);
    void* const fresh = allocate(size, false);
    if (!fresh)
        return nullptr;
    std::memcpy(fresh, memory, size < before ? size : before);
    if (zero && size > before)
        std::memset(static_cast<char*>(fresh) + before, 0, size - before);
    release(memory);
    return fresh;
}

void Heap::release(void* memory) noexcept
{
    Block* const block = block_of(memory);
    unlink(block);
    std::free(block);
}

bool Heap::owns(const void* memory) const noexcept
{
    return memory && block_of(memory)->heap == this;
}

std::size_t Heap::size_of(const void* memory) noexcept
{
    return block_of(memory)->size;
}

Heap& process_heap() noexcept
{
    alignas(Heap) static unsigned char storage[sizeof(Heap)];
    static Heap* const heap = new (storage) Heap; // never destroyed
    return *heap;
}

} // namespace capishim::kernel
