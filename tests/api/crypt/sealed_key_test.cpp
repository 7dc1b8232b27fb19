// SPDX-License-Identifier: BSD-2-Clause
// Session keys in blobs that only a key, or only this user, opens: SYMMETRICWRAPKEYBLOB and
// OPAQUEKEYBLOB (cryptoapi.md 1.15, 1.16, 4.10, 4.11).
#include "crypt_fixtures.h"
#include "support/process.h"

using namespace capishim_test;

namespace {

struct Keys : Provider {
    Keys() : Provider(aes_provider), wrapping(make_key(CALG_3DES)) {}

    HCRYPTKEY wrapping;
};

ByteVector wrapped_blob(ALG_ID algorithm, ALG_ID wrapping, const std::string& hex)
{
    return concatenated(
        {blob_header(SYMMETRICWRAPKEYBLOB, algorithm), little_endian(wrapping), from_hex(hex)});
}

HCRYPTKEY duplicated(HCRYPTKEY key)
{
    HCRYPTKEY duplicate = 0;
    REQUIRE_SUCCEEDS(CryptDuplicateKey(key, nullptr, 0, &duplicate));
    return duplicate;
}

/// Each byte changed, and the blob cut at each length: the code of every refusal.
void check_every_damage(const Keys& keys, const ByteVector& blob, HCRYPTKEY under, DWORD code,
                        std::size_t first)
{
    HCRYPTKEY key = 0;
    for (std::size_t i = first; i < blob.size(); ++i) {
        ByteVector damaged = blob;
        damaged[i] ^= 0x40;
        CHECK_FAILS_WITH(import_blob(keys.provider, damaged, &key, under), code);
        damaged = ByteVector(blob.begin(), blob.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK_FAILS_WITH(import_blob(keys.provider, damaged, &key, under), code);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(SYMMETRICWRAPKEYBLOB_rules)

BOOST_AUTO_TEST_CASE(opens_the_keys_that_RFC_3217_wraps)
{
    const Keys keys;
    const HCRYPTKEY triple_des = key_of(
        keys.provider, CALG_3DES, from_hex("255e0d1c07b646dfb3134cc843ba8aa71f025b7c0838251f"));
    const ByteVector des_blob =
        wrapped_blob(CALG_3DES, CALG_3DES,
                     "690107618ef092b3b48ca1796b234ae9fa33ebb4159604037db5d6a84eb3aac2768c632775a4"
                     "67d4");
    BOOST_CHECK_EQUAL(
        to_hex(bytes_of_key(imported(keys.provider, des_blob, triple_des, CRYPT_EXPORTABLE))),
        "2923bf85e06dd6ae529149f1f1bae9eab3a7da3d860d3e98");

    const HCRYPTKEY rc2 =
        key_of(keys.provider, CALG_RC2, from_hex("fd04fd08060707fb0003fefffd02fe05"));
    REQUIRE_SUCCEEDS(set_key_number(rc2, KP_EFFECTIVE_KEYLEN, 40));
    const ByteVector rc2_blob =
        wrapped_blob(CALG_RC2, CALG_RC2,
                     "70e699fb5701f7833330fb71e87c85a420bdc99af05d22af5a0e48d35f3138986cbaafb4b28d"
                     "4f35");
    BOOST_CHECK_EQUAL(
        to_hex(bytes_of_key(imported(keys.provider, rc2_blob, rc2, CRYPT_EXPORTABLE))),
        "b70a25fbc9d86a86050ce0d711ead4d9");
}

BOOST_AUTO_TEST_CASE(brings_every_session_key_through_every_wrapping_key)
{
    const Keys keys;
    for (const ALG_ID wrapping : {CALG_3DES, CALG_3DES_112, CALG_RC2})
        for (const ALG_ID algorithm : {CALG_DES, CALG_3DES, CALG_3DES_112, CALG_RC2, CALG_RC4,
                                       CALG_AES_128, CALG_AES_192, CALG_AES_256})
            BOOST_TEST_CONTEXT("algorithm " << algorithm << " under " << wrapping)
            {
                const HCRYPTKEY under = keys.make_key(wrapping);
                const HCRYPTKEY key = keys.make_key(algorithm);
                const ByteVector blob = check_buffer_rules([&](BYTE* data, DWORD* size) {
                    return CryptExportKey(key, under, SYMMETRICWRAPKEYBLOB, 0, data, size);
                });
                const ByteVector head = concatenated(
                    {blob_header(SYMMETRICWRAPKEYBLOB, algorithm), little_endian(wrapping)});
                BOOST_CHECK(std::equal(head.begin(), head.end(), blob.begin()));
                const HCRYPTKEY twin = imported(keys.provider, blob, under, CRYPT_EXPORTABLE);
                BOOST_CHECK(bytes_of_key(twin) == bytes_of_key(key));
            }
}

BOOST_AUTO_TEST_CASE(uses_the_wrapping_key_on_the_side)
{
    const Keys keys; // U-44
    REQUIRE_SUCCEEDS(set_key_number(keys.wrapping, KP_MODE, CRYPT_MODE_ECB));
    const HCRYPTKEY twin = duplicated(keys.wrapping);
    encrypted_part(keys.wrapping, counting(16), FALSE);
    encrypted_part(twin, counting(16), FALSE);
    const ByteVector blob = exported(keys.make_key(CALG_RC4), SYMMETRICWRAPKEYBLOB, keys.wrapping);
    imported(keys.provider, blob, keys.wrapping);
    BOOST_CHECK(encrypted_part(keys.wrapping, counting(24), TRUE) ==
                encrypted_part(twin, counting(24), TRUE));
}

BOOST_AUTO_TEST_CASE(answers_each_refusal_with_its_code)
{
    const Keys keys;
    const HCRYPTKEY key = keys.make_key(CALG_AES_128);
    const HCRYPTKEY locked = keys.make_key(CALG_AES_128, 0);
    const HCRYPTKEY pair = keys.make_key(AT_KEYEXCHANGE, 512U << 16);
    DWORD size = 0;
    const auto export_under = [&](HCRYPTKEY what, HCRYPTKEY under, DWORD flags = 0) {
        return CryptExportKey(what, under, SYMMETRICWRAPKEYBLOB, flags, nullptr, &size);
    };
    CHECK_FAILS_WITH(export_under(key, 0), NTE_NO_KEY);
    CHECK_FAILS_WITH(export_under(key, keys.make_key(CALG_RC4)), NTE_BAD_KEY);
    CHECK_FAILS_WITH(export_under(key, keys.make_key(CALG_AES_256)), NTE_BAD_KEY);
    CHECK_FAILS_WITH(export_under(key, pair), NTE_BAD_KEY);
    CHECK_FAILS_WITH(export_under(locked, keys.wrapping), NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(export_under(pair, keys.wrapping), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(export_under(key, keys.wrapping, CRYPT_OAEP), NTE_BAD_FLAGS);

    const ByteVector blob = exported(key, SYMMETRICWRAPKEYBLOB, keys.wrapping);
    HCRYPTKEY opened = 0;
    CHECK_FAILS_WITH(import_blob(keys.provider, blob, &opened), NTE_NO_KEY);
    CHECK_FAILS_WITH(import_blob(keys.provider, blob, &opened, keys.make_key(CALG_RC4)),
                     NTE_BAD_KEY);
    CHECK_FAILS_WITH(import_blob(keys.provider, blob, &opened, keys.make_key(CALG_RC2)),
                     NTE_BAD_ALGID);
    CHECK_FAILS_WITH(import_blob(keys.provider, blob, &opened, keys.make_key(CALG_3DES)),
                     NTE_BAD_DATA);
    check_every_damage(keys, blob, keys.wrapping, NTE_BAD_DATA, 12);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(OPAQUEKEYBLOB_rules)

BOOST_AUTO_TEST_CASE(brings_every_session_key_back_in_the_middle_of_a_message)
{
    const Keys keys;
    for (const ALG_ID algorithm : {CALG_DES, CALG_3DES, CALG_3DES_112, CALG_RC2, CALG_RC4,
                                   CALG_AES_128, CALG_AES_192, CALG_AES_256})
        BOOST_TEST_CONTEXT("algorithm " << algorithm)
        {
            const HCRYPTKEY key = keys.make_key(algorithm);
            encrypted_part(key, counting(48), FALSE);
            const ByteVector blob = exported(key, OPAQUEKEYBLOB);
            const HCRYPTKEY twin = imported(keys.provider, blob);
            BOOST_CHECK(encrypted_part(key, counting(80), FALSE) ==
                        encrypted_part(twin, counting(80), FALSE));
            BOOST_CHECK(encrypted_part(key, counting(50), TRUE) ==
                        encrypted_part(twin, counting(50), TRUE));
        }
}

BOOST_AUTO_TEST_CASE(brings_the_settings_back_those_that_wait_too)
{
    const Keys keys;
    const HCRYPTKEY key = keys.make_key(CALG_RC2);
    REQUIRE_SUCCEEDS(set_key_number(key, KP_EFFECTIVE_KEYLEN, 64));
    REQUIRE_SUCCEEDS(set_key_number(key, KP_PERMISSIONS,
                                    CRYPT_ENCRYPT | CRYPT_EXPORT | CRYPT_READ | CRYPT_WRITE));
    encrypted_part(key, counting(16), FALSE);
    REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, CRYPT_MODE_ECB)); // waits (U-66)
    const HCRYPTKEY twin = imported(keys.provider, exported(key, OPAQUEKEYBLOB));
    for (const DWORD param : {KP_EFFECTIVE_KEYLEN, KP_MODE, KP_PERMISSIONS, KP_KEYLEN, KP_ALGID})
        BOOST_CHECK_EQUAL(key_number(twin, param), key_number(key, param));
    for (int message = 0; message < 2; ++message)
        BOOST_CHECK(encrypted_part(key, counting(24), TRUE) ==
                    encrypted_part(twin, counting(24), TRUE));
}

BOOST_AUTO_TEST_CASE(opens_in_another_process_of_the_user)
{
    const auto opens = [](const std::string& blob) -> int {
        const Provider other(aes_provider);
        const HCRYPTKEY key = imported(other.provider, from_hex(blob));
        return bytes_of_key(key) == counting(32);
    };
    const Keys keys;
    const HCRYPTKEY key = key_of(keys.provider, CALG_AES_256, counting(32));
    BOOST_CHECK_EQUAL(in_another_process(opens, to_hex(exported(key, OPAQUEKEYBLOB))), 1);
}

BOOST_AUTO_TEST_CASE(shows_nothing_of_the_key)
{
    const Keys keys;
    const HCRYPTKEY key = keys.make_key(CALG_AES_256);
    const ByteVector secret = bytes_of_key(key);
    const ByteVector blob = exported(key, OPAQUEKEYBLOB);
    BOOST_CHECK(std::search(blob.begin(), blob.end(), secret.begin(), secret.begin() + 8) ==
                blob.end());
    BOOST_CHECK(exported(key, OPAQUEKEYBLOB) != blob);
}

// 4.11: "importable only in the same CSP"; the two names of type 24 are one (U-68)
BOOST_AUTO_TEST_CASE(opens_in_the_provider_that_wrote_it_alone)
{
    const Provider strong(strong_provider), enhanced(enhanced_provider), aes(aes_provider);
    const Provider prototype({MS_ENH_RSA_AES_PROV_XP_A, PROV_RSA_AES});
    HCRYPTKEY opened = 0;
    const ByteVector blob = exported(strong.make_key(CALG_RC4), OPAQUEKEYBLOB);
    CHECK_SUCCEEDS(import_blob(Provider(strong_provider).provider, blob, &opened));
    for (const Provider* other : {&enhanced, &aes})
        CHECK_FAILS_WITH(import_blob(other->provider, blob, &opened), NTE_BAD_DATA);
    CHECK_SUCCEEDS(import_blob(prototype.provider,
                               exported(aes.make_key(CALG_AES_256), OPAQUEKEYBLOB), &opened));
}

BOOST_AUTO_TEST_CASE(answers_each_refusal_with_its_code)
{
    const Keys keys;
    const HCRYPTKEY key = keys.make_key(CALG_AES_128);
    DWORD size = 0;
    const auto export_opaque = [&](HCRYPTKEY what, HCRYPTKEY under = 0, DWORD flags = 0) {
        return CryptExportKey(what, under, OPAQUEKEYBLOB, flags, nullptr, &size);
    };
    CHECK_FAILS_WITH(export_opaque(keys.make_key(CALG_AES_128, 0)), NTE_BAD_KEY_STATE); // U-111
    CHECK_FAILS_WITH(export_opaque(key, keys.wrapping), NTE_BAD_KEY);
    CHECK_FAILS_WITH(export_opaque(keys.make_key(AT_KEYEXCHANGE, 512U << 16)), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(export_opaque(key, 0, CRYPT_OAEP), NTE_BAD_FLAGS);

    const ByteVector blob = check_buffer_rules([&](BYTE* data, DWORD* length) {
        return CryptExportKey(key, 0, OPAQUEKEYBLOB, 0, data, length);
    });
    HCRYPTKEY opened = 0;
    CHECK_FAILS_WITH(import_blob(keys.provider, blob, &opened, keys.wrapping), NTE_BAD_KEY);
    check_every_damage(keys, blob, 0, NTE_BAD_DATA, 8);
    ByteVector renamed = blob; // the header is authenticated
    renamed[4] ^= CALG_AES_128 ^ CALG_AES_192;
    CHECK_FAILS_WITH(import_blob(keys.provider, renamed, &opened), NTE_BAD_DATA);
}

BOOST_AUTO_TEST_SUITE_END()
