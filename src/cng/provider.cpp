// SPDX-License-Identifier: BSD-2-Clause
#include "cng/provider.h"

#include "base/secure_bytes.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

#include <array>
#include <cstdlib>

namespace capishim::cng {
namespace {

using Traits = AlgorithmObject::Traits;

/// One flag of BCryptOpenAlgorithmProvider (cng.md 1.1); a null trait means that it is known and
/// taken by no algorithm of ours.
struct OpenFlag {
    std::uint32_t flag;
    bool Traits::*trait;
    bool (*taken_by)(const Algorithm&);
};

constexpr bool any(const Algorithm&)
{
    return true;
}
constexpr bool hashes(const Algorithm& algorithm)
{
    return algorithm.family == Family::hash;
}
constexpr bool hash_functions(const Algorithm& algorithm)
{
    return algorithm.interface == Interface::hash;
}
constexpr bool ciphers(const Algorithm& algorithm)
{
    return algorithm.is_cipher();
}

constexpr bool xts(const Algorithm& algorithm)
{
    return algorithm.family == Family::xts;
}

constexpr std::array open_flags = {
    OpenFlag{BCRYPT_PROV_DISPATCH, &Traits::dispatch, any},
    OpenFlag{BCRYPT_ALG_HANDLE_HMAC_FLAG, &Traits::hmac, hashes}, // N-207
    OpenFlag{BCRYPT_CAPI_AES_FLAG, nullptr, nullptr},             // N-24
    OpenFlag{BCRYPT_HASH_REUSABLE_FLAG, &Traits::reusable, hash_functions},
    OpenFlag{BCRYPT_MULTI_FLAG, &Traits::multi, hash_functions},
    OpenFlag{BCRYPT_EXTENDED_KEYSIZE, &Traits::extended_keys, ciphers},
    OpenFlag{BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS, &Traits::fips_checks, xts},
};

bool allows(const KeyLengths& lengths, std::uint64_t bits)
{
    if (bits < lengths.min_bits || bits > lengths.max_bits)
        return false;
    return lengths.step_bits == 0 || (bits - lengths.min_bits) % lengths.step_bits == 0;
}

} // namespace

bool fips_mode() noexcept
{
    const char* const wanted = std::getenv("CAPISHIM_FIPS");
    return wanted && std::string_view(wanted) == "1";
}

void require_curve_allowed(const Algorithm& algorithm, const CurveChoice& curve)
{
    require(algorithm.takes_any_curve(), Fault::not_supported);
    const bool montgomery = curve.curve->parameters() == nullptr;
    require(!montgomery || algorithm.interface == Interface::secret_agreement,
            Fault::not_supported);
}

Traits AlgorithmObject::traits_of(const Algorithm& algorithm, std::uint32_t flags)
{
    Traits traits;
    std::uint32_t known = 0;
    for (const OpenFlag& row : open_flags)
        known |= row.flag;
    require((flags & ~known) == 0, Fault::invalid_parameter);
    for (const OpenFlag& row : open_flags) {
        if ((flags & row.flag) == 0)
            continue;
        require(row.trait != nullptr && row.taken_by(algorithm), Fault::not_supported);
        traits.*row.trait = true;
    }
    return traits;
}

AlgorithmObject::AlgorithmObject(const Algorithm& algorithm, Traits traits)
    : AlgorithmObject(algorithm, traits, default_mode(algorithm.family))
{
}

AlgorithmObject::AlgorithmObject(const Algorithm& algorithm, Traits traits, ChainingMode mode)
    : algorithm_(&algorithm),
      traits_(traits), settings_{mode, default_message_block(algorithm.family)}
{
}

KeyLengths AlgorithmObject::key_lengths() const noexcept
{
    KeyLengths lengths = algorithm_->key_lengths;
    if (traits_.extended_keys)
        lengths.max_bits = algorithm_->extended_max_bits;
    return lengths;
}

std::uint32_t AlgorithmObject::object_length() const noexcept
{
    return algorithm_->object_length + (traits_.hmac ? hmac_object_length : 0);
}

bool AlgorithmObject::is_keyed_hash() const noexcept
{
    switch (algorithm_->family) {
    case Family::hash:
        return traits_.hmac;
    case Family::xof:
        return engine::is_keyed(algorithm_->xof);
    default:
        return hash_functions(*algorithm_);
    }
}

KeySettings AlgorithmObject::settings() const
{
    const std::lock_guard lock(mutex_);
    return settings_;
}

void AlgorithmObject::set_chaining_mode(ChainingMode mode)
{
    require(algorithm_->has_mode(mode), Fault::not_supported);
    const std::lock_guard lock(mutex_);
    settings_.mode = mode;
    settings_.message_block = default_message_block(algorithm_->family);
}

void AlgorithmObject::set_message_block_length(std::uint32_t bytes)
{
    const std::lock_guard lock(mutex_);
    require_message_block(*algorithm_, settings_.mode, bytes);
    settings_.message_block = bytes;
}

void AlgorithmObject::set_effective_bits(std::uint32_t bits)
{
    require(algorithm_->has_effective_bits(), Fault::not_supported);
    require(bits >= 1 && bits <= 1024, Fault::invalid_parameter); // N-99
    const std::lock_guard lock(mutex_);
    settings_.effective_bits = bits;
}

void AlgorithmObject::set_curve(CurveChoice curve)
{
    require_curve_allowed(*algorithm_, curve);
    const std::lock_guard lock(mutex_);
    settings_.curve = std::move(curve);
}

ByteView AlgorithmObject::fitting_secret(ByteView secret) const
{
    require(algorithm_->has_symmetric_keys(), Fault::not_supported); // N-39
    const std::size_t most = key_lengths().max_bits / 8;
    if (algorithm_->is_cipher() && secret.size() > most && !traits_.extended_keys)
        secret = secret.first(most);
    require_key_length(secret.size());
    if (traits_.fips_checks && fips_mode()) {
        const std::size_t half = secret.size() / 2;
        require(!constant_time_equal(secret.first(half), secret.last(half)),
                Fault::invalid_parameter);
    }
    return secret;
}

void AlgorithmObject::require_key_length(std::size_t size) const
{
    require(algorithm_->has_symmetric_keys(), Fault::not_supported);
    require(allows(key_lengths(), std::uint64_t{size} * 8), Fault::invalid_parameter); // N-40
}

} // namespace capishim::cng
