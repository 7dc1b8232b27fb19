// SPDX-License-Identifier: BSD-2-Clause
// The other statuses of the functions on algorithm handles, lists and properties: cng.md 1.1 to
// 1.8.
#include "hash_fixtures.h"
#include "support/environment.h"

using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(BCryptOpenAlgorithmProvider_statuses)

BOOST_AUTO_TEST_CASE(each_flag_is_for_some_algorithms)
{
    const struct {
        LPCWSTR id;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_RSA_ALGORITHM, BCRYPT_PROV_DISPATCH, STATUS_SUCCESS},
        {BCRYPT_SHA1_ALGORITHM, BCRYPT_HASH_REUSABLE_FLAG, STATUS_SUCCESS},
        {BCRYPT_AES_CMAC_ALGORITHM, BCRYPT_HASH_REUSABLE_FLAG, STATUS_SUCCESS},
        {BCRYPT_SHA1_ALGORITHM, BCRYPT_MULTI_FLAG, STATUS_SUCCESS},
        {BCRYPT_SHA1_ALGORITHM,
         BCRYPT_PROV_DISPATCH | BCRYPT_ALG_HANDLE_HMAC_FLAG | BCRYPT_HASH_REUSABLE_FLAG |
             BCRYPT_MULTI_FLAG,
         STATUS_SUCCESS},
        {BCRYPT_SHA3_256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, STATUS_SUCCESS},
        {BCRYPT_RC2_ALGORITHM, BCRYPT_EXTENDED_KEYSIZE, STATUS_SUCCESS},
        {BCRYPT_SHA1_ALGORITHM, BCRYPT_EXTENDED_KEYSIZE, STATUS_NOT_SUPPORTED},
        {BCRYPT_RSA_ALGORITHM, BCRYPT_MULTI_FLAG, STATUS_NOT_SUPPORTED},
        {BCRYPT_RSA_ALGORITHM, BCRYPT_HASH_REUSABLE_FLAG, STATUS_NOT_SUPPORTED},
        {BCRYPT_RNG_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, STATUS_NOT_SUPPORTED},
        {BCRYPT_KMAC128_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, STATUS_NOT_SUPPORTED}, // N-207
        {BCRYPT_SHA1_ALGORITHM, BCRYPT_CAPI_AES_FLAG, STATUS_NOT_SUPPORTED},           // N-24
        {BCRYPT_AES_ALGORITHM, BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS, STATUS_NOT_SUPPORTED},
        {BCRYPT_SHA1_ALGORITHM, 0x2, STATUS_INVALID_PARAMETER}, // N-26
        {BCRYPT_SHA1_ALGORITHM, 0x200, STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows) {
        BCRYPT_ALG_HANDLE opened = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(BCryptOpenAlgorithmProvider(&opened, row.id, nullptr, row.flags) == row.status);
        BOOST_TEST((opened != nullptr) == (row.status == STATUS_SUCCESS)); // N-03
        if (opened)
            CHECK_STATUS(BCryptCloseAlgorithmProvider(opened, 0), STATUS_SUCCESS);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptCloseAlgorithmProvider_statuses)

BOOST_AUTO_TEST_CASE(what_is_no_open_handle_is_an_invalid_one)
{
    BCRYPT_ALG_HANDLE opened = nullptr;
    REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&opened, BCRYPT_AES_ALGORITHM, nullptr, 0),
                   STATUS_SUCCESS);
    const KeyHandle key = symmetric_key(opened, std::string(32, '0'));
    const HashHandle hash(BCRYPT_SHA1_ALG_HANDLE);
    const struct {
        BCRYPT_ALG_HANDLE handle;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {opened, 1, STATUS_INVALID_PARAMETER}, // N-27: stays open
        {opened, 0, STATUS_SUCCESS},           // while a key of it lives
        {opened, 0, STATUS_INVALID_HANDLE},
        {opened, 1, STATUS_INVALID_HANDLE},
        {nullptr, 0, STATUS_INVALID_HANDLE},
        {key, 0, STATUS_INVALID_HANDLE},
        {hash, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_SHA1_ALG_HANDLE, 0, STATUS_INVALID_HANDLE},
        {number(0xdeadbeef), 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptCloseAlgorithmProvider(row.handle, row.flags) == row.status);
    BOOST_TEST(dword_property(key, BCRYPT_KEY_LENGTH) == 128u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(Lists_statuses)

BOOST_AUTO_TEST_CASE(of_BCryptEnumAlgorithms)
{
    ULONG count = 0;
    BCRYPT_ALGORITHM_IDENTIFIER* list = nullptr;
    const struct {
        ULONG operations;
        ULONG* count;
        BCRYPT_ALGORITHM_IDENTIFIER** list;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_HASH_OPERATION, &count, &list, 0, STATUS_SUCCESS},
        {BCRYPT_HASH_OPERATION | BCRYPT_RNG_OPERATION, &count, &list, 0, STATUS_SUCCESS},
        {0, &count, &list, 0, STATUS_SUCCESS}, // observed.md part 2 A
        {BCRYPT_HASH_OPERATION, nullptr, &list, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_HASH_OPERATION, &count, nullptr, 0, STATUS_INVALID_PARAMETER},
        {0, nullptr, &list, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_HASH_OPERATION, &count, &list, 1, STATUS_INVALID_PARAMETER},
        {0x80, &count, &list, 0, STATUS_INVALID_PARAMETER}, // N-30
    };
    for (const auto& row : rows) {
        list = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(BCryptEnumAlgorithms(row.operations, row.count, row.list, row.flags) ==
                   row.status);
        BOOST_TEST((list != nullptr) == (row.status == STATUS_SUCCESS));
        BCryptFreeBuffer(list); // null is nothing to do (N-36)
    }
}

BOOST_AUTO_TEST_CASE(hashes_come_in_the_order_of_the_table) // N-31
{
    ULONG count = 0;
    BCRYPT_ALGORITHM_IDENTIFIER* list = nullptr;
    REQUIRE_STATUS(BCryptEnumAlgorithms(BCRYPT_HASH_OPERATION, &count, &list, 0), STATUS_SUCCESS);
    const std::vector<std::string> expected = {
        "MD2",       "MD4",       "MD5",      "SHA1",     "SHA256",   "SHA384",
        "SHA512",    "SHA3-256",  "SHA3-384", "SHA3-512", "SHAKE128", "SHAKE256",
        "CSHAKE128", "CSHAKE256", "KMAC128",  "KMAC256",  "AES-CMAC", "AES-GMAC"};
    std::vector<std::string> names;
    for (ULONG i = 0; i < count; ++i)
        names.push_back(narrow(list[i].pszName));
    BOOST_TEST(names == expected, boost::test_tools::per_element());
    BCryptFreeBuffer(list);
}

BOOST_AUTO_TEST_CASE(of_BCryptEnumProviders)
{
    ULONG count = 0;
    BCRYPT_PROVIDER_NAME* list = nullptr;
    const struct {
        LPCWSTR id;
        ULONG* count;
        BCRYPT_PROVIDER_NAME** list;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_KMAC128_ALGORITHM, &count, &list, 0, STATUS_SUCCESS},
        {nullptr, &count, &list, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA1_ALGORITHM, nullptr, &list, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA1_ALGORITHM, &count, nullptr, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA1_ALGORITHM, &count, &list, 1, STATUS_INVALID_PARAMETER},
        {L"SHA0", &count, &list, 0, STATUS_NOT_FOUND}, // N-32
    };
    for (const auto& row : rows) {
        list = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(BCryptEnumProviders(row.id, row.count, row.list, row.flags) == row.status);
        BOOST_TEST((list != nullptr) == (row.status == STATUS_SUCCESS));
        BCryptFreeBuffer(list);
    }
}

BOOST_AUTO_TEST_CASE(of_BCryptGetFipsAlgorithmMode)
{
    const char* const values[] = {"", "0", "1", "yes"};
    for (const char* const value : values) { // N-37
        set_environment("CAPISHIM_FIPS", value);
        BOOLEAN enabled = 7;
        CHECK_STATUS(BCryptGetFipsAlgorithmMode(&enabled), STATUS_SUCCESS);
        BOOST_TEST(enabled == (value == values[2]));
    }
    set_environment("CAPISHIM_FIPS", "");
    CHECK_STATUS(BCryptGetFipsAlgorithmMode(nullptr), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(Properties_statuses)

BOOST_AUTO_TEST_CASE(of_BCryptGetProperty)
{
    const HashHandle hash(BCRYPT_SHA1_ALG_HANDLE);
    ULONG value = 0, size = 0;
    const auto out = reinterpret_cast<PUCHAR>(&value);
    const struct {
        BCRYPT_HANDLE object;
        LPCWSTR name;
        PUCHAR output;
        ULONG room;
        ULONG* size;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {hash, BCRYPT_HASH_LENGTH, out, 4, &size, 0, STATUS_SUCCESS},
        {hash, BCRYPT_HASH_LENGTH, out, 0xFFFFFFFF, &size, 0, STATUS_SUCCESS},
        {hash, BCRYPT_HASH_LENGTH, nullptr, 0, &size, 0, STATUS_SUCCESS},
        {hash, BCRYPT_HASH_LENGTH, nullptr, 4, &size, 0, STATUS_SUCCESS},
        {hash, BCRYPT_HASH_LENGTH, out, 3, &size, 0, STATUS_BUFFER_TOO_SMALL},
        {hash, BCRYPT_HASH_LENGTH, out, 0, &size, 0, STATUS_BUFFER_TOO_SMALL},
        {hash, BCRYPT_HASH_LENGTH, out, 4, nullptr, 0, STATUS_INVALID_PARAMETER}, // N-07
        {hash, nullptr, out, 4, &size, 0, STATUS_INVALID_PARAMETER},
        {hash, BCRYPT_HASH_LENGTH, out, 4, &size, 1, STATUS_INVALID_PARAMETER},
        {hash, L"hashdigestlength", out, 4, &size, 0, STATUS_NOT_SUPPORTED}, // N-111
        {hash, L"", out, 4, &size, 0, STATUS_NOT_SUPPORTED},
        {hash, BCRYPT_CHAINING_MODE, out, 4, &size, 0, STATUS_NOT_SUPPORTED},
        {nullptr, BCRYPT_HASH_LENGTH, out, 4, &size, 0, STATUS_INVALID_HANDLE},
        {nullptr, nullptr, nullptr, 0, nullptr, 1, STATUS_INVALID_HANDLE}, // N-09
        {number(0xdeadbeef), BCRYPT_HASH_LENGTH, out, 4, &size, 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows) {
        size = 0xAAAA;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            BOOST_TEST(BCryptGetProperty(row.object, row.name, row.output, row.room, row.size,
                                         row.flags) == row.status);
            const bool told =
                row.status == STATUS_SUCCESS || row.status == STATUS_BUFFER_TOO_SMALL; // N-06
            BOOST_TEST(size == (told ? 4u : 0xAAAAu));
        }
    }
}

BOOST_AUTO_TEST_CASE(of_BCryptSetProperty)
{
    const AlgorithmHandle sha(BCRYPT_SHA1_ALGORITHM);
    const HashHandle sha_hash(sha), gmac(BCRYPT_AES_GMAC_ALG_HANDLE, 0, ByteVector(16));
    UCHAR value[16] = {};
    const struct {
        BCRYPT_HANDLE object;
        LPCWSTR name;
        PUCHAR input;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {gmac, BCRYPT_INITIALIZATION_VECTOR, value, 12, 0, STATUS_SUCCESS},
        {gmac, BCRYPT_INITIALIZATION_VECTOR, value, 13, 0, STATUS_INVALID_PARAMETER},
        {gmac, BCRYPT_INITIALIZATION_VECTOR, nullptr, 12, 0, STATUS_INVALID_PARAMETER},
        {gmac, BCRYPT_INITIALIZATION_VECTOR, value, 12, 1, STATUS_INVALID_PARAMETER},
        {gmac, nullptr, value, 12, 0, STATUS_INVALID_PARAMETER},
        {gmac, L"iv", value, 12, 0, STATUS_NOT_SUPPORTED}, // N-111
        {gmac, BCRYPT_HASH_LENGTH, value, 4, 0, STATUS_NOT_SUPPORTED},
        {sha_hash, BCRYPT_INITIALIZATION_VECTOR, value, 12, 0, STATUS_NOT_SUPPORTED},
        {sha, BCRYPT_HASH_LENGTH, value, 4, 0, STATUS_NOT_SUPPORTED},
        {sha, BCRYPT_INITIALIZATION_VECTOR, value, 12, 0, STATUS_NOT_SUPPORTED},
        {BCRYPT_SHA1_ALG_HANDLE, BCRYPT_HASH_LENGTH, value, 4, 0,
         STATUS_ACCESS_DENIED}, // observed.md part 2 A
        {nullptr, BCRYPT_HASH_LENGTH, value, 4, 0, STATUS_INVALID_HANDLE},
        {number(0x451), BCRYPT_HASH_LENGTH, value, 4, 0, STATUS_INVALID_HANDLE}, // N-89
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptSetProperty(row.object, row.name, row.input, row.size, row.flags) ==
               row.status);
}

BOOST_AUTO_TEST_SUITE_END()
