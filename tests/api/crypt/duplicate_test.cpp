// SPDX-License-Identifier: BSD-2-Clause
// CryptDuplicateKey and CryptDuplicateHash (cryptoapi.md 1.14, 1.27). Lives: ../lifetime_test.cpp.
#include "crypt_fixtures.h"

using namespace capishim_test;

namespace {

HCRYPTKEY duplicate_of(HCRYPTKEY key)
{
    HCRYPTKEY duplicate = 0;
    CHECK_SUCCEEDS(CryptDuplicateKey(key, nullptr, 0, &duplicate));
    return duplicate;
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptDuplicateKey_rules)

BOOST_AUTO_TEST_CASE(copies_the_state_in_the_middle_of_a_message)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : {CALG_RC4, CALG_RC2, CALG_3DES, CALG_AES_256}) {
        const HCRYPTKEY key = context.make_key(algorithm);
        encrypted_part(key, counting(48), FALSE);
        const HCRYPTKEY duplicate = duplicate_of(key);
        const ByteVector rest = encrypted_part(key, counting(48), FALSE);
        BOOST_CHECK(encrypted_part(duplicate, counting(48), FALSE) == rest);
        encrypted_part(duplicate, counting(16), FALSE); // no shared state afterwards
        const HCRYPTKEY another = duplicate_of(key);
        BOOST_CHECK(encrypted_part(key, counting(16), FALSE) ==
                    encrypted_part(another, counting(16), FALSE));
    }
}

BOOST_AUTO_TEST_CASE(copies_the_parameters)
{
    const Provider context(strong_provider);
    const HCRYPTKEY key = context.make_key(CALG_RC2, 40 << 16 | CRYPT_EXPORTABLE);
    const ByteVector iv = counting(8);
    REQUIRE_SUCCEEDS(CryptSetKeyParam(key, KP_IV, iv.data(), 0));
    REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, CRYPT_MODE_CFB));
    REQUIRE_SUCCEEDS(set_key_number(key, KP_EFFECTIVE_KEYLEN, 56));
    REQUIRE_SUCCEEDS(set_salt_ex(key, counting(5)));
    const HCRYPTKEY duplicate = duplicate_of(key);
    for (const DWORD param : {KP_IV, KP_MODE, KP_EFFECTIVE_KEYLEN, KP_SALT, KP_PERMISSIONS,
                              KP_ALGID, KP_KEYLEN, KP_PADDING})
        BOOST_CHECK(key_param(duplicate, param) == key_param(key, param));
    BOOST_CHECK(bytes_of_key(duplicate) == bytes_of_key(key));
}

BOOST_AUTO_TEST_CASE(duplicates_pairs_and_public_keys)
{
    const Provider context(strong_provider); // U-39
    const HCRYPTKEY pair = context.make_key(AT_SIGNATURE, 512u << 16 | CRYPT_EXPORTABLE);
    const HCRYPTKEY twin = duplicate_of(pair);
    BOOST_CHECK(exported(twin, PRIVATEKEYBLOB) == exported(pair, PRIVATEKEYBLOB));
    const HCRYPTKEY public_key = imported(context.provider, exported(pair, PUBLICKEYBLOB));
    BOOST_CHECK(exported(duplicate_of(public_key), PUBLICKEYBLOB) == exported(pair, PUBLICKEYBLOB));
}

BOOST_AUTO_TEST_CASE(refuses_reserved_arguments_null_pointers_and_wrong_handles)
{
    const Provider context(strong_provider);
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    HCRYPTKEY duplicate = 99;
    DWORD reserved = 0;
    CHECK_FAILS_WITH(CryptDuplicateKey(key, &reserved, 0, &duplicate), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDuplicateKey(key, nullptr, 1, &duplicate), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDuplicateKey(key, nullptr, 0, nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDuplicateKey(0, nullptr, 0, &duplicate), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDuplicateKey(context.make_hash(), nullptr, 0, &duplicate),
                     ERROR_INVALID_HANDLE);
    BOOST_CHECK_EQUAL(duplicate, 99u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptDuplicateHash_rules)

BOOST_AUTO_TEST_CASE(copies_data_a_set_value_and_the_finished_state)
{
    const Provider context(strong_provider);
    HCRYPTHASH duplicate = 0;
    const HCRYPTHASH running = hash_with(context, CALG_MD5, "message ");
    CHECK_SUCCEEDS(CryptDuplicateHash(running, nullptr, 0, &duplicate));
    add_data(running, bytes_of("digest"));
    add_data(duplicate, bytes_of("digest"));
    BOOST_CHECK_EQUAL(to_hex(value_of(running)), "f96b697d7cb7938d525a2f31aaf161d0");
    BOOST_CHECK(value_of(duplicate) == value_of(running));

    const HCRYPTHASH set = context.make_hash(CALG_SHA1);
    REQUIRE_SUCCEEDS(CryptSetHashParam(set, HP_HASHVAL, counting(20).data(), 0));
    CHECK_SUCCEEDS(CryptDuplicateHash(set, nullptr, 0, &duplicate));
    BOOST_CHECK(value_of(duplicate) == counting(20));
    CHECK_FAILS_WITH(CryptHashData(duplicate, counting(1).data(), 1, 0), NTE_BAD_HASH_STATE);
}

BOOST_AUTO_TEST_CASE(copies_keyed_hashes_with_their_HMAC_INFO)
{
    const Provider context(strong_provider);
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    const HCRYPTHASH mac = keyed_hash(context.provider, CALG_HMAC, key);
    REQUIRE_SUCCEEDS(set_hmac_info(mac, CALG_MD5, ByteVector(64, 1), ByteVector(64, 2)));
    add_data(mac, bytes_of("half "));
    HCRYPTHASH duplicate = 0;
    CHECK_SUCCEEDS(CryptDuplicateHash(mac, nullptr, 0, &duplicate));
    add_data(mac, bytes_of("half"));
    add_data(duplicate, bytes_of("half"));
    BOOST_CHECK(value_of(mac) == value_of(duplicate));
}

BOOST_AUTO_TEST_CASE(reading_a_duplicate_does_not_finish_the_source)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "ab");
    HCRYPTHASH duplicate = 0;
    CHECK_SUCCEEDS(CryptDuplicateHash(hash, nullptr, 0, &duplicate));
    value_of(duplicate);
    add_data(hash, bytes_of("c"));
    BOOST_CHECK_EQUAL(to_hex(value_of(hash)), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

BOOST_AUTO_TEST_CASE(refuses_reserved_arguments_null_pointers_and_wrong_handles)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = context.make_hash();
    HCRYPTHASH duplicate = 99;
    DWORD reserved = 0;
    CHECK_FAILS_WITH(CryptDuplicateHash(hash, &reserved, 0, &duplicate), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDuplicateHash(hash, nullptr, 1, &duplicate), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDuplicateHash(hash, nullptr, 0, nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDuplicateHash(0, nullptr, 0, &duplicate), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDuplicateHash(context.provider, nullptr, 0, &duplicate),
                     ERROR_INVALID_HANDLE);
    BOOST_CHECK_EQUAL(duplicate, 99u);
}

BOOST_AUTO_TEST_SUITE_END()
