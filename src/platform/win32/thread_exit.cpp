// SPDX-License-Identifier: BSD-2-Clause
// The loader tells a library of each thread that ends, by the callbacks of its TLS directory.
#include "platform/thread_exit.h"

#include "platform/win32/windows_h.h"

#include <array>
#include <cstdlib>

namespace capishim::platform {
namespace {

struct Farewells {
    std::array<void (*)(), 8> list; // one for each kind of object that threads have of their own
    std::size_t count;
};

thread_local constinit Farewells farewells{};

void NTAPI on_notification(PVOID, DWORD reason, PVOID process_ends)
{
    const bool is_freed = reason == DLL_PROCESS_DETACH && !process_ends;
    while ((reason == DLL_THREAD_DETACH || is_freed) && farewells.count)
        farewells.list[--farewells.count]();
}

// The linker sorts the directory by these names. The entry point and the callbacks of the thread
// library, where thread_local variables are destroyed, come later.
[[gnu::section(".CRT$XLB"), gnu::used]] const PIMAGE_TLS_CALLBACK callback = on_notification;

} // namespace

void at_thread_exit(void (*farewell)())
{
    if (farewells.count == farewells.list.size())
        std::abort(); // more kinds than there is room for: the number above
    farewells.list[farewells.count++] = farewell;
}

} // namespace capishim::platform
