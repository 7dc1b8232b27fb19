// SPDX-License-Identifier: BSD-2-Clause
// The pairs of an ephemeral context. Making one is cheap: old programs open contexts in a loop.
#include "csp/keystore/keystore.h"
#include "csp/keystore/unique_name.h"
#include "engine/random.h" // for names only; see unique_name.cpp

#include <array>
#include <mutex>

namespace capishim::csp {
namespace {

class MemoryStore : public PairStore {
  public:
    std::optional<StoredPair> load(KeySpec spec) override
    {
        const std::lock_guard lock(mutex_);
        return place(spec);
    }

    void save(KeySpec spec, const StoredPair& pair) override
    {
        const std::lock_guard lock(mutex_);
        place(spec) = pair;
    }

    bool remove(KeySpec spec) override
    {
        const std::lock_guard lock(mutex_);
        const bool existed = place(spec).has_value();
        place(spec).reset();
        return existed;
    }

    std::string unique_name() const override
    {
        const std::lock_guard lock(mutex_);
        if (unique_name_.empty()) {
            std::array<std::uint8_t, 16> random;
            engine::random_bytes(random);
            unique_name_ = csp::unique_name(digits_of(random));
        }
        return unique_name_;
    }

    // U-183: nothing is kept that anyone could be given
    Bytes security(std::uint32_t) const override { throw Error(Fault::bad_type); }
    void set_security(const std::uint8_t*, std::uint32_t) override { throw Error(Fault::bad_type); }

  private:
    std::optional<StoredPair>& place(KeySpec spec) { return pairs_[static_cast<int>(spec) - 1]; }

    mutable std::mutex mutex_;
    std::array<std::optional<StoredPair>, 2> pairs_;
    mutable std::string unique_name_;
};

} // namespace

std::unique_ptr<PairStore> make_memory_store()
{
    return std::make_unique<MemoryStore>();
}

} // namespace capishim::csp
