// SPDX-License-Identifier: BSD-2-Clause
#include "bcrypt_fixtures.h"

using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(BCryptGenRandom_)

BOOST_AUTO_TEST_CASE(statuses_depend_on_handle_and_flags)
{
    const AlgorithmHandle rng(BCRYPT_RNG_ALGORITHM), dual(BCRYPT_RNG_DUAL_EC_ALGORITHM);
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM);
    UCHAR data[32];
    const struct {
        BCRYPT_ALG_HANDLE handle;
        PUCHAR buffer;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {rng, data, 32, 0, STATUS_SUCCESS},
        {dual, data, 32, 0, STATUS_SUCCESS},
        {BCRYPT_RNG_ALG_HANDLE, data, 32, 0, STATUS_SUCCESS},
        {nullptr, data, 32, 2, STATUS_SUCCESS},
        {nullptr, data, 32, 3, STATUS_SUCCESS}, // observed.md part 2 A
        {rng, data, 32, 1, STATUS_SUCCESS},
        {rng, nullptr, 0, 0, STATUS_SUCCESS},
        {rng, nullptr, 1, 0, STATUS_INVALID_PARAMETER},
        {rng, data, 32, 4, STATUS_INVALID_PARAMETER},
        {rng, data, 32, 2, STATUS_INVALID_PARAMETER},
        {nullptr, data, 32, 0, STATUS_INVALID_HANDLE},
        {nullptr, nullptr, 0, 0, STATUS_INVALID_HANDLE}, // observed.md part 2 A
        {aes, data, 32, 0, STATUS_INVALID_HANDLE},
        {number(0x3A1), data, 32, 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptGenRandom(row.handle, row.buffer, row.size, row.flags) == row.status);
}

BOOST_AUTO_TEST_CASE(two_draws_differ_and_big_buffers_are_filled)
{
    ByteVector first(100000), second(100000);
    for (const ULONG flags : {2, 3}) {
        BCryptGenRandom(nullptr, first.data(), size_of(first), flags);
        BCryptGenRandom(nullptr, second.data(), size_of(second), flags);
        BOOST_TEST((first != second));
        BOOST_TEST(std::count(first.end() - 1000, first.end(), 0) < 50);
    }
}

BOOST_AUTO_TEST_CASE(the_system_preferred_generator_needs_no_open_provider)
{
    { // N-215 and cng.md 7.7: before, between and after
        const AlgorithmHandle rng(BCRYPT_RNG_ALGORITHM), fips(BCRYPT_RNG_FIPS186_DSA_ALGORITHM);
        UCHAR byte;
        CHECK_STATUS(BCryptGenRandom(fips, &byte, 1, 0), STATUS_SUCCESS);
    }
    ByteVector data(65537, 0xA5);
    CHECK_STATUS(BCryptGenRandom(nullptr, data.data(), size_of(data), 2), STATUS_SUCCESS);
    BOOST_TEST(std::count(data.begin(), data.end(), 0xA5) < 1000);
}

BOOST_AUTO_TEST_CASE(ProcessPrng_always_succeeds)
{
    ByteVector first(5000), second(5000);
    SetLastError(0x1234);
    BOOST_TEST(ProcessPrng(first.data(), first.size()) == TRUE);
    BOOST_TEST(ProcessPrng(second.data(), second.size()) == TRUE);
    BOOST_TEST(ProcessPrng(nullptr, 0) == TRUE);
    BOOST_TEST(GetLastError() == 0x1234u);
    BOOST_TEST((first != second));
    BOOST_TEST((first != ByteVector(5000)));
}

BOOST_AUTO_TEST_SUITE_END()
