// SPDX-License-Identifier: BSD-2-Clause
// The hashes of SSL and TLS and what is derived from them: CALG_SCHANNEL_MASTER_HASH, CALG_TLS1PRF,
// CryptHashSessionKey on master keys, MAC keys (cryptoapi.md 1.22 to 1.26, 5, 7, 8.4; observed.md).
#include "schannel_fixtures.h"

using namespace capishim_test;

namespace {

const Suite rc4_md5 = {CALG_RC4, 128, CALG_MD5};

BOOL create_hash(const Side& side, ALG_ID algorithm, HCRYPTKEY key)
{
    HCRYPTHASH hash = 0;
    return CryptCreateHash(side.provider, algorithm, key, 0, &hash);
}

ByteVector write_key(const Side& side, HCRYPTHASH hash, DWORD flags = 0)
{
    return bytes_of_key(
        derived(side.provider, CALG_SCHANNEL_ENC_KEY, hash, flags | CRYPT_EXPORTABLE));
}

/// Each hash with the key that it wants.
HCRYPTHASH schannel_hash(const Side& side, ALG_ID algorithm)
{
    const HCRYPTKEY master = side.ready_master(CALG_TLS1_MASTER);
    return algorithm == CALG_TLS1PRF ? side.prf(master, "label", counting(20))
                                     : side.master_hash(master);
}

} // namespace

BOOST_AUTO_TEST_SUITE(CALG_SCHANNEL_MASTER_HASH_rules)

BOOST_AUTO_TEST_CASE(wants_both_randoms_first)
{
    const Side side; // observed.md: before both randoms are set
    for (const DWORD algorithm : master_algorithms) {
        const HCRYPTKEY master = side.make_key(algorithm);
        agree(master, rc4_md5);
        const auto create = [&] { return create_hash(side, CALG_SCHANNEL_MASTER_HASH, master); };
        CHECK_FAILS_WITH(create(), ERROR_INVALID_PARAMETER);
        REQUIRE_SUCCEEDS(set_blob(master, KP_SERVER_RANDOM, server_random()));
        CHECK_FAILS_WITH(create(), ERROR_INVALID_PARAMETER);
        REQUIRE_SUCCEEDS(set_blob(master, KP_CLIENT_RANDOM, client_random()));
        CHECK_SUCCEEDS(create());
        REQUIRE_SUCCEEDS(set_blob(master, KP_SERVER_RANDOM, {}));
        CHECK_FAILS_WITH(create(), ERROR_INVALID_PARAMETER);
    }
}

BOOST_AUTO_TEST_CASE(is_made_without_algorithms_but_gives_no_key)
{
    const Side side; // observed.md: no KP_SCHANNEL_ALG yet
    const HCRYPTKEY master = side.make_key(CALG_TLS1_MASTER);
    say_hello(master, client_random(), server_random());
    const auto check_refused = [&](HCRYPTHASH hash) {
        for (const ALG_ID algorithm : {CALG_SCHANNEL_ENC_KEY, CALG_SCHANNEL_MAC_KEY})
            CHECK_FAILS_WITH(derive_key(side.provider, algorithm, hash), NTE_BAD_FLAGS);
    };
    const HCRYPTHASH early = side.master_hash(master);
    check_refused(early);
    REQUIRE_SUCCEEDS(set_algorithm(master, SCHANNEL_ENC_KEY, CALG_RC4, 128)); // ENC comes first
    check_refused(side.master_hash(master));
    REQUIRE_SUCCEEDS(set_algorithm(master, SCHANNEL_MAC_KEY, CALG_MD5, 128));
    check_refused(early); // it must be made again
    BOOST_CHECK_EQUAL(write_key(side, side.master_hash(master)).size(), 16u);
}

BOOST_AUTO_TEST_CASE(wants_a_master_key)
{
    const Side side;
    for (const HCRYPTKEY key :
         {HCRYPTKEY{0}, side.pair, side.make_key(CALG_RC4), side.make_key(CALG_3DES)})
        for (const ALG_ID algorithm : {CALG_SCHANNEL_MASTER_HASH, CALG_TLS1PRF})
            CHECK_FAILS_WITH(create_hash(side, algorithm, key), NTE_BAD_KEY);
    const Provider strong(strong_provider);
    HCRYPTHASH hash = 0;
    for (const ALG_ID algorithm : {CALG_SCHANNEL_MASTER_HASH, CALG_TLS1PRF}) {
        CHECK_FAILS_WITH(CryptCreateHash(strong.provider, algorithm,
                                         side.ready_master(CALG_TLS1_MASTER), 0, &hash),
                         NTE_BAD_ALGID);
        CHECK_FAILS_WITH(CryptCreateHash(side.provider, algorithm,
                                         side.ready_master(CALG_TLS1_MASTER), 2, &hash),
                         NTE_BAD_FLAGS);
    }
}

BOOST_AUTO_TEST_CASE(has_an_algorithm_and_no_value)
{
    const Side side;
    const HCRYPTHASH hash = schannel_hash(side, CALG_SCHANNEL_MASTER_HASH);
    DWORD algorithm = 0;
    DWORD length = sizeof algorithm;
    CHECK_SUCCEEDS(
        CryptGetHashParam(hash, HP_ALGID, reinterpret_cast<BYTE*>(&algorithm), &length, 0));
    BOOST_CHECK_EQUAL(algorithm, CALG_SCHANNEL_MASTER_HASH);
    BYTE data[80];
    for (const DWORD param : {HP_HASHVAL, HP_HASHSIZE, HP_HMAC_INFO, HP_TLS1PRF_LABEL}) { // U-148
        CHECK_FAILS_AND_ZEROES(CryptGetHashParam(hash, param, nullptr, &size, 0), NTE_BAD_TYPE);
        CHECK_FAILS_AND_ZEROES(CryptGetHashParam(hash, param, data, &size, 0), NTE_BAD_TYPE);
    }
    CHECK_FAILS_WITH(CryptSetHashParam(hash, HP_HASHVAL, data, 0), NTE_BAD_TYPE); // U-139
    CHECK_FAILS_WITH(set_hmac_info(hash, CALG_MD5), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(set_hash_blob(hash, HP_TLS1PRF_SEED, counting(4)), NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_CASE(needs_its_key_no_longer)
{
    const Side side;
    const HCRYPTKEY master = side.ready_master(CALG_SSL3_MASTER);
    const HCRYPTHASH hash = side.master_hash(master);
    const ByteVector key = write_key(side, hash);
    HCRYPTHASH twin = 0;
    REQUIRE_SUCCEEDS(CryptDuplicateHash(hash, nullptr, 0, &twin));
    REQUIRE_SUCCEEDS(CryptDestroyKey(master));
    BOOST_CHECK(write_key(side, hash) == key);
    REQUIRE_SUCCEEDS(CryptDestroyHash(hash));
    BOOST_CHECK(write_key(side, twin) == key);
}

BOOST_AUTO_TEST_CASE(is_a_copy_of_the_master_key_at_that_moment)
{
    const Side side; // 8.4 item 5
    const HCRYPTKEY master = side.ready_master(CALG_TLS1_MASTER);
    const HCRYPTHASH first = side.master_hash(master);
    const ByteVector key = write_key(side, first);
    const ByteVector secret = side.hash_of_key(master);
    agree(master, {CALG_3DES, 168, CALG_SHA1});
    say_hello(master, server_random(), client_random());
    BOOST_CHECK(write_key(side, first) == key);
    BOOST_CHECK_EQUAL(write_key(side, side.master_hash(master)).size(), 24u);
    BOOST_CHECK(side.hash_of_key(master) == secret); // the master secret stays (item 7)
}

BOOST_AUTO_TEST_CASE(takes_randoms_of_any_length)
{
    const Side side; // observed.md: 33 bytes, and all of them count
    std::vector<ByteVector> keys;
    ByteVector longer = client_random();
    longer.push_back(1);
    ByteVector other = longer;
    other.back() = 2;
    const ByteVector secret = concatenated({{3, 1}, counting(46)});
    for (const ByteVector& client : {client_random(), longer, other, ByteVector{7}}) {
        const HCRYPTKEY master = side.master_of(CALG_TLS1_MASTER, secret);
        agree(master, rc4_md5);
        say_hello(master, client, server_random());
        keys.push_back(write_key(side, side.master_hash(master)));
    }
    std::sort(keys.begin(), keys.end());
    BOOST_CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptDeriveKey_of_SChannel_keys)

BOOST_AUTO_TEST_CASE(gives_the_four_keys_as_often_as_they_are_asked_for)
{
    const Side side;
    for (const DWORD algorithm : master_algorithms) {
        const HCRYPTHASH hash =
            side.master_hash(side.ready_master(algorithm, {CALG_3DES, 168, CALG_SHA1}));
        for (int twice = 0; twice < 2; ++twice) // U-36
            for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_SERVER}}) {
                const HCRYPTKEY key =
                    derived(side.provider, CALG_SCHANNEL_ENC_KEY, hash, flags | CRYPT_EXPORTABLE);
                BOOST_CHECK_EQUAL(key_number(key, KP_ALGID), CALG_3DES);
                BOOST_CHECK_EQUAL(key_number(key, KP_KEYLEN), 192u);
                BOOST_CHECK_EQUAL(key_number(key, KP_MODE), DWORD{CRYPT_MODE_CBC});
                const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY, hash, flags);
                BOOST_CHECK_EQUAL(key_number(mac, KP_ALGID), CALG_SCHANNEL_MAC_KEY); // U-180
                BOOST_CHECK_EQUAL(key_number(mac, KP_KEYLEN),
                                  algorithm == CALG_SSL2_MASTER ? 192u : 160u);
            }
        BOOST_CHECK(write_key(side, hash) == write_key(side, hash));
        BOOST_CHECK(write_key(side, hash) != write_key(side, hash, CRYPT_SERVER));
    }
}

BOOST_AUTO_TEST_CASE(gives_every_cipher_at_its_length)
{
    const Side side;
    const struct {
        Suite suite;
        DWORD bits;
    } rows[] = {
        {{CALG_RC4, 128, CALG_MD5}, 128},
        {{CALG_RC4, 56, CALG_MD5}, 56},
        {{CALG_RC4, 40, CALG_MD5, INTERNATIONAL_USAGE}, 128},
        {{CALG_RC2, 40, CALG_MD5, INTERNATIONAL_USAGE}, 128},
        {{CALG_RC2, 128, CALG_SHA1}, 128},
        {{CALG_DES, 40, CALG_SHA1, INTERNATIONAL_USAGE}, 64},
        {{CALG_DES, 56, CALG_SHA1}, 64},
        {{CALG_3DES_112, 112, CALG_SHA1}, 128},
        {{CALG_3DES, 192, CALG_SHA1}, 192},
        {{CALG_AES_128, 128, CALG_SHA1}, 128},
        {{CALG_AES_256, 256, CALG_SHA1}, 256},
    };
    for (const DWORD algorithm : master_algorithms)
        for (const auto& row : rows)
            BOOST_TEST_CONTEXT("cipher " << row.suite.cipher << ", bits " << row.suite.bits)
            {
                const HCRYPTKEY key =
                    derived(side.provider, CALG_SCHANNEL_ENC_KEY,
                            side.master_hash(side.ready_master(algorithm, row.suite)));
                BOOST_CHECK_EQUAL(key_number(key, KP_ALGID), row.suite.cipher);
                BOOST_CHECK_EQUAL(key_number(key, KP_KEYLEN), row.bits);
                BOOST_CHECK(decrypted(key, encrypted(key, counting(50))) == counting(50));
            }
}

BOOST_AUTO_TEST_CASE(sets_the_IV_of_the_key_block)
{
    const Side side;
    const Suite suite = {CALG_3DES, 168, CALG_SHA1};
    const auto iv = [&](ALG_ID algorithm, DWORD flags) {
        return key_param(derived(side.provider, CALG_SCHANNEL_ENC_KEY,
                                 side.master_hash(side.ready_master(algorithm, suite)), flags),
                         KP_IV);
    };
    const ByteVector zeros(8);
    for (const ALG_ID algorithm : {CALG_SSL3_MASTER, CALG_TLS1_MASTER})
        for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_SERVER}})
            BOOST_CHECK(iv(algorithm, flags) != zeros);
    BOOST_CHECK(iv(CALG_SSL2_MASTER, 0) == zeros); // SSL 2.0 sends it
}

BOOST_AUTO_TEST_CASE(exports_when_it_was_asked_for)
{
    const Side side;
    const HCRYPTHASH hash = schannel_hash(side, CALG_SCHANNEL_MASTER_HASH);
    DWORD size = 0;
    const HCRYPTKEY locked = derived(side.provider, CALG_SCHANNEL_ENC_KEY, hash, 0);
    CHECK_FAILS_WITH(CryptExportKey(locked, 0, PLAINTEXTKEYBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY_STATE);
    const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY, hash);
    for (const DWORD type : {PLAINTEXTKEYBLOB, SIMPLEBLOB, SYMMETRICWRAPKEYBLOB})
        CHECK_FAILS_WITH(CryptExportKey(mac, 0, type, 0, nullptr, &size), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(CryptExportKey(derived(side.provider, CALG_SCHANNEL_MAC_KEY, hash, 0), 0,
                                    OPAQUEKEYBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY_STATE);
}

BOOST_AUTO_TEST_CASE(goes_with_the_master_hash_alone)
{
    const Side side; // section 5 rule 2
    const HCRYPTKEY master = side.ready_master(CALG_TLS1_MASTER);
    const HCRYPTHASH other[] = {hash_with(side, CALG_SHA1, "x"), side.prf(master, "a", {1}),
                                keyed_hash(side.provider, CALG_MAC, side.make_key(CALG_3DES))};
    for (const HCRYPTHASH hash : other)
        for (const ALG_ID algorithm : {CALG_SCHANNEL_ENC_KEY, CALG_SCHANNEL_MAC_KEY})
            CHECK_FAILS_WITH(derive_key(side.provider, algorithm, hash), NTE_BAD_HASH);
    for (const ALG_ID algorithm : {CALG_SCHANNEL_MASTER_HASH, CALG_TLS1PRF})
        for (const ALG_ID target : {CALG_RC4, CALG_DES, CALG_3DES, CALG_AES_128})
            CHECK_FAILS_WITH(derive_key(side.provider, target, schannel_hash(side, algorithm)),
                             NTE_BAD_HASH);
}

BOOST_AUTO_TEST_CASE(refuses_flags_and_algorithms)
{
    const Side side;
    const HCRYPTHASH hash = schannel_hash(side, CALG_SCHANNEL_MASTER_HASH);
    for (const ALG_ID algorithm : {CALG_SSL2_MASTER, CALG_SSL3_MASTER, CALG_TLS1_MASTER,
                                   CALG_PCT1_MASTER, CALG_SCHANNEL_MASTER_HASH, CALG_RSA_KEYX})
        CHECK_FAILS_WITH(derive_key(side.provider, algorithm, hash), NTE_BAD_ALGID);
    for (const DWORD flag : {0x2, 0x20, 0x40, 0x80, 0x800, CRYPT_CREATE_SALT | CRYPT_NO_SALT})
        CHECK_FAILS_WITH(derive_key(side.provider, CALG_SCHANNEL_ENC_KEY, hash, flag),
                         NTE_BAD_FLAGS);
    CHECK_SUCCEEDS(derive_key(side.provider, CALG_SCHANNEL_ENC_KEY, hash, CRYPT_UPDATE_KEY));
    const Provider strong(strong_provider);
    for (const ALG_ID algorithm : {CALG_SCHANNEL_ENC_KEY, CALG_SCHANNEL_MAC_KEY})
        CHECK_FAILS_WITH(derive_key(strong.provider, algorithm, hash_with(strong, CALG_MD5, "x")),
                         NTE_BAD_ALGID);
    const HCRYPTHASH plain = hash_with(side, CALG_SHA1, "x"); // ignored elsewhere: U-116
    BOOST_CHECK(
        bytes_of_key(derived(side.provider, CALG_RC4, plain, CRYPT_SERVER | CRYPT_EXPORTABLE)) ==
        bytes_of_key(derived(side.provider, CALG_RC4, plain)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CALG_SCHANNEL_MAC_KEY_rules)

BOOST_AUTO_TEST_CASE(keys_an_HMAC_and_nothing_else)
{
    const Side side;
    const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY,
                                  schannel_hash(side, CALG_SCHANNEL_MASTER_HASH));
    BOOST_CHECK_EQUAL(side.hmac(mac, CALG_SHA1, counting(100)).size(), 20u);
    for (const ALG_ID algorithm : {CALG_MAC, CALG_TLS1PRF, CALG_SCHANNEL_MASTER_HASH})
        CHECK_FAILS_WITH(create_hash(side, algorithm, mac), NTE_BAD_KEY);
    for (const DWORD master : master_algorithms) // no session keys: U-54
        for (const ALG_ID algorithm : {CALG_MAC, CALG_HMAC})
            CHECK_FAILS_WITH(create_hash(side, algorithm, side.make_key(master)), NTE_BAD_KEY);
}

BOOST_AUTO_TEST_CASE(is_hashed_like_a_session_key)
{
    const Side side;
    const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY,
                                  schannel_hash(side, CALG_SCHANNEL_MASTER_HASH));
    BOOST_CHECK(side.hash_of_key(mac) !=
                side.hash_of_key(derived(side.provider, CALG_SCHANNEL_MAC_KEY,
                                         schannel_hash(side, CALG_SCHANNEL_MASTER_HASH))));
}

BOOST_AUTO_TEST_CASE(has_no_parameters_of_a_cipher)
{
    const Side side;
    const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY,
                                  schannel_hash(side, CALG_SCHANNEL_MASTER_HASH));
    BOOST_CHECK_EQUAL(key_number(mac, KP_PERMISSIONS), 0x3Fu);
    CHECK_SUCCEEDS(set_key_number(mac, KP_PERMISSIONS, CRYPT_READ));
    CHECK_FAILS_WITH(create_hash(side, CALG_HMAC, mac), NTE_PERM);
    for (const DWORD param : {KP_IV, KP_SALT, KP_PADDING, KP_MODE, KP_MODE_BITS, KP_BLOCKLEN,
                              KP_EFFECTIVE_KEYLEN, KP_OAEP_PARAMS, KP_CERTIFICATE})
        CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(mac, param, nullptr, &size, 0), NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CALG_TLS1PRF_rules)

BOOST_AUTO_TEST_CASE(wants_a_TLS1_master_key)
{
    const Side side;
    for (const ALG_ID algorithm : {CALG_SSL2_MASTER, CALG_SSL3_MASTER})
        CHECK_FAILS_WITH(create_hash(side, CALG_TLS1PRF, side.ready_master(algorithm)),
                         NTE_BAD_KEY);
    CHECK_SUCCEEDS(create_hash(side, CALG_TLS1PRF, side.ready_master(CALG_TLS1_MASTER)));
}

BOOST_AUTO_TEST_CASE(gives_as_many_bytes_as_the_buffer_has)
{
    const Side side; // U-147
    const HCRYPTHASH hash = schannel_hash(side, CALG_TLS1PRF);
    DWORD size = 0;
    CHECK_SUCCEEDS(CryptGetHashParam(hash, HP_HASHVAL, nullptr, &size, 0));
    BOOST_CHECK_EQUAL(size, 12u);
    const ByteVector longest = prf_value(hash, 200);
    for (const DWORD wanted : {0u, 1u, 12u, 16u, 48u, 199u})
        BOOST_CHECK(prf_value(hash, wanted) ==
                    ByteVector(longest.begin(), longest.begin() + wanted));
    DWORD value = 0;
    size = sizeof value;
    CHECK_SUCCEEDS(CryptGetHashParam(hash, HP_HASHSIZE, reinterpret_cast<BYTE*>(&value), &size, 0));
    BOOST_CHECK_EQUAL(value, 12u);
}

BOOST_AUTO_TEST_CASE(wants_a_label_and_a_seed_in_either_order)
{
    const Side side;
    const HCRYPTKEY master = side.ready_master(CALG_TLS1_MASTER);
    const ByteVector expected = prf_value(side.prf(master, "label", counting(20)), 16);
    const HCRYPTHASH hash = keyed_hash(side.provider, CALG_TLS1PRF, master);
    BYTE data[80];
    DWORD length = 0;
    CHECK_SUCCEEDS(CryptGetHashParam(hash, HP_HASHVAL, nullptr, &length, 0));
    CHECK_FAILS_AND_ZEROES(CryptGetHashParam(hash, HP_HASHVAL, data, &size, 0), NTE_BAD_HASH_STATE);
    REQUIRE_SUCCEEDS(set_hash_blob(hash, HP_TLS1PRF_SEED, counting(20)));
    CHECK_FAILS_AND_ZEROES(CryptGetHashParam(hash, HP_HASHVAL, data, &size, 0), NTE_BAD_HASH_STATE);
    REQUIRE_SUCCEEDS(set_hash_blob(hash, HP_TLS1PRF_LABEL, bytes_of("label")));
    BOOST_CHECK(prf_value(hash, 16) == expected);
    const HCRYPTHASH only_label = keyed_hash(side.provider, CALG_TLS1PRF, master);
    REQUIRE_SUCCEEDS(set_hash_blob(only_label, HP_TLS1PRF_LABEL, bytes_of("label")));
    CHECK_FAILS_AND_ZEROES(CryptGetHashParam(only_label, HP_HASHVAL, data, &size, 0),
                           NTE_BAD_HASH_STATE);
}

BOOST_AUTO_TEST_CASE(copies_its_inputs_and_takes_others_later)
{
    const Side side;
    const HCRYPTKEY master = side.ready_master(CALG_TLS1_MASTER);
    const HCRYPTHASH hash = side.prf(master, "client finished", counting(36));
    const ByteVector client = prf_value(hash, 12);
    HCRYPTHASH twin = 0;
    REQUIRE_SUCCEEDS(CryptDuplicateHash(hash, nullptr, 0, &twin));
    REQUIRE_SUCCEEDS(set_hash_blob(hash, HP_TLS1PRF_LABEL, bytes_of("server finished")));
    REQUIRE_SUCCEEDS(CryptDestroyKey(master));
    BOOST_CHECK(prf_value(hash, 12) != client);
    BOOST_CHECK(prf_value(twin, 12) == client);
    REQUIRE_SUCCEEDS(set_hash_blob(twin, HP_TLS1PRF_LABEL, {})); // empty ones are inputs too
    REQUIRE_SUCCEEDS(set_hash_blob(twin, HP_TLS1PRF_SEED, {}));
    BOOST_CHECK(prf_value(twin, 12) != client);
}

BOOST_AUTO_TEST_CASE(answers_each_refusal_with_its_code)
{
    const Side side;
    const HCRYPTHASH hash = schannel_hash(side, CALG_TLS1PRF);
    BYTE data[80] = {};
    for (const DWORD param : {HP_TLS1PRF_LABEL, HP_TLS1PRF_SEED, HP_HMAC_INFO})
        CHECK_FAILS_AND_ZEROES(CryptGetHashParam(hash, param, data, &size, 0), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(CryptSetHashParam(hash, HP_HASHVAL, data, 0), NTE_BAD_TYPE); // U-139
    CHECK_FAILS_WITH(set_hmac_info(hash, CALG_MD5), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(CryptSetHashParam(hash, HP_TLS1PRF_SEED, nullptr, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptSetHashParam(hash, HP_TLS1PRF_SEED, data, 1), NTE_BAD_FLAGS);
    const CRYPT_DATA_BLOB nothing = {4, nullptr};
    CHECK_FAILS_WITH(
        CryptSetHashParam(hash, HP_TLS1PRF_SEED, reinterpret_cast<const BYTE*>(&nothing), 0),
        ERROR_INVALID_PARAMETER);
    for (const HCRYPTHASH other :
         {side.make_hash(), keyed_hash(side.provider, CALG_HMAC, side.make_key(CALG_RC4))})
        for (const DWORD param : {HP_TLS1PRF_LABEL, HP_TLS1PRF_SEED})
            CHECK_FAILS_WITH(set_hash_blob(other, param, counting(4)), NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(hashes_of_SSL_and_TLS)

BOOST_AUTO_TEST_CASE(take_no_data_and_sign_nothing)
{
    const Side side;
    const HCRYPTKEY cipher = side.make_key(CALG_RC4);
    for (const ALG_ID algorithm : {CALG_TLS1PRF, CALG_SCHANNEL_MASTER_HASH}) {
        const HCRYPTHASH hash = schannel_hash(side, algorithm);
        BYTE data[80] = {};
        DWORD length = 16;
        CHECK_FAILS_WITH(CryptHashData(hash, data, 16, 0), NTE_BAD_ALGID); // U-56
        CHECK_FAILS_WITH(CryptHashSessionKey(hash, cipher, 0), NTE_BAD_ALGID);
        CHECK_FAILS_WITH(CryptEncrypt(cipher, hash, TRUE, 0, data, &length, sizeof data),
                         NTE_BAD_ALGID);
        CHECK_FAILS_AND_ZEROES(CryptSignHashA(hash, AT_KEYEXCHANGE, nullptr, 0, data, &size),
                               NTE_BAD_ALGID); // U-58
        CHECK_FAILS_WITH(CryptVerifySignatureA(hash, data, 64, side.pair, nullptr, 0),
                         NTE_BAD_ALGID);
    }
}

BOOST_AUTO_TEST_CASE(no_provider_has_the_rest_of_the_hash_class)
{
    std::vector<ProviderName> providers(std::begin(rsa_providers), std::end(rsa_providers));
    providers.push_back(schannel_provider);
    HCRYPTHASH hash = 0;
    for (const ProviderName& which : providers) {
        const Provider context(which);
        for (const ALG_ID algorithm :
             {CALG_HASH_REPLACE_OWF, 0x8006, 0x8007, CALG_RC4, CALG_RSA_KEYX, CALG_SCHANNEL_ENC_KEY,
              CALG_SCHANNEL_MAC_KEY, 0})
            CHECK_FAILS_WITH(CryptCreateHash(context.provider, algorithm, 0, 0, &hash),
                             NTE_BAD_ALGID);
    }
    const Side side;
    for (const ALG_ID algorithm : {CALG_MD2, CALG_MD4, CALG_SHA_256, CALG_SHA_384, CALG_SHA_512}) {
        CHECK_FAILS_WITH(create_hash(side, algorithm, 0), NTE_BAD_ALGID); // U-75
        const HCRYPTHASH hmac = keyed_hash(side.provider, CALG_HMAC, side.make_key(CALG_RC4));
        CHECK_FAILS_WITH(set_hmac_info(hmac, algorithm), NTE_BAD_ALGID);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptHashSessionKey_of_master_keys)

BOOST_AUTO_TEST_CASE(hashes_the_master_secret_and_never_the_pre_master_secret)
{
    const Side side; // 8.4 item 7
    for (const ALG_ID algorithm : {CALG_SSL3_MASTER, CALG_TLS1_MASTER}) {
        const HCRYPTKEY master = side.make_key(algorithm);
        const HCRYPTHASH hash = side.make_hash();
        CHECK_FAILS_WITH(CryptHashSessionKey(hash, master, 0), NTE_BAD_KEY_STATE);
        say_hello(master, client_random(), server_random());
        CHECK_SUCCEEDS(CryptHashSessionKey(hash, master, 0));
        BOOST_CHECK(side.hash_of_key(master) != side.hash_of_bytes(side.secret_of(master)));
        BOOST_CHECK(side.hash_of_key(master) != value_of(hash)); // reversed without the flag
        CHECK_FAILS_WITH(CryptHashSessionKey(hash, master, 0), NTE_BAD_HASH_STATE);
        CHECK_FAILS_WITH(CryptHashSessionKey(side.make_hash(), master, 2), NTE_BAD_FLAGS);
    }
}

BOOST_AUTO_TEST_CASE(of_SSL2_is_the_clear_part_and_the_secret)
{
    const Side side; // item 10
    const HCRYPTKEY master = side.make_key(CALG_SSL2_MASTER);
    const ByteVector secret = side.secret_of(master);
    say_hello(master, counting(16), counting(16));
    BOOST_CHECK(side.hash_of_key(master) == side.hash_of_bytes(secret));
    REQUIRE_SUCCEEDS(set_blob(master, KP_CLEAR_KEY, counting(11)));
    BOOST_CHECK(side.hash_of_key(master) ==
                side.hash_of_bytes(concatenated({counting(11), secret})));
}

BOOST_AUTO_TEST_CASE(keeps_the_secret_that_the_first_use_made)
{
    const Side side;
    const HCRYPTKEY master = side.make_key(CALG_TLS1_MASTER);
    say_hello(master, counting(32), counting(32)); // replaced before anybody used them
    say_hello(master, client_random(), server_random());
    const ByteVector secret = side.hash_of_key(master);
    say_hello(master, counting(32), counting(32));
    BOOST_CHECK(side.hash_of_key(master) == secret);
}

BOOST_AUTO_TEST_SUITE_END()
