// SPDX-License-Identifier: BSD-2-Clause
// POSIX threads, as much of them as libgcc, libstdc++ and Botan ask for. The toolchain's own,
// linked into a DLL, leave handles and a thread-local slot behind each time the DLL is freed; these
// hold no handle, and give the slots back. Should more be asked for one day, it is to be added
// here: the toolchain's would come along, and the linker complain of names defined twice.
#include "platform/win32/dll.h"
#include "platform/win32/windows_h.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <pthread.h>
#include <thread>

namespace {

/// Where threads wait for a word to change. Words share one: all who wait there are woken, and look
/// at theirs again.
class WaitingRoom {
  public:
    template <class Predicate>
    void wait_until(Predicate is_so)
    {
        ++waiting_; // before looking, as wake() asks after the change: one sees the other
        AcquireSRWLockExclusive(&lock_);
        while (!is_so())
            SleepConditionVariableSRW(&changed_, &lock_, INFINITE, 0);
        ReleaseSRWLockExclusive(&lock_);
        --waiting_;
    }

    void wake() noexcept
    {
        if (!waiting_)
            return;
        AcquireSRWLockExclusive(&lock_); // those who looked too early are asleep now
        ReleaseSRWLockExclusive(&lock_);
        WakeAllConditionVariable(&changed_);
    }

  private:
    std::atomic<int> waiting_ = 0;
    SRWLOCK lock_ = SRWLOCK_INIT;
    CONDITION_VARIABLE changed_ = CONDITION_VARIABLE_INIT;
};

constinit std::array<WaitingRoom, 32> rooms;

WaitingRoom& room_of(const void* word) noexcept
{
    return rooms[reinterpret_cast<std::uintptr_t>(word) / 16 % rooms.size()];
}

// A mutex is a word: free, held, or of a recursive one the holder with the number of times.
using Word = std::atomic_ref<pthread_mutex_t>;
constexpr pthread_mutex_t free_mutex = PTHREAD_MUTEX_INITIALIZER;
constexpr pthread_mutex_t free_recursive_mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER;
constexpr pthread_mutex_t held_mutex = 0;
constexpr pthread_mutex_t times = 0xFF;

/// What no other thread has: the address of its block in the system, which is longer than `times`.
pthread_mutex_t calling_thread() noexcept
{
// gcc 12 takes the offset in the thread's segment for a null pointer.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"
    return reinterpret_cast<pthread_mutex_t>(NtCurrentTeb()) & ~times;
#pragma GCC diagnostic pop
}

bool try_to_hold(Word word)
{
    pthread_mutex_t seen = word;
    if (seen == free_mutex)
        return word.compare_exchange_strong(seen, held_mutex);
    if (seen == free_recursive_mutex)
        return word.compare_exchange_strong(seen, calling_thread() + 1);
    const bool is_ours = (seen & ~times) == calling_thread();
    if (is_ours && (seen & times) == times)
        std::abort();
    if (is_ours)
        word = seen + 1;
    return is_ours;
}

struct Key {
    DWORD slot;
    void (*destroy)(void*);
};

std::array<Key, 4> keys; // libgcc has one for all thread_local variables
std::atomic<std::size_t> key_count = 0;
SRWLOCK new_key = SRWLOCK_INIT;

/// TlsGetValue clears the thread's last error, which may be the one that a caller is to see.
void* value_in(DWORD slot) noexcept
{
    const DWORD last_error = GetLastError();
    void* const value = TlsGetValue(slot);
    SetLastError(last_error);
    return value;
}

} // namespace

namespace capishim::platform {

void end_thread() noexcept
{
    for (std::size_t i = key_count; i-- > 0;) {
        void* const value = value_in(keys[i].slot);
        TlsSetValue(keys[i].slot, nullptr);
        if (value && keys[i].destroy)
            keys[i].destroy(value);
    }
}

void give_back_slots() noexcept
{
    while (key_count > 0)
        TlsFree(keys[--key_count].slot);
}

} // namespace capishim::platform

extern "C" {

int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes)
{
    *mutex = free_mutex;
    return attributes ? EINVAL : 0;
}

int pthread_mutex_destroy(pthread_mutex_t*)
{
    return 0;
}

int pthread_mutex_lock(pthread_mutex_t* mutex)
{
    if (!try_to_hold(Word(*mutex)))
        room_of(mutex).wait_until([&] { return try_to_hold(Word(*mutex)); });
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t* mutex)
{
    const Word word(*mutex);
    const pthread_mutex_t seen = word;
    const bool is_recursive = seen != held_mutex;
    if (is_recursive && (seen & times) > 1) {
        word = seen - 1;
        return 0;
    }
    word = is_recursive ? free_recursive_mutex : free_mutex; // and from here on it may be destroyed
    room_of(mutex).wake();
    return 0;
}

// A condition variable is a number that changes with each broadcast.
int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex)
{
    const std::atomic_ref number(*condition);
    const pthread_cond_t seen = number;
    pthread_mutex_unlock(mutex);
    room_of(condition).wait_until([&] { return number != seen; });
    return pthread_mutex_lock(mutex);
}

int pthread_cond_broadcast(pthread_cond_t* condition)
{
    ++std::atomic_ref(*condition);
    room_of(condition).wake();
    return 0;
}

int pthread_once(pthread_once_t* once, void (*function)())
{
    constexpr pthread_once_t running = 1, done = 2;
    const std::atomic_ref state(*once);
    pthread_once_t seen = PTHREAD_ONCE_INIT;
    if (state.compare_exchange_strong(seen, running)) {
        function();
        state = done;
        room_of(once).wake();
    } else if (seen == running) {
        room_of(once).wait_until([&] { return state == done; });
    }
    return 0;
}

int pthread_key_create(pthread_key_t* key, void (*destroy)(void*))
{
    AcquireSRWLockExclusive(&new_key);
    const std::size_t place = key_count;
    const DWORD slot = place < keys.size() ? TlsAlloc() : TLS_OUT_OF_INDEXES;
    const bool done = slot != TLS_OUT_OF_INDEXES;
    if (done) {
        keys[place] = {slot, destroy};
        key_count = place + 1;
        *key = slot;
    }
    ReleaseSRWLockExclusive(&new_key);
    return done ? 0 : EAGAIN;
}

void* pthread_getspecific(pthread_key_t key)
{
    return value_in(key);
}

int pthread_setspecific(pthread_key_t key, const void* value)
{
    return TlsSetValue(key, const_cast<void*>(value)) ? 0 : EINVAL;
}

// Not of threads, but it comes in one piece with them.
int clock_gettime(clockid_t clock, timespec* now)
{
    constexpr ULONGLONG second = 10'000'000, year_1970 = 11'644'473'600 * second; // since 1601
    FILETIME time;
    GetSystemTimeAsFileTime(&time);
    const ULONGLONG units = ULARGE_INTEGER{{time.dwLowDateTime, time.dwHighDateTime}}.QuadPart;
    const ULONGLONG since =
        clock == CLOCK_REALTIME ? units - year_1970 : GetTickCount64() * (second / 1000);
    now->tv_sec = static_cast<time_t>(since / second);
    now->tv_nsec = static_cast<long>(since % second * (1'000'000'000 / second));
    return 0;
}

} // extern "C"

// Botan asks. libstdc++'s own comes in one piece with all of std::thread, which no code here uses.
unsigned std::thread::hardware_concurrency() noexcept
{
    SYSTEM_INFO system;
    GetSystemInfo(&system);
    return system.dwNumberOfProcessors;
}
