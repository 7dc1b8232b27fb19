// SPDX-License-Identifier: BSD-2-Clause
#include "cng/hkdf.h"

#include "engine/kdf.h"

namespace capishim::cng {

Hkdf::Hkdf(const Hkdf& other)
{
    const std::lock_guard lock(other.mutex_);
    hash_ = other.hash_;
    prk_ = other.prk_;
}

void Hkdf::set_hash(engine::HashId hash)
{
    const std::lock_guard lock(mutex_);
    require(!prk_, Fault::invalid_parameter);
    hash_ = hash;
}

void Hkdf::finalize(ByteView secret, std::optional<ByteView> salt)
{
    const std::lock_guard lock(mutex_);
    require(hash_ && !prk_, Fault::invalid_parameter);
    require(salt || secret.size() >= engine::hash_size(*hash_), Fault::invalid_parameter);
    prk_ = salt ? engine::hkdf_extract(*hash_, *salt, secret) : secure_copy(secret);
}

SecureBytes Hkdf::expand(ByteView info, std::optional<std::size_t> size) const
{
    const std::lock_guard lock(mutex_);
    require(prk_.has_value(), Fault::invalid_parameter);
    return engine::hkdf_expand(*hash_, *prk_, info, size.value_or(engine::hash_size(*hash_)));
}

} // namespace capishim::cng
