// SPDX-License-Identifier: BSD-2-Clause
#include "csp/dh_pair.h"

#include "csp/stored_group.h"

namespace capishim::csp {

DhPair::DhPair(cng::DhBlob key) : dh_(std::move(key)), public_value_(dh_.key->public_value()) {}

std::size_t DhPair::bits() const
{
    return dh_.key ? dh_.key->bits() : 8 * public_value_.size();
}

bool DhPair::same_key(const PairNumbers& other) const
{
    return other.dh() && other.dh()->public_value_ == public_value_;
}

SecureBytes DhPair::public_blob(std::uint32_t algorithm_id, std::uint8_t version) const
{
    if (version == 2)
        return cng::write_capi_dh_public_value(public_value_, algorithm_id);
    require(dh_.key != nullptr, Fault::bad_type);
    return cng::write_capi_dh_blob(*dh_.key, dh_.history, false, algorithm_id);
}

SecureBytes DhPair::private_blob(std::uint32_t algorithm_id, std::uint8_t version) const
{
    require(dh_.key != nullptr, Fault::no_private_key);
    return version == 2 ? cng::write_capi_dh_pair(*dh_.key, algorithm_id)
                        : cng::write_capi_dh_blob(*dh_.key, dh_.history, true, algorithm_id);
}

void DhPair::store(StoredPair& record) const
{
    require(dh_.key != nullptr, Fault::no_private_key);
    record.key_info = cng::write_dh_key_info(*dh_.key);
    record.extra = write_stored_group(dh_.history);
}

SharedNumbers DhPair::load(const StoredPair& record)
{
    return std::make_shared<DhPair>(
        cng::DhBlob{cng::read_dh_key_info(record.key_info), read_stored_group(record.extra)});
}

std::optional<GroupView> DhPair::group() const
{
    if (!dh_.key)
        return GroupView{};
    const engine::DhGroup& group = dh_.key->group();
    return GroupView{group.prime, dh_.history.order, group.generator};
}

bool DhPair::verify_group() const
{
    require(dh_.key != nullptr, Fault::bad_type);
    return engine::verify_group(dh_.key->group(), dh_.history.order);
}

SecureBytes DhPair::agree(const DhPair& peer) const
{
    require(has_private(), Fault::no_private_key);
    const engine::DhGroup& group = dh_.key->group();
    require(!peer.dh_.key || peer.dh_.key->group() == group, Fault::bad_data);
    const auto theirs = engine::DhKey::from_public(group, peer.public_value_, true);
    try {
        return dh_.key->agree(*theirs);
    } catch (const Error& error) {
        // a Y of a tiny subgroup: the engine names it as BCryptSecretAgreement does
        throw Error(error.fault() == Fault::invalid_parameter ? Fault::bad_data : error.fault());
    }
}

} // namespace capishim::csp
