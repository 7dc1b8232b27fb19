// SPDX-License-Identifier: BSD-2-Clause
// Memory that runs out when a test wants it. It replaces the program's operator new, so one source
// file of an executable includes it.
#pragma once

#include "support/checks.h"

#include <capishim_diagnostics.h>
#include <cstdlib>
#include <functional>
#include <new>

namespace capishim_test {

// How many allocations of this thread still succeed; negative: all.
inline thread_local long allocations_left = -1;

inline void* allocate(std::size_t size)
{
    if (allocations_left == 0) {
        allocations_left = -1; // one failure a round
        throw std::bad_alloc();
    }
    if (allocations_left > 0)
        --allocations_left;
    if (void* const memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}

} // namespace capishim_test

void* operator new(std::size_t size)
{
    return capishim_test::allocate(size);
}
void* operator new[](std::size_t size)
{
    return capishim_test::allocate(size);
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace capishim_test {

/// Lets the first, second, ... allocation inside `call` fail until it gets by without.
/// @return how many rounds failed
inline int walk(const std::function<BOOL()>& call)
{
    for (int round = 0;; ++round) {
        SetLastError(untouched);
        allocations_left = round;
        const BOOL answer = call();
        const bool reached = allocations_left < 0;
        allocations_left = -1;
        if (answer)
            return round;
        BOOST_REQUIRE_MESSAGE(reached, "failed without a reason: " << win32_name(GetLastError()));
        const DWORD code = GetLastError();
        BOOST_CHECK_MESSAGE(code == ERROR_NOT_ENOUGH_MEMORY ||
                                code == static_cast<DWORD>(NTE_NO_MEMORY),
                            "left " << win32_name(code));
        BOOST_REQUIRE(round < 2000);
    }
}

/// The same for a call that makes a handle; `destroy` takes it back.
template <class Make, class Destroy>
void walk_making(Make make, Destroy destroy)
{
    const ULONG before = CapishimLiveHandles();
    std::uintptr_t made = 0;
    const int rounds = walk([&] { return make(&made); });
    BOOST_CHECK_GT(rounds, 0); // a call that allocates nothing would prove nothing
    BOOST_CHECK_EQUAL(CapishimLiveHandles(), before + 1);
    BOOST_CHECK(destroy(made));
    BOOST_CHECK_EQUAL(CapishimLiveHandles(), before);
}

} // namespace capishim_test
