// SPDX-License-Identifier: BSD-2-Clause
#include "cng/kdf_parameters.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

namespace capishim::cng {

engine::HashId hash_named(std::string_view name)
{
    const Algorithm* const algorithm = find_algorithm(name);
    require(algorithm && algorithm->family == Family::hash, Fault::not_supported);
    return algorithm->hash;
}

void KdfParameters::add(std::uint32_t type, ByteView bytes)
{
    if (type == KDF_SECRET_PREPEND)
        prepend_.push_back(bytes);
    else if (type == KDF_SECRET_APPEND)
        append_.push_back(bytes);
    else if (type < values_.size())
        values_[type] = bytes;
}

void KdfParameters::set_hash(std::string_view name)
{
    hash_ = name;
}

bool KdfParameters::has(std::uint32_t type) const noexcept
{
    return values_[type].has_value();
}

ByteView KdfParameters::bytes(std::uint32_t type) const noexcept
{
    return values_[type].value_or(ByteView{});
}

ByteView KdfParameters::required(std::uint32_t type) const
{
    require(has(type), Fault::invalid_parameter);
    return *values_[type];
}

std::optional<std::uint32_t> KdfParameters::dword(std::uint32_t type) const
{
    if (!has(type))
        return std::nullopt;
    require(bytes(type).size() == 4, Fault::invalid_parameter);
    return LittleEndianReader(bytes(type)).u32();
}

engine::HashId KdfParameters::hash_or(engine::HashId fallback) const
{
    return hash_ ? hash_named(*hash_) : fallback;
}

engine::HashId KdfParameters::required_hash() const
{
    require(hash_.has_value(), Fault::invalid_parameter);
    return hash_named(*hash_);
}

SecureBytes joined(std::initializer_list<ByteView> parts)
{
    SecureBytes all;
    for (const ByteView part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

SecureBytes other_info(const KdfParameters& parameters)
{
    return joined({parameters.required(KDF_ALGORITHMID), parameters.required(KDF_PARTYUINFO),
                   parameters.required(KDF_PARTYVINFO), parameters.bytes(KDF_SUPPPUBINFO),
                   parameters.bytes(KDF_SUPPPRIVINFO)});
}

SecureBytes tls_seed(const KdfParameters& parameters)
{
    return joined({parameters.required(KDF_TLS_PRF_LABEL), parameters.required(KDF_TLS_PRF_SEED)});
}

} // namespace capishim::cng
