// SPDX-License-Identifier: BSD-2-Clause
// CryptGetUserKey (cryptoapi.md 1.19). That destroying the handle leaves the pair:
// ../lifetime_test.cpp.
#include "crypt_fixtures.h"

using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(CryptGetUserKey_rules)

BOOST_AUTO_TEST_CASE(gives_the_containers_pair_by_key_spec_or_algorithm)
{
    for (const ProviderName& which : rsa_providers) {
        const Provider context(which);
        const ByteVector exchange =
            exported(context.make_key(AT_KEYEXCHANGE, 512u << 16), PUBLICKEYBLOB);
        const ByteVector signature =
            exported(context.make_key(AT_SIGNATURE, 512u << 16), PUBLICKEYBLOB);
        const struct {
            DWORD spec;
            const ByteVector& expected;
            ALG_ID algorithm;
        } rows[] = {
            {AT_KEYEXCHANGE, exchange, CALG_RSA_KEYX},
            {AT_SIGNATURE, signature, CALG_RSA_SIGN},
            {CALG_RSA_KEYX, exchange, CALG_RSA_KEYX}, // U-51
            {CALG_RSA_SIGN, signature, CALG_RSA_SIGN},
        };
        for (const auto& row : rows) {
            HCRYPTKEY key = 0;
            CHECK_SUCCEEDS(CryptGetUserKey(context.provider, row.spec, &key));
            BOOST_CHECK(exported(key, PUBLICKEYBLOB) == row.expected);
            BOOST_CHECK_EQUAL(key_number(key, KP_ALGID), row.algorithm);
        }
    }
}

BOOST_AUTO_TEST_CASE(answers_NTE_NO_KEY_where_there_is_no_pair)
{
    const Provider ephemeral(strong_provider);
    const Container named("capishim user key test");
    for (const HCRYPTPROV provider : {ephemeral.provider, named.provider})
        for (const DWORD spec : {AT_KEYEXCHANGE, AT_SIGNATURE}) {
            HCRYPTKEY key = 99;
            CHECK_FAILS_WITH(CryptGetUserKey(provider, spec, &key), NTE_NO_KEY);
            BOOST_CHECK_EQUAL(key, 99u); // U-09
        }
}

BOOST_AUTO_TEST_CASE(answers_NTE_BAD_KEY_to_any_other_key_spec)
{
    const Provider context(strong_provider);
    HCRYPTKEY key = 0;
    for (const DWORD spec : {0u, 3u, 4u, DWORD{CALG_RC4}, DWORD{CALG_SHA1}, 0xFFFFFFFFu})
        CHECK_FAILS_WITH(CryptGetUserKey(context.provider, spec, &key), NTE_BAD_KEY);
}

BOOST_AUTO_TEST_CASE(refuses_a_null_pointer_and_handles_of_another_kind)
{
    const Provider context(strong_provider);
    HCRYPTKEY key = 0;
    CHECK_FAILS_WITH(CryptGetUserKey(context.provider, AT_SIGNATURE, nullptr),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptGetUserKey(context.make_hash(), AT_SIGNATURE, &key),
                     ERROR_INVALID_HANDLE);
}

BOOST_AUTO_TEST_CASE(a_new_pair_takes_the_place_of_the_old_whose_handles_keep_theirs)
{
    const Container made("capishim replaced pair test"); // U-209
    const HCRYPTKEY old_pair = made.make_key(AT_SIGNATURE, 512u << 16);
    const ByteVector old_public = exported(old_pair, PUBLICKEYBLOB);
    const ByteVector new_public =
        exported(made.make_key(AT_SIGNATURE, 512u << 16 | CRYPT_EXPORTABLE), PUBLICKEYBLOB);
    BOOST_CHECK(old_public != new_public);
    BOOST_CHECK(exported(old_pair, PUBLICKEYBLOB) == old_public);
    HCRYPTKEY key = 0;
    REQUIRE_SUCCEEDS(CryptGetUserKey(made.provider, AT_SIGNATURE, &key));
    BOOST_CHECK(exported(key, PUBLICKEYBLOB) == new_public);
    DWORD size = 0;
    CHECK_SUCCEEDS(CryptExportKey(key, 0, PRIVATEKEYBLOB, 0, nullptr, &size)); // its own flags
}

BOOST_AUTO_TEST_SUITE_END()
