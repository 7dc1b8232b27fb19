// SPDX-License-Identifier: BSD-2-Clause
#include "handle/handle_table.h"

#include "platform/at_fork.h"

#include <array>
#include <cstdio>

namespace capishim::handle {
namespace {

// Contexts carry 3 bits of their generation, so 4,096 spare slots keep 32,768 acquires apart
// (lifetime.md asks for 30,000). Numbers carry 32 bits, or 10 where pointers have 32.
constexpr std::uint32_t context_spare = 4096;
constexpr std::uint32_t object_spare = NumberFormat::wide ? 256 : 16384;

constexpr std::array kind_names = {"none",        "context", "key",      "hash",
                                   "algorithm",   "cng key", "cng hash", "secret",
                                   "csp context", "csp key", "csp hash"};

constexpr Kind all_kinds = static_cast<Kind>(0xF); // a mask

const char* kind_name(Kind kind)
{
    return kind_names[static_cast<std::size_t>(kind)];
}

} // namespace

HandleTable::HandleTable() : objects_(object_spare), contexts_(context_spare)
{
    platform::keep_across_fork(objects_.mutex());
    platform::keep_across_fork(contexts_.mutex());
}

HandleTable::Claim HandleTable::locate(Handle handle) const noexcept
{
    std::uint32_t index = 0;
    std::uint32_t word = 0;
    if (faces_.decode(handle, index, word))
        return {contexts_.find(index), Word::make(word, Kind::context, State::vacant, 0),
                Word::make(ContextFaces::words - 1, all_kinds, State::vacant, 0)};
    return {
        objects_.find(NumberFormat::index(handle)),
        Word::make(NumberFormat::generation(handle), NumberFormat::kind(handle), State::vacant, 0),
        Word::make(NumberFormat::generation_mask, all_kinds, State::vacant, 0)};
}

Handle HandleTable::issue(Kind kind, std::shared_ptr<void> object, std::shared_ptr<Family> family)
{
    Slot& slot = pool_of(kind).take();
    try {
        const std::uint32_t generation = Word::generation(slot.word.load()) + 1;
        const Handle handle = kind == Kind::context
                                  ? faces_.encode(slot.index, generation)
                                  : NumberFormat::encode(kind, generation, slot.index);
        slot.object = std::move(object);
        slot.family = std::move(family);
        slot.maker = current_maker();
        publish(slot, Word::make(generation, kind, State::live, 0), handle);
        last_issued() = handle;
        observe("made", handle);
        return handle;
    } catch (...) {
        slot.object.reset();
        slot.family.reset();
        pool_of(kind).give_back(slot);
        throw;
    }
}

// A child becomes live under the family's lock, so that ending the family either refuses it here or
// finds it in the list.
void HandleTable::publish(Slot& slot, std::uint64_t word, Handle handle)
{
    if (!slot.family) {
        slot.word.store(word, std::memory_order_release);
        return;
    }
    Family& family = *slot.family;
    const std::lock_guard lock(family.mutex_);
    require(!family.closed_, Fault::context_released);
    slot.place = static_cast<std::uint32_t>(family.children_.size());
    family.children_.push_back(handle);
    slot.word.store(word, std::memory_order_release);
}

// Moves the word of a live handle of the right kind to `next(word)`, or says what is wrong with it.
template <class Next>
Slot& HandleTable::enter(const Claim& claim, Kind kind, Next next)
{
    require(claim.slot != nullptr, Fault::stale_handle);
    std::uint64_t word = claim.slot->word.load(std::memory_order_relaxed);
    do {
        require(claim.holds(word), Fault::stale_handle);
        const bool right_kind = Word::kind(word) == kind;
        require(!(right_kind && Word::state(word) == State::orphaned), Fault::context_released);
        require(Word::state(word) == State::live, Fault::stale_handle);
        require(right_kind, Fault::wrong_kind);
    } while (!claim.slot->word.compare_exchange_weak(word, next(word), std::memory_order_acq_rel,
                                                     std::memory_order_relaxed));
    return *claim.slot;
}

Slot& HandleTable::pin_slot(Handle handle, Kind kind)
{
    return enter(locate(handle), kind, [](std::uint64_t word) { return word + Word::one_pin; });
}

std::shared_ptr<void> HandleTable::retire_slot(Handle handle, Kind kind, Busy busy)
{
    const Claim claim = locate(handle);
    try {
        Slot& slot = enter(claim, kind, [busy](std::uint64_t word) {
            require(busy == Busy::wait || Word::pins(word) == 0, Fault::in_use);
            return Word::with(word, State::ending, Word::pins(word) + 1);
        });
        observe("ended", handle);
        forget(slot);
        std::shared_ptr<void> object = slot.object;
        unpin(slot);
        return object;
    } catch (const Error& error) {
        if (error.fault() == Fault::context_released)
            end_orphan(claim, kind);
        throw;
    }
}

// After NTE_BAD_UID there is nothing left to destroy, so the epitaph goes (lifetime.md 1).
void HandleTable::end_orphan(const Claim& claim, Kind kind) noexcept
{
    std::uint64_t word = claim.slot->word.load(std::memory_order_relaxed);
    do {
        if (!claim.holds(word) || Word::state(word) != State::orphaned || Word::kind(word) != kind)
            return; // another thread was first
    } while (!claim.slot->word.compare_exchange_weak(
        word, Word::with(word, State::ending, Word::pins(word) + 1)));
    unpin(*claim.slot);
}

void HandleTable::orphan(Handle handle) noexcept
{
    const Claim claim = locate(handle);
    std::uint64_t word = claim.slot->word.load(std::memory_order_relaxed);
    const bool epitaph = Word::kind(word) == Kind::key; // a hash ends without one (lifetime.md 1)
    const State state = epitaph ? State::orphaned : State::ending;
    do {
        if (!claim.holds(word) || Word::state(word) != State::live)
            return; // destroyed meanwhile
    } while (!claim.slot->word.compare_exchange_weak(
        word, Word::with(word, state, Word::pins(word) + 1)));
    observe("orphaned", handle);
    if (epitaph)
        objects_.bury(*claim.slot);
    unpin(*claim.slot);
}

void HandleTable::end_family(Family& family)
{
    std::vector<Handle> children;
    {
        const std::lock_guard lock(family.mutex_);
        family.closed_ = true;
        children.swap(family.children_);
    }
    for (const Handle child : children)
        orphan(child);
}

void HandleTable::forget(Slot& slot) noexcept
{
    if (!slot.family)
        return;
    Family& family = *slot.family;
    const std::lock_guard lock(family.mutex_);
    if (family.closed_)
        return;
    const Handle last = family.children_.back();
    family.children_[slot.place] = last;
    locate(last).slot->place = slot.place;
    family.children_.pop_back();
}

void unpin(Slot& slot) noexcept
{
    std::uint64_t word = slot.word.load(std::memory_order_relaxed);
    while (Word::state(word) == State::live || Word::pins(word) > 1)
        if (slot.word.compare_exchange_weak(word, word - Word::one_pin, std::memory_order_release,
                                            std::memory_order_relaxed))
            return;
    handles().dispose(slot);
}

// Called by the last pin of an ended handle, which nobody else can pin any more.
void HandleTable::dispose(Slot& slot) noexcept
{
    std::uint64_t word = slot.word.load(std::memory_order_acquire);
    const Kind kind = Word::kind(word);
    const std::shared_ptr<void> object =
        std::move(slot.object); // dies on return, outside all locks
    const std::shared_ptr<Family> family = std::move(slot.family);
    std::uint64_t next = 0;
    do {
        if (Word::pins(word) > 1) // an orphan is being destroyed: the other one finishes it
            next = word - Word::one_pin;
        else
            next = Word::with(
                word, Word::state(word) == State::ending ? State::vacant : State::orphaned, 0);
    } while (!slot.word.compare_exchange_weak(word, next));
    if (Word::state(next) == State::vacant)
        pool_of(kind).give_back(slot);
}

std::string HandleTable::describe(Handle handle) const
{
    const Claim claim = locate(handle);
    const std::uint64_t word = claim.slot ? claim.slot->word.load() : 0;
    char text[48];
    if (claim.slot && claim.holds(word))
        std::snprintf(text, sizeof text, "%s %u.%u", kind_name(Word::kind(word)),
                      static_cast<unsigned>(claim.slot->index),
                      static_cast<unsigned>(Word::generation(word)));
    else
        std::snprintf(text, sizeof text, "%#llx", static_cast<unsigned long long>(handle.value));
    return text;
}

std::vector<LiveHandle> HandleTable::live_handles()
{
    std::vector<LiveHandle> live;
    collect(contexts_, live);
    collect(objects_, live);
    return live;
}

void HandleTable::collect(SlotPool& pool, std::vector<LiveHandle>& live)
{
    for (std::uint32_t index = 0; index < pool.capacity(); ++index) {
        Slot& slot = *pool.find(index);
        std::uint64_t word = slot.word.load(std::memory_order_relaxed);
        do {
            if (Word::state(word) != State::live)
                break;
        } while (!slot.word.compare_exchange_weak(word, word + Word::one_pin));
        if (Word::state(word) != State::live)
            continue;
        const Kind kind = Word::kind(word);
        const std::uint32_t generation = Word::generation(word);
        const Handle handle = kind == Kind::context ? faces_.address(index, generation)
                                                    : NumberFormat::encode(kind, generation, index);
        live.push_back({handle, kind, slot.maker});
        unpin(slot);
    }
}

void HandleTable::observe(const char* event, Handle handle) const noexcept
{
    if (const Observer observer = observer_.load(std::memory_order_relaxed))
        observer(event, handle);
}

HandleTable& handles() noexcept
{
    static HandleTable& table = *new HandleTable;
    return table;
}

Maker& current_maker() noexcept
{
    thread_local Maker maker;
    return maker;
}

Handle& last_issued() noexcept
{
    thread_local Handle handle;
    return handle;
}

} // namespace capishim::handle
