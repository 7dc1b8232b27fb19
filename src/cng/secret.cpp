// SPDX-License-Identifier: BSD-2-Clause
// BCryptDeriveKey's functions of a secret: cng.md 6.8.
#include "cng/secret.h"

#include <array>

namespace capishim::cng {
namespace {

/// prepend || secret || append
template <class State>
SecureBytes digest(State& state, const DeriveParameters& parameters, ByteView secret)
{
    SecureBytes out(engine::hash_size(parameters.hash));
    for (const ByteView part : {ByteView(parameters.prepend), secret, ByteView(parameters.append)})
        if (!part.empty())
            state.update(part);
    state.finish(out.data());
    return out;
}

SecureBytes derive_hash(const DeriveParameters& parameters, ByteView secret, bool)
{
    const auto state = engine::make_hash(parameters.hash);
    return digest(*state, parameters, secret);
}

SecureBytes derive_hmac(const DeriveParameters& parameters, ByteView secret, bool secret_is_key)
{
    require(!secret_is_key || !parameters.has_hmac_key, Fault::invalid_parameter); // N-189
    engine::Hmac state(parameters.hash, secret_is_key ? secret : ByteView(parameters.hmac_key));
    return digest(state, parameters, secret);
}

/// The secret itself, least byte first.
SecureBytes derive_raw(const DeriveParameters&, ByteView secret, bool)
{
    return reversed<SecureBytes>(secret);
}

struct Kdf {
    std::string_view name;
    SecureBytes (*derive)(const DeriveParameters&, ByteView, bool);
};

constexpr std::array kdfs = {
    Kdf{"HASH", derive_hash},
    Kdf{"HMAC", derive_hmac},
    Kdf{"TRUNCATE", derive_raw},
};

} // namespace

SecureBytes SecretObject::derive(std::string_view kdf, const DeriveParameters& parameters,
                                 bool secret_is_key) const
{
    const auto* const found = std::ranges::find(kdfs, kdf, &Kdf::name);
    require(found != kdfs.end(), Fault::not_supported); // N-63
    return found->derive(parameters, value_, secret_is_key);
}

} // namespace capishim::cng
