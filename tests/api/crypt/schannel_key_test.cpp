// SPDX-License-Identifier: BSD-2-Clause
// Master keys of the RSA SChannel provider: how they come, go, and what can be set on them
// (cryptoapi.md 1.11, 1.15, 1.16, 2.3, 4.4, 8.2, 8.4).
#include "schannel_fixtures.h"
#include "support/process.h"

#include <sstream>

using namespace capishim_test;

namespace {

/// The RSA block of a SIMPLEBLOB as the standards write it, opened with the receiver's pair.
ByteVector block_of(const Side& side, const ByteVector& blob)
{
    return reversed(decrypted(side.pair, ByteVector(blob.begin() + 12, blob.end()),
                              CRYPT_DECRYPT_RSA_NO_PADDING_CHECK));
}

BOOL import_master(const Side& side, const ByteVector& blob, DWORD flags = CRYPT_EXPORTABLE)
{
    HCRYPTKEY key = 0;
    return import_blob(side.provider, blob, &key, side.pair, flags);
}

ByteVector secret_of_imported(const Side& side, const ByteVector& blob)
{
    return side.secret_of(imported(side.provider, blob, side.pair));
}

ByteVector pre_master(BYTE minor)
{
    return concatenated({{3, minor}, counting(46)});
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptGenKey_of_master_keys)

BOOST_AUTO_TEST_CASE(makes_secrets_that_begin_with_their_version)
{
    const Side side;
    BOOST_CHECK_EQUAL(to_hex(side.secret_of(side.make_key(CALG_SSL3_MASTER))).substr(0, 4), "0300");
    BOOST_CHECK_EQUAL(to_hex(side.secret_of(side.make_key(CALG_TLS1_MASTER))).substr(0, 4),
                      "0301"); // U-176
    BOOST_CHECK(side.secret_of(side.make_key(CALG_TLS1_MASTER)) !=
                side.secret_of(side.make_key(CALG_TLS1_MASTER)));
}

BOOST_AUTO_TEST_CASE(keeps_the_lengths_of_each_protocol)
{
    const Side side;
    const struct {
        ALG_ID algorithm;
        DWORD bits, made; // 0: ERROR_INVALID_PARAMETER
    } rows[] = {
        {CALG_SSL3_MASTER, 0, 384},   {CALG_SSL3_MASTER, 384, 384}, {CALG_SSL3_MASTER, 376, 0},
        {CALG_SSL3_MASTER, 392, 0},   {CALG_TLS1_MASTER, 0, 384},   {CALG_TLS1_MASTER, 384, 384},
        {CALG_TLS1_MASTER, 128, 0},   {CALG_SSL2_MASTER, 0, 40},    {CALG_SSL2_MASTER, 40, 40},
        {CALG_SSL2_MASTER, 128, 128}, {CALG_SSL2_MASTER, 192, 192}, {CALG_SSL2_MASTER, 32, 0},
        {CALG_SSL2_MASTER, 41, 0},    {CALG_SSL2_MASTER, 200, 0},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("algorithm " << row.algorithm << ", bits " << row.bits)
        {
            const DWORD flags = row.bits << 16 | CRYPT_EXPORTABLE;
            if (row.made == 0) {
                CHECK_FAILS_WITH(gen_key(side.provider, row.algorithm, flags),
                                 ERROR_INVALID_PARAMETER); // U-34
                continue;
            }
            const HCRYPTKEY key = side.make_key(row.algorithm, flags);
            BOOST_CHECK_EQUAL(key_number(key, KP_KEYLEN), row.made);
            BOOST_CHECK_EQUAL(side.secret_of(key).size() * 8, row.made);
        }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_key_or_not_of_this_provider)
{
    const Side side;
    for (const ALG_ID algorithm :
         {CALG_PCT1_MASTER, // U-72
          CALG_SCHANNEL_MASTER_HASH, CALG_SCHANNEL_MAC_KEY, CALG_SCHANNEL_ENC_KEY, CALG_TLS1PRF,
          CALG_AES_192, CALG_SHA1, CALG_RSA_SIGN})
        CHECK_FAILS_WITH(gen_key(side.provider, algorithm), NTE_BAD_ALGID);
    CHECK_FAILS_WITH(gen_key(side.provider, AT_SIGNATURE), NTE_BAD_ALGID); // U-93
    for (const ProviderName& which : rsa_providers)
        for (const DWORD algorithm : master_algorithms)
            CHECK_FAILS_WITH(gen_key(Provider(which).provider, algorithm), NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_CASE(refuses_the_flags_that_it_refuses_for_other_keys)
{
    const Side side;
    for (const DWORD flag :
         {CRYPT_PREGEN, CRYPT_UPDATE_KEY, 0x20, CRYPT_CREATE_SALT | CRYPT_NO_SALT})
        CHECK_FAILS_WITH(gen_key(side.provider, CALG_TLS1_MASTER, flag), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(gen_key(side.provider, CALG_TLS1_MASTER, CRYPT_FORCE_KEY_PROTECTION_HIGH),
                     NTE_SILENT_CONTEXT);
    CHECK_SUCCEEDS(gen_key(side.provider, CALG_TLS1_MASTER, CRYPT_CREATE_SALT));
}

BOOST_AUTO_TEST_CASE(makes_the_ciphers_of_the_provider_at_their_lengths)
{
    const Side side;
    const struct {
        ALG_ID algorithm;
        DWORD bits;
    } rows[] = {{CALG_RC2, 128},  {CALG_RC4, 128},     {CALG_DES, 64},     {CALG_3DES_112, 128},
                {CALG_3DES, 192}, {CALG_AES_128, 128}, {CALG_AES_256, 256}};
    for (const auto& row : rows)
        BOOST_CHECK_EQUAL(key_number(side.make_key(row.algorithm), KP_KEYLEN), row.bits);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(SIMPLEBLOB_of_master_keys)

BOOST_AUTO_TEST_CASE(takes_a_secret_from_the_client_to_the_server)
{
    const Side client;
    const Side server(1024);
    const HCRYPTKEY receiver = imported(client.provider, exported(server.pair, PUBLICKEYBLOB));
    for (const DWORD algorithm : master_algorithms) {
        const HCRYPTKEY key = client.make_key(algorithm);
        const ByteVector blob = check_buffer_rules([&](BYTE* data, DWORD* size) {
            return CryptExportKey(key, receiver, SIMPLEBLOB, 0, data, size);
        });
        BOOST_CHECK_EQUAL(blob.size(), 12u + 128u);
        const HCRYPTKEY twin = imported(server.provider, blob); // the container's exchange pair
        BOOST_CHECK_EQUAL(key_number(twin, KP_ALGID), algorithm);
        BOOST_CHECK(server.secret_of(twin) == client.secret_of(key));
    }
}

BOOST_AUTO_TEST_CASE(opens_with_the_pair_of_a_container_that_another_provider_made)
{
    const Container made("SChannel shares the RSA family's containers"); // 2.1
    const HCRYPTKEY pair = made.make_key(AT_KEYEXCHANGE, 512U << 16);
    Provider server(schannel_provider);
    server.release();
    REQUIRE_SUCCEEDS(CryptAcquireContextA(&server.provider, made.name.c_str(),
                                          schannel_provider.name, schannel_provider.type, 0));
    const Side client;
    const HCRYPTKEY receiver = imported(client.provider, exported(pair, PUBLICKEYBLOB));
    const ByteVector blob = exported(client.make_key(CALG_TLS1_MASTER), SIMPLEBLOB, receiver);
    BOOST_CHECK_EQUAL(key_number(imported(server.provider, blob), KP_ALGID), CALG_TLS1_MASTER);
}

BOOST_AUTO_TEST_CASE(keeps_whatever_version_the_client_offered)
{
    const Side server;
    for (const BYTE minor : {BYTE{0}, BYTE{1}, BYTE{3}})
        BOOST_CHECK(
            secret_of_imported(server, server.envelope(CALG_TLS1_MASTER, pre_master(minor))) ==
            pre_master(minor));
}

BOOST_AUTO_TEST_CASE(answers_a_bad_envelope_with_a_random_secret)
{
    const Side server; // U-178
    const ByteVector good = server.envelope(CALG_TLS1_MASTER, pre_master(1));
    const ByteVector head(good.begin(), good.begin() + 12);
    ByteVector changed = good;
    changed[20] ^= 1;
    const ByteVector bad[] = {
        changed,
        server.envelope(CALG_TLS1_MASTER, counting(47)),
        server.envelope(CALG_TLS1_MASTER, counting(49)),
        server.envelope(CALG_TLS1_MASTER, {}),
        concatenated({head, ByteVector(64, 0)}),
        concatenated({head, ByteVector(64, 0xFF)}), // not below the modulus
    };
    for (ByteVector blob : bad)
        for (const ALG_ID algorithm : {CALG_TLS1_MASTER, CALG_SSL3_MASTER}) {
            const ByteVector name = little_endian(algorithm);
            std::copy(name.begin(), name.end(), blob.begin() + 4);
            const ByteVector secret = secret_of_imported(server, blob);
            BOOST_CHECK_EQUAL(secret.size(), 48u);
            BOOST_CHECK(secret != pre_master(1));
            BOOST_CHECK(secret != secret_of_imported(server, blob));
        }
}

BOOST_AUTO_TEST_CASE(answers_a_bad_envelope_of_SSL2_with_NTE_BAD_DATA)
{
    const Side server;
    const ByteVector good = server.envelope(CALG_SSL2_MASTER, counting(16));
    BOOST_CHECK(secret_of_imported(server, good) == counting(16));
    ByteVector changed = good;
    changed[20] ^= 1;
    CHECK_FAILS_WITH(import_master(server, changed), NTE_BAD_DATA);
    for (const std::size_t size : {0u, 4u, 25u}) // U-102
        CHECK_FAILS_WITH(import_master(server, server.envelope(CALG_SSL2_MASTER, counting(size))),
                         NTE_BAD_DATA);
    for (const std::size_t size : {5u, 24u})
        CHECK_SUCCEEDS(import_master(server, server.envelope(CALG_SSL2_MASTER, counting(size))));
}

BOOST_AUTO_TEST_CASE(the_other_refusals_have_their_codes)
{
    const Side server;
    const ByteVector good = server.envelope(CALG_TLS1_MASTER, pre_master(1));
    CHECK_FAILS_WITH(import_master(server, ByteVector(good.begin(), good.end() - 1)), NTE_BAD_DATA);
    ByteVector other = good;
    other[8] = 1; // not CALG_RSA_KEYX
    CHECK_FAILS_WITH(import_master(server, other), NTE_BAD_ALGID);
    other = good;
    other[4] = CALG_PCT1_MASTER & 0xFF;
    CHECK_FAILS_WITH(import_master(server, other), NTE_BAD_ALGID); // U-72
    CHECK_FAILS_WITH(import_master(server, good, CRYPT_SERVER), NTE_BAD_FLAGS);
    HCRYPTKEY key = 0;
    CHECK_FAILS_WITH(import_blob(server.provider, good, &key, server.make_key(CALG_RC4)),
                     NTE_BAD_KEY);
    CHECK_FAILS_WITH(import_blob(Provider(schannel_provider).provider, good, &key), NTE_NO_KEY);
    const Provider strong(strong_provider);
    strong.make_key(AT_KEYEXCHANGE, 512U << 16);
    CHECK_FAILS_WITH(import_blob(strong.provider, good, &key), NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_CASE(can_be_OAEP_too)
{
    const Side side(1024);
    const HCRYPTKEY key = side.make_key(CALG_TLS1_MASTER);
    ByteVector blob = exported(key, SIMPLEBLOB, side.pair, CRYPT_OAEP);
    const HCRYPTKEY twin = imported(side.provider, blob, side.pair, CRYPT_EXPORTABLE | CRYPT_OAEP);
    BOOST_CHECK(side.secret_of(twin) == side.secret_of(key));
    blob[40] ^= 1; // no protocol has it, so there is nobody to be kept in the dark
    CHECK_FAILS_WITH(import_master(side, blob, CRYPT_OAEP), NTE_BAD_DATA);
}

BOOST_AUTO_TEST_CASE(needs_CRYPT_EXPORTABLE)
{
    const Side side;
    DWORD size = 0;
    const HCRYPTKEY locked = side.make_key(CALG_TLS1_MASTER, 0);
    CHECK_FAILS_WITH(CryptExportKey(locked, side.pair, SIMPLEBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(CryptExportKey(locked, 0, OPAQUEKEYBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY_STATE);
    const ByteVector blob = exported(side.make_key(CALG_TLS1_MASTER), SIMPLEBLOB, side.pair);
    CHECK_FAILS_WITH(CryptExportKey(imported(side.provider, blob, side.pair, 0), side.pair,
                                    SIMPLEBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY_STATE);
}

BOOST_AUTO_TEST_CASE(is_the_only_blob_but_OPAQUEKEYBLOB)
{
    const Side side;
    const HCRYPTKEY key = side.make_key(CALG_TLS1_MASTER);
    DWORD size = 0;
    for (const DWORD type : {PUBLICKEYBLOB, PRIVATEKEYBLOB, PLAINTEXTKEYBLOB})
        CHECK_FAILS_WITH(CryptExportKey(key, 0, type, 0, nullptr, &size), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(
        CryptExportKey(key, side.make_key(CALG_3DES), SYMMETRICWRAPKEYBLOB, 0, nullptr, &size),
        NTE_BAD_TYPE);
    CHECK_FAILS_WITH(CryptExportKey(key, 0, SIMPLEBLOB, 0, nullptr, &size), NTE_NO_KEY); // U-42
    CHECK_FAILS_WITH(CryptExportKey(key, key, SIMPLEBLOB, 0, nullptr, &size), NTE_NO_KEY);
    HCRYPTKEY opened = 0;
    CHECK_FAILS_WITH(
        import_blob(side.provider, plaintext_blob(CALG_TLS1_MASTER, pre_master(1)), &opened),
        NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CRYPT_SSL2_FALLBACK_rules)

BOOST_AUTO_TEST_CASE(marks_the_padding)
{
    const Side side;
    constexpr std::ptrdiff_t secret_size = 16;
    const HCRYPTKEY key = side.make_key(CALG_SSL2_MASTER, secret_size * 8 << 16 | CRYPT_EXPORTABLE);
    const ByteVector marked =
        block_of(side, exported(key, SIMPLEBLOB, side.pair, CRYPT_SSL2_FALLBACK));
    const ByteVector first(marked.begin(), marked.begin() + 10);
    const ByteVector last(marked.end() - secret_size - 9, marked.end() - secret_size);
    BOOST_CHECK_EQUAL(to_hex(first), "00020303030303030303"); // 4.4: next to the 02
    BOOST_CHECK_EQUAL(to_hex(last), "030303030303030300");    // RFC 6101 E.2: next to the 00
    const ByteVector plain = block_of(side, exported(key, SIMPLEBLOB, side.pair));
    BOOST_CHECK(!std::equal(first.begin(), first.end(), plain.begin()));
}

BOOST_AUTO_TEST_CASE(is_found_by_a_receiver_who_asks)
{
    const Side side;
    for (const DWORD algorithm : master_algorithms) {
        const HCRYPTKEY key = side.make_key(algorithm);
        const ByteVector marked = exported(key, SIMPLEBLOB, side.pair, CRYPT_SSL2_FALLBACK);
        CHECK_FAILS_WITH(import_master(side, marked, CRYPT_SSL2_FALLBACK), NTE_BAD_DATA); // U-101
        BOOST_CHECK(secret_of_imported(side, marked) == side.secret_of(key));
        const ByteVector plain = exported(key, SIMPLEBLOB, side.pair);
        CHECK_SUCCEEDS(import_master(side, plain, CRYPT_SSL2_FALLBACK));
    }
}

BOOST_AUTO_TEST_CASE(is_no_request_for_protection_on_import)
{
    // the bit is CRYPT_USER_PROTECTED's elsewhere, which a silent context refuses
    const Side side(512, CRYPT_SILENT);
    const ByteVector blob = exported(side.make_key(CALG_SSL2_MASTER), SIMPLEBLOB, side.pair);
    CHECK_SUCCEEDS(import_master(side, blob, CRYPT_SSL2_FALLBACK));
    const ByteVector other = exported(side.make_key(CALG_RC4), SIMPLEBLOB, side.pair);
    CHECK_FAILS_WITH(import_master(side, other, CRYPT_USER_PROTECTED), NTE_SILENT_CONTEXT);
}

BOOST_AUTO_TEST_CASE(is_for_master_keys_in_a_SIMPLEBLOB)
{
    const Side side;
    const HCRYPTKEY master = side.make_key(CALG_SSL2_MASTER);
    DWORD size = 0;
    CHECK_FAILS_WITH(CryptExportKey(side.make_key(CALG_RC4), side.pair, SIMPLEBLOB,
                                    CRYPT_SSL2_FALLBACK, nullptr, &size),
                     NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(CryptExportKey(master, side.pair, SIMPLEBLOB, CRYPT_SSL2_FALLBACK | CRYPT_OAEP,
                                    nullptr, &size),
                     NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(CryptExportKey(master, 0, OPAQUEKEYBLOB, CRYPT_SSL2_FALLBACK, nullptr, &size),
                     NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(KP_of_master_keys)

BOOST_AUTO_TEST_CASE(tells_algorithm_length_and_permissions)
{
    const Side side;
    for (const DWORD algorithm : master_algorithms) {
        const HCRYPTKEY key = side.make_key(algorithm);
        BOOST_CHECK_EQUAL(key_number(key, KP_ALGID), algorithm);
        BOOST_CHECK_EQUAL(key_number(key, KP_KEYLEN), algorithm == CALG_SSL2_MASTER ? 40u : 384u);
        BOOST_CHECK_EQUAL(key_number(key, KP_PERMISSIONS), 0x3Fu); // observed.md
    }
}

BOOST_AUTO_TEST_CASE(all_other_readings_are_NTE_BAD_TYPE)
{
    const Side side;
    const HCRYPTKEY key = side.ready_master(CALG_TLS1_MASTER);
    BYTE data[80];
    for (DWORD param = 0; param <= 60; ++param) {
        if (param == KP_ALGID || param == KP_KEYLEN || param == KP_PERMISSIONS ||
            param == KP_KEYVAL)
            continue;
        BOOST_TEST_CONTEXT("parameter " << param)
        CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(key, param, data, &size, 0), NTE_BAD_TYPE);
    }
    CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(key, KP_KEYVAL, data, &size, 0), NTE_PERM); // U-168
}

BOOST_AUTO_TEST_CASE(only_what_a_handshake_needs_can_be_set)
{
    const Side side;
    const HCRYPTKEY key = side.make_key(CALG_TLS1_MASTER);
    const HCRYPTKEY ssl2 = side.make_key(CALG_SSL2_MASTER);
    for (DWORD param = 0; param <= 60; ++param) {
        if (param == KP_SCHANNEL_ALG || param == KP_CLIENT_RANDOM || param == KP_SERVER_RANDOM)
            continue;
        BOOST_TEST_CONTEXT("parameter " << param)
        CHECK_FAILS_WITH(set_blob(key, param, counting(16)), NTE_BAD_TYPE);
    }
    CHECK_SUCCEEDS(set_blob(ssl2, KP_CLEAR_KEY, counting(11)));
    CHECK_FAILS_WITH(set_blob(side.make_key(CALG_SSL3_MASTER), KP_CLEAR_KEY, counting(11)),
                     NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_CASE(nothing_of_it_can_be_set_on_other_keys)
{
    const Side side;
    const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY,
                                  side.master_hash(side.ready_master(CALG_TLS1_MASTER)));
    for (const HCRYPTKEY key :
         {side.pair, side.make_key(CALG_RC4), side.make_key(CALG_3DES), mac}) {
        for (const DWORD param : {KP_CLIENT_RANDOM, KP_SERVER_RANDOM, KP_CLEAR_KEY}) {
            CHECK_FAILS_WITH(set_blob(key, param, counting(32)), NTE_BAD_TYPE);
            CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(key, param, nullptr, &size, 0), NTE_BAD_TYPE);
        }
        CHECK_FAILS_WITH(set_algorithm(key, SCHANNEL_ENC_KEY, CALG_RC4, 128), NTE_BAD_TYPE);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_used_is_NTE_BAD_TYPE_on_every_key)
{
    const Side side; // U-170
    for (const HCRYPTKEY key :
         {side.pair, side.make_key(CALG_3DES), side.make_key(CALG_TLS1_MASTER)})
        for (const DWORD param : {KP_INFO,
                                  KP_RA,
                                  KP_RB,
                                  KP_RP,
                                  KP_PRECOMP_MD5,
                                  KP_PRECOMP_SHA,
                                  KP_PUB_EX_LEN,
                                  KP_PUB_EX_VAL,
                                  KP_ADMIN_PIN,
                                  KP_KEYEXCHANGE_PIN,
                                  KP_SIGNATURE_PIN,
                                  KP_PREHASH,
                                  KP_ROUNDS,
                                  KP_CMS_KEY_INFO,
                                  KP_CMS_DH_KEY_INFO,
                                  KP_PIN_ID,
                                  KP_PIN_INFO,
                                  KP_VERIFY_PARAMS,
                                  KP_HIGHEST_VERSION,
                                  KP_GET_USE_COUNT,
                                  KP_PUB_PARAMS,
                                  KP_Y})
            BOOST_TEST_CONTEXT("parameter " << param)
            {
                CHECK_FAILS_AND_ZEROES(CryptGetKeyParam(key, param, nullptr, &size, 0),
                                       NTE_BAD_TYPE);
                CHECK_FAILS_WITH(set_blob(key, param, counting(32)), NTE_BAD_TYPE);
            }
}

BOOST_AUTO_TEST_CASE(arguments_are_checked)
{
    const Side side;
    const HCRYPTKEY key = side.make_key(CALG_TLS1_MASTER);
    for (const DWORD param : {KP_SCHANNEL_ALG, KP_CLIENT_RANDOM, KP_SERVER_RANDOM})
        CHECK_FAILS_WITH(CryptSetKeyParam(key, param, nullptr, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(set_blob(key, KP_CLIENT_RANDOM, counting(32), 1), NTE_BAD_FLAGS);
    const CRYPT_DATA_BLOB nothing = {32, nullptr};
    CHECK_FAILS_WITH(
        CryptSetKeyParam(key, KP_CLIENT_RANDOM, reinterpret_cast<const BYTE*>(&nothing), 0),
        ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(KP_SCHANNEL_ALG_takes_what_the_provider_has)
{
    const Side side;
    const struct {
        DWORD use;
        ALG_ID id;
        DWORD bits, flags, code;
    } rows[] = {
        {SCHANNEL_ENC_KEY, CALG_RC4, 128, 0, 0},
        {SCHANNEL_ENC_KEY, CALG_RC4, 40, 0, 0},
        {SCHANNEL_ENC_KEY, CALG_RC4, 40, INTERNATIONAL_USAGE, 0},
        {SCHANNEL_ENC_KEY, CALG_RC4, 128, INTERNATIONAL_USAGE, NTE_BAD_DATA},
        {SCHANNEL_ENC_KEY, CALG_RC4, 136, 0, NTE_BAD_DATA},
        {SCHANNEL_ENC_KEY, CALG_RC4, 0, 0, NTE_BAD_DATA},
        {SCHANNEL_ENC_KEY, CALG_RC4, 41, 0, NTE_BAD_DATA},
        {SCHANNEL_ENC_KEY, CALG_RC2, 128, 0, 0},
        {SCHANNEL_ENC_KEY, CALG_RC2, 40, INTERNATIONAL_USAGE, 0},
        {SCHANNEL_ENC_KEY, CALG_DES, 64, 0, 0}, // observed.md
        {SCHANNEL_ENC_KEY, CALG_DES, 56, 0, 0},
        {SCHANNEL_ENC_KEY, CALG_DES, 40, INTERNATIONAL_USAGE, 0},
        {SCHANNEL_ENC_KEY, CALG_DES, 40, 0, NTE_BAD_DATA},
        {SCHANNEL_ENC_KEY, CALG_3DES, 192, 0, 0},
        {SCHANNEL_ENC_KEY, CALG_3DES, 168, 0, 0},
        {SCHANNEL_ENC_KEY, CALG_3DES, 40, INTERNATIONAL_USAGE, NTE_BAD_DATA},
        {SCHANNEL_ENC_KEY, CALG_3DES_112, 112, 0, 0},
        {SCHANNEL_ENC_KEY, CALG_AES_128, 128, 0, 0},
        {SCHANNEL_ENC_KEY, CALG_AES_256, 256, 0, 0},
        {SCHANNEL_ENC_KEY, CALG_AES_256, 128, 0, NTE_BAD_DATA},
        {SCHANNEL_ENC_KEY, CALG_AES_192, 192, 0, NTE_BAD_DATA},
        {SCHANNEL_ENC_KEY, CALG_MD5, 128, 0, NTE_BAD_DATA},
        {SCHANNEL_ENC_KEY, CALG_RC4, 128, 2, NTE_BAD_DATA},
        {SCHANNEL_MAC_KEY, CALG_MD5, 128, 0, 0},
        {SCHANNEL_MAC_KEY, CALG_SHA1, 160, 0, 0},
        {SCHANNEL_MAC_KEY, CALG_SHA1, 160, INTERNATIONAL_USAGE, 0},
        {SCHANNEL_MAC_KEY, CALG_MD5, 160, 0, NTE_BAD_DATA},
        {SCHANNEL_MAC_KEY, CALG_SHA1, 0, 0, NTE_BAD_DATA},
        {SCHANNEL_MAC_KEY, CALG_SHA_256, 256, 0, NTE_BAD_DATA}, // U-75
        {SCHANNEL_MAC_KEY, CALG_SSL3_SHAMD5, 288, 0, NTE_BAD_DATA},
        {SCHANNEL_MAC_KEY, CALG_HMAC, 0, 0, NTE_BAD_DATA},
        {SCHANNEL_MAC_KEY, CALG_RC4, 128, 0, NTE_BAD_DATA},
        {2, CALG_RC4, 128, 0, NTE_BAD_DATA},
    };
    const HCRYPTKEY key = side.make_key(CALG_TLS1_MASTER);
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("use " << row.use << ", algorithm " << row.id << ", bits " << row.bits
                                  << ", flags " << row.flags)
        {
            if (row.code == 0)
                CHECK_SUCCEEDS(set_algorithm(key, row.use, row.id, row.bits, row.flags));
            else
                CHECK_FAILS_WITH(set_algorithm(key, row.use, row.id, row.bits, row.flags),
                                 row.code);
        }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(master_keys_elsewhere)

BOOST_AUTO_TEST_CASE(encrypt_nothing)
{
    const Side side;
    const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY,
                                  side.master_hash(side.ready_master(CALG_TLS1_MASTER)));
    BYTE data[64] = {};
    DWORD size = 16;
    for (const HCRYPTKEY key : {side.make_key(CALG_TLS1_MASTER), mac}) { // U-136
        CHECK_FAILS_WITH(CryptEncrypt(key, 0, TRUE, 0, data, &size, sizeof data), NTE_BAD_ALGID);
        CHECK_FAILS_WITH(CryptEncrypt(key, 0, TRUE, 0, nullptr, &size, 0), NTE_BAD_ALGID);
        CHECK_FAILS_WITH(CryptDecrypt(key, 0, TRUE, 0, data, &size), NTE_BAD_ALGID);
        CHECK_FAILS_WITH(CryptEncrypt(key, 0, TRUE, CRYPT_OAEP, data, &size, sizeof data),
                         NTE_BAD_FLAGS);
    }
}

BOOST_AUTO_TEST_CASE(serve_no_blob_of_another_key)
{
    const Side side;
    const HCRYPTKEY master = side.make_key(CALG_TLS1_MASTER);
    DWORD size = 0;
    CHECK_FAILS_WITH(CryptExportKey(side.make_key(CALG_RC4), master, SIMPLEBLOB, 0, nullptr, &size),
                     NTE_NO_KEY);
    CHECK_FAILS_WITH(CryptExportKey(side.pair, master, PUBLICKEYBLOB, 0, nullptr, &size),
                     NTE_BAD_PUBLIC_KEY);
    const HCRYPTKEY free_pair = side.make_key(AT_KEYEXCHANGE, 512U << 16 | CRYPT_EXPORTABLE);
    CHECK_FAILS_WITH(CryptExportKey(free_pair, master, PRIVATEKEYBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY);
    HCRYPTKEY key = 0;
    CHECK_FAILS_WITH(import_blob(side.provider, exported(free_pair, PRIVATEKEYBLOB), &key, master),
                     NTE_BAD_KEY);
    const ByteVector blob = exported(side.make_key(CALG_RC4), SIMPLEBLOB, free_pair);
    CHECK_FAILS_WITH(import_blob(side.provider, blob, &key, master), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CryptVerifySignatureA(side.make_hash(), blob.data(), 64, master, nullptr, 0),
                     NTE_BAD_KEY);
}

BOOST_AUTO_TEST_CASE(a_duplicate_goes_its_own_way)
{
    const Side side;
    const Suite suite = {CALG_RC4, 128, CALG_MD5};
    const HCRYPTKEY key = side.ready_master(CALG_SSL3_MASTER, suite);
    HCRYPTKEY twin = 0;
    REQUIRE_SUCCEEDS(CryptDuplicateKey(key, nullptr, 0, &twin));
    const auto write_key = [&](HCRYPTKEY master) {
        return bytes_of_key(
            derived(side.provider, CALG_SCHANNEL_ENC_KEY, side.master_hash(master)));
    };
    BOOST_CHECK(write_key(key) == write_key(twin));
    say_hello(twin, server_random(), client_random());
    BOOST_CHECK(write_key(key) != write_key(twin));
    REQUIRE_SUCCEEDS(CryptDestroyKey(key));
    BOOST_CHECK_EQUAL(write_key(twin).size(), 16u);
}

BOOST_AUTO_TEST_CASE(a_signature_pair_is_not_imported_but_verifies)
{
    const Provider strong(strong_provider);
    const HCRYPTKEY pair = strong.make_key(AT_SIGNATURE, 512U << 16 | CRYPT_EXPORTABLE);
    const HCRYPTHASH hash = hash_with(strong, CALG_SHA1, "signed");
    ByteVector signature(64);
    DWORD size = 64;
    REQUIRE_SUCCEEDS(CryptSignHashA(hash, AT_SIGNATURE, nullptr, 0, signature.data(), &size));

    const Side side; // U-93
    HCRYPTKEY key = 0;
    CHECK_FAILS_WITH(import_blob(side.provider, exported(pair, PRIVATEKEYBLOB), &key),
                     NTE_BAD_DATA);
    const HCRYPTKEY signer = imported(side.provider, exported(pair, PUBLICKEYBLOB));
    CHECK_SUCCEEDS(CryptVerifySignatureA(hash_with(side, CALG_SHA1, "signed"), signature.data(),
                                         size, signer, nullptr, 0));
}

BOOST_AUTO_TEST_CASE(CALG_SSL3_SHAMD5_is_signed_with_the_exchange_pair)
{
    const Side side;
    const auto shamd5 = [&] {
        const HCRYPTHASH hash = side.make_hash(CALG_SSL3_SHAMD5);
        REQUIRE_SUCCEEDS(CryptSetHashParam(hash, HP_HASHVAL, counting(36).data(), 0));
        return hash;
    };
    ByteVector signature(64);
    DWORD size = 64;
    CHECK_SUCCEEDS(CryptSignHashA(shamd5(), AT_KEYEXCHANGE, nullptr, 0, signature.data(), &size));
    CHECK_SUCCEEDS(CryptVerifySignatureA(shamd5(), signature.data(), size, side.pair, nullptr, 0));
    CHECK_FAILS_AND_ZEROES(
        CryptSignHashA(shamd5(), AT_SIGNATURE, nullptr, 0, signature.data(), &size), NTE_NO_KEY);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

ByteVector write_key_of(const Side& side, HCRYPTKEY master)
{
    return bytes_of_key(derived(side.provider, CALG_SCHANNEL_ENC_KEY, side.master_hash(master)));
}

} // namespace

BOOST_AUTO_TEST_SUITE(OPAQUEKEYBLOB_of_master_keys)

BOOST_AUTO_TEST_CASE(takes_the_whole_handshake_to_another_process)
{
    const auto opens = [](const std::string& told) -> int {
        std::istringstream words(told);
        std::string blob, secret, write_key;
        words >> blob >> secret >> write_key;
        const Side other;
        const HCRYPTKEY twin = imported(other.provider, from_hex(blob));
        return to_hex(other.hash_of_key(twin)) == secret &&
               to_hex(write_key_of(other, twin)) == write_key;
    };
    const Side side;
    for (const DWORD algorithm : master_algorithms) {
        const HCRYPTKEY key = side.ready_master(algorithm, {CALG_3DES, 168, CALG_SHA1});
        if (algorithm == CALG_SSL2_MASTER)
            REQUIRE_SUCCEEDS(set_blob(key, KP_CLEAR_KEY, counting(11)));
        const std::string told = to_hex(exported(key, OPAQUEKEYBLOB)) + ' ' +
                                 to_hex(side.hash_of_key(key)) + ' ' +
                                 to_hex(write_key_of(side, key));
        BOOST_CHECK_EQUAL(in_another_process(opens, told), 1);
    }
}

BOOST_AUTO_TEST_CASE(keeps_the_master_secret_that_was_made)
{
    const Side side;
    const HCRYPTKEY key = side.ready_master(CALG_TLS1_MASTER);
    const ByteVector secret = side.hash_of_key(key);
    const HCRYPTKEY twin = imported(side.provider, exported(key, OPAQUEKEYBLOB));
    say_hello(twin, server_random(), client_random()); // a reconnection
    BOOST_CHECK(side.hash_of_key(twin) == secret);
}

BOOST_AUTO_TEST_CASE(takes_MAC_keys_too)
{
    const Side side;
    const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY,
                                  side.master_hash(side.ready_master(CALG_TLS1_MASTER)));
    const HCRYPTKEY twin = imported(side.provider, exported(mac, OPAQUEKEYBLOB));
    BOOST_CHECK_EQUAL(key_number(twin, KP_ALGID), CALG_SCHANNEL_MAC_KEY);
    BOOST_CHECK(side.hmac(twin, CALG_MD5, counting(50)) == side.hmac(mac, CALG_MD5, counting(50)));
}

BOOST_AUTO_TEST_CASE(is_not_for_a_provider_without_such_keys)
{
    const Side side;
    const Provider strong(strong_provider);
    const HCRYPTKEY master = side.ready_master(CALG_TLS1_MASTER);
    const HCRYPTKEY mac = derived(side.provider, CALG_SCHANNEL_MAC_KEY, side.master_hash(master));
    HCRYPTKEY key = 0;
    for (const HCRYPTKEY sent : {master, mac})
        CHECK_FAILS_WITH(import_blob(strong.provider, exported(sent, OPAQUEKEYBLOB), &key),
                         NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_CASE(refuses_what_was_changed)
{
    const Side side;
    const ByteVector blob = exported(side.ready_master(CALG_TLS1_MASTER), OPAQUEKEYBLOB);
    HCRYPTKEY key = 0;
    for (std::size_t i = 8; i < blob.size(); ++i) {
        ByteVector damaged = blob;
        damaged[i] ^= 0x10;
        CHECK_FAILS_WITH(import_blob(side.provider, damaged, &key), NTE_BAD_DATA);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CRYPT_DESTROYKEY_rules)

BOOST_AUTO_TEST_CASE(ends_the_key_once_the_blob_is_written)
{
    const Side side;
    for (const ALG_ID algorithm : {CALG_TLS1_MASTER, CALG_RC4}) {
        const HCRYPTKEY key = side.make_key(algorithm);
        DWORD size = 0;
        CHECK_SUCCEEDS(CryptExportKey(key, 0, OPAQUEKEYBLOB, CRYPT_DESTROYKEY, nullptr, &size));
        ByteVector blob(size); // U-40: a query destroys nothing
        --size;
        CHECK_FAILS_WITH(
            CryptExportKey(key, 0, OPAQUEKEYBLOB, CRYPT_DESTROYKEY, blob.data(), &size),
            ERROR_MORE_DATA);
        CHECK_SUCCEEDS(CryptExportKey(key, 0, OPAQUEKEYBLOB, CRYPT_DESTROYKEY, blob.data(), &size));
        CHECK_FAILS_WITH(CryptDestroyKey(key), ERROR_INVALID_PARAMETER);
        const HCRYPTKEY twin = imported(side.provider, blob);
        CHECK_SUCCEEDS(CryptDestroyKey(twin));
    }
}

BOOST_AUTO_TEST_CASE(leaves_the_key_where_the_export_is_refused)
{
    const Side side;
    const HCRYPTKEY locked = side.make_key(CALG_TLS1_MASTER, 0);
    BYTE data[1000];
    DWORD size = sizeof data;
    CHECK_FAILS_WITH(CryptExportKey(locked, 0, OPAQUEKEYBLOB, CRYPT_DESTROYKEY, data, &size),
                     NTE_BAD_KEY_STATE);
    CHECK_SUCCEEDS(CryptDestroyKey(locked));
    const HCRYPTKEY key = side.make_key(CALG_RC4);
    size = sizeof data;
    CHECK_FAILS_WITH(CryptExportKey(key, side.pair, SIMPLEBLOB, CRYPT_DESTROYKEY, data, &size),
                     NTE_BAD_FLAGS);
    CHECK_SUCCEEDS(CryptDestroyKey(key));
}

BOOST_AUTO_TEST_SUITE_END()
