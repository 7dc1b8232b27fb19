// SPDX-License-Identifier: BSD-2-Clause
// DSS signatures: cryptoapi.md 7.4.2.
#include "csp/dss_pair.h"

#include "csp/stored_group.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::size_t order_size = 20;

/// r and s each the other way round: big-endian for the engine, little-endian for CryptoAPI.
Bytes with_halves_reversed(ByteView signature)
{
    Bytes turned(signature.begin(), signature.end());
    const auto middle = turned.begin() + static_cast<std::ptrdiff_t>(turned.size() / 2);
    std::reverse(turned.begin(), middle);
    std::reverse(middle, turned.end());
    return turned;
}

} // namespace

DssPair::DssPair(cng::CapiDsaKey key) : dsa_(std::move(key))
{
    require(dsa_.key->group().order.size() == order_size, Fault::bad_data);
}

bool DssPair::same_key(const PairNumbers& other) const
{
    const auto* const pair = dynamic_cast<const DssPair*>(&other);
    return pair && pair->dsa_.key->public_value() == dsa_.key->public_value();
}

SecureBytes DssPair::public_blob(std::uint32_t, std::uint8_t version) const
{
    return version == 3 ? cng::write_capi_dsa_blob_3(dsa_, false)
                        : cng::write_capi_dsa_blob(*dsa_.key, false);
}

SecureBytes DssPair::private_blob(std::uint32_t, std::uint8_t version) const
{
    return version == 3 ? cng::write_capi_dsa_blob_3(dsa_, true)
                        : cng::write_capi_dsa_blob(*dsa_.key, true);
}

void DssPair::store(StoredPair& record) const
{
    const engine::DsaGroup& group = dsa_.key->group();
    record.key_info = cng::write_dsa_key_info(*dsa_.key);
    record.extra = write_stored_group({{}, dsa_.cofactor, {group.counter, group.seed}});
}

SharedNumbers DssPair::load(const StoredPair& record)
{
    cng::DhHistory more = read_stored_group(record.extra);
    return std::make_shared<DssPair>(cng::CapiDsaKey{
        cng::read_dsa_key_info(record.key_info, std::move(more.seed.seed), more.seed.counter),
        std::move(more.cofactor)});
}

/// k is random: no two signatures are alike (U-152, observed.md: CryptSignHash with DSS).
Bytes DssPair::sign(const HashRow&, ByteView value, std::uint32_t) const
{
    return with_halves_reversed(dsa_.key->sign(value));
}

bool DssPair::verify(const HashRow& hash, ByteView value, ByteView signature, std::uint32_t) const
{
    // 1.30: a wrong hash algorithm is a signature that does not match
    return hash.id == CALG_SHA1 && dsa_.key->verify(value, with_halves_reversed(signature));
}

std::optional<GroupView> DssPair::group() const
{
    const engine::DsaGroup& group = dsa_.key->group();
    return GroupView{group.prime, group.order, group.generator};
}

} // namespace capishim::csp
