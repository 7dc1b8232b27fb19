// SPDX-License-Identifier: BSD-2-Clause
// The table of algorithms, and what an algorithm handle does with key lengths and flags.
#include "cng/provider.h"
#include "support/fault_check.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

using namespace capishim;
using namespace capishim::cng;

BOOST_AUTO_TEST_SUITE(cng_algorithms)

BOOST_AUTO_TEST_CASE(names_are_compared_with_their_case)
{
    BOOST_REQUIRE(find_algorithm("AES") != nullptr);
    BOOST_TEST((find_algorithm("AES")->family == Family::block_cipher));
    BOOST_TEST(find_algorithm("aes") == nullptr);
    BOOST_TEST(find_algorithm("") == nullptr);
    BOOST_TEST(find_algorithm("AESX") == nullptr);
}

BOOST_AUTO_TEST_CASE(object_lengths_keep_within_what_careless_programs_allow)
{
    for (const Algorithm& algorithm : algorithms()) {
        BOOST_TEST_CONTEXT(algorithm.id)
        {
            BOOST_TEST(algorithm.object_length % 16 == 0u);
            if (algorithm.is_cipher())
                BOOST_TEST(algorithm.object_length <=
                           (algorithm.family == Family::xts ? 1280u : 1024u));
            if (algorithm.family != Family::hash)
                continue;
            if (algorithm.hash <= engine::HashId::sha512) // observed.md part 2 C
                BOOST_TEST(algorithm.object_length <= 512u);
            BOOST_TEST(algorithm.object_length + hmac_object_length <= 1024u);
        }
    }
}

struct LengthRow {
    const char* algorithm;
    std::size_t given;
    std::size_t taken; // 0: refused
};

BOOST_AUTO_TEST_CASE(secrets_are_cut_to_the_longest_key_and_else_must_fit)
{
    constexpr LengthRow rows[] = {
        {"AES", 16, 16},
        {"AES", 24, 24},
        {"AES", 32, 32},
        {"AES", 33, 32},
        {"AES", 100, 32},
        {"AES", 1, 0},
        {"AES", 17, 0},
        {"AES", 20, 0},
        {"AES", 0, 0},
        {"DES", 8, 8},
        {"DES", 9, 8},
        {"DES", 7, 0},
        {"3DES", 24, 24},
        {"3DES", 32, 24},
        {"3DES", 16, 0},
        {"3DES_112", 16, 16},
        {"3DES_112", 24, 16},
        {"3DES_112", 8, 0},
        {"RC2", 2, 2},
        {"RC2", 1, 0},
        {"RC2", 16, 16},
        {"RC2", 17, 16},
        {"RC4", 1, 1},
        {"RC4", 0, 0},
        {"RC4", 64, 64},
        {"RC4", 65, 64},
        {"XTS-AES", 16, 0},
        {"XTS-AES", 32, 32},
        {"XTS-AES", 48, 0},
        {"XTS-AES", 64, 64},
        {"XTS-AES", 80, 64},
        {"DESX", 24, 24},
        {"DESX", 25, 24},
        {"DESX", 16, 0},
        {"CHACHA20_POLY1305", 32, 32},
        {"CHACHA20_POLY1305", 33, 32},
        {"CHACHA20_POLY1305", 16, 0},
    };
    const Bytes secret(128, 0x5A);
    for (const LengthRow& row : rows) {
        const AlgorithmObject algorithm(*find_algorithm(row.algorithm), {});
        BOOST_TEST_CONTEXT(row.algorithm << " with " << row.given << " bytes")
        {
            const ByteView given = ByteView(secret).first(row.given);
            if (row.taken == 0)
                CHECK_FAULT(algorithm.fitting_secret(given), Fault::invalid_parameter);
            else
                BOOST_TEST(algorithm.fitting_secret(given).size() == row.taken);
        }
    }
}

BOOST_AUTO_TEST_CASE(extended_key_sizes_allow_more_and_cut_nothing)
{
    AlgorithmObject::Traits traits;
    traits.extended_keys = true;
    const AlgorithmObject rc2(*find_algorithm("RC2"), traits);
    const Bytes secret(300, 1);
    BOOST_TEST(rc2.key_lengths().max_bits == 1024u);
    BOOST_TEST(rc2.fitting_secret(ByteView(secret).first(128)).size() == 128u);
    CHECK_FAULT(rc2.fitting_secret(ByteView(secret).first(129)), Fault::invalid_parameter);
    const AlgorithmObject aes(*find_algorithm("AES"), traits);
    CHECK_FAULT(aes.fitting_secret(ByteView(secret).first(33)), Fault::invalid_parameter);
}

BOOST_AUTO_TEST_CASE(flags_are_taken_by_the_algorithms_they_are_for)
{
    const Algorithm& sha = *find_algorithm("SHA256");
    const Algorithm& aes = *find_algorithm("AES");
    BOOST_TEST(AlgorithmObject::traits_of(sha, BCRYPT_ALG_HANDLE_HMAC_FLAG).hmac);
    BOOST_TEST(AlgorithmObject::traits_of(aes, BCRYPT_PROV_DISPATCH).dispatch);
    CHECK_FAULT(AlgorithmObject::traits_of(aes, BCRYPT_ALG_HANDLE_HMAC_FLAG), Fault::not_supported);
    CHECK_FAULT(AlgorithmObject::traits_of(sha, BCRYPT_CAPI_AES_FLAG), Fault::not_supported);
    CHECK_FAULT(AlgorithmObject::traits_of(aes, 0x80000000), Fault::invalid_parameter);
}

BOOST_AUTO_TEST_SUITE_END()
