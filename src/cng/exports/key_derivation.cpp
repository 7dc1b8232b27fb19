// SPDX-License-Identifier: BSD-2-Clause
// BCrypt* that derive from keys and passwords: cng.md 1.25, 1.27.
#include "abi/call.h"
#include "cng/exports/algorithm_ref.h"
#include "cng/exports/kdf_parameters.h"
#include "cng/pbkdf2.h"

namespace capishim::cng {
namespace {

template <class Unit>
NTSTATUS key_derivation(BCRYPT_KEY_HANDLE hKey, BCryptBufferDesc* pParameterList,
                        PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG* pcbResult, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptKeyDerivation,
        [&] {
            const auto key = pin<KeyObject>(hKey);
            require(pbDerivedKey && cbDerivedKey != 0 && pcbResult, Fault::invalid_parameter);
            require((dwFlags & ~ULONG{BCRYPT_CAPI_AES_FLAG}) == 0, Fault::bad_flags);
            const SecureBytes derived =
                key->derive(read_parameters<Unit>(pParameterList), cbDerivedKey, dwFlags);
            std::ranges::copy(derived, pbDerivedKey);
            *pcbResult = cbDerivedKey;
        },
        hKey, pParameterList, pbDerivedKey, cbDerivedKey, pcbResult, dwFlags);
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptKeyDerivation(BCRYPT_KEY_HANDLE hKey, BCryptBufferDesc* pParameterList,
                                    PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG* pcbResult,
                                    ULONG dwFlags)
{
    return key_derivation<char16_t>(hKey, pParameterList, pbDerivedKey, cbDerivedKey, pcbResult,
                                    dwFlags);
}

NTSTATUS WINAPI BCryptKeyDerivation_w32(BCRYPT_KEY_HANDLE hKey, BCryptBufferDesc* pParameterList,
                                        PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG* pcbResult,
                                        ULONG dwFlags)
{
    return key_derivation<char32_t>(hKey, pParameterList, pbDerivedKey, cbDerivedKey, pcbResult,
                                    dwFlags);
}

NTSTATUS WINAPI BCryptDeriveKeyPBKDF2(BCRYPT_ALG_HANDLE hPrf, PUCHAR pbPassword, ULONG cbPassword,
                                      PUCHAR pbSalt, ULONG cbSalt, ULONGLONG cIterations,
                                      PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptDeriveKeyPBKDF2,
        [&] {
            require_passive_level();
            const AlgorithmRef algorithm(hPrf);
            require((pbPassword || cbPassword == 0) && (pbSalt || cbSalt == 0) && pbDerivedKey,
                    Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);
            require(algorithm->is_keyed_hash() && cIterations != 0 && cbDerivedKey != 0,
                    Fault::invalid_parameter); // N-66
            const SecureBytes key = pbkdf2(*algorithm, view(pbPassword, cbPassword),
                                           view(pbSalt, cbSalt), cIterations, cbDerivedKey);
            std::ranges::copy(key, pbDerivedKey);
        },
        hPrf, pbPassword, cbPassword, pbSalt, cbSalt, cIterations, pbDerivedKey, cbDerivedKey,
        dwFlags);
}
