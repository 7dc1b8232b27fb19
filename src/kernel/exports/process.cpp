// SPDX-License-Identifier: BSD-2-Clause
// Processes, threads and time.
#include "kernel/exports/guard.h"

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

using namespace capishim::kernel;

namespace {

/// The number that a link below /proc ends in: the kernel's own numbering, without its header.
DWORD number_of(const char* link)
{
    std::error_code error;
    const std::string target = std::filesystem::read_symlink(link, error).filename().string();
    DWORD number = 0;
    std::from_chars(target.data(), target.data() + target.size(), number);
    return number;
}

} // namespace

HANDLE WINAPI GetCurrentProcess(void)
{
    return INVALID_HANDLE_VALUE; // the documented pseudo-handle is -1 as well
}

DWORD WINAPI GetCurrentProcessId(void)
{
    return guarded<DWORD>(0, [] { return number_of("/proc/self"); });
}

DWORD WINAPI GetCurrentThreadId(void)
{
    return guarded<DWORD>(0, [] { return number_of("/proc/thread-self"); });
}

VOID WINAPI ExitProcess(UINT uExitCode)
{
    std::exit(static_cast<int>(uExitCode));
}

VOID WINAPI Sleep(DWORD dwMilliseconds)
{
    using namespace std::chrono;
    if (dwMilliseconds == 0)
        std::this_thread::yield();
    else if (dwMilliseconds == INFINITE)
        std::this_thread::sleep_until(steady_clock::time_point::max());
    else
        std::this_thread::sleep_for(milliseconds(dwMilliseconds));
}

ULONGLONG WINAPI GetTickCount64(void)
{
    using namespace std::chrono;
    const auto since_start = steady_clock::now().time_since_epoch();
    return static_cast<ULONGLONG>(duration_cast<milliseconds>(since_start).count());
}

DWORD WINAPI GetTickCount(void)
{
    using namespace std::chrono;
    const auto since_start = steady_clock::now().time_since_epoch();
    return static_cast<DWORD>(duration_cast<milliseconds>(since_start).count());
}
