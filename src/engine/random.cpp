// SPDX-License-Identifier: BSD-2-Clause
// A ChaCha generator for each thread, seeded from the system at its start, after a fork, and from
// time to time.
#include "engine/random.h"

#include "base/secure_bytes.h"
#include "engine/botan_compat.h"
#include "engine/botan_faults.h"
#include "engine/botan_rng.h"
#include "engine/per_thread.h"
#include "engine/system_entropy.h"
#include "platform/fork_epoch.h"

#include <botan/chacha_rng.h>

namespace capishim::engine {
namespace {

// A new seed after so many requests of at most so many bytes each: 64 MiB at the latest.
constexpr std::size_t requests_per_seed = 1024;
constexpr std::size_t bytes_per_request = 65536;

class SystemSource final : public compat::RandomSource {
    void fill(MutableBytes out) override { system_entropy(out); }
};

class Generator {
  public:
    void fill(MutableBytes out)
    {
        start_anew_after_fork();
        while (!out.empty()) {
            const std::size_t size = std::min(out.size(), bytes_per_request);
            generator_.randomize(out.data(), size);
            out = out.subspan(size);
        }
    }

  private:
    void start_anew_after_fork()
    {
        const std::uint64_t epoch = platform::fork_epoch();
        if (epoch == epoch_) [[likely]]
            return;
        generator_.clear(); // asks the system for a seed at the next request
        epoch_ = epoch;
    }

    SystemSource system_;
    Botan::ChaCha_RNG generator_{system_, requests_per_seed};
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
