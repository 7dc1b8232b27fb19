// SPDX-License-Identifier: BSD-2-Clause
// Multi-hash objects: cng.md 1.34, 1.35, 7.6.
#include "hash_fixtures.h"

using namespace capishim_test;

namespace {

struct MultiHandle : HashHandle {
    MultiHandle(BCRYPT_ALG_HANDLE algorithm, ULONG hashes, const ByteVector& secret = {})
    {
        REQUIRE_STATUS(BCryptCreateMultiHash(algorithm, &handle, hashes, nullptr, 0,
                                             secret.empty() ? nullptr : data_of(secret),
                                             size_of(secret), 0),
                       STATUS_SUCCESS);
    }

    NTSTATUS process(std::vector<BCRYPT_MULTI_HASH_OPERATION> operations) const
    {
        return BCryptProcessMultiOperations(
            handle, BCRYPT_OPERATION_TYPE_HASH, operations.data(),
            static_cast<ULONG>(operations.size() * sizeof operations[0]), 0);
    }
};

BCRYPT_MULTI_HASH_OPERATION data(ULONG hash, const ByteVector& bytes)
{
    return {hash, BCRYPT_HASH_OPERATION_HASH_DATA, data_of(bytes), size_of(bytes)};
}

BCRYPT_MULTI_HASH_OPERATION finish(ULONG hash, ByteVector& value)
{
    return {hash, BCRYPT_HASH_OPERATION_FINISH_HASH, value.data(), size_of(value)};
}

const ByteVector abc = bytes_of("abc"), ab = bytes_of("ab"), c = bytes_of("c");

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptCreateMultiHash_)

BOOST_AUTO_TEST_CASE(hashes_run_side_by_side)
{
    const AlgorithmHandle sha(BCRYPT_SHA256_ALGORITHM, BCRYPT_MULTI_FLAG);
    const MultiHandle multi(sha, 3);
    ByteVector first(32), second(32), third(32);
    CHECK_STATUS(multi.process({data(0, ab), data(1, abc), data(0, c), finish(1, second),
                                finish(2, third), finish(0, first)}),
                 STATUS_SUCCESS);
    const std::string expected = hash_of(BCRYPT_SHA256_ALG_HANDLE, abc, 32);
    BOOST_TEST(to_hex(first) == expected);
    BOOST_TEST(to_hex(second) == expected);
    BOOST_TEST(to_hex(third) == hash_of(BCRYPT_SHA256_ALG_HANDLE, {}, 32));
}

BOOST_AUTO_TEST_CASE(every_capable_function_agrees_with_itself_alone)
{
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        ULONG size;
        std::size_t key_size;
    } rows[] = {
        {BCRYPT_MD2_ALG_HANDLE, 16, 0},           {BCRYPT_MD4_ALG_HANDLE, 16, 0},
        {BCRYPT_MD5_ALG_HANDLE, 16, 0},           {BCRYPT_SHA1_ALG_HANDLE, 20, 0},
        {BCRYPT_SHA384_ALG_HANDLE, 48, 0},        {BCRYPT_SHA512_ALG_HANDLE, 64, 0},
        {BCRYPT_SHA3_512_ALG_HANDLE, 64, 0},      {BCRYPT_HMAC_MD5_ALG_HANDLE, 16, 5},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, 20, 99},    {BCRYPT_HMAC_SHA256_ALG_HANDLE, 32, 64},
        {BCRYPT_HMAC_SHA3_256_ALG_HANDLE, 32, 9}, {BCRYPT_AES_CMAC_ALG_HANDLE, 16, 24},
        {BCRYPT_CSHAKE128_ALG_HANDLE, 50, 0},     {BCRYPT_KMAC256_ALG_HANDLE, 50, 8},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            const ByteVector key(row.key_size, 0x5A);
            const MultiHandle multi(row.algorithm, 2, key);
            for (int round = 0; round < 2; ++round) { // always reusable
                ByteVector first(row.size), second(row.size);
                CHECK_STATUS(multi.process({data(1, ab), data(0, abc), data(1, c), finish(0, first),
                                            finish(1, second)}),
                             STATUS_SUCCESS);
                BOOST_TEST(to_hex(first) == hash_of(row.algorithm, abc, row.size, key));
                BOOST_TEST((first == second));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(state_stays_from_call_to_call)
{
    const MultiHandle multi(BCRYPT_SHA1_ALG_HANDLE, 1);
    CHECK_STATUS(multi.process({data(0, ab)}), STATUS_SUCCESS);
    CHECK_STATUS(multi.process({}), STATUS_SUCCESS);
    CHECK_STATUS(multi.process({data(0, c)}), STATUS_SUCCESS);
    ByteVector value(20);
    CHECK_STATUS(multi.process({finish(0, value)}), STATUS_SUCCESS);
    BOOST_TEST(to_hex(value) == "a9993e364706816aba3e25717850c26c9cd0d89d");
}

BOOST_AUTO_TEST_CASE(statuses)
{
    const AlgorithmHandle plain(BCRYPT_SHA256_ALGORITHM);
    const AlgorithmHandle multi(BCRYPT_SHA256_ALGORITHM, BCRYPT_MULTI_FLAG);
    UCHAR secret[16] = {}, memory[16];
    BCRYPT_HASH_HANDLE hash = nullptr;
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        BCRYPT_HASH_HANDLE* out;
        ULONG hashes;
        PUCHAR object;
        ULONG object_size;
        PUCHAR secret;
        ULONG secret_size, flags;
        NTSTATUS status;
    } rows[] = {
        {multi, &hash, 1, nullptr, 0, nullptr, 0, 0, STATUS_SUCCESS},
        {multi, &hash, 1, nullptr, 0, nullptr, 0, BCRYPT_HASH_REUSABLE_FLAG, STATUS_SUCCESS},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, &hash, 8, nullptr, 0, secret, 16, 0, STATUS_SUCCESS},
        {nullptr, &hash, 1, nullptr, 0, nullptr, 0, 0, STATUS_INVALID_HANDLE},
        {multi, nullptr, 1, nullptr, 0, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
        {multi, &hash, 0, nullptr, 0, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
        {multi, &hash, 1, nullptr, 0, nullptr, 0, 1, STATUS_INVALID_PARAMETER},
        {multi, &hash, 1, nullptr, 0, secret, 16, 0, STATUS_INVALID_PARAMETER},  // N-67
        {multi, &hash, 1, nullptr, 16, nullptr, 0, 0, STATUS_INVALID_PARAMETER}, // N-14
        {multi, &hash, 1, memory, 16, nullptr, 0, 0, STATUS_BUFFER_TOO_SMALL},
        {multi, &hash, 0xFFFFFFFF, memory, 16, nullptr, 0, 0, STATUS_BUFFER_TOO_SMALL},
        {plain, &hash, 1, nullptr, 0, nullptr, 0, 0, STATUS_INVALID_PARAMETER}, // N-219
        {BCRYPT_HMAC_MD2_ALG_HANDLE, &hash, 1, nullptr, 0, secret, 16, 0, STATUS_NOT_SUPPORTED},
        {BCRYPT_HMAC_MD4_ALG_HANDLE, &hash, 1, nullptr, 0, secret, 16, 0, STATUS_NOT_SUPPORTED},
        {BCRYPT_AES_GMAC_ALG_HANDLE, &hash, 1, nullptr, 0, secret, 16, 0, STATUS_NOT_SUPPORTED},
        {BCRYPT_AES_CBC_ALG_HANDLE, &hash, 1, nullptr, 0, nullptr, 0, 0, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows) {
        hash = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            BOOST_TEST(BCryptCreateMultiHash(row.algorithm, row.out, row.hashes, row.object,
                                             row.object_size, row.secret, row.secret_size,
                                             row.flags) == row.status);
            BOOST_TEST((hash != nullptr) == (row.status == STATUS_SUCCESS));
        }
        if (hash)
            CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS);
    }
}

BOOST_AUTO_TEST_CASE(the_flag_is_for_hashes)
{
    BCRYPT_ALG_HANDLE opened = nullptr;
    CHECK_STATUS(
        BCryptOpenAlgorithmProvider(&opened, BCRYPT_AES_ALGORITHM, nullptr, BCRYPT_MULTI_FLAG),
        STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(object_memory_is_of_the_told_length)
{
    BCRYPT_MULTI_OBJECT_LENGTH_STRUCT lengths{};
    ULONG size = 0;
    REQUIRE_STATUS(BCryptGetProperty(BCRYPT_SHA256_ALG_HANDLE, BCRYPT_MULTI_OBJECT_LENGTH,
                                     reinterpret_cast<PUCHAR>(&lengths), sizeof lengths, &size, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(size == 8u);
    BOOST_TEST(lengths.cbPerObject == 640u); // cng.md 3.2
    BOOST_TEST(lengths.cbPerElement == 304u);
    const ULONG needed = lengths.cbPerObject + 4 * lengths.cbPerElement;
    ByteVector memory(needed);
    BCRYPT_HASH_HANDLE hash = nullptr;
    const auto create = [&](ULONG room) {
        return BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 4, memory.data(), room,
                                     nullptr, 0, 0);
    };
    CHECK_STATUS(create(needed - 1), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(create(needed), STATUS_SUCCESS);
    BOOST_TEST(dword_property(hash, BCRYPT_OBJECT_LENGTH) == needed);
    CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS);
    BOOST_TEST((memory == ByteVector(needed)));
    for (const BCRYPT_ALG_HANDLE incapable :
         {BCRYPT_HMAC_MD2_ALG_HANDLE, BCRYPT_AES_GMAC_ALG_HANDLE, BCRYPT_AES_CBC_ALG_HANDLE})
        CHECK_STATUS(get_property_status(incapable, BCRYPT_MULTI_OBJECT_LENGTH),
                     STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(the_functions_of_a_single_hash_do_not_serve_it)
{
    const MultiHandle multi(BCRYPT_SHA1_ALG_HANDLE, 2);
    UCHAR value[20] = {};
    BCRYPT_HASH_HANDLE copy = nullptr;
    CHECK_STATUS(BCryptHashData(multi, value, 20, 0), STATUS_NOT_SUPPORTED); // N-70
    CHECK_STATUS(BCryptFinishHash(multi, value, 20, 0), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptDuplicateHash(multi, &copy, nullptr, 0, 0), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptDeriveKeyCapi(multi, nullptr, value, 16, 0), STATUS_NOT_SUPPORTED);
    BOOST_TEST(dword_property(multi, BCRYPT_HASH_LENGTH) == 20u);
    BOOST_TEST(dword_property(multi, BCRYPT_IS_REUSABLE_HASH) == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptProcessMultiOperations_)

BOOST_AUTO_TEST_CASE(one_wrong_operation_leaves_all_undone) // N-213
{
    const MultiHandle multi(BCRYPT_SHA1_ALG_HANDLE, 2);
    ByteVector value(20), longer(21), shorter(19);
    const BCRYPT_MULTI_HASH_OPERATION wrong[] = {
        data(2, abc),
        finish(0, longer),
        finish(1, shorter),
        {0, BCRYPT_HASH_OPERATION_HASH_DATA, nullptr, 1},
        {0, BCRYPT_HASH_OPERATION_FINISH_HASH, nullptr, 20},
        {0, static_cast<BCRYPT_HASH_OPERATION_TYPE>(3), value.data(), 20},
    };
    for (const BCRYPT_MULTI_HASH_OPERATION& operation : wrong)
        CHECK_STATUS(multi.process({data(0, ab), finish(1, value), operation}),
                     STATUS_INVALID_PARAMETER);
    BOOST_TEST((value == ByteVector(20)));
    CHECK_STATUS(multi.process({data(0, abc), finish(0, value)}), STATUS_SUCCESS);
    BOOST_TEST(to_hex(value) == "a9993e364706816aba3e25717850c26c9cd0d89d");
}

BOOST_AUTO_TEST_CASE(statuses)
{
    const MultiHandle multi(BCRYPT_SHA1_ALG_HANDLE, 1);
    const HashHandle single(BCRYPT_SHA1_ALG_HANDLE);
    BCRYPT_MULTI_HASH_OPERATION operation = data(0, abc);
    constexpr ULONG whole = sizeof operation;
    const struct {
        BCRYPT_HANDLE object;
        int type;
        PVOID operations;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {multi, 1, &operation, whole, 0, STATUS_SUCCESS},
        {multi, 1, nullptr, 0, 0, STATUS_SUCCESS},
        {nullptr, 1, &operation, whole, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_SHA1_ALG_HANDLE, 1, &operation, whole, 0, STATUS_INVALID_HANDLE},
        {multi, 2, &operation, whole, 0, STATUS_INVALID_PARAMETER},
        {multi, 1, nullptr, whole, 0, STATUS_INVALID_PARAMETER},
        {multi, 1, &operation, whole - 1, 0, STATUS_INVALID_PARAMETER}, // N-72
        {multi, 1, &operation, whole, 1, STATUS_INVALID_PARAMETER},
        {single, 1, &operation, whole, 0, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptProcessMultiOperations(row.object,
                                            static_cast<BCRYPT_MULTI_OPERATION_TYPE>(row.type),
                                            row.operations, row.size, row.flags) == row.status);
}

BOOST_AUTO_TEST_SUITE_END()
