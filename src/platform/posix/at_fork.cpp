// SPDX-License-Identifier: BSD-2-Clause
#include "platform/at_fork.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <pthread.h>

namespace capishim::platform {
namespace {

std::array<std::atomic<std::mutex*>, 8> kept{};

template <void (std::mutex::*Action)()>
void for_each_kept()
{
    for (auto& mutex : kept)
        if (std::mutex* const one = mutex.load())
            (one->*Action)();
}

void register_handlers()
{
    static const int registered =
        pthread_atfork(for_each_kept<&std::mutex::lock>, for_each_kept<&std::mutex::unlock>,
                       for_each_kept<&std::mutex::unlock>);
    static_cast<void>(registered);
}

} // namespace

void keep_across_fork(std::mutex& mutex) noexcept
{
    register_handlers();
    for (auto& place : kept) {
        std::mutex* empty = nullptr;
        if (place.compare_exchange_strong(empty, &mutex))
            return;
    }
}

} // namespace capishim::platform
