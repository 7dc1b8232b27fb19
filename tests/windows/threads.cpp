// SPDX-License-Identifier: BSD-2-Clause
// The POSIX threads that were written for the DLL, linked into a program in the toolchain's place
// and used by many threads at once (src/platform/win32/dll_threads.cpp).
#include "platform/win32/dll.h"
#include "platform/win32/windows_h.h"

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <pthread.h>

namespace {

constexpr int threads = 8;

void expect(bool condition, const char* what)
{
    if (!condition) {
        std::printf("%s\n", what);
        std::exit(1);
    }
}

void (*running)(int);

DWORD WINAPI run_numbered(void* number)
{
    running(static_cast<int>(reinterpret_cast<INT_PTR>(number)));
    capishim::platform::end_thread();
    return 0;
}

/// Runs it on all threads at once, which are numbered, and ends them as the DLL's entry point does.
void run_together(void (*function)(int))
{
    running = function;
    std::array<HANDLE, threads> all{};
    for (int i = 0; i < threads; ++i)
        all[static_cast<std::size_t>(i)] =
            CreateThread(nullptr, 0, run_numbered, reinterpret_cast<void*>(INT_PTR{i}), 0, nullptr);
    WaitForMultipleObjects(threads, all.data(), TRUE, INFINITE);
    for (const HANDLE one : all)
        CloseHandle(one);
}

std::mutex mutex;
int counted = 0;

void count(int)
{
    for (int i = 0; i < 5'000; ++i) {
        const std::lock_guard lock(mutex);
        ++counted;
    }
}

std::recursive_mutex recursive_mutex;
int counted_twice = 0;

void count_recursively(int)
{
    for (int i = 0; i < 5'000; ++i) {
        const std::lock_guard outer(recursive_mutex);
        ++counted_twice;
        {
            const std::lock_guard inner(recursive_mutex);
            ++counted_twice;
        }
        const int seen = counted_twice; // still ours
        SwitchToThread();
        expect(seen == counted_twice, "recursive mutex: let go with the inner lock");
    }
}

pthread_mutex_t turn_mutex = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t turn_changed = PTHREAD_COND_INITIALIZER;
int turn = 0;

void take_turns(int number)
{
    for (int i = 0; i < 500; ++i) {
        pthread_mutex_lock(&turn_mutex);
        while (turn % threads != number)
            pthread_cond_wait(&turn_changed, &turn_mutex);
        ++turn;
        pthread_cond_broadcast(&turn_changed);
        pthread_mutex_unlock(&turn_mutex);
    }
}

std::array<pthread_once_t, 50> onces{}; // PTHREAD_ONCE_INIT
std::atomic<int> done = 0;

void do_once(int)
{
    int expected = 0;
    for (pthread_once_t& once : onces) {
        pthread_once(&once, [] {
            Sleep(1);
            ++done;
        });
        expect(done >= ++expected, "once: returned before it was done");
    }
}

void use_local_static(int)
{
    static std::atomic<int> constructed = 0;
    struct Slow {
        Slow()
        {
            Sleep(20);
            ++constructed;
        }
    };
    static const Slow slow;
    expect(constructed == 1, "local static: constructed by many, or not yet");
}

pthread_key_t key;
std::atomic<int> destroyed = 0;

void keep_own_value(int number)
{
    thread_local int own = number;
    expect(pthread_getspecific(key) == nullptr, "key: has a value at the start");
    pthread_setspecific(key, &own);
    SwitchToThread();
    SetLastError(ERROR_BUSY);
    expect(pthread_getspecific(key) == &own, "key: another thread's value");
    expect(own == number, "thread_local: another thread's value");
    expect(GetLastError() == ERROR_BUSY, "key: the last error is gone");
}

void expect_clocks()
{
    timespec now{}, monotonic{}, later{};
    clock_gettime(CLOCK_REALTIME, &now);
    expect(std::abs(now.tv_sec - std::time(nullptr)) <= 1, "clock: not the time of day");
    clock_gettime(CLOCK_MONOTONIC, &monotonic);
    Sleep(100);
    clock_gettime(CLOCK_MONOTONIC, &later);
    const auto passed =
        (later.tv_sec - monotonic.tv_sec) * 1'000 + (later.tv_nsec - monotonic.tv_nsec) / 1'000'000;
    expect(passed >= 50 && passed < 10'000, "clock: does not go as it should");
}

} // namespace

int main()
{
    run_together(count);
    expect(counted == threads * 5'000, "mutex: held by two");
    run_together(count_recursively);
    expect(counted_twice == threads * 10'000, "recursive mutex: held by two");
    run_together(take_turns);
    expect(turn == threads * 500, "condition: a turn was missed");
    run_together(do_once);
    expect(done == static_cast<int>(onces.size()), "once: done twice");
    run_together(use_local_static);
    pthread_key_create(&key, [](void*) { ++destroyed; });
    run_together(keep_own_value);
    expect(destroyed == threads, "key: values of threads that ended are left");
    capishim::platform::give_back_slots();
    expect_clocks();
    return 0;
}
