// SPDX-License-Identifier: BSD-2-Clause
// What an algorithm handle or a pseudo-handle (cng.md 2.2) stands for, during a call.
#pragma once

#include "cng/exports/kinds.h"

#include <optional>

namespace capishim::cng {

/// The object of a pseudo-handle, or null for any other value.
const AlgorithmObject* pseudo_algorithm(std::uintptr_t value);

class AlgorithmRef {
  public:
    /// @throws Fault::stale_handle, wrong_kind
    explicit AlgorithmRef(const void* value)
        : value_(reinterpret_cast<std::uintptr_t>(value)), pseudo_(pseudo_algorithm(value_))
    {
        if (!pseudo_)
            pin_.emplace(handle::handles().pin<AlgorithmObject>(handle_of(value)));
        require_level_of(get().traits().dispatch);
    }

    bool is_pseudo() const noexcept { return pseudo_ != nullptr; }
    const AlgorithmObject& get() const noexcept { return pseudo_ ? *pseudo_ : **pin_; }
    const AlgorithmObject* operator->() const noexcept { return &get(); }
    const AlgorithmObject& operator*() const noexcept { return get(); }
    /// What objects made with it keep of it.
    Origin origin() const noexcept { return {get().traits().dispatch, value_}; }

  private:
    std::uintptr_t value_;
    const AlgorithmObject* pseudo_;
    std::optional<handle::Pin<AlgorithmObject>> pin_;
};

} // namespace capishim::cng
