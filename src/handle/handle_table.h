// SPDX-License-Identifier: BSD-2-Clause
// The table behind every handle. Looking up, counting in and out are lock-free; only the queues of
// free and orphaned slots have a mutex, and each family its own.
#pragma once

#include "base/fault.h"
#include "handle/family.h"
#include "handle/pin.h"
#include "handle/slot_pool.h"

#include <string>

namespace capishim::handle {

/// The kind of handle that names a T: specialised beside each type's exports.
template <class T>
inline constexpr Kind kind_of = Kind::none;

/// Told of every handle that is made and ended, while set: the trace's "handles".
using Observer = void (*)(const char* event, Handle handle) noexcept;

struct LiveHandle {
    Handle handle;
    Kind kind;
    Maker maker;
};

class HandleTable {
  public:
    HandleTable();

    /// Gives `object` a handle; as a child of `family` when that is not null.
    /// @throws Fault::context_released   the family has been ended meanwhile
    Handle issue(Kind kind, std::shared_ptr<void> object, std::shared_ptr<Family> family = {});

    template <class T>
    Handle issue(std::shared_ptr<T> object, std::shared_ptr<Family> family = {})
    {
        return issue(kind_of<T>, std::move(object), std::move(family));
    }

    /// @throws Fault::stale_handle, wrong_kind, context_released
    template <class T>
    Pin<T> pin(Handle handle, Kind kind = kind_of<T>)
    {
        return Pin<T>(pin_slot(handle, kind));
    }

    /// CryptoAPI's destroy. @throws Fault::in_use   pinned; and as pin(); an orphan is told
    /// context_released and is gone afterwards.
    /// @return the object, which dies with the answer unless it is kept
    template <class T>
    std::shared_ptr<T> retire(Handle handle, Kind kind = kind_of<T>)
    {
        return std::static_pointer_cast<T>(retire_slot(handle, kind, Busy::refuse));
    }

    /// CNG's destroy: the handle ends now, the object with its last pin.
    template <class T>
    void retire_when_idle(Handle handle, Kind kind = kind_of<T>)
    {
        retire_slot(handle, kind, Busy::wait);
    }

    /// Ends a context's family: its keys become orphans, its hashes end (lifetime.md 1). Objects
    /// without pins die here, the others with their last pin.
    void end_family(Family& family);

    /// The value's name for people: "key 17.3", "context 2.1", or the bare number of no handle.
    std::string describe(Handle handle) const;
    std::vector<LiveHandle> live_handles();
    void set_observer(Observer observer) noexcept { observer_.store(observer); }

  private:
    friend void unpin(Slot& slot) noexcept;

    enum class Busy { refuse, wait };

    /// A slot, and the bits of its word that the handle vouches for.
    struct Claim {
        Slot* slot;
        std::uint64_t bits, mask;

        bool holds(std::uint64_t word) const noexcept { return ((word ^ bits) & mask) == 0; }
    };

    Claim locate(Handle handle) const noexcept;
    SlotPool& pool_of(Kind kind) noexcept { return kind == Kind::context ? contexts_ : objects_; }
    template <class Next>
    static Slot& enter(const Claim& claim, Kind kind, Next next);
    Slot& pin_slot(Handle handle, Kind kind);
    std::shared_ptr<void> retire_slot(Handle handle, Kind kind, Busy busy);
    static void end_orphan(const Claim& claim, Kind kind) noexcept;
    void orphan(Handle handle) noexcept;
    void publish(Slot& slot, std::uint64_t word, Handle handle);
    void forget(Slot& slot) noexcept;
    void dispose(Slot& slot) noexcept;
    void collect(SlotPool& pool, std::vector<LiveHandle>& live);
    void observe(const char* event, Handle handle) const noexcept;

    SlotPool objects_;
    SlotPool contexts_;
    ContextFaces faces_;
    std::atomic<Observer> observer_{nullptr};
};

/// The process's table. Never destroyed: programs release handles from destructors at exit.
HandleTable& handles() noexcept;

/// The call that this thread is in; the guard around each export sets it.
Maker& current_maker() noexcept;
/// The handle that this thread's call made last, for the trace.
Handle& last_issued() noexcept;

} // namespace capishim::handle
