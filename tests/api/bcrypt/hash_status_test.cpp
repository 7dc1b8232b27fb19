// SPDX-License-Identifier: BSD-2-Clause
// Each status that the functions on hashes document: cng.md 1.28 to 1.33.
#include "hash_fixtures.h"

using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(BCryptCreateHash_statuses)

BOOST_AUTO_TEST_CASE(depend_on_algorithm_pointers_secret_and_flags)
{
    UCHAR secret[33] = {};
    BCRYPT_HASH_HANDLE hash = nullptr;
    const AlgorithmHandle closed_by_now(BCRYPT_SHA1_ALGORITHM);
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        BCRYPT_HASH_HANDLE* out;
        PUCHAR secret;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_SHA1_ALG_HANDLE, &hash, nullptr, 0, 0, STATUS_SUCCESS},
        {BCRYPT_SHA1_ALG_HANDLE, &hash, nullptr, 0, BCRYPT_HASH_REUSABLE_FLAG, STATUS_SUCCESS},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, &hash, nullptr, 0, 0, STATUS_SUCCESS},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, &hash, secret, 0, 0, STATUS_SUCCESS},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, &hash, secret, 33, 0, STATUS_SUCCESS},
        {BCRYPT_KMAC128_ALG_HANDLE, &hash, nullptr, 0, 0, STATUS_SUCCESS},
        {BCRYPT_AES_CMAC_ALG_HANDLE, &hash, secret, 16, 0, STATUS_SUCCESS},
        {BCRYPT_AES_CMAC_ALG_HANDLE, &hash, secret, 24, 0, STATUS_SUCCESS},
        {BCRYPT_AES_GMAC_ALG_HANDLE, &hash, secret, 32, 0, STATUS_SUCCESS},
        {nullptr, &hash, nullptr, 0, 0, STATUS_INVALID_HANDLE},
        {number(0x3A1), &hash, nullptr, 0, 0, STATUS_INVALID_HANDLE}, // N-89
        {key, &hash, nullptr, 0, 0, STATUS_INVALID_HANDLE},
        {nullptr, nullptr, nullptr, 0, 1, STATUS_INVALID_HANDLE}, // the handle first (N-09)
        {BCRYPT_AES_CBC_ALG_HANDLE, &hash, nullptr, 0, 0, STATUS_NOT_SUPPORTED},
        {BCRYPT_RNG_ALG_HANDLE, &hash, nullptr, 0, 0, STATUS_NOT_SUPPORTED},
        {BCRYPT_SHA1_ALG_HANDLE, nullptr, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA1_ALG_HANDLE, &hash, nullptr, 0, 1, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA1_ALG_HANDLE, &hash, secret, 4, 0, STATUS_INVALID_PARAMETER}, // N-67
        {BCRYPT_CSHAKE128_ALG_HANDLE, &hash, secret, 4, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, &hash, nullptr, 4, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CMAC_ALG_HANDLE, &hash, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CMAC_ALG_HANDLE, &hash, secret, 15, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_GMAC_ALG_HANDLE, &hash, secret, 33, 0, STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows) {
        hash = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            BOOST_TEST(BCryptCreateHash(row.algorithm, row.out, nullptr, 0, row.secret, row.size,
                                        row.flags) == row.status);
            BOOST_TEST((hash != nullptr) == (row.status == STATUS_SUCCESS)); // N-03
        }
        if (hash)
            CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS);
    }
}

BOOST_AUTO_TEST_CASE(tell_of_object_memory_that_is_too_small)
{
    for (const BCRYPT_ALG_HANDLE algorithm :
         {BCRYPT_SHA1_ALG_HANDLE, BCRYPT_HMAC_SHA512_ALG_HANDLE, BCRYPT_HMAC_SHA3_256_ALG_HANDLE,
          BCRYPT_KMAC256_ALG_HANDLE, BCRYPT_CSHAKE128_ALG_HANDLE}) {
        const ULONG needed = dword_property(algorithm, BCRYPT_OBJECT_LENGTH);
        const ByteVector before(needed, 0xA5);
        ByteVector memory = before;
        BCRYPT_HASH_HANDLE hash = nullptr;
        const auto create = [&](PUCHAR object, ULONG size) {
            return BCryptCreateHash(algorithm, &hash, object, size, nullptr, 0, 0);
        };
        CHECK_STATUS(create(memory.data(), needed - 1), STATUS_BUFFER_TOO_SMALL);
        CHECK_STATUS(create(memory.data(), 0), STATUS_BUFFER_TOO_SMALL); // N-15
        CHECK_STATUS(create(nullptr, needed), STATUS_INVALID_PARAMETER); // N-14
        BOOST_TEST((hash == nullptr && memory == before));
        CHECK_STATUS(create(memory.data(), needed), STATUS_SUCCESS);
        BCRYPT_HASH_HANDLE copy = nullptr;
        ByteVector short_memory(needed - 1);
        CHECK_STATUS(BCryptDuplicateHash(hash, &copy, short_memory.data(), needed - 1, 0),
                     STATUS_BUFFER_TOO_SMALL);
        CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptHashData_statuses)

BOOST_AUTO_TEST_CASE(depend_on_handle_pointers_flags_and_state)
{
    const HashHandle running(BCRYPT_SHA1_ALG_HANDLE), finished(BCRYPT_SHA1_ALG_HANDLE);
    const HashHandle squeezing(BCRYPT_CSHAKE128_ALG_HANDLE);
    finished.finish(20);
    squeezing.finish(8, BCRYPT_HASH_DONT_RESET_FLAG);
    UCHAR data[4] = {};
    const struct {
        BCRYPT_HASH_HANDLE hash;
        PUCHAR input;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {running, data, 4, 0, STATUS_SUCCESS},
        {running, nullptr, 0, 0, STATUS_SUCCESS}, // N-69
        {running, data, 0, 0, STATUS_SUCCESS},
        {running, nullptr, 4, 0, STATUS_INVALID_PARAMETER},
        {running, data, 4, 1, STATUS_INVALID_PARAMETER},
        {nullptr, data, 4, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_SHA1_ALG_HANDLE, data, 4, 0, STATUS_INVALID_HANDLE},
        {finished, data, 4, 0, STATUS_INVALID_HANDLE},
        {finished, nullptr, 0, 0, STATUS_INVALID_HANDLE},  // observed.md part 2 C
        {squeezing, data, 4, 0, STATUS_INVALID_PARAMETER}, // N-206
        {squeezing, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptHashData(row.hash, row.input, row.size, row.flags) == row.status);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptFinishHash_statuses)

BOOST_AUTO_TEST_CASE(depend_on_handle_length_flags_and_state)
{
    const HashHandle finished(BCRYPT_SHA1_ALG_HANDLE), running(BCRYPT_SHA1_ALG_HANDLE);
    const HashHandle xof(BCRYPT_CSHAKE128_ALG_HANDLE),
        mac(BCRYPT_AES_CMAC_ALG_HANDLE, 0, ByteVector(16));
    const HashHandle no_nonce(BCRYPT_AES_GMAC_ALG_HANDLE, 0, ByteVector(16));
    finished.finish(20);
    UCHAR value[64];
    const struct {
        BCRYPT_HASH_HANDLE hash;
        PUCHAR output;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {nullptr, value, 20, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_SHA1_ALG_HANDLE, value, 20, 0, STATUS_INVALID_HANDLE},
        {finished, value, 20, 0, STATUS_INVALID_HANDLE},
        {finished, value, 19, 0, STATUS_INVALID_HANDLE}, // the state before the length (N-09)
        {running, nullptr, 20, 0, STATUS_INVALID_PARAMETER},
        {running, value, 19, 0, STATUS_INVALID_PARAMETER},
        {running, value, 21, 0, STATUS_INVALID_PARAMETER},
        {running, value, 0, 0, STATUS_INVALID_PARAMETER}, // N-212
        {running, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
        {running, value, 20, BCRYPT_HASH_DONT_RESET_FLAG, STATUS_INVALID_PARAMETER},
        {running, value, 20, 2, STATUS_INVALID_PARAMETER},
        {mac, value, 15, 0, STATUS_INVALID_PARAMETER},
        {mac, value, 16, BCRYPT_HASH_DONT_RESET_FLAG, STATUS_INVALID_PARAMETER},
        {no_nonce, value, 16, 0, STATUS_INVALID_PARAMETER}, // N-208
        {xof, nullptr, 8, 0, STATUS_INVALID_PARAMETER},
        {xof, value, 8, 2, STATUS_INVALID_PARAMETER},
        {xof, value, 8, BCRYPT_HASH_DONT_RESET_FLAG, STATUS_SUCCESS},
        {xof, nullptr, 0, 0, STATUS_SUCCESS}, // N-212
        {xof, value, 8, 0, STATUS_INVALID_HANDLE},
        {running, value, 20, 0, STATUS_SUCCESS}, // none of the refusals finished it
        {mac, value, 16, 0, STATUS_SUCCESS},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptFinishHash(row.hash, row.output, row.size, row.flags) == row.status);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptDuplicateHash_statuses)

BOOST_AUTO_TEST_CASE(depend_on_handle_pointers_flags_and_state)
{
    const HashHandle running(BCRYPT_SHA1_ALG_HANDLE), finished(BCRYPT_SHA1_ALG_HANDLE);
    finished.finish(20);
    UCHAR memory[16];
    BCRYPT_HASH_HANDLE copy = nullptr;
    const struct {
        BCRYPT_HASH_HANDLE hash;
        BCRYPT_HASH_HANDLE* out;
        PUCHAR object;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {running, &copy, nullptr, 0, 0, STATUS_SUCCESS},
        {nullptr, &copy, nullptr, 0, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_SHA1_ALG_HANDLE, &copy, nullptr, 0, 0, STATUS_INVALID_HANDLE},
        {finished, &copy, nullptr, 0, 0, STATUS_INVALID_HANDLE}, // N-70
        {running, nullptr, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
        {running, &copy, nullptr, 0, 1, STATUS_INVALID_PARAMETER},
        {running, &copy, nullptr, 16, 0, STATUS_INVALID_PARAMETER},
        {running, &copy, memory, 16, 0, STATUS_BUFFER_TOO_SMALL},
    };
    for (const auto& row : rows) {
        copy = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            BOOST_TEST(BCryptDuplicateHash(row.hash, row.out, row.object, row.size, row.flags) ==
                       row.status);
            BOOST_TEST((copy != nullptr) == (row.status == STATUS_SUCCESS));
        }
        if (copy)
            CHECK_STATUS(BCryptDestroyHash(copy), STATUS_SUCCESS);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptDestroyHash_statuses)

BOOST_AUTO_TEST_CASE(what_is_no_hash_is_an_invalid_parameter) // lifetime.md 4
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    BCRYPT_HASH_HANDLE hash = nullptr;
    REQUIRE_STATUS(BCryptCreateHash(BCRYPT_SHA1_ALG_HANDLE, &hash, nullptr, 0, nullptr, 0, 0),
                   STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroyHash(hash), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDestroyHash(nullptr), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDestroyHash(key), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDestroyHash(BCRYPT_SHA1_ALG_HANDLE), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDestroyHash(number(0xdeadbeef)), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptHash_statuses)

BOOST_AUTO_TEST_CASE(are_those_of_its_parts)
{
    UCHAR value[64], secret[16] = {};
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        PUCHAR secret;
        ULONG secret_size;
        PUCHAR input;
        ULONG input_size;
        PUCHAR output;
        ULONG output_size;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_SHA1_ALG_HANDLE, nullptr, 0, nullptr, 0, value, 20, STATUS_SUCCESS},
        {BCRYPT_SHA1_ALG_HANDLE, nullptr, 0, nullptr, 0, nullptr, 20,
         STATUS_INVALID_PARAMETER}, // observed.md part 2 C
        {BCRYPT_SHA1_ALG_HANDLE, nullptr, 0, nullptr, 0, value, 19, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA1_ALG_HANDLE, nullptr, 0, nullptr, 0, value, 21, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA1_ALG_HANDLE, nullptr, 0, nullptr, 1, value, 20, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA1_ALG_HANDLE, secret, 16, nullptr, 0, value, 20, STATUS_INVALID_PARAMETER},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, secret, 16, nullptr, 0, value, 20, STATUS_SUCCESS},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, nullptr, 16, nullptr, 0, value, 20, STATUS_INVALID_PARAMETER},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, secret, 16, nullptr, 0, value, 19, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CMAC_ALG_HANDLE, secret, 16, nullptr, 0, value, 16, STATUS_SUCCESS},
        {BCRYPT_AES_CMAC_ALG_HANDLE, secret, 15, nullptr, 0, value, 16, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_GMAC_ALG_HANDLE, secret, 16, nullptr, 0, value, 16,
         STATUS_INVALID_PARAMETER}, // N-208
        {BCRYPT_CSHAKE256_ALG_HANDLE, nullptr, 0, nullptr, 0, value, 7, STATUS_SUCCESS},
        {BCRYPT_CSHAKE256_ALG_HANDLE, nullptr, 0, nullptr, 0, nullptr, 0, STATUS_SUCCESS}, // N-212
        {BCRYPT_KMAC256_ALG_HANDLE, secret, 16, nullptr, 0, value, 64, STATUS_SUCCESS},
        {BCRYPT_RNG_ALG_HANDLE, nullptr, 0, nullptr, 0, value, 20, STATUS_NOT_SUPPORTED},
        {nullptr, nullptr, 0, nullptr, 0, value, 20, STATUS_INVALID_HANDLE},
        {number(0x451), nullptr, 0, nullptr, 0, value, 20, STATUS_INVALID_HANDLE}, // N-89
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptHash(row.algorithm, row.secret, row.secret_size, row.input, row.input_size,
                          row.output, row.output_size) == row.status);
}

BOOST_AUTO_TEST_CASE(the_hash_of_nothing)
{
    BOOST_TEST(hash_of(BCRYPT_SHA1_ALG_HANDLE, {}, 20) ==
               "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}

BOOST_AUTO_TEST_SUITE_END()
