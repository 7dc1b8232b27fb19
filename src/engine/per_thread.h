// SPDX-License-Identifier: BSD-2-Clause
// Objects of which each thread has its own, and which may still be asked for while the thread or
// the process ends: old programs call CryptGenRandom from their atexit functions.
#pragma once

#include <utility>

namespace capishim::engine {

/// The calling thread's T, made at its first use and deleted with the thread. Asked for after that,
/// another one is made, and stays.
template <class T>
T& per_thread()
{
    static thread_local T* current = nullptr;
    struct Reaper {
        ~Reaper() { delete std::exchange(current, nullptr); }
    };
    if (!current) [[unlikely]] {
        static thread_local Reaper reaper;
        (void)&reaper;
        current = new T;
    }
    return *current;
}

} // namespace capishim::engine
