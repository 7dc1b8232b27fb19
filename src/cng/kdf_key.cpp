// SPDX-License-Identifier: BSD-2-Clause
#include "cng/kdf_key.h"

#include "cng/derive.h"
#include "cng/kdf_parameters.h"
#include "cng/symmetric_blobs.h"
#include "engine/kdf.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

namespace capishim::cng {

/// The arguments of BCryptKeyDerivation, checked but for what the function itself asks for.
struct KdfKey::Call {
    ByteView secret;
    const Hkdf& hkdf;
    const KdfParameters& parameters;
    std::size_t size;
    bool aes_target; // BCRYPT_CAPI_AES_FLAG
};

namespace {

constexpr std::uint64_t default_iterations = 10000;

/// KDF_GENERIC_PARAMETER, which stands for the parameters of these types.
/// @throws Fault::invalid_parameter   one of them is there too (N-198)
std::optional<ByteView> generic_form(const KdfParameters& parameters,
                                     std::initializer_list<std::uint32_t> types)
{
    if (!parameters.has(KDF_GENERIC_PARAMETER))
        return std::nullopt;
    for (const std::uint32_t type : types)
        require(!parameters.has(type), Fault::invalid_parameter);
    return parameters.bytes(KDF_GENERIC_PARAMETER);
}

/// LABEL || 00 || CONTEXT
SecureBytes label_and_context(const KdfParameters& parameters)
{
    constexpr std::uint8_t zero[] = {0};
    if (const auto generic = generic_form(parameters, {KDF_LABEL, KDF_CONTEXT}))
        return secure_copy(*generic);
    return joined({parameters.required(KDF_LABEL), zero, parameters.required(KDF_CONTEXT)});
}

SecureBytes info_or_generic(const KdfParameters& parameters)
{
    const auto generic = generic_form(parameters, {KDF_ALGORITHMID, KDF_PARTYUINFO, KDF_PARTYVINFO,
                                                   KDF_SUPPPUBINFO, KDF_SUPPPRIVINFO});
    return generic ? secure_copy(*generic) : other_info(parameters);
}

/// SP800_108's length field: KDF_KEYBITLENGTH (N-182), or what is asked for.
std::uint32_t length_field(const KdfParameters& parameters, std::size_t size)
{
    if (const auto bits = parameters.dword(KDF_KEYBITLENGTH))
        return *bits;
    require(size <= UINT32_MAX / 8, Fault::invalid_parameter);
    return static_cast<std::uint32_t>(size * 8);
}

/// Eight bytes, or four (N-181).
std::uint64_t iteration_count(const KdfParameters& parameters)
{
    if (!parameters.has(KDF_ITERATION_COUNT))
        return default_iterations;
    const ByteView bytes = parameters.bytes(KDF_ITERATION_COUNT);
    require(bytes.size() == 8 || bytes.size() == 4, Fault::invalid_parameter);
    LittleEndianReader reader(bytes);
    const std::uint64_t count = bytes.size() == 8 ? reader.u64() : reader.u32();
    require(count != 0, Fault::invalid_parameter); // as N-66
    return count;
}

} // namespace

/// One algorithm (cng.md 6.12).
struct KdfKey::Kdf {
    std::string_view id;
    SecureBytes (*derive)(const Call&);
};

const KdfKey::Kdf KdfKey::kdfs[] = {
    {"CAPI_KDF",
     [](const Call& call) {
         const engine::HashId hash = call.parameters.required_hash();
         SecureBytes value(engine::hash_size(hash));
         engine::hash(hash, call.secret, value.data());
         return capi_derive(hash, value, call.aes_target, call.size);
     }},
    {"SP800_108_CTR_HMAC",
     [](const Call& call) {
         return engine::sp800_108_counter(call.parameters.required_hash(), call.secret,
                                          label_and_context(call.parameters),
                                          length_field(call.parameters, call.size), call.size);
     }},
    {"SP800_56A_CONCAT",
     [](const Call& call) {
         return engine::concat_kdf(call.parameters.required_hash(), call.secret,
                                   info_or_generic(call.parameters), call.size);
     }},
    {"PBKDF2",
     [](const Call& call) {
         const engine::HashId hash = call.parameters.required_hash();
         const ByteView salt =
             generic_form(call.parameters, {KDF_SALT}).value_or(call.parameters.bytes(KDF_SALT));
         return engine::pbkdf2(engine::hmac_prf(hash, call.secret), engine::hash_size(hash), salt,
                               iteration_count(call.parameters), call.size);
     }},
    {"TLS1_1_KDF",
     [](const Call& call) {
         return engine::tls_1_0_prf(call.secret, tls_seed(call.parameters), call.size);
     }},
    {"TLS1_2_KDF",
     [](const Call& call) {
         return engine::tls_1_2_prf(call.parameters.required_hash(), call.secret,
                                    tls_seed(call.parameters), call.size);
     }},
    {"HKDF",
     [](const Call& call) {
         return call.hkdf.expand(call.parameters.bytes(KDF_HKDF_INFO), call.size);
     }},
};

KdfKey::KdfKey(const Algorithm& algorithm, ByteView secret, Origin origin,
               ObjectMemory object_memory)
    : KeyObject(algorithm, origin, object_memory),
      kdf_(std::ranges::find(kdfs, algorithm.id, &Kdf::id)), secret_(secure_copy(secret))
{
}

KdfKey::KdfKey(const KdfKey& other, ObjectMemory object_memory)
    : KeyObject(other.algorithm(), other.origin(), object_memory), kdf_(other.kdf_),
      secret_(other.secret_), hkdf_(other.hkdf_)
{
}

SecureBytes KdfKey::derive(const KdfParameters& parameters, std::size_t size,
                           std::uint32_t flags) const
{
    const bool aes_target = (flags & BCRYPT_CAPI_AES_FLAG) != 0;
    require(!aes_target || algorithm().id == "CAPI_KDF", Fault::bad_flags);
    return kdf_->derive({secret_, hkdf_, parameters, size, aes_target});
}

void KdfKey::set_hkdf_hash(engine::HashId hash)
{
    require(algorithm().id == "HKDF", Fault::not_supported);
    hkdf_.set_hash(hash);
}

void KdfKey::finalize_hkdf(std::optional<ByteView> salt)
{
    require(algorithm().id == "HKDF", Fault::not_supported);
    hkdf_.finalize(secret_, salt);
}

SecureBytes KdfKey::export_blob(std::string_view type) const
{
    return write_symmetric_blob(type, algorithm(), secret_, 0);
}

std::shared_ptr<KeyObject> KdfKey::duplicate(ObjectMemory object_memory) const
{
    return std::make_shared<KdfKey>(*this, object_memory);
}

std::uint32_t KdfKey::key_bits() const
{
    return static_cast<std::uint32_t>(secret_.size() * 8);
}

} // namespace capishim::cng
