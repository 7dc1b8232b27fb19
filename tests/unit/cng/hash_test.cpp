// SPDX-License-Identifier: BSD-2-Clause
// Hash objects: their states, copies and lengths. The digests themselves are the engine's tests.
#include "cng/hash.h"
#include "support/fault_check.h"
#include "support/vectors.h"

using namespace capishim;
using namespace capishim::cng;
using namespace capishim_test;

namespace {

const Algorithm& sha1()
{
    return *find_algorithm("SHA1");
}

ByteView text(const char* characters)
{
    return view(characters, std::strlen(characters));
}

std::string finished(Hash& hash)
{
    Bytes value(hash.size());
    hash.finish(value);
    return to_hex(value);
}

constexpr const char* sha1_abc = "a9993e364706816aba3e25717850c26c9cd0d89d";
constexpr const char* sha1_empty = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
constexpr const char* hmac_case_2 = "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"; // RFC 2202

} // namespace

BOOST_AUTO_TEST_SUITE(cng_hash)

BOOST_AUTO_TEST_CASE(a_plain_hash_is_good_for_one_value)
{
    Hash hash(sha1(), false);
    hash.update(text("a"));
    hash.update(text("bc"));
    BOOST_TEST(finished(hash) == sha1_abc);
    BOOST_TEST(hash.finished());
    CHECK_FAULT(hash.update({}), Fault::bad_hash_state);
    CHECK_FAULT(finished(hash), Fault::bad_hash_state);
    CHECK_FAULT(Hash(hash), Fault::bad_hash_state); // N-70
    BOOST_TEST(hash.size() == 20u);
}

BOOST_AUTO_TEST_CASE(a_reusable_hash_starts_again)
{
    Hash hash(sha1(), true);
    hash.update(text("abc"));
    BOOST_TEST(finished(hash) == sha1_abc);
    BOOST_TEST(finished(hash) == sha1_empty);
}

BOOST_AUTO_TEST_CASE(a_reusable_hmac_keeps_its_key)
{
    Hash hash(sha1(), true, text("Jefe"));
    BOOST_TEST(hash.keyed());
    for (int round = 0; round < 2; ++round) {
        hash.update(text("what do ya want for nothing?"));
        BOOST_TEST(finished(hash) == hmac_case_2);
    }
}

BOOST_AUTO_TEST_CASE(a_copy_goes_its_own_way)
{
    Hash hash(sha1(), false);
    hash.update(text("ab"));
    Hash copy(hash);
    hash.update(text("c"));
    copy.update(text("c"));
    BOOST_TEST(finished(hash) == sha1_abc);
    BOOST_TEST(finished(copy) == sha1_abc);
}

BOOST_AUTO_TEST_CASE(a_refused_length_does_not_finish)
{
    Hash hash(sha1(), false);
    hash.update(text("abc"));
    Bytes wrong(21);
    CHECK_FAULT(hash.finish(wrong), Fault::invalid_parameter);
    CHECK_FAULT(hash.finish(MutableBytes(wrong).first(19)), Fault::invalid_parameter);
    BOOST_TEST(finished(hash) == sha1_abc);
}

BOOST_AUTO_TEST_CASE(a_squeezing_function_takes_no_data_and_ends_with_finish)
{
    Hash hash(*find_algorithm("SHAKE128"), false);
    hash.update(text("abc"));
    Bytes first(4), rest(28), whole(32);
    hash.squeeze(first);
    CHECK_FAULT(hash.update({}), Fault::invalid_parameter); // N-206
    Hash copy(hash);
    hash.finish(rest);
    CHECK_FAULT(hash.squeeze(first), Fault::bad_hash_state);
    Hash at_once(*find_algorithm("CSHAKE128"), false);
    at_once.update(text("abc"));
    at_once.finish(whole);
    BOOST_TEST(to_hex(first) + to_hex(rest) == to_hex(whole));
    BOOST_TEST(finished(copy).substr(0, 56) == to_hex(rest)); // its default length is 4 bytes more
}

BOOST_AUTO_TEST_CASE(a_hash_of_fixed_length_is_not_squeezed)
{
    Hash hash(sha1(), false);
    Bytes out(20);
    CHECK_FAULT(hash.squeeze(out), Fault::bad_flags);
    CHECK_FAULT(hash.set_nonce(out), Fault::not_supported);
    CHECK_FAULT(hash.nonce(), Fault::not_supported);
}

BOOST_AUTO_TEST_CASE(what_is_keyed)
{
    BOOST_TEST(!Hash(sha1(), false).keyed());
    BOOST_TEST(Hash(sha1(), false, {}).keyed());
    BOOST_TEST(Hash(*find_algorithm("AES-CMAC"), false, Bytes(16)).keyed());
    BOOST_TEST(Hash(*find_algorithm("KMAC128"), false, {}).keyed());
    BOOST_TEST(!Hash(*find_algorithm("SHAKE128"), false).keyed());
}

BOOST_AUTO_TEST_SUITE_END()
