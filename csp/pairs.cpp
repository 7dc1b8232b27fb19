// SPDX-License-Identifier: BSD-2-Clause
// Reading and writing a container's pairs: cryptoapi.md 10.2 to 10.4.
#include "csp/pairs.h"

#include "cng/rsa_blobs.h"
#include "csp/context.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

std::shared_ptr<const engine::RsaKey> parse(ByteView private_blob)
{
    try {
        return cng::read_capi_rsa_blob(private_blob).key;
    } catch (const Error&) {
        throw Error(Fault::bad_keyset_entry);
    }
}

} // namespace

std::shared_ptr<const engine::RsaKey> PairCache::find(KeySpec spec, ByteView private_blob)
{
    const std::lock_guard lock(mutex_);
    Entry& cached = entry(spec);
    if (cached.rsa && constant_time_equal(cached.private_blob, private_blob))
        return cached.rsa;
    cached = {};
    return nullptr;
}

void PairCache::put(KeySpec spec, ByteView private_blob, std::shared_ptr<const engine::RsaKey> rsa)
{
    const std::lock_guard lock(mutex_);
    entry(spec) = {secure_copy(private_blob), std::move(rsa)};
}

std::optional<ContainerPair> load_pair(Context& context, KeySpec spec)
{
    std::optional<StoredPair> record = context.pairs().load(spec);
    if (!record)
        return std::nullopt;
    PairCache& cache = context.pair_cache();
    std::shared_ptr<const engine::RsaKey> rsa = cache.find(spec, record->private_blob);
    if (!rsa) {
        rsa = parse(record->private_blob);
        cache.put(spec, record->private_blob, rsa);
    }
    return ContainerPair{std::move(*record), pair_algorithm(spec), std::move(rsa)};
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
    record.private_blob = cng::write_capi_rsa_blob(*rsa, cng::RsaPart::private_part, algorithm_id);
    record.exportable = (flags & CRYPT_EXPORTABLE) != 0;
    record.user_protected = (flags & CRYPT_USER_PROTECTED) != 0;
    context.pairs().save(spec, record);
    context.pair_cache().put(spec, record.private_blob, rsa);
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
