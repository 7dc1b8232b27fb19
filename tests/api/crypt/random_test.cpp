// SPDX-License-Identifier: BSD-2-Clause
// CryptGenRandom and RtlGenRandom (cryptoapi.md 1.31, 1.32).
#include "crypt_fixtures.h"

#include <ntsecapi.h>
#include <set>
#include <thread>

using namespace capishim_test;

namespace {

/// Of 4096 bytes each value is expected 16 times; a count past 80 or a value that is missing
/// together with 40 others would be no accident.
void check_that_it_looks_random(const ByteVector& bytes)
{
    std::vector<int> counts(256);
    for (const BYTE byte : bytes)
        ++counts[byte];
    BOOST_CHECK_LT(*std::max_element(counts.begin(), counts.end()), 80);
    BOOST_CHECK_LT(std::count(counts.begin(), counts.end(), 0), 40);
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptGenRandom_rules)

BOOST_AUTO_TEST_CASE(fills_the_buffer_and_nothing_behind_it)
{
    for (const ProviderName& which : rsa_providers) {
        const Provider context(which);
        for (const DWORD size : {1u, 7u, 8u, 32u, 100u, 4096u, 70'000u}) {
            ByteVector bytes(size + 16, 0xA5);
            CHECK_SUCCEEDS(CryptGenRandom(context.provider, size, bytes.data()));
            BOOST_CHECK(std::all_of(bytes.begin() + size, bytes.end(),
                                    [](BYTE byte) { return byte == 0xA5; }));
            if (size == 4096)
                check_that_it_looks_random({bytes.begin(), bytes.begin() + size});
        }
    }
}

BOOST_AUTO_TEST_CASE(never_gives_the_same_bytes_twice_on_any_thread)
{
    const VerifyContext context;
    std::vector<ByteVector> drawn(4 * 1000, ByteVector(16));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&, i] {
            for (int j = 0; j < 1000; ++j)
                CryptGenRandom(context.provider, 16, drawn[1000 * i + j].data());
        });
    for (std::thread& thread : threads)
        thread.join();
    BOOST_CHECK_EQUAL((std::set<ByteVector>(drawn.begin(), drawn.end()).size()), drawn.size());
}

BOOST_AUTO_TEST_CASE(takes_a_length_of_zero_and_refuses_a_null_buffer)
{
    const VerifyContext context;
    BYTE byte = 0;
    CHECK_SUCCEEDS(CryptGenRandom(context.provider, 0, &byte)); // U-62
    CHECK_SUCCEEDS(CryptGenRandom(context.provider, 0, nullptr));
    CHECK_FAILS_WITH(CryptGenRandom(context.provider, 1, nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptGenRandom(context.provider, 0xFFFFFFFF, nullptr),
                     ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(RtlGenRandom_rules)

BOOST_AUTO_TEST_CASE(fills_the_buffer_and_takes_a_length_of_zero)
{
    ByteVector bytes(4096 + 16, 0xA5);
    BOOST_CHECK(RtlGenRandom(bytes.data(), 4096));
    check_that_it_looks_random({bytes.begin(), bytes.begin() + 4096});
    BOOST_CHECK(
        std::all_of(bytes.begin() + 4096, bytes.end(), [](BYTE byte) { return byte == 0xA5; }));
    BOOST_CHECK(RtlGenRandom(nullptr, 0)); // observed.md
    BOOST_CHECK(RtlGenRandom(bytes.data(), 0));
}

BOOST_AUTO_TEST_SUITE_END()
