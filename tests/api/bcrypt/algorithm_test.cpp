// SPDX-License-Identifier: BSD-2-Clause
// Opening and listing: cng.md 1.1, 1.3, 1.4, 1.7, 1.8.
#include "bcrypt_fixtures.h"

#include <set>

using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(BCryptOpenAlgorithmProvider_)

BOOST_AUTO_TEST_CASE(statuses_depend_on_name_provider_and_flags)
{
    BCRYPT_ALG_HANDLE made = nullptr;
    const struct {
        BCRYPT_ALG_HANDLE* out;
        LPCWSTR id, provider;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {&made, BCRYPT_AES_ALGORITHM, nullptr, 0, STATUS_SUCCESS},
        {&made, BCRYPT_AES_ALGORITHM, MS_PRIMITIVE_PROVIDER, 0, STATUS_SUCCESS},
        {&made, BCRYPT_SHA256_ALGORITHM, nullptr, BCRYPT_ALG_HANDLE_HMAC_FLAG, STATUS_SUCCESS},
        {&made, BCRYPT_RSA_SIGN_ALGORITHM, nullptr, 0, STATUS_SUCCESS}, // observed.md part 2 A
        {nullptr, BCRYPT_AES_ALGORITHM, nullptr, 0, STATUS_INVALID_PARAMETER},
        {&made, nullptr, nullptr, 0, STATUS_INVALID_PARAMETER},
        {&made, L"aes", nullptr, 0, STATUS_NOT_FOUND}, // N-23
        {&made, L"", nullptr, 0, STATUS_NOT_FOUND},
        {&made, L"A name that is longer than any that an algorithm has ever been known by", nullptr,
         0, STATUS_NOT_FOUND},
        {&made, BCRYPT_AES_ALGORITHM, L"Another Provider", 0, STATUS_NOT_FOUND},
        {&made, BCRYPT_AES_ALGORITHM, nullptr, BCRYPT_ALG_HANDLE_HMAC_FLAG, STATUS_NOT_SUPPORTED},
        {&made, BCRYPT_SHA1_ALGORITHM, nullptr, BCRYPT_CAPI_AES_FLAG, STATUS_NOT_SUPPORTED},
        {&made, BCRYPT_AES_ALGORITHM, nullptr, 0x80000000, STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows) {
        made = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            BOOST_TEST(BCryptOpenAlgorithmProvider(row.out, row.id, row.provider, row.flags) ==
                       row.status);
            BOOST_TEST((made != nullptr) == (row.status == STATUS_SUCCESS));
        }
        if (made)
            CHECK_STATUS(BCryptCloseAlgorithmProvider(made, 0), STATUS_SUCCESS);
    }
}

BOOST_AUTO_TEST_CASE(each_open_gives_a_handle_of_its_own)
{
    const AlgorithmHandle first(BCRYPT_AES_ALGORITHM), second(BCRYPT_AES_ALGORITHM);
    BOOST_TEST(first.handle != second.handle);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptEnumAlgorithms_)

BOOST_AUTO_TEST_CASE(each_operation_lists_its_interface_and_all_names_open)
{
    const struct {
        ULONG operations, interface_number;
        const char* member;
    } rows[] = {
        {BCRYPT_CIPHER_OPERATION, 1, "RC4"},
        {BCRYPT_HASH_OPERATION, 2, "MD2"},
        {BCRYPT_ASYMMETRIC_ENCRYPTION_OPERATION, 3, "RSA"},
        {BCRYPT_SECRET_AGREEMENT_OPERATION, 4, "ECDH_P521"},
        {BCRYPT_SECRET_AGREEMENT_OPERATION, 4, "ECDH"},
        {BCRYPT_SIGNATURE_OPERATION, 5, "ECDSA_P384"},
        {BCRYPT_SIGNATURE_OPERATION, 5, "ECDSA"},
        {BCRYPT_SIGNATURE_OPERATION, 5, "RSA"}, // N-29
        {BCRYPT_RNG_OPERATION, 6, "RNG"},
    };
    for (const auto& row : rows) {
        ULONG count = 0;
        BCRYPT_ALGORITHM_IDENTIFIER* list = nullptr;
        REQUIRE_STATUS(BCryptEnumAlgorithms(row.operations, &count, &list, 0), STATUS_SUCCESS);
        std::set<std::string> names;
        for (ULONG i = 0; i < count; ++i) {
            BOOST_TEST(list[i].dwClass == row.interface_number);
            names.insert(narrow(list[i].pszName));
            const AlgorithmHandle opens(list[i].pszName);
        }
        BOOST_TEST(names.count(row.member) == 1u);
        BCryptFreeBuffer(list);
    }
}

BOOST_AUTO_TEST_CASE(no_operation_means_all)
{
    ULONG count = 0, all = 0;
    BCRYPT_ALGORITHM_IDENTIFIER* list = nullptr;
    REQUIRE_STATUS(BCryptEnumAlgorithms(0, &count, &list, 0), STATUS_SUCCESS); // observed.md A
    BCryptFreeBuffer(list);
    REQUIRE_STATUS(BCryptEnumAlgorithms(0x7F, &all, &list, 0), STATUS_SUCCESS);
    BCryptFreeBuffer(list);
    BOOST_TEST(count == all);
    CHECK_STATUS(BCryptEnumAlgorithms(0x80, &count, &list, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptEnumAlgorithms(1, nullptr, &list, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptEnumAlgorithms(0, &count, nullptr, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptEnumAlgorithms(1, &count, &list, 1), STATUS_INVALID_PARAMETER);
    BCryptFreeBuffer(nullptr); // N-36
}

BOOST_AUTO_TEST_CASE(there_is_one_provider_of_each_algorithm)
{
    ULONG count = 0;
    BCRYPT_PROVIDER_NAME* list = nullptr;
    REQUIRE_STATUS(BCryptEnumProviders(BCRYPT_AES_ALGORITHM, &count, &list, 0), STATUS_SUCCESS);
    BOOST_TEST(count == 1u);
    BOOST_TEST(narrow(list[0].pszProviderName) == "Microsoft Primitive Provider");
    BCryptFreeBuffer(list);
    CHECK_STATUS(BCryptEnumProviders(L"none", &count, &list, 0), STATUS_NOT_FOUND);
    CHECK_STATUS(BCryptEnumProviders(nullptr, &count, &list, 0), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(fips_mode_is_off)
{
    BOOLEAN enabled = 1;
    CHECK_STATUS(BCryptGetFipsAlgorithmMode(&enabled), STATUS_SUCCESS);
    BOOST_TEST(enabled == 0);
    CHECK_STATUS(BCryptGetFipsAlgorithmMode(nullptr), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()
