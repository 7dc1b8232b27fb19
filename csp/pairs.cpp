// SPDX-License-Identifier: BSD-2-Clause
// Reading and writing a container's pairs: cryptoapi.md 10.2 to 10.4.
#include "csp/pairs.h"

#include "base/row.h"
#include "csp/context.h"
#include "csp/dh_pair.h"
#include "csp/dss_pair.h"
#include "csp/rsa_pair.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

struct LoaderRow {
    std::uint32_t algorithm_id;
    SharedNumbers (*load)(const StoredPair& record);
};

constexpr LoaderRow loaders[] = {
    {CALG_DSS_SIGN, DssPair::load},
    {CALG_RSA_SIGN, RsaPair::load},
    {CALG_RSA_KEYX, RsaPair::load},
    {CALG_DH_SF, DhPair::load},
};
static_assert(sorted_by(loaders, &LoaderRow::algorithm_id));

SharedNumbers parse(const StoredPair& record)
{
    const LoaderRow* const row = find_row(loaders, &LoaderRow::algorithm_id, record.algorithm_id);
    require(row != nullptr, Fault::bad_keyset_entry);
    try {
        return row->load(record);
    } catch (const Error&) {
        throw Error(Fault::bad_keyset_entry);
    }
}

} // namespace

SharedNumbers PairCache::find(KeySpec spec, const StoredPair& record)
{
    const std::lock_guard lock(mutex_);
    Entry& cached = entry(spec);
    if (cached.numbers && cached.extra == record.extra &&
        constant_time_equal(cached.key_info, record.key_info))
        return cached.numbers;
    cached = {};
    return nullptr;
}

void PairCache::put(KeySpec spec, const StoredPair& record, SharedNumbers numbers)
{
    const std::lock_guard lock(mutex_);
    entry(spec) = {secure_copy(record.key_info), record.extra, std::move(numbers)};
}

std::optional<ContainerPair> load_pair(Context& context, KeySpec spec)
{
    const std::uint32_t algorithm_id = pair_algorithm(context.profile(), spec);
    std::optional<StoredPair> record = context.pairs().load(spec);
    if (!record || !context.profile().find(algorithm_id))
        return std::nullopt;
    require(record->algorithm_id == algorithm_id, Fault::bad_keyset_entry);
    PairCache& cache = context.pair_cache();
    SharedNumbers numbers = cache.find(spec, *record);
    if (!numbers) {
        numbers = parse(*record);
        cache.put(spec, *record, numbers);
    }
    return ContainerPair{std::move(*record), algorithm_id, std::move(numbers)};
}

ContainerPair require_private_pair(Context& context, KeySpec spec)
{
    std::optional<ContainerPair> pair = load_pair(context, spec);
    require(pair.has_value(), Fault::no_key);
    require(!pair->record.user_protected || !context.silent(), Fault::silent_context);
    return std::move(*pair);
}

void store_pair(Context& context, KeySpec spec, std::uint32_t algorithm_id,
                const SharedNumbers& numbers, std::uint32_t flags)
{
    StoredPair record;
    record.algorithm_id = algorithm_id;
    numbers->store(record);
    record.exportable = (flags & CRYPT_EXPORTABLE) != 0;
    record.user_protected = (flags & CRYPT_USER_PROTECTED) != 0;
    context.pairs().save(spec, record);
    context.pair_cache().put(spec, record, numbers);
}

std::optional<KeySpec> key_spec_of(const Profile& profile,
                                   std::uint32_t key_spec_or_algorithm_id) noexcept
{
    for (const KeySpec spec : {KeySpec::exchange, KeySpec::signature})
        if (key_spec_or_algorithm_id == static_cast<std::uint32_t>(spec) ||
            key_spec_or_algorithm_id == pair_algorithm(profile, spec))
            return spec;
    return std::nullopt;
}

std::uint32_t pair_algorithm(const Profile& profile, KeySpec spec) noexcept
{
    if (profile.family == "DSS")
        return spec == KeySpec::exchange ? CALG_DH_SF : CALG_DSS_SIGN;
    return spec == KeySpec::exchange ? CALG_RSA_KEYX : CALG_RSA_SIGN;
}

} // namespace capishim::csp
