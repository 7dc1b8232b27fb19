// SPDX-License-Identifier: BSD-2-Clause
// BCrypt* on agreed secrets: cng.md 1.22 to 1.24, 6.7.
#include "abi/call.h"
#include "abi/exports.h"
#include "base/out_buffer.h"
#include "cng/exports/kinds.h"
#include "cng/exports/text.h"

namespace capishim::cng {
namespace {

/// KDF_HASH_ALGORITHM: read up to its NUL, but not beyond the buffer (N-184).
template <class Unit>
engine::HashId hash_parameter(const BCryptBuffer& buffer)
{
    const Algorithm* const algorithm =
        find_algorithm(Name(units<Unit>(buffer.pvBuffer), buffer.cbBuffer / sizeof(Unit)));
    require(algorithm && algorithm->family == Family::hash, Fault::not_supported);
    return algorithm->hash;
}

void append(SecureBytes& to, const BCryptBuffer& buffer)
{
    const ByteView bytes = view(buffer.pvBuffer, buffer.cbBuffer);
    to.insert(to.end(), bytes.begin(), bytes.end());
}

/// One parameter; types that no KDF of ours knows are passed over (N-184).
template <class Unit>
void take_parameter(const BCryptBuffer& buffer, DeriveParameters& parameters)
{
    require(buffer.pvBuffer || buffer.cbBuffer == 0, Fault::invalid_parameter);
    switch (buffer.BufferType) {
    case KDF_HASH_ALGORITHM:
        parameters.hash = hash_parameter<Unit>(buffer);
        break;
    case KDF_SECRET_PREPEND:
        append(parameters.prepend, buffer);
        break;
    case KDF_SECRET_APPEND:
        append(parameters.append, buffer);
        break;
    case KDF_HMAC_KEY: // the last of several counts
        parameters.hmac_key.clear();
        append(parameters.hmac_key, buffer);
        parameters.has_hmac_key = true;
        break;
    default:
        break;
    }
}

template <class Unit>
DeriveParameters read_parameters(const BCryptBufferDesc* list)
{
    DeriveParameters parameters;
    if (!list)
        return parameters;
    require(list->pBuffers || list->cBuffers == 0, Fault::invalid_parameter);
    for (ULONG i = 0; i < list->cBuffers; ++i) // ulVersion is not looked at: observed.md part 2 F
        take_parameter<Unit>(list->pBuffers[i], parameters);
    return parameters;
}

/// A short buffer gets the first bytes, a long one keeps its rest (cng.md 6.8).
void write_derived(ByteView derived, std::uint8_t* output, std::uint32_t room, ULONG* result)
{
    const std::size_t size = output ? std::min<std::size_t>(derived.size(), room) : derived.size();
    if (output)
        std::ranges::copy(derived.first(size), output);
    *result = static_cast<ULONG>(size);
}

template <class Unit>
NTSTATUS derive_key(BCRYPT_SECRET_HANDLE hSharedSecret, const Unit* pwszKDF,
                    BCryptBufferDesc* pParameterList, PUCHAR pbDerivedKey, ULONG cbDerivedKey,
                    ULONG* pcbResult, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptDeriveKey,
        [&] {
            const auto secret = pin<SecretObject>(hSharedSecret);
            const Name kdf(pwszKDF);
            require(pcbResult != nullptr, Fault::invalid_parameter);
            require((dwFlags & ~ULONG{KDF_USE_SECRET_AS_HMAC_KEY_FLAG}) == 0, Fault::bad_flags);
            const SecureBytes derived =
                secret->derive(kdf, read_parameters<Unit>(pParameterList), dwFlags != 0);
            write_derived(derived, pbDerivedKey, cbDerivedKey, pcbResult);
        },
        hSharedSecret, pwszKDF, pParameterList, pbDerivedKey, cbDerivedKey, pcbResult, dwFlags);
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptSecretAgreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey,
                                      BCRYPT_SECRET_HANDLE* phAgreedSecret, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptSecretAgreement,
        [&] {
            const auto own = pin<KeyObject>(hPrivKey);
            const auto peer = pin<KeyObject>(hPubKey);
            require(phAgreedSecret != nullptr, Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);
            hand_out(std::make_shared<SecretObject>(own->agree(*peer), own->origin()),
                     phAgreedSecret);
        },
        hPrivKey, hPubKey, phAgreedSecret, dwFlags);
}

NTSTATUS WINAPI BCryptDeriveKey(BCRYPT_SECRET_HANDLE hSharedSecret, const char16_t* pwszKDF,
                                BCryptBufferDesc* pParameterList, PUCHAR pbDerivedKey,
                                ULONG cbDerivedKey, ULONG* pcbResult, ULONG dwFlags)
{
    return derive_key(hSharedSecret, pwszKDF, pParameterList, pbDerivedKey, cbDerivedKey, pcbResult,
                      dwFlags);
}

NTSTATUS WINAPI BCryptDeriveKey_w32(BCRYPT_SECRET_HANDLE hSharedSecret, const char32_t* pwszKDF,
                                    BCryptBufferDesc* pParameterList, PUCHAR pbDerivedKey,
                                    ULONG cbDerivedKey, ULONG* pcbResult, ULONG dwFlags)
{
    return derive_key(hSharedSecret, pwszKDF, pParameterList, pbDerivedKey, cbDerivedKey, pcbResult,
                      dwFlags);
}

NTSTATUS WINAPI BCryptDestroySecret(BCRYPT_SECRET_HANDLE hSecret)
{
    return nt_call(
        Api::BCryptDestroySecret, [&] { destroy<SecretObject>(hSecret); }, hSecret);
}
