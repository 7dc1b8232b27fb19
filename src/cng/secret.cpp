// SPDX-License-Identifier: BSD-2-Clause
// BCryptDeriveKey's functions of a secret: cng.md 6.8.
#include "cng/secret.h"

#include "base/row.h"
#include "engine/kdf.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

#include <array>

namespace capishim::cng {
namespace {

using engine::HashId;

void update_all(auto& state, const std::vector<ByteView>& parts)
{
    for (const ByteView part : parts)
        state.update(part);
}

/// prepend || secret || append
template <class State>
SecureBytes digest(State& state, const SecretObject& secret, const KdfParameters& parameters)
{
    SecureBytes out(engine::hash_size(state.id()));
    update_all(state, parameters.prepend());
    state.update(secret.value());
    update_all(state, parameters.append());
    state.finish(out.data());
    return out;
}

SecureBytes derive_hash(const SecretObject& secret, const DeriveCall& call)
{
    const auto state = engine::make_hash(call.parameters.hash_or(HashId::sha1));
    return digest(*state, secret, call.parameters);
}

SecureBytes derive_hmac(const SecretObject& secret, const DeriveCall& call)
{
    require(!call.secret_is_key || !call.parameters.has(KDF_HMAC_KEY),
            Fault::invalid_parameter); // N-189
    const ByteView key =
        call.secret_is_key ? secret.value() : call.parameters.bytes(KDF_HMAC_KEY); // N-188
    engine::Hmac state(call.parameters.hash_or(HashId::sha1), key);
    return digest(state, secret, call.parameters);
}

// ---- TLS ---------------------------------------------------------------------------------------

constexpr std::size_t tls_seed_size = 64;
constexpr std::size_t tls_secret_size = 48;

SecureBytes derive_tls_1_0(ByteView secret, const KdfParameters& parameters)
{
    return engine::tls_1_0_prf(secret, tls_seed(parameters), tls_secret_size);
}

SecureBytes derive_tls_1_2(ByteView secret, const KdfParameters& parameters)
{
    const HashId hash = parameters.hash_or(HashId::sha256);
    require(hash == HashId::sha256 || hash == HashId::sha384, Fault::invalid_parameter);
    return engine::tls_1_2_prf(hash, secret, tls_seed(parameters), tls_secret_size);
}

SecureBytes derive_ssl(ByteView, const KdfParameters&)
{
    throw Error(Fault::not_supported); // N-191
}

struct Protocol {
    std::uint32_t version; // KDF_TLS_PRF_PROTOCOL
    SecureBytes (*derive)(ByteView, const KdfParameters&);
};

constexpr std::array protocols = {
    Protocol{0x0002, derive_ssl},     // SSL 2
    Protocol{0x0300, derive_ssl},     // SSL 3
    Protocol{0x0301, derive_tls_1_0}, // TLS 1.0
    Protocol{0x0302, derive_tls_1_0}, // TLS 1.1
    Protocol{0x0303, derive_tls_1_2}, // TLS 1.2
    Protocol{0xFEFF, derive_tls_1_0}, // DTLS 1.0
};
static_assert(sorted_by(protocols, &Protocol::version));
constexpr std::uint32_t default_protocol = 0x0301; // N-190

SecureBytes derive_tls(const SecretObject& secret, const DeriveCall& call)
{
    const std::uint32_t version =
        call.parameters.dword(KDF_TLS_PRF_PROTOCOL).value_or(default_protocol);
    const Protocol* const row = find_row(protocols, &Protocol::version, version);
    require(row != nullptr, Fault::invalid_parameter);
    call.parameters.required(KDF_TLS_PRF_LABEL);
    require(call.parameters.required(KDF_TLS_PRF_SEED).size() == tls_seed_size,
            Fault::invalid_parameter);
    require(call.room.value_or(tls_secret_size) == tls_secret_size,
            Fault::invalid_parameter); // N-185
    return row->derive(secret.value(), call.parameters);
}

// ---- The others --------------------------------------------------------------------------------

SecureBytes derive_concat(const SecretObject& secret, const DeriveCall& call)
{
    const HashId hash = call.parameters.hash_or(secret.concat_hash()); // N-193
    return engine::concat_kdf(hash, secret.value(), other_info(call.parameters),
                              call.room.value_or(engine::hash_size(hash)));
}

/// The secret itself, least byte first.
SecureBytes derive_raw(const SecretObject& secret, const DeriveCall&)
{
    return reversed<SecureBytes>(secret.value());
}

SecureBytes derive_hkdf(const SecretObject& secret, const DeriveCall& call)
{
    return secret.hkdf().expand(call.parameters.bytes(KDF_HKDF_INFO), call.room);
}

struct Kdf {
    std::string_view name;
    SecureBytes (*derive)(const SecretObject&, const DeriveCall&);
};

constexpr std::array kdfs = {
    Kdf{"HASH", derive_hash},   Kdf{"HKDF", derive_hkdf},
    Kdf{"HMAC", derive_hmac},   Kdf{"SP800_56A_CONCAT", derive_concat},
    Kdf{"TLS_PRF", derive_tls}, Kdf{"TRUNCATE", derive_raw},
};
static_assert(sorted_by(kdfs, &Kdf::name));

} // namespace

SecureBytes SecretObject::derive(std::string_view kdf, const DeriveCall& call) const
{
    const Kdf* const row = find_row(kdfs, &Kdf::name, kdf);
    require(row != nullptr, Fault::not_supported); // N-63
    return row->derive(*this, call);
}

} // namespace capishim::cng
