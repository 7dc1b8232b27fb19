// SPDX-License-Identifier: BSD-2-Clause
// BCryptCreateMultiHash and BCryptProcessMultiOperations: cng.md 1.34, 1.35.
#include "cng/multi_hash.h"

#include "abi/call.h"
#include "abi/exports.h"
#include "cng/exports/algorithm_ref.h"
#include "cng/exports/secret_argument.h"

#include <cstring>
#include <vector>

namespace capishim::cng {
namespace {

/// Callers may pass any number, and to load one as an enumeration that lacks it is undefined.
template <class Enumeration>
ULONG number_of(const Enumeration& value)
{
    ULONG number = 0;
    static_assert(sizeof number == sizeof value);
    std::memcpy(&number, &value, sizeof number);
    return number;
}

MultiOperation read_operation(const BCRYPT_MULTI_HASH_OPERATION& operation)
{
    const ULONG kind = number_of(operation.hashOperation);
    const bool finishes = kind == BCRYPT_HASH_OPERATION_FINISH_HASH;
    require(finishes || kind == BCRYPT_HASH_OPERATION_HASH_DATA, Fault::invalid_parameter);
    require(operation.pbBuffer || operation.cbBuffer == 0, Fault::invalid_parameter);
    return {operation.iHash, finishes, {operation.pbBuffer, operation.cbBuffer}};
}

std::vector<MultiOperation> read_operations(const void* array, std::uint32_t size)
{
    require(size % sizeof(BCRYPT_MULTI_HASH_OPERATION) == 0, Fault::invalid_parameter); // N-72
    const auto* const first = static_cast<const BCRYPT_MULTI_HASH_OPERATION*>(array);
    std::vector<MultiOperation> operations(size / sizeof(BCRYPT_MULTI_HASH_OPERATION));
    std::transform(first, first + operations.size(), operations.begin(), read_operation);
    return operations;
}

} // namespace
} // namespace capishim::cng

using namespace capishim;
using namespace capishim::cng;

NTSTATUS WINAPI BCryptCreateMultiHash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE* phHash,
                                      ULONG nHashes, PUCHAR pbHashObject, ULONG cbHashObject,
                                      PUCHAR pbSecret, ULONG cbSecret, ULONG dwFlags)
{
    return nt_call(
        Api::BCryptCreateMultiHash,
        [&] {
            const AlgorithmRef algorithm(hAlgorithm);
            require(phHash != nullptr, Fault::invalid_parameter);
            require((dwFlags & ~ULONG{BCRYPT_HASH_REUSABLE_FLAG}) == 0, Fault::bad_flags);
            const auto secret = secret_argument(pbSecret, cbSecret);
            const ObjectMemory memory(pbHashObject, cbHashObject,
                                      multi_hash_length(*algorithm, nHashes));
            const auto hash = create_multi_hash(*algorithm, nHashes, secret, algorithm.origin());
            hash->memory = memory;
            hand_out(hash, phHash);
        },
        hAlgorithm, phHash, nHashes, pbHashObject, cbHashObject, pbSecret, cbSecret, dwFlags);
}

NTSTATUS WINAPI BCryptProcessMultiOperations(BCRYPT_HANDLE hObject,
                                             BCRYPT_MULTI_OPERATION_TYPE operationType,
                                             PVOID pOperations, ULONG cbOperations, ULONG dwFlags)
{
    const ULONG type = number_of(operationType);
    return nt_call(
        Api::BCryptProcessMultiOperations,
        [&] {
            const auto hash = pin<HashObject>(hObject);
            require(pOperations || cbOperations == 0, Fault::invalid_parameter);
            require(dwFlags == 0, Fault::bad_flags);
            require(type == BCRYPT_OPERATION_TYPE_HASH, Fault::invalid_parameter);
            hash->process(read_operations(pOperations, cbOperations));
        },
        hObject, type, pOperations, cbOperations, dwFlags);
}
