// SPDX-License-Identifier: BSD-2-Clause
// BCrypt* on hashes: cng.md 1.26, 1.28 to 1.33.
#include "abi/call.h"
#include "abi/exports.h"
#include "base/row.h"
#include "cng/exports/algorithm_ref.h"
#include "cng/exports/secret_argument.h"

#include <array>

namespace capishim::cng {
namespace {

/// An ALG_ID cast to a handle may stand for DeriveKeyCapi's target (cng.md 6.13 rule 4).
struct CastTarget {
    std::uintptr_t algorithm_id;
    std::string_view algorithm;
};

constexpr std::array cast_targets = {
    CastTarget{CALG_DES, "DES"},     CastTarget{CALG_RC2, "RC2"},
    CastTarget{CALG_3DES, "3DES"},   CastTarget{CALG_3DES_112, "3DES_112"},
    CastTarget{CALG_AES_128, "AES"}, CastTarget{CALG_AES_192, "AES"},
    CastTarget{CALG_AES_256, "AES"}, CastTarget{CALG_AES, "AES"},
    CastTarget{CALG_RC4, "RC4"},
};
static_assert(sorted_by(cast_targets, &CastTarget::algorithm_id));

/// Whether rule 3a expands for the target. 3DES_112 is cut, as CryptDeriveKey is seen to do
/// (observed.md part 1), with which this call is to agree.
bool expands(const void* target)
{
    if (!target)
        return false;
    const auto* const cast =
        find_row(cast_targets, &CastTarget::algorithm_id, reinterpret_cast<std::uintptr_t>(target));
    const std::string_view id = cast ? cast->algorithm : AlgorithmRef(target)->algorithm().id;
    return id == "AES" || id == "3DES";
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptCreateHash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE* phHash,
                                 PUCHAR pbHashObject, ULONG cbHashObject, PUCHAR pbSecret,
                                 ULONG cbSecret, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptCreateHash,
        [&] {
            const AlgorithmRef algorithm(hAlgorithm);
            require(phHash != nullptr, Fault::invalid_parameter);
            require((dwFlags & ~ULONG{BCRYPT_HASH_REUSABLE_FLAG}) == 0, Fault::bad_flags);
            const auto secret = secret_argument(pbSecret, cbSecret);
            const auto hash = create_hash(*algorithm, dwFlags != 0, secret, algorithm.origin());
            hash->memory = ObjectMemory(pbHashObject, cbHashObject, algorithm->object_length());
            hand_out(hash, phHash);
        },
        hAlgorithm, phHash, pbHashObject, cbHashObject, pbSecret, cbSecret, dwFlags);
}

NTSTATUS WINAPI BCryptHashData(BCRYPT_HASH_HANDLE hHash, PUCHAR pbInput, ULONG cbInput,
                               ULONG dwFlags)
{
    return nt_call(
        Api::BCryptHashData,
        [&] {
            const auto hash = pin<HashObject>(hHash);
            require(pbInput || cbInput == 0, Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);
            hash->update(view(pbInput, cbInput));
        },
        hHash, pbInput, cbInput, dwFlags);
}

NTSTATUS WINAPI BCryptFinishHash(BCRYPT_HASH_HANDLE hHash, PUCHAR pbOutput, ULONG cbOutput,
                                 ULONG dwFlags)
{
    return nt_call(
        Api::BCryptFinishHash,
        [&] {
            const auto hash = pin<HashObject>(hHash);
            require(pbOutput || cbOutput == 0, Fault::invalid_parameter);
            require((dwFlags & ~ULONG{BCRYPT_HASH_DONT_RESET_FLAG}) == 0, Fault::bad_flags);
            if (dwFlags != 0)
                hash->squeeze({pbOutput, cbOutput});
            else
                hash->finish({pbOutput, cbOutput});
        },
        hHash, pbOutput, cbOutput, dwFlags);
}

NTSTATUS WINAPI BCryptDuplicateHash(BCRYPT_HASH_HANDLE hHash, BCRYPT_HASH_HANDLE* phNewHash,
                                    PUCHAR pbHashObject, ULONG cbHashObject, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptDuplicateHash,
        [&] {
            const auto hash = pin<HashObject>(hHash);
            require(phNewHash != nullptr, Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);
            const ObjectMemory memory(pbHashObject, cbHashObject, hash->object_length());
            hand_out(hash->duplicate(memory), phNewHash);
        },
        hHash, phNewHash, pbHashObject, cbHashObject, dwFlags);
}

NTSTATUS WINAPI BCryptDestroyHash(BCRYPT_HASH_HANDLE hHash)
{
    return nt_call(
        Api::BCryptDestroyHash,
        [&] {
            try {
                destroy<HashObject>(hHash);
            } catch (const Error& error) {
                // lifetime.md 4: what is no hash is an invalid parameter, a missing mark is not
                require(error.fault() != Fault::not_dispatchable, error.fault());
                throw Error(Fault::stale_hash_object);
            }
        },
        hHash);
}

NTSTATUS WINAPI BCryptHash(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbSecret, ULONG cbSecret,
                           PUCHAR pbInput, ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput)
{
    return nt_call(
        Api::BCryptHash,
        [&] {
            require_passive_level();
            const AlgorithmRef algorithm(hAlgorithm);
            require(pbOutput || cbOutput == 0, Fault::invalid_parameter);
            require(pbInput || cbInput == 0, Fault::invalid_parameter);
            hash_at_once(*algorithm, secret_argument(pbSecret, cbSecret), view(pbInput, cbInput),
                         {pbOutput, cbOutput});
        },
        hAlgorithm, pbSecret, cbSecret, pbInput, cbInput, pbOutput, cbOutput);
}

NTSTATUS WINAPI BCryptDeriveKeyCapi(BCRYPT_HASH_HANDLE hHash, BCRYPT_ALG_HANDLE hTargetAlg,
                                    PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptDeriveKeyCapi,
        [&] {
            require_passive_level();
            // observed.md part 2 C: pointer and length are looked at before the handle
            require(pbDerivedKey && cbDerivedKey != 0, Fault::invalid_parameter);
            const auto hash = pin<HashObject>(hHash);
            const bool expand = expands(hTargetAlg);
            require(dwFlags == 0, Fault::bad_flags);
            const SecureBytes key = hash->derive(expand, cbDerivedKey);
            std::ranges::copy(key, pbDerivedKey);
        },
        hHash, hTargetAlg, pbDerivedKey, cbDerivedKey, dwFlags);
}
