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
    bool ending;
};

thread_local Farewells farewells{};

void NTAPI on_notification(PVOID module, DWORD reason, PVOID process_ends);

// The linker sorts the directory by these names: before the callbacks of the C++ runtime and of the
// thread library, which free the memory that thread_local objects lie in.
[[gnu::section(".CRT$XLB"), gnu::used]] const PIMAGE_TLS_CALLBACK callback = on_notification;

/// The thread that frees the library does not end, but for the libraries within, which hold two
/// handles for each thread, it does.
void end_thread_in_libraries(PVOID module)
{
    for (const PIMAGE_TLS_CALLBACK* next = &callback + 1; *next; ++next)
        (*next)(module, DLL_THREAD_DETACH, nullptr);
}

void NTAPI on_notification(PVOID module, DWORD reason, PVOID process_ends)
{
    const bool freed = reason == DLL_PROCESS_DETACH && !process_ends;
    if (reason != DLL_THREAD_DETACH && !freed)
        return;
    farewells.ending = true;
    while (farewells.count)
        farewells.list[--farewells.count]();
    if (freed)
        end_thread_in_libraries(module);
}

} // namespace

void at_thread_exit(void (*farewell)())
{
    if (farewells.ending)
        return;
    if (farewells.count == farewells.list.size())
        std::abort(); // more kinds than there is room for: the number above
    farewells.list[farewells.count++] = farewell;
}

} // namespace capishim::platform
