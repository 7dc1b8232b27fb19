// SPDX-License-Identifier: BSD-2-Clause
// Where the loader enters the DLL: before the C runtime's own start, and after its end.
#include "platform/win32/dll.h"
#include "platform/win32/windows_h.h"

using namespace capishim::platform;

extern "C" {

// The C runtime's: constructors and destructors of static objects.
BOOL WINAPI DllMainCRTStartup(HINSTANCE instance, DWORD reason, LPVOID process_ends);

/// Leaves the thread's last error alone: CryptoAPI frees a provider that has refused a context, and
/// then the program asks why. When the process ends the heap stays: other DLLs may call until the
/// very last.
BOOL WINAPI capishim_dll_entry(HINSTANCE instance, DWORD reason, LPVOID process_ends)
{
    const DWORD last_error = GetLastError();
    if (reason == DLL_PROCESS_ATTACH && !make_heap())
        return FALSE;
    const BOOL done = DllMainCRTStartup(instance, reason, process_ends);
    if (reason == DLL_THREAD_DETACH)
        end_thread();
    const bool is_freed = reason == DLL_PROCESS_DETACH && !process_ends;
    if (is_freed || (reason == DLL_PROCESS_ATTACH && !done)) {
        give_back_slots();
        destroy_heap();
    }
    SetLastError(last_error);
    return done;
}

} // extern "C"
