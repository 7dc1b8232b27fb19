// SPDX-License-Identifier: BSD-2-Clause
// A pin holds an object's life during one call; what lasts longer takes share().
#pragma once

#include "handle/slot.h"

#include <optional>
#include <utility>

namespace capishim::handle {

/// Gives the pin up; the last pin of an ended handle disposes of the object.
void unpin(Slot& slot) noexcept;

template <class T>
class Pin {
  public:
    explicit Pin(Slot& slot) noexcept : slot_(&slot) {}
    Pin(Pin&& other) noexcept : slot_(std::exchange(other.slot_, nullptr)) {}
    Pin& operator=(Pin&&) = delete;
    ~Pin()
    {
        if (slot_)
            unpin(*slot_);
    }

    T* get() const noexcept { return static_cast<T*>(slot_->object.get()); }
    T* operator->() const noexcept { return get(); }
    T& operator*() const noexcept { return *get(); }
    /// The family that the object's own children and duplicates belong to; null when it has none.
    const std::shared_ptr<Family>& family() const noexcept { return slot_->family; }
    std::shared_ptr<T> share() const { return std::static_pointer_cast<T>(slot_->object); }

  private:
    Slot* slot_;
};

/// The object of an optional handle, or null where there was none.
template <class T>
T* pointer(const std::optional<Pin<T>>& pinned)
{
    return pinned ? pinned->get() : nullptr;
}

template <class T>
std::shared_ptr<T> shared(const std::optional<Pin<T>>& pinned)
{
    return pinned ? pinned->share() : nullptr;
}

} // namespace capishim::handle
