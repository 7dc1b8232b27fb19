// SPDX-License-Identifier: BSD-2-Clause
// BCrypt* on agreed secrets: cng.md 1.22 to 1.24, 6.7.
#include "abi/call.h"
#include "abi/exports.h"
#include "base/out_buffer.h"
#include "cng/ec_pair.h"
#include "cng/exports/kdf_parameters.h"
#include "cng/exports/kinds.h"

namespace capishim::cng {
namespace {

/// The hash of SP800_56A_CONCAT by the curve's strength (cng.md 6.8).
engine::HashId concat_hash(const KeyObject& key)
{
    using engine::CurveId, engine::HashId;
    const auto* const pair = dynamic_cast<const EcPair*>(&key);
    const auto curve = pair ? pair->curve_id() : std::nullopt;
    return curve == CurveId::p521   ? HashId::sha512
           : curve == CurveId::p384 ? HashId::sha384
                                    : HashId::sha256;
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
            const KdfParameters parameters = read_parameters<Unit>(pParameterList);
            const auto room =
                pbDerivedKey ? std::optional<std::size_t>(cbDerivedKey) : std::nullopt;
            const SecureBytes derived = secret->derive(kdf, {parameters, dwFlags != 0, room});
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
            hand_out(
                std::make_shared<SecretObject>(own->agree(*peer), concat_hash(*own), own->origin()),
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
