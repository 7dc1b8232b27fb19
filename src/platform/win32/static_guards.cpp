// SPDX-License-Identifier: BSD-2-Clause
// What compilers call around the construction of a local static object (Itanium C++ ABI 3.3.3).
// libstdc++'s own hold two semaphores that it never gives back, so that every FreeLibrary would
// leave them to the process; these hold no handle.
#include "platform/win32/windows_h.h"

#include <cstdint>

namespace {

SRWLOCK lock = SRWLOCK_INIT;
CONDITION_VARIABLE some_thread_is_done = CONDITION_VARIABLE_INIT;

/// The 64 bits beside each such object. Compiled code looks at the first byte without a lock.
struct Guard {
    std::uint8_t constructed, being_constructed;
};

void end_construction(Guard& guard, std::uint8_t constructed)
{
    AcquireSRWLockExclusive(&lock);
    __atomic_store_n(&guard.constructed, constructed, __ATOMIC_RELEASE);
    guard.being_constructed = 0;
    ReleaseSRWLockExclusive(&lock);
    WakeAllConditionVariable(&some_thread_is_done);
}

} // namespace

extern "C" {

int __cxa_guard_acquire(Guard* guard)
{
    AcquireSRWLockExclusive(&lock);
    while (guard->being_constructed)
        SleepConditionVariableSRW(&some_thread_is_done, &lock, INFINITE, 0);
    const bool is_ours = !guard->constructed;
    guard->being_constructed = is_ours;
    ReleaseSRWLockExclusive(&lock);
    return is_ours;
}

void __cxa_guard_release(Guard* guard)
{
    end_construction(*guard, 1);
}

void __cxa_guard_abort(Guard* guard)
{
    end_construction(*guard, 0);
}

} // extern "C"
