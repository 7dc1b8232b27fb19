// SPDX-License-Identifier: BSD-2-Clause
// The life of a pair (cng.md 6.1): open until it is finalized, then ready for good. The engine's
// key never changes, so operations run on it beside each other, without a lock (N-22).
#pragma once

#include "cng/key.h"

#include <mutex>

namespace capishim::cng {

template <class EngineKey>
class KeyPair : public KeyObject {
  public:
    using Numbers = std::shared_ptr<const EngineKey>;

    void finalize() final
    {
        {
            const std::lock_guard lock(mutex_);
            require(state_ == State::open, Fault::bad_key_state);
            state_ = State::generating;
        }
        Numbers made;
        try {
            made = generate(); // seconds, and no lock is held (0.8)
        } catch (...) {
            const std::lock_guard lock(mutex_);
            state_ = State::open;
            throw;
        }
        const std::lock_guard lock(mutex_);
        numbers_ = std::move(made);
        state_ = State::ready;
    }

  protected:
    KeyPair(const Algorithm& algorithm, Origin origin) : KeyObject(algorithm, origin) {}
    KeyPair(const Algorithm& algorithm, Origin origin, Numbers numbers)
        : KeyObject(algorithm, origin), state_(State::ready), numbers_(std::move(numbers))
    {
    }

    virtual Numbers generate() const = 0;

    /// @throws Fault::bad_key_state   not finalized yet (N-12)
    Numbers ready() const
    {
        const std::lock_guard lock(mutex_);
        require(state_ == State::ready, Fault::bad_key_state);
        return numbers_;
    }

    /// Runs `change` if the pair is still open. @return whether it was
    template <class Change>
    bool while_open(Change change)
    {
        const std::lock_guard lock(mutex_);
        if (state_ == State::open)
            change();
        return state_ == State::open;
    }

    /// What `read` answers while nobody changes the pair.
    template <class Read>
    auto locked(Read read) const
    {
        const std::lock_guard lock(mutex_);
        return read();
    }

    /// The numbers, or null while there are none.
    Numbers numbers() const
    {
        const std::lock_guard lock(mutex_);
        return numbers_;
    }

  private:
    enum class State { open, generating, ready };

    mutable std::mutex mutex_;
    State state_ = State::open;
    Numbers numbers_;
};

} // namespace capishim::cng
