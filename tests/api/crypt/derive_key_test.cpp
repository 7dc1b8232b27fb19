// SPDX-License-Identifier: BSD-2-Clause
// CryptDeriveKey (cryptoapi.md 1.12, 5; observed.md). Known answers: ../../conformance.
#include "crypt_fixtures.h"

using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(CryptDeriveKey_rules)

BOOST_AUTO_TEST_CASE(finishes_the_hash_and_may_be_repeated)
{
    const Provider context(aes_provider);
    const HCRYPTHASH hash = hash_with(context, CALG_SHA_256, "password");
    const ByteVector first = bytes_of_key(derived(context.provider, CALG_AES_128, hash));
    CHECK_FAILS_WITH(CryptHashData(hash, first.data(), 1, 0), NTE_BAD_HASH_STATE);
    for (int more = 0; more < 3; ++more) // one master hash yields four keys
        BOOST_CHECK(bytes_of_key(derived(context.provider, CALG_AES_128, hash)) == first);
    BOOST_CHECK_EQUAL(to_hex(value_of(hash)).substr(0, 32), to_hex(first));
    CHECK_SUCCEEDS(derive_key(context.provider, CALG_AES_128, hash)); // U-36: finished by reading
}

BOOST_AUTO_TEST_CASE(takes_a_value_that_was_set)
{
    const Provider context(aes_provider);
    const HCRYPTHASH hash = context.make_hash(CALG_SHA_256);
    const ByteVector value = counting(32);
    REQUIRE_SUCCEEDS(CryptSetHashParam(hash, HP_HASHVAL, value.data(), 0));
    BOOST_CHECK(bytes_of_key(derived(context.provider, CALG_AES_256, hash)) == value);
}

BOOST_AUTO_TEST_CASE(makes_the_length_that_is_asked_for_within_the_providers_limits)
{
    const struct {
        ProviderName which;
        ALG_ID algorithm;
        DWORD asked, key_bits; // key_bits 0: refused with ERROR_INVALID_PARAMETER (U-34)
    } rows[] = {
        {base_provider, CALG_RC4, 0, 40},     {base_provider, CALG_RC2, 56, 56},
        {base_provider, CALG_RC4, 128, 0},    {strong_provider, CALG_RC4, 0, 128},
        {strong_provider, CALG_RC2, 40, 40},  {strong_provider, CALG_RC2, 36, 0},
        {strong_provider, CALG_DES, 56, 64},  {strong_provider, CALG_3DES, 168, 192},
        {strong_provider, CALG_3DES, 64, 0},  {aes_provider, CALG_AES_192, 0, 192},
        {aes_provider, CALG_AES_192, 256, 0},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name << ", algorithm " << std::hex << row.algorithm << std::dec
                                          << ", " << row.asked << " bits")
        {
            const Provider context(row.which);
            const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "password");
            if (row.key_bits == 0)
                CHECK_FAILS_WITH(derive_key(context.provider, row.algorithm, hash, row.asked << 16),
                                 ERROR_INVALID_PARAMETER);
            else
                BOOST_CHECK_EQUAL(
                    key_number(derived(context.provider, row.algorithm, hash, row.asked << 16),
                               KP_KEYLEN),
                    row.key_bits);
        }
}

BOOST_AUTO_TEST_CASE(answers_NTE_BAD_ALGID_to_pairs_hashes_and_what_the_provider_lacks)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "password");
    for (const ALG_ID algorithm :
         {ALG_ID{AT_KEYEXCHANGE}, ALG_ID{AT_SIGNATURE}, ALG_ID{CALG_RSA_KEYX}, ALG_ID{CALG_SHA1},
          ALG_ID{CALG_HMAC}, ALG_ID{CALG_AES_128}, ALG_ID{CALG_RC5}, ALG_ID{0}})
        CHECK_FAILS_WITH(derive_key(context.provider, algorithm, hash), NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_CASE(answers_NTE_BAD_LEN_when_the_hash_is_too_short)
{
    const Provider context(strong_provider); // U-114
    const HCRYPTKEY des = key_of(context.provider, CALG_DES, counting(8));
    const HCRYPTHASH mac = keyed_hash(context.provider, CALG_MAC, des); // 8 bytes
    CHECK_FAILS_WITH(derive_key(context.provider, CALG_RC4, mac), NTE_BAD_LEN);
    CHECK_SUCCEEDS(derive_key(context.provider, CALG_RC4, mac, 64 << 16));
    CHECK_SUCCEEDS(derive_key(context.provider, CALG_DES, mac));
}

BOOST_AUTO_TEST_CASE(refuses_the_double_construction_from_a_keyed_hash)
{
    const Provider context(aes_provider); // U-115
    const HCRYPTHASH mac = keyed_hash(context.provider, CALG_HMAC, context.make_key(CALG_RC4));
    REQUIRE_SUCCEEDS(set_hmac_info(mac, CALG_SHA1));
    CHECK_FAILS_WITH(derive_key(context.provider, CALG_AES_256, mac), NTE_BAD_HASH);
    CHECK_FAILS_WITH(derive_key(context.provider, CALG_3DES, mac), NTE_BAD_HASH);
    const HCRYPTKEY key = derived(context.provider, CALG_RC4, mac);
    BOOST_CHECK_EQUAL(to_hex(bytes_of_key(key)), to_hex(value_of(mac)).substr(0, 32));
}

BOOST_AUTO_TEST_CASE(truncates_SSL3_SHAMD5_and_takes_no_handshake_for_a_hash)
{
    const Provider context(strong_provider); // U-115
    const HCRYPTHASH both = context.make_hash(CALG_SSL3_SHAMD5);
    CHECK_FAILS_WITH(derive_key(context.provider, CALG_RC4, both), NTE_BAD_HASH_STATE); // U-140
    REQUIRE_SUCCEEDS(CryptSetHashParam(both, HP_HASHVAL, counting(36).data(), 0));
    BOOST_CHECK(bytes_of_key(derived(context.provider, CALG_RC4, both)) == counting(16));
    CHECK_FAILS_WITH(derive_key(context.provider, CALG_3DES, both), NTE_BAD_HASH);
    const HCRYPTHASH plain = context.make_hash();
    CHECK_FAILS_WITH(derive_key(context.provider, CALG_SCHANNEL_ENC_KEY, plain), NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_CASE(refuses_undefined_flags_and_ignores_those_that_say_nothing_here)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "password");
    for (const DWORD flags : {0x20, 0x40, CRYPT_CREATE_SALT | CRYPT_NO_SALT}) // U-82
        CHECK_FAILS_WITH(derive_key(context.provider, CALG_RC4, hash, flags), NTE_BAD_FLAGS);
    const ByteVector plain = bytes_of_key(derived(context.provider, CALG_RC4, hash));
    for (const DWORD flags : {CRYPT_UPDATE_KEY, CRYPT_SERVER}) // U-116
        BOOST_CHECK(bytes_of_key(derived(context.provider, CALG_RC4, hash,
                                         flags | CRYPT_EXPORTABLE)) == plain);
}

BOOST_AUTO_TEST_CASE(refuses_null_pointers_and_wrong_handles_and_leaves_the_key_on_failure)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "password");
    HCRYPTKEY key = 99;
    CHECK_FAILS_WITH(CryptDeriveKey(context.provider, CALG_RC4, hash, 0, nullptr),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDeriveKey(context.provider, CALG_RC4, 0, 0, &key),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(
        CryptDeriveKey(context.provider, CALG_RC4, context.make_key(CALG_RC4), 0, &key),
        ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptDeriveKey(hash, CALG_RC4, hash, 0, &key), ERROR_INVALID_HANDLE);
    BOOST_CHECK_EQUAL(key, 99u); // U-09
}

BOOST_AUTO_TEST_CASE(gives_an_exportable_key_only_when_asked)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "password");
    const HCRYPTKEY key = derived(context.provider, CALG_RC4, hash, 0);
    BOOST_CHECK_EQUAL(key_number(key, KP_PERMISSIONS), 0x3Bu);
    DWORD size = 0;
    CHECK_FAILS_WITH(CryptExportKey(key, 0, PLAINTEXTKEYBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY_STATE);
}

BOOST_AUTO_TEST_CASE(takes_the_salt_from_the_rest_of_the_hash_in_all_but_Enhanced)
{
    const ProviderName seen[] = {base_provider, strong_provider, enhanced_provider};
    for (const ProviderName& which : seen)
        for (const ALG_ID algorithm : {CALG_RC2, CALG_RC4})
            BOOST_TEST_CONTEXT(which.name)
            {
                const Provider context(which);
                const HCRYPTHASH hash = hash_with(context, CALG_MD5, "1134-kelp");
                const HCRYPTKEY key =
                    derived(context.provider, algorithm, hash, 40 << 16 | CRYPT_CREATE_SALT);
                BOOST_CHECK_EQUAL(to_hex(key_param(key, KP_SALT)),
                                  which.name == enhanced_provider.name ? ""
                                                                       : "b8ea399395aa29d638b52a");
            }
}

BOOST_AUTO_TEST_CASE(sets_odd_parity_in_keys_of_the_DES_family)
{
    const Provider context(strong_provider); // U-117
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "password");
    BOOST_CHECK_EQUAL(to_hex(bytes_of_key(derived(context.provider, CALG_DES, hash))),
                      "5bab61e5c8b93e3e");
}

BOOST_AUTO_TEST_SUITE_END()
