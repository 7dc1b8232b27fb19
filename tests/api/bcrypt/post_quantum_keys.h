// SPDX-License-Identifier: BSD-2-Clause
// Post-quantum keys for tests: pairs by their set's name, blobs, and whether there are any.
#pragma once

#include "finite_field_keys.h"

namespace capishim_test {

/// For suites: Botan 2 has neither ML-KEM nor ML-DSA.
inline boost::test_tools::assertion_result has_post_quantum(boost::unit_test::test_unit_id)
{
    BCRYPT_ALG_HANDLE algorithm = nullptr;
    const NTSTATUS status =
        BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_MLKEM_ALGORITHM, nullptr, 0);
    BCryptCloseAlgorithmProvider(algorithm, 0);
    boost::test_tools::assertion_result answer(status == STATUS_SUCCESS);
    answer.message() << "this build's Botan has no ML-KEM and no ML-DSA";
    return answer;
}

inline KeyHandle pair_of_set(BCRYPT_ALG_HANDLE algorithm, LPCWSTR set)
{
    KeyHandle pair = open_pair(algorithm, 0);
    REQUIRE_STATUS(set_text(pair, BCRYPT_PARAMETER_SET_NAME, set), STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    return pair;
}

/// A blob's head: magic, sizes, and the set's name in UTF-16 whatever WCHAR is.
inline std::string pq_head(ULONG magic, const std::string& set, std::size_t key_size)
{
    std::string name;
    for (const char character : set)
        name += to_hex({static_cast<UCHAR>(character), 0});
    const ULONG name_size = static_cast<ULONG>(2 * set.size() + 2);
    return words({magic, name_size, static_cast<ULONG>(key_size)}) + name + "0000";
}

/// The bytes 0, 1, 2 ...: the seeds of cng.md 10.10.
inline std::string counted(std::size_t size)
{
    ByteVector bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<UCHAR>(i);
    return to_hex(bytes);
}

inline std::string sha256(const ByteVector& bytes)
{
    return hash_of(BCRYPT_SHA256_ALG_HANDLE, bytes, 32);
}

/// The key behind a blob's head.
inline ByteVector key_bytes(const ByteVector& blob)
{
    return {blob.begin() + 12 + word_at(blob, 4), blob.end()};
}

} // namespace capishim_test
