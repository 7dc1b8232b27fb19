// SPDX-License-Identifier: BSD-2-Clause
// Keys out of agreed secrets: RFC 2631's examples, and pre-master secrets.
#include "csp/agreement.h"
#include "provider_fixture.h"

#include <boost/test/unit_test.hpp>

using namespace capishim;
using namespace capishim::csp;
using namespace capishim::csp::test;

BOOST_AUTO_TEST_SUITE(csp_agreement)

// RFC 2631 2.1.6
BOOST_AUTO_TEST_CASE(X942_gives_the_keys_of_the_standard)
{
    const Bytes secret = counting(20);
    CHECK_HEX(derive_x942(secret, "1.2.840.113549.1.9.16.3.6", {}, 24),
              "a09661392376f704 4d9052a397883246 b67f5f1ef63eb5fb");
    Bytes party;
    for (int i = 0; i < 4; ++i) {
        const Bytes part = from_hex("0123456789abcdeffedcba9876543201");
        party.insert(party.end(), part.begin(), part.end());
    }
    CHECK_HEX(derive_x942(secret, "1.2.840.113549.1.9.16.3.7", party, 16),
              "48950c46e0530075403cce72889604e0");
    CHECK_FAULT(derive_x942(secret, "1.2.840.", {}, 16), Fault::bad_data);
}

// cryptoapi.md 8.3
BOOST_AUTO_TEST_CASE(pre_master_secrets_are_the_number_without_leading_zeros)
{
    const Profile& profile = *find_profile(MS_DEF_DH_SCHANNEL_PROV_A);
    Bytes secret(3);
    const Bytes number = counting(61, 1);
    secret.insert(secret.end(), number.begin(), number.end());
    const KeyBody body = make_agreed_key(profile, CALG_TLS1_MASTER, CRYPT_EXPORTABLE, secret);
    BOOST_TEST(to_hex(std::get<MasterKey>(body).pre_master()) == to_hex(number));
    CHECK_FAULT(make_agreed_key(profile, CALG_SSL2_MASTER, 0, secret), Fault::bad_algorithm);
}

BOOST_AUTO_TEST_CASE(session_keys_are_its_first_bytes_little_endian_with_leading_zeros_last)
{
    const Profile& profile = *find_profile(MS_ENH_DSS_DH_PROV_A);
    Bytes secret(56);
    const Bytes number = counting(8, 1);
    secret.insert(secret.end(), number.begin(), number.end());
    const KeyBody body = make_agreed_key(profile, CALG_RC4, 0, secret);
    CHECK_HEX(std::get<SessionKey>(body).material(), "08070605040302010000000000000000");
}

BOOST_AUTO_TEST_SUITE_END()
