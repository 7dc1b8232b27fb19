// SPDX-License-Identifier: BSD-2-Clause
// Objects of which each thread has its own, and which may still be asked for while the thread or
// the process ends: old programs call CryptGenRandom from their atexit functions.
#pragma once

#include "platform/thread_exit.h"

#include <utility>

namespace capishim::engine {

/// The calling thread's T, made at its first use and deleted with the thread. Asked for after that,
/// another one is made, and stays.
template <class T>
T& per_thread()
{
    static thread_local T* current = nullptr;
    if (!current) [[unlikely]] {
        static thread_local bool will_be_deleted = false;
        if (!will_be_deleted)
            platform::at_thread_exit([] { delete std::exchange(current, nullptr); });
        will_be_deleted = true;
        current = new T;
    }
    return *current;
}

} // namespace capishim::engine
