// SPDX-License-Identifier: BSD-2-Clause
// Two processes create, use and delete containers of one store; one of them is killed at random
// points, over and over. What was reported created must be there, nothing may be half written,
// and nobody may hang.
//
//   stress_key_store [SECONDS [SEED]]
#include "support/process.h"
#include "support/temporary_folder.h"

#include <capishim/wincrypt.h>
#include <capishim/windows.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <thread>

using namespace capishim_test;

namespace {

constexpr int own_containers = 6, shared_containers = 3; // each worker's, and both workers'
constexpr std::chrono::seconds patience(60);             // for one step
constexpr DWORD pair_flags = 512u << 16;
const std::string worker_mark = "--worker";

// ---- What is reported --------------------------------------------------------------------------

/// What a container is known to be. While a step is under way, it may be before or after it.
enum class State : std::uint8_t { absent, creating, empty, filling, filled, deleting };

struct Report {
    std::uint8_t container;
    State state;
};

[[noreturn]] void give_up(const std::string& what, const std::string& container)
{
    std::fprintf(stderr, "%s: %s (last error %#x)\n", container.c_str(), what.c_str(),
                 GetLastError());
    std::_Exit(3);
}

std::string name_of(int worker, int container)
{
    return container < own_containers
               ? "worker " + std::to_string(worker) + " container " + std::to_string(container)
               : "shared " + std::to_string(container);
}

bool acquire(HCRYPTPROV* provider, const std::string& name, DWORD flags)
{
    return CryptAcquireContextA(provider, name.c_str(), MS_STRONG_PROV_A, PROV_RSA_FULL, flags);
}

/// Signs with the container's pair. @return whether it has one
bool sign(HCRYPTPROV provider, const std::string& name, bool shared)
{
    const BYTE message[] = {'a', 'b', 'c'};
    HCRYPTHASH hash = 0;
    BYTE signature[64];
    DWORD size = sizeof signature;
    if (!CryptCreateHash(provider, CALG_SHA1, 0, 0, &hash) ||
        !CryptHashData(hash, message, sizeof message, 0))
        give_up("no hash", name);
    if (!CryptSignHashA(hash, AT_SIGNATURE, nullptr, 0, signature, &size)) {
        if (GetLastError() == static_cast<DWORD>(NTE_NO_KEY) ||
            (shared && GetLastError() == static_cast<DWORD>(NTE_BAD_KEYSET)))
            return false;
        give_up("cannot sign", name);
    }
    HCRYPTKEY pair = 0;
    if (!CryptGetUserKey(provider, AT_SIGNATURE, &pair)) {
        if (shared) // deleted meanwhile
            return false;
        give_up("signed without a pair", name);
    }
    if (!shared && !CryptVerifySignatureA(hash, signature, size, pair, nullptr, 0))
        give_up("a signature that does not verify", name);
    return true;
}

// ---- A worker ----------------------------------------------------------------------------------

class Worker {
  public:
    Worker(int number, std::uint32_t seed) : number_(number), random_(seed) {}

    [[noreturn]] void run()
    {
        std::thread([this] { end_when_hanging(); }).detach();
        for (;;) {
            ++steps_;
            const int container =
                static_cast<int>(random_() % (own_containers + shared_containers));
            step(container);
        }
    }

  private:
    [[noreturn]] void end_when_hanging() const
    {
        for (;;) {
            const unsigned long before = steps_;
            std::this_thread::sleep_for(patience);
            if (steps_ == before)
                give_up("hangs", "worker " + std::to_string(number_));
        }
    }

    static void report(int container, State state)
    {
        const Report message = {static_cast<std::uint8_t>(container), state};
        if (!Process::write(&message, sizeof message))
            std::_Exit(0); // nobody listens any more: the end
    }

    void step(int container)
    {
        const std::string name = name_of(number_, container);
        const bool shared = container >= own_containers;
        HCRYPTPROV provider = 0;
        if (acquire(&provider, name, 0)) {
            use(provider, container, name, shared);
            CryptReleaseContext(provider, 0);
            if (random_() % 4 == 0)
                remove(container, name, shared);
        } else if (GetLastError() == static_cast<DWORD>(NTE_BAD_KEYSET)) {
            create(container, name, shared);
        } else {
            give_up("cannot be opened", name);
        }
    }

    void create(int container, const std::string& name, bool shared)
    {
        HCRYPTPROV provider = 0;
        report(container, State::creating);
        if (!acquire(&provider, name, CRYPT_NEWKEYSET)) {
            if (shared && GetLastError() == static_cast<DWORD>(NTE_EXISTS))
                return;
            give_up("cannot be created", name);
        }
        report(container, State::empty);
        CryptReleaseContext(provider, 0);
    }

    void use(HCRYPTPROV provider, int container, const std::string& name, bool shared)
    {
        if (sign(provider, name, shared))
            return;
        HCRYPTKEY pair = 0;
        report(container, State::filling);
        if (!CryptGenKey(provider, AT_SIGNATURE, pair_flags, &pair) &&
            !(shared && GetLastError() == static_cast<DWORD>(NTE_BAD_KEYSET)))
            give_up("cannot take a pair", name);
        report(container, State::filled);
    }

    void remove(int container, const std::string& name, bool shared)
    {
        HCRYPTPROV none = 0;
        report(container, State::deleting);
        if (!acquire(&none, name, CRYPT_DELETEKEYSET) &&
            !(shared && GetLastError() == static_cast<DWORD>(NTE_BAD_KEYSET)))
            give_up("cannot be deleted", name);
        report(container, State::absent);
    }

    int number_;
    std::mt19937 random_;
    std::atomic<unsigned long> steps_ = 0;
};

// ---- The one that watches ----------------------------------------------------------------------

class WatchedWorker {
  public:
    explicit WatchedWorker(int number) : number_(number) {}

    void start(std::uint32_t seed)
    {
        process_.emplace(std::vector{worker_mark, std::to_string(number_), std::to_string(seed)});
    }

    /// Listens until the time has come.
    void listen(std::chrono::milliseconds time)
    {
        const auto end = std::chrono::steady_clock::now() + time;
        do
            take_reports();
        while (std::chrono::steady_clock::now() < end);
    }

    /// Takes what there is. A worker that ends by itself has found a fault.
    void take_reports()
    {
        while (process_->has_written(std::chrono::milliseconds(1)))
            if (!take_report())
                give_up("ended by itself", "worker " + std::to_string(number_));
    }

    void kill_now()
    {
        process_->kill();
        while (take_report()) {
        }
        if (process_->wait() != Process::killed)
            give_up("ended otherwise", "worker " + std::to_string(number_));
    }

    /// Holds the store against what was reported; what was under way is looked up.
    void check()
    {
        for (int container = 0; container < own_containers; ++container)
            check(states_[static_cast<std::size_t>(container)], name_of(number_, container));
    }

    unsigned long reports() const { return reports_; }

  private:
    bool take_report()
    {
        Report report;
        if (!process_->read(&report, sizeof report))
            return false;
        states_[report.container] = report.state;
        ++reports_;
        return true;
    }

    static void check(State& state, const std::string& name)
    {
        HCRYPTPROV provider = 0;
        const bool exists = acquire(&provider, name, 0);
        if (!exists && GetLastError() != static_cast<DWORD>(NTE_BAD_KEYSET))
            give_up("is damaged", name);
        if (exists && state == State::absent)
            give_up("is there after it was deleted", name);
        if (!exists && state != State::absent && state != State::creating &&
            state != State::deleting)
            give_up("is lost", name);
        const bool has_pair = exists && sign(provider, name, false);
        if (exists && !has_pair && state == State::filled)
            give_up("lost its pair", name);
        if (exists)
            CryptReleaseContext(provider, 0);
        state = has_pair ? State::filled : exists ? State::empty : State::absent;
    }

    int number_;
    std::optional<Process> process_;
    std::array<State, own_containers + shared_containers> states_{};
    unsigned long reports_ = 0;
};

/// The shared containers belong to nobody; they may be there or not, but not damaged.
void check_shared()
{
    for (int container = own_containers; container < own_containers + shared_containers;
         ++container) {
        HCRYPTPROV provider = 0;
        const std::string name = name_of(0, container);
        if (acquire(&provider, name, 0)) {
            sign(provider, name, true);
            CryptReleaseContext(provider, 0);
        } else if (GetLastError() != static_cast<DWORD>(NTE_BAD_KEYSET)) {
            give_up("is damaged", name);
        }
    }
}

/// Every file of the store is a container, the passphrase, the lock, or a dead writer's.
void check_listing()
{
    HCRYPTPROV provider = 0;
    if (!CryptAcquireContextA(&provider, nullptr, nullptr, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT))
        give_up("no context", "the test");
    char name[261];
    DWORD size = sizeof name;
    for (DWORD flags = CRYPT_FIRST; CryptGetProvParam(provider, PP_ENUMCONTAINERS,
                                                      reinterpret_cast<BYTE*>(name), &size, flags);
         flags = CRYPT_NEXT)
        size = sizeof name;
    if (GetLastError() != ERROR_NO_MORE_ITEMS)
        give_up("cannot be listed", "the store");
    CryptReleaseContext(provider, 0);
}

} // namespace

int main(int count, char** arguments)
{
    if (count == 4 && arguments[1] == worker_mark)
        Worker(std::atoi(arguments[2]), static_cast<std::uint32_t>(std::atoll(arguments[3]))).run();

    const int seconds = count > 1 ? std::atoi(arguments[1]) : 4;
    const auto seed =
        count > 2 ? static_cast<std::uint32_t>(std::atoll(arguments[2])) : std::random_device()();
    std::printf("seed %u\n", seed);
    std::mt19937 random(seed);
    const TemporaryFolder home;
    set_environment("CAPISHIM_HOME", home.path());

    WatchedWorker steady(0), victim(1);
    steady.start(random());
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    int kills = 0;
    while (std::chrono::steady_clock::now() < end) {
        victim.start(random());
        victim.listen(std::chrono::milliseconds(20 + random() % 300));
        victim.kill_now();
        victim.check();
        check_shared();
        check_listing();
        steady.take_reports(); // so that its pipe never fills
        ++kills;
    }
    steady.kill_now();
    steady.check();
    std::printf("%d kills, %lu and %lu steps, nothing lost\n", kills, steady.reports(),
                victim.reports());
}
