// SPDX-License-Identifier: BSD-2-Clause
// The pairs of a context's container as key objects, and the cache that saves parsing them again.
#pragma once

#include "csp/keystore/keystore.h"
#include "csp/pair_numbers.h"
#include "csp/profiles.h"

#include <array>
#include <memory>
#include <mutex>
#include <optional>

namespace capishim::csp {

class Context;

/// A pair read from the container.
struct ContainerPair {
    StoredPair record;
    std::uint32_t algorithm_id; // CALG_RSA_KEYX ...
    SharedNumbers numbers;
};

/// The key objects of a container's two pairs; each goes when its stored record is another, be it
/// in the seed of its group alone.
class PairCache {
  public:
    SharedNumbers find(KeySpec spec, const StoredPair& record);
    void put(KeySpec spec, const StoredPair& record, SharedNumbers numbers);

  private:
    struct Entry {
        SecureBytes key_info;
        Bytes extra;
        SharedNumbers numbers;
    };

    Entry& entry(KeySpec spec) { return entries_[spec == KeySpec::signature ? 1 : 0]; }

    std::mutex mutex_;
    std::array<Entry, 2> entries_;
};

/// @return the pair as stored at this moment, or nothing; also where the provider lacks the
/// algorithm
/// @throws Fault::bad_keyset         the container has been deleted meanwhile
/// @throws Fault::bad_keyset_entry   damaged
std::optional<ContainerPair> load_pair(Context& context, KeySpec spec);
/// The same for an operation that uses the private key.
/// @throws Fault::no_key           no such pair
/// @throws Fault::silent_context   its use must be shown to the user, and the context is silent
ContainerPair require_private_pair(Context& context, KeySpec spec);

/// Puts a pair into the container in the place of the one that was there, whose handles keep it
/// (U-209).
void store_pair(Context& context, KeySpec spec, std::uint32_t algorithm_id,
                const SharedNumbers& numbers, std::uint32_t flags);

/// The place of the pair that a caller names by AT_KEYEXCHANGE, AT_SIGNATURE or its ALG_ID (2.8,
/// U-51).
std::optional<KeySpec> key_spec_of(const Profile& profile,
                                   std::uint32_t key_spec_or_algorithm_id) noexcept;
/// 2.8, by the family whose containers the provider shares; the provider may lack it.
std::uint32_t pair_algorithm(const Profile& profile, KeySpec spec) noexcept;

} // namespace capishim::csp
