// SPDX-License-Identifier: BSD-2-Clause
// Slots in chunks that never move, with the queue of free ones, and the readable faces of contexts.
#pragma once

#include "handle/queue.h"
#include "handle/slot.h"

#include <array>
#include <mutex>

namespace capishim::handle {

class SlotPool {
  public:
    static constexpr std::uint32_t chunk_size = 4096;

    /// @param spare   free slots that are kept at least: how far apart two uses of a slot lie
    explicit SlotPool(std::uint32_t spare) : spare_(spare) {}

    /// @throws Fault::out_of_memory   every index is taken
    Slot& take();
    void give_back(Slot& slot) noexcept;
    /// Queues the epitaph of an orphan; the oldest beyond the depth become free (lifetime.md 1).
    void bury(Slot& slot) noexcept;

    /// @return the slot, or null when the index has never been in use
    Slot* find(std::uint32_t index) const noexcept
    {
        const std::uint32_t chunk = index / chunk_size;
        if (chunk >= chunks_.size())
            return nullptr;
        Slot* const slots = chunks_[chunk].load(std::memory_order_acquire);
        return slots ? slots + index % chunk_size : nullptr;
    }

    std::uint32_t capacity() const noexcept { return capacity_.load(std::memory_order_acquire); }

    std::mutex& mutex() noexcept { return mutex_; } // for fork handlers

  private:
    struct Epitaph {
        std::uint32_t index, generation;
    };

    void grow();
    void unearth() noexcept;

    static constexpr std::size_t orphan_depth = 65536; // lifetime.md

    const std::uint32_t spare_;
    std::array<std::atomic<Slot*>, NumberFormat::index_count / chunk_size> chunks_{};
    std::atomic<std::uint32_t> capacity_{0};
    std::mutex mutex_; // guards the queues and growth
    Queue<std::uint32_t> free_;
    Queue<Epitaph> orphans_;
};

/// An HCRYPTPROV is the address of readable memory whose first word is not zero, and shipped
/// programs read through it (lifetime.md 1). Each context slot has a face of eight words; the
/// handle is the address of the word numbered by the generation. Faces are never freed.
class ContextFaces {
  public:
    static constexpr std::uint32_t words = 8;

    Handle encode(std::uint32_t index, std::uint32_t generation);
    /// The same for a face that encode() made before.
    Handle address(std::uint32_t index, std::uint32_t generation) const noexcept;
    /// @return false when the value is no address of a face
    bool decode(Handle handle, std::uint32_t& index, std::uint32_t& word) const noexcept;

  private:
    using Face = std::array<std::atomic<std::uintptr_t>, words>;

    std::array<std::atomic<Face*>, NumberFormat::index_count / SlotPool::chunk_size> chunks_{};
};

} // namespace capishim::handle
