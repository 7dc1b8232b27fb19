// SPDX-License-Identifier: BSD-2-Clause
// BCryptGenRandom, and ProcessPrng of bcryptprimitives.dll: cng.md 1.36, 1.43.
#include "cng/random.h"

#include "abi/call.h"
#include "abi/exports.h"
#include "cng/exports/algorithm_ref.h"

#include <cstdlib>

namespace capishim::cng {
namespace {

constexpr std::uint32_t random_flags =
    BCRYPT_RNG_USE_ENTROPY_IN_BUFFER | BCRYPT_USE_SYSTEM_PREFERRED_RNG;

/// N-74. The handle goes before all else (observed.md part 2 A).
void check_generator(const void* handle, std::uint32_t flags)
{
    if (flags & BCRYPT_USE_SYSTEM_PREFERRED_RNG) {
        require(handle == nullptr, Fault::invalid_parameter);
        return require_passive_level();
    }
    const AlgorithmRef algorithm(handle);
    require(algorithm->algorithm().family == Family::rng, Fault::stale_handle);
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptGenRandom(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer,
                                ULONG dwFlags)
{
    return nt_call(
        Api::BCryptGenRandom,
        [&] {
            check_generator(hAlgorithm, dwFlags);
            require(pbBuffer || cbBuffer == 0, Fault::invalid_parameter);
            require((dwFlags & ~random_flags) == 0, Fault::bad_flags);
            fill_random({pbBuffer, cbBuffer}, (dwFlags & BCRYPT_RNG_USE_ENTROPY_IN_BUFFER) != 0);
        },
        hAlgorithm, pbBuffer, cbBuffer, dwFlags);
}

BOOL WINAPI ProcessPrng(PBYTE pbData, SIZE_T cbData)
{
    const BOOL filled = win32_call(
        Api::ProcessPrng,
        [&] {
            fill_random({pbData, cbData}, false);
        },
        pbData, cbData);
    if (!filled)
        std::abort(); // nobody looks at the answer, which is always TRUE
    return TRUE;      // N-79
}
