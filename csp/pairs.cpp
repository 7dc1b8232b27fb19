// SPDX-License-Identifier: BSD-2-Clause
// Reading and writing a container's pairs: cryptoapi.md 10.2 to 10.4.
#include "csp/pairs.h"

#include "csp/context.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

std::shared_ptr<const engine::RsaKey> parse(ByteView key_info)
{
    try {
        return cng::read_rsa_key_info(key_info);
    } catch (const Error&) {
        throw Error(Fault::bad_keyset_entry);
    }
}

} // namespace

std::shared_ptr<const engine::RsaKey> PairCache::find(KeySpec spec, ByteView key_info)
{
    const std::lock_guard lock(mutex_);
    Entry& cached = entry(spec);
    if (cached.rsa && constant_time_equal(cached.key_info, key_info))
        return cached.rsa;
    cached = {};
    return nullptr;
}

void PairCache::put(KeySpec spec, ByteView key_info, std::shared_ptr<const engine::RsaKey> rsa)
{
    const std::lock_guard lock(mutex_);
    entry(spec) = {secure_copy(key_info), std::move(rsa)};
}

std::optional<ContainerPair> load_pair(Context& context, KeySpec spec)
{
    std::optional<StoredPair> record = context.pairs().load(spec);
    if (!record)
        return std::nullopt;
    require(record->algorithm_id == pair_algorithm(spec), Fault::bad_keyset_entry);
    PairCache& cache = context.pair_cache();
    std::shared_ptr<const engine::RsaKey> rsa = cache.find(spec, record->key_info);
    if (!rsa) {
        rsa = parse(record->key_info);
        cache.put(spec, record->key_info, rsa);
    }
    const std::uint32_t algorithm_id = record->algorithm_id;
    return ContainerPair{std::move(*record), algorithm_id, std::move(rsa)};
}

ContainerPair require_private_pair(Context& context, KeySpec spec)
{
    std::optional<ContainerPair> pair = load_pair(context, spec);
    require(pair.has_value(), Fault::no_key);
    require(!pair->record.user_protected || !context.silent(), Fault::silent_context);
    return std::move(*pair);
}

void store_pair(Context& context, KeySpec spec, std::uint32_t algorithm_id,
                const std::shared_ptr<const engine::RsaKey>& rsa, std::uint32_t flags)
{
    StoredPair record;
    record.algorithm_id = algorithm_id;
    record.key_info = cng::write_rsa_key_info(*rsa);
    record.exportable = (flags & CRYPT_EXPORTABLE) != 0;
    record.user_protected = (flags & CRYPT_USER_PROTECTED) != 0;
    context.pairs().save(spec, record);
    context.pair_cache().put(spec, record.key_info, rsa);
}

std::optional<KeySpec> key_spec_of(std::uint32_t key_spec_or_algorithm_id) noexcept
{
    switch (key_spec_or_algorithm_id) {
    case AT_KEYEXCHANGE:
    case CALG_RSA_KEYX:
        return KeySpec::exchange;
    case AT_SIGNATURE:
    case CALG_RSA_SIGN:
        return KeySpec::signature;
    default:
        return std::nullopt;
    }
}

std::uint32_t pair_algorithm(KeySpec spec) noexcept
{
    return spec == KeySpec::exchange ? CALG_RSA_KEYX : CALG_RSA_SIGN;
}

} // namespace capishim::csp
