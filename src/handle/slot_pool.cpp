// SPDX-License-Identifier: BSD-2-Clause
#include "handle/slot_pool.h"

#include "base/fault.h"

namespace capishim::handle {

Slot& SlotPool::take()
{
    const std::lock_guard lock(mutex_);
    if (free_.size() <= spare_)
        grow();
    require(free_.size() != 0, Fault::out_of_memory);
    return *find(free_.pop());
}

void SlotPool::give_back(Slot& slot) noexcept
{
    const std::lock_guard lock(mutex_);
    free_.push(slot.index);
}

void SlotPool::grow()
{
    const std::uint32_t first = capacity_.load(std::memory_order_relaxed);
    if (first + chunk_size > NumberFormat::index_count)
        return;
    free_.reserve(first + chunk_size);
    orphans_.reserve(orphan_depth + 1);
    // An array object has no cookie before it: leak checkers see its address as it is kept.
    Slot* const slots = (new std::array<Slot, chunk_size>)->data();
    for (std::uint32_t i = 0; i < chunk_size; ++i) {
        slots[i].index = first + i;
        free_.push(first + i);
    }
    chunks_[first / chunk_size].store(slots, std::memory_order_release);
    capacity_.store(first + chunk_size, std::memory_order_release);
}

void SlotPool::bury(Slot& slot) noexcept
{
    const std::lock_guard lock(mutex_);
    orphans_.push({slot.index, Word::generation(slot.word.load())});
    if (orphans_.size() > orphan_depth)
        unearth();
}

void SlotPool::unearth() noexcept
{
    const Epitaph oldest = orphans_.pop();
    Slot& slot = *find(oldest.index);
    std::uint64_t word = slot.word.load();
    std::uint64_t next = 0;
    do {
        // Destroyed meanwhile, and perhaps in use again: then it is not ours to free.
        if (Word::generation(word) != oldest.generation || Word::state(word) != State::orphaned)
            return;
        // While a call is inside, its last pin frees the slot.
        const std::uint64_t pins = Word::pins(word);
        next = Word::with(word, pins == 0 ? State::vacant : State::ending, pins);
    } while (!slot.word.compare_exchange_weak(word, next));
    if (Word::state(next) == State::vacant)
        free_.push(slot.index);
}

Handle ContextFaces::encode(std::uint32_t index, std::uint32_t generation)
{
    std::atomic<Face*>& chunk = chunks_[index / SlotPool::chunk_size];
    Face* faces = chunk.load(std::memory_order_acquire);
    if (!faces) {
        Face* const made = new Face[SlotPool::chunk_size]{};
        if (chunk.compare_exchange_strong(faces, made))
            faces = made;
        else
            delete[] made;
    }
    std::atomic<std::uintptr_t>& word = faces[index % SlotPool::chunk_size][generation % words];
    const Handle handle{reinterpret_cast<std::uintptr_t>(&word)};
    word.store(handle.value, std::memory_order_relaxed);
    return handle;
}

Handle ContextFaces::address(std::uint32_t index, std::uint32_t generation) const noexcept
{
    const Face* const faces = chunks_[index / SlotPool::chunk_size].load(std::memory_order_acquire);
    return {
        reinterpret_cast<std::uintptr_t>(&faces[index % SlotPool::chunk_size][generation % words])};
}

bool ContextFaces::decode(Handle handle, std::uint32_t& index, std::uint32_t& word) const noexcept
{
    constexpr std::uintptr_t chunk_bytes = sizeof(Face) * SlotPool::chunk_size;
    if (handle.value % sizeof(std::uintptr_t) != 0)
        return false;
    for (std::uint32_t chunk = 0; chunk < chunks_.size(); ++chunk) {
        const Face* const faces = chunks_[chunk].load(std::memory_order_acquire);
        if (!faces)
            return false;
        const std::uintptr_t offset = handle.value - reinterpret_cast<std::uintptr_t>(faces);
        if (offset >= chunk_bytes)
            continue;
        index = chunk * SlotPool::chunk_size + static_cast<std::uint32_t>(offset / sizeof(Face));
        word = static_cast<std::uint32_t>(offset % sizeof(Face) / sizeof(std::uintptr_t));
        return true;
    }
    return false;
}

} // namespace capishim::handle
