// SPDX-License-Identifier: BSD-2-Clause
// CryptGenRandom, RtlGenRandom and RtlEncryptMemory (cryptoapi.md 1.31 to 1.33).
#include "crypt_fixtures.h"
#include "support/process.h"

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

BOOST_AUTO_TEST_SUITE(RtlEncryptMemory_rules)

namespace {

constexpr ULONG options[] = {0, RTL_ENCRYPT_OPTION_CROSS_PROCESS, RTL_ENCRYPT_OPTION_SAME_LOGON,
                             RTL_ENCRYPT_OPTION_FOR_SYSTEM};

ULONG size_of(const ByteVector& memory)
{
    return static_cast<ULONG>(memory.size());
}

ByteVector protect(ByteVector memory, ULONG option)
{
    CHECK_STATUS(RtlEncryptMemory(memory.data(), size_of(memory), option), STATUS_SUCCESS);
    return memory;
}

ByteVector unprotect(ByteVector memory, ULONG option)
{
    CHECK_STATUS(RtlDecryptMemory(memory.data(), size_of(memory), option), STATUS_SUCCESS);
    return memory;
}

/// For another process: whether it sees what was protected.
template <ULONG Option>
int reads(const std::string& secret)
{
    ByteVector memory = from_hex(secret);
    RtlDecryptMemory(memory.data(), size_of(memory), Option);
    return memory == counting(32);
}

} // namespace

BOOST_AUTO_TEST_CASE(decrypts_what_it_encrypted_at_any_size_of_whole_blocks)
{
    for (const ULONG option : options)
        for (const std::size_t size : {0, 8, 16, 40, 1024, 4104}) {
            const ByteVector plain = counting(size);
            const ByteVector secret = protect(plain, option);
            BOOST_CHECK_EQUAL(secret.size(), plain.size());
            if (size != 0)
                BOOST_CHECK(secret != plain);
            BOOST_CHECK(unprotect(secret, option) == plain);
        }
}

BOOST_AUTO_TEST_CASE(each_option_has_a_key_of_its_own)
{
    const ByteVector plain = counting(64);
    for (const ULONG option : options)
        for (const ULONG other : options)
            if (other != option)
                BOOST_CHECK(unprotect(protect(plain, option), other) != plain);
}

BOOST_AUTO_TEST_CASE(every_byte_depends_on_every_other)
{
    const ByteVector plain(64, 7);
    const ByteVector secret = protect(plain, 0);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        ByteVector changed = plain;
        changed[i] ^= 1;
        const ByteVector other = protect(changed, 0);
        std::size_t equal = 0;
        for (std::size_t j = 0; j < other.size(); ++j)
            equal += other[j] == secret[j];
        BOOST_CHECK_LT(equal, 8U);
    }
}

BOOST_AUTO_TEST_CASE(another_process_reads_what_was_protected_for_it_alone)
{
    const auto told = [](ULONG option) { return to_hex(protect(counting(32), option)); };
    BOOST_CHECK_EQUAL(in_another_process(reads<0>, told(0)), 0);
    BOOST_CHECK_EQUAL(in_another_process(reads<RTL_ENCRYPT_OPTION_CROSS_PROCESS>,
                                         told(RTL_ENCRYPT_OPTION_CROSS_PROCESS)),
                      1);
    BOOST_CHECK_EQUAL(in_another_process(reads<RTL_ENCRYPT_OPTION_SAME_LOGON>,
                                         told(RTL_ENCRYPT_OPTION_SAME_LOGON)),
                      1);
}

BOOST_AUTO_TEST_CASE(answers_STATUS_INVALID_PARAMETER_and_leaves_the_memory)
{
    ByteVector memory = counting(24);
    const ByteVector before = memory;
    for (const auto call : {&SystemFunction040, &SystemFunction041}) {
        for (const ULONG size : {1U, 7U, 9U, 23U})
            CHECK_STATUS(call(memory.data(), size, 0), STATUS_INVALID_PARAMETER); // U-63
        for (const ULONG option : {3U, 5U, 7U, 8U, 0xFFFFFFFFU})
            CHECK_STATUS(call(memory.data(), 8, option), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(call(nullptr, 8, 0), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(call(nullptr, 0, 0), STATUS_SUCCESS);
    }
    BOOST_CHECK(memory == before);
}

BOOST_AUTO_TEST_SUITE_END()
