// SPDX-License-Identifier: BSD-2-Clause
#include "cng/dsa_pair.h"

#include "cng/blob_type.h"

#include <array>

namespace capishim::cng {
namespace {

using engine::DsaKey;

enum class Form : std::uint8_t { cng, legacy, legacy_v2 };

/// The types of cng.md 5.10; a generic one says nothing that the magic doesn't.
struct BlobType {
    std::string_view name;
    bool is_private;
    Form form;
};

constexpr std::array blob_types = {
    BlobType{"DSAPUBLICBLOB", false, Form::cng},
    BlobType{"DSAPRIVATEBLOB", true, Form::cng},
    BlobType{"PUBLICBLOB", false, Form::cng},
    BlobType{"PRIVATEBLOB", true, Form::cng},
    BlobType{"CAPIDSAPUBLICBLOB", false, Form::legacy}, // N-59
    BlobType{"CAPIDSAPRIVATEBLOB", true, Form::legacy},
    BlobType{"V2CAPIDSAPUBLICBLOB", false, Form::legacy_v2},
    BlobType{"V2CAPIDSAPRIVATEBLOB", true, Form::legacy_v2},
};

} // namespace

std::shared_ptr<DsaPair> import_dsa_pair(const Algorithm& algorithm, const PairBlob& blob,
                                         Origin origin)
{
    const BlobType& type = blob_type_named(blob_types, blob.type);
    const auto read = type.form == Form::cng ? read_dsa_blob : read_capi_dsa_blob;
    auto key = read(blob.bytes, type.is_private, blob.validate);
    require_imported_length(algorithm, key->bits());
    return std::make_shared<DsaPair>(algorithm, std::move(key), origin);
}

DsaPair::Numbers DsaPair::generate() const
{
    return DsaKey::generate(group_ ? *group_ : engine::make_dsa_group(wanted_bits()));
}

SecureBytes DsaPair::export_blob(std::string_view name) const
{
    const Numbers key = ready();
    const BlobType& type = blob_type_named(blob_types, name);
    if (type.form == Form::cng)
        return write_dsa_blob(*key, type.is_private);
    require(type.form == Form::legacy_v2 || key->group().prime.size() <= dsa_version_1_size,
            Fault::not_supported); // cng.md 5.10
    return write_capi_dsa_blob(*key, type.is_private);
}

void DsaPair::sign(ByteView hash, const Padding& padding, std::uint32_t flags, OutBuffer& out) const
{
    const Numbers key = ready();
    require_no_padding(padding, flags);
    // observed.md part 2 D: a size query looks neither at the hash nor for the private part
    if (!out.offer(key->signature_size()))
        return;
    require(key->has_private(), Fault::no_private_key);
    require(!hash.empty(), Fault::invalid_parameter);
    out.write(key->sign(hash));
}

void DsaPair::verify(ByteView hash, ByteView signature, const Padding& padding,
                     std::uint32_t flags) const
{
    const Numbers key = ready();
    require_no_padding(padding, flags);
    require(!hash.empty(), Fault::invalid_parameter);
    require(key->verify(hash, signature), Fault::bad_signature); // N-61
}

std::uint32_t DsaPair::signature_length() const
{
    if (const Numbers key = numbers())
        return static_cast<std::uint32_t>(key->signature_size());
    if (const std::uint32_t order_size = order_size_)
        return 2 * order_size;
    return wanted_bits() <= 8 * dsa_version_1_size ? 40 : 64; // N-163
}

void DsaPair::set_domain_parameters(ByteView blob)
{
    const bool set = while_open([&] {
        engine::DsaGroup group = read_dsa_parameters(blob);
        require(group.bits() == wanted_bits(), Fault::invalid_parameter);
        order_size_ = static_cast<std::uint32_t>(group.order.size());
        group_ = std::move(group);
    });
    require(set, Fault::not_supported); // N-35
}

void DsaPair::check_wanted_bits(std::uint32_t bits) const
{
    require(bits == wanted_bits() || !group_, Fault::invalid_parameter);
}

} // namespace capishim::cng
