// SPDX-License-Identifier: BSD-2-Clause
// The children of a context: the handle values, not the objects, so that no cycle keeps them alive.
#pragma once

#include "handle/handle.h"

#include <mutex>
#include <vector>

namespace capishim::handle {

class Family {
  public:
    /// How many children live now.
    std::size_t size() const
    {
        const std::lock_guard lock(mutex_);
        return children_.size();
    }

    std::vector<Handle> children() const
    {
        const std::lock_guard lock(mutex_);
        return children_;
    }

  private:
    friend class HandleTable;

    mutable std::mutex mutex_;
    bool closed_ = false;
    std::vector<Handle> children_;
};

} // namespace capishim::handle
