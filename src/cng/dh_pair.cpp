// SPDX-License-Identifier: BSD-2-Clause
#include "cng/dh_pair.h"

#include "cng/blob_type.h"

#include <capishim/wincrypt.h>

#include <array>

namespace capishim::cng {
namespace {

using engine::DhKey;

/// The types of cng.md 5.10; a generic one says nothing that the magic doesn't.
struct BlobType {
    std::string_view name;
    bool is_private;
    bool legacy;
};

constexpr std::array blob_types = {
    BlobType{"DHPUBLICBLOB", false, false},    BlobType{"DHPRIVATEBLOB", true, false},
    BlobType{"PUBLICBLOB", false, false},      BlobType{"PRIVATEBLOB", true, false},
    BlobType{"CAPIDHPUBLICBLOB", false, true}, // N-59
    BlobType{"CAPIDHPRIVATEBLOB", true, true},
};

} // namespace

std::shared_ptr<DhPair> import_dh_pair(const Algorithm& algorithm, const PairBlob& blob,
                                       Origin origin)
{
    const BlobType& type = blob_type_named(blob_types, blob.type);
    const auto read = type.legacy ? read_capi_dh_blob : read_dh_blob;
    DhBlob key = read(blob.bytes, type.is_private, blob.validate);
    require_imported_length(algorithm, key.key->bits());
    return std::make_shared<DhPair>(algorithm, std::move(key), origin);
}

DhPair::DhPair(const Algorithm& algorithm, DhBlob blob, Origin origin)
    : SizedKeyPair(algorithm, std::move(blob.key), origin), history_(std::move(blob.history))
{
}

DhPair::Numbers DhPair::generate() const
{
    engine::DhGroup group = group_ ? *group_ : engine::make_dh_group(wanted_bits());
    return private_value_.empty() ? DhKey::generate(std::move(group))
                                  : DhKey::from_private(std::move(group), {}, private_value_, true);
}

SecureBytes DhPair::export_blob(std::string_view name) const
{
    const Numbers key = ready();
    const BlobType& type = blob_type_named(blob_types, name);
    return type.legacy ? write_capi_dh_blob(*key, history_, type.is_private, CALG_DH_SF) // N-157
                       : write_dh_blob(*key, type.is_private);
}

SecureBytes DhPair::agree(const KeyObject& peer) const
{
    const Numbers own = ready();
    require(own->has_private(), Fault::not_supported); // N-51
    const auto* const other = dynamic_cast<const DhPair*>(&peer);
    require(other != nullptr, Fault::invalid_parameter); // N-62
    return own->agree(*other->ready());
}

SecureBytes DhPair::domain_parameters() const
{
    return write_dh_parameters(ready()->group()); // observed.md part 2 A: not while it is open
}

void DhPair::set_domain_parameters(ByteView blob)
{
    const bool set = while_open([&] {
        engine::DhGroup group = read_dh_parameters(blob);
        require(group.bits() == wanted_bits(), Fault::invalid_parameter); // N-153
        group_ = std::move(group);
    });
    require(set, Fault::not_supported); // N-35
}

void DhPair::set_private_value(ByteView value)
{
    const bool set = while_open([&] {
        require(value.size() == wanted_bits() / 8 && !is_zero_number(value),
                Fault::invalid_parameter); // N-110
        private_value_ = secure_copy(value);
    });
    require(set, Fault::not_supported);
}

/// Parameters and a private value are of one length.
void DhPair::check_wanted_bits(std::uint32_t bits) const
{
    require(bits == wanted_bits() || (!group_ && private_value_.empty()), Fault::invalid_parameter);
}

} // namespace capishim::cng
