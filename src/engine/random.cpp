// SPDX-License-Identifier: BSD-2-Clause
// A ChaCha generator for each thread, seeded from the system at its start, after a fork, and from
// time to time. Botan's asks the system for the process number at each request, so small requests
// are answered from a pool of bytes drawn ahead, each erased as it is handed out.
#include "engine/random.h"

#include "base/secure_bytes.h"
#include "engine/botan_compat.h"
#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "engine/per_thread.h"
#include "platform/entropy.h"
#include "platform/fork_epoch.h"

#include <botan/chacha_rng.h>

namespace capishim::engine {
namespace {

// A new seed after so many requests of at most so many bytes each: 64 MiB at the latest.
constexpr std::size_t requests_per_seed = 1024;
constexpr std::size_t bytes_per_request = 65536;
constexpr std::size_t pool_size = 512;

class SystemSource final : public compat::RandomSource {
    void fill(MutableBytes out) override { platform::system_entropy(out); }
};

class Generator {
  public:
    void fill(MutableBytes out)
    {
        start_anew_after_fork();
        if (out.size() > pool_size)
            return draw(out);
        if (out.size() > left_)
            fill_pool();
        left_ -= out.size(); // first: whatever interrupts the copy never gets the same bytes
        const MutableBytes taken{pool_.data() + left_, out.size()};
        std::ranges::copy(taken, out.begin());
        wipe(taken);
    }

  private:
    void draw(MutableBytes out)
    {
        while (!out.empty()) {
            const std::size_t size = std::min(out.size(), bytes_per_request);
            generator_.randomize(out.data(), size);
            out = out.subspan(size);
        }
    }

    void fill_pool()
    {
        left_ = 0;
        draw(pool_);
        left_ = pool_size;
    }

    void start_anew_after_fork()
    {
        const std::uint64_t epoch = platform::fork_epoch();
        if (epoch == epoch_) [[likely]]
            return;
        generator_.clear(); // asks the system for a seed at the next request
        left_ = 0;          // the parent hands these out too
        epoch_ = epoch;
    }

    SystemSource system_;
    Botan::ChaCha_RNG generator_{system_, requests_per_seed};
    SecureArray<pool_size> pool_;
    std::size_t left_ = 0; // unread bytes, at the pool's start
    std::uint64_t epoch_ = platform::fork_epoch();
};

class ThreadSource final : public compat::RandomSource {
    void fill(MutableBytes out) override { per_thread<Generator>().fill(out); }
};

} // namespace

void random_bytes(MutableBytes out)
{
    if (out.empty())
        return;
    try {
        per_thread<Generator>().fill(out);
    } catch (...) {
        throw Error(Fault::internal);
    }
}

Botan::RandomNumberGenerator& thread_rng()
{
    static ThreadSource& source = *new ThreadSource;
    return source;
}

} // namespace capishim::engine
