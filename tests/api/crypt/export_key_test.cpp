// SPDX-License-Identifier: BSD-2-Clause
// CryptExportKey (cryptoapi.md 1.15, 4; observed.md). Known answers: ../../conformance.
#include "crypt_fixtures.h"
#include "support/interop_keys.h"

using namespace capishim_test;

namespace {

/// A context with one key of each sort.
struct Keys : Provider {
    Keys()
        : Provider(aes_provider), pair(imported(provider, from_hex(interop_private_blob))),
          locked_pair(make_key(AT_SIGNATURE, 512u << 16)),
          public_key(imported(provider, from_hex(other_public_blob))), session(make_key(CALG_RC4)),
          locked_session(make_key(CALG_RC4, 0))
    {
    }

    HCRYPTKEY pair, locked_pair, public_key, session, locked_session;
};

BOOL export_key(HCRYPTKEY key, DWORD type, DWORD* size, HCRYPTKEY under = 0, DWORD flags = 0)
{
    return CryptExportKey(key, under, type, flags, nullptr, size);
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptExportKey_rules)

BOOST_AUTO_TEST_CASE(obeys_the_buffer_rules_with_every_blob)
{
    const Keys keys;
    const struct {
        HCRYPTKEY key, under;
        DWORD type;
        std::size_t size;
    } rows[] = {
        {keys.session, keys.public_key, SIMPLEBLOB, 12 + 64},
        {keys.pair, 0, PUBLICKEYBLOB, 20 + 64},
        {keys.public_key, 0, PUBLICKEYBLOB, 20 + 64},
        {keys.pair, 0, PRIVATEKEYBLOB, 308},
        {keys.pair, keys.session, PRIVATEKEYBLOB, 308},
        {keys.session, 0, PLAINTEXTKEYBLOB, 12 + 16},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("blob type " << row.type)
        {
            const ByteVector blob = check_buffer_rules([&](BYTE* data, DWORD* size) {
                return CryptExportKey(row.key, row.under, row.type, 0, data, size);
            });
            BOOST_CHECK_EQUAL(blob.size(), row.size);
            BOOST_CHECK_EQUAL(blob[0], row.type);
            BOOST_CHECK_EQUAL(blob[1], CUR_BLOB_VERSION);
            BOOST_CHECK_EQUAL(blob[2] | blob[3], 0);
        }
}

BOOST_AUTO_TEST_CASE(answers_each_refusal_with_its_code_and_a_length_of_zero)
{
    const Keys keys;
    const struct {
        const char* what;
        HCRYPTKEY key, under;
        DWORD type, flags, code;
    } rows[] = {
        {"unknown type", keys.session, 0, 0, 0, NTE_BAD_TYPE},
        {"unknown type", keys.session, 0, 99, 0, NTE_BAD_TYPE},
        {"no layout", keys.pair, 0, 0xA, 0, NTE_BAD_TYPE}, // U-112
        {"no layout", keys.session, 0, 0xC, 0, NTE_BAD_TYPE},
        {"a pair in clear", keys.pair, 0, PLAINTEXTKEYBLOB, 0, NTE_BAD_TYPE}, // U-41
        {"a session key as public", keys.session, 0, PUBLICKEYBLOB, 0, NTE_BAD_TYPE},
        {"a session key as private", keys.session, 0, PRIVATEKEYBLOB, 0, NTE_BAD_TYPE},
        {"for nobody", keys.session, 0, SIMPLEBLOB, 0, NTE_NO_KEY}, // U-42
        {"for a session key", keys.session, keys.locked_session, SIMPLEBLOB, 0, NTE_NO_KEY},
        {"not exportable", keys.locked_session, 0, PLAINTEXTKEYBLOB, 0, NTE_BAD_KEY_STATE},
        {"not exportable", keys.locked_session, keys.public_key, SIMPLEBLOB, 0, NTE_BAD_KEY_STATE},
        {"not exportable", keys.locked_pair, 0, PRIVATEKEYBLOB, 0, NTE_BAD_KEY_STATE},
        {"public only", keys.public_key, 0, PRIVATEKEYBLOB, 0, NTE_BAD_KEY_STATE}, // U-45
        {"public under session", keys.pair, keys.session, PUBLICKEYBLOB, 0, NTE_BAD_PUBLIC_KEY},
        {"undefined flag", keys.session, 0, PLAINTEXTKEYBLOB, 0x8, NTE_BAD_FLAGS},
        {"undefined flag", keys.pair, 0, PUBLICKEYBLOB, 0x10000, NTE_BAD_FLAGS},
        {"OAEP elsewhere", keys.pair, 0, PUBLICKEYBLOB, CRYPT_OAEP, NTE_BAD_FLAGS},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what << ", blob type " << row.type << ", wants "
                                    << win32_name(row.code))
    CHECK_FAILS_AND_ZEROES(export_key(row.key, row.type, &size, row.under, row.flags), row.code);
}

BOOST_AUTO_TEST_CASE(refuses_wrong_handles)
{
    const Keys keys;
    DWORD size = 0;
    CHECK_FAILS_WITH(export_key(0, PUBLICKEYBLOB, &size), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(export_key(keys.make_hash(), PUBLICKEYBLOB, &size), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(export_key(keys.session, SIMPLEBLOB, &size, keys.make_hash()),
                     ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptExportKey(keys.pair, 0, PUBLICKEYBLOB, 0, nullptr, nullptr),
                     ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(always_exports_a_public_key)
{
    const Keys keys;
    BOOST_CHECK_EQUAL(exported(keys.locked_pair, PUBLICKEYBLOB).size(), 84u);
    BOOST_CHECK_EQUAL(to_hex(exported(keys.pair, PUBLICKEYBLOB)), interop_public_blob);
    BOOST_CHECK_EQUAL(to_hex(exported(keys.public_key, PUBLICKEYBLOB, 0, CRYPT_Y_ONLY)),
                      other_public_blob);
}

BOOST_AUTO_TEST_CASE(writes_a_SIMPLEBLOB_that_names_both_algorithms_and_never_the_same_twice)
{
    const Keys keys;
    const ByteVector head =
        concatenated({blob_header(SIMPLEBLOB, CALG_RC4), little_endian(CALG_RSA_KEYX)});
    const ByteVector blob = exported(keys.session, SIMPLEBLOB, keys.pair);
    BOOST_CHECK(std::equal(head.begin(), head.end(), blob.begin()));
    BOOST_CHECK(exported(keys.session, SIMPLEBLOB, keys.pair) != blob); // random padding
    const ByteVector opened =
        decrypted(keys.pair, ByteVector(blob.begin() + 12, blob.end())); // observed: 4.4 = 6.5
    BOOST_CHECK(opened == bytes_of_key(keys.session));
}

BOOST_AUTO_TEST_CASE(pads_a_SIMPLEBLOB_with_OAEP_when_asked)
{
    const Keys keys;
    const ByteVector blob = exported(keys.session, SIMPLEBLOB, keys.pair, CRYPT_OAEP);
    HCRYPTKEY key = 0;
    CHECK_SUCCEEDS(
        import_blob(keys.provider, blob, &key, keys.pair, CRYPT_OAEP | CRYPT_EXPORTABLE));
    BOOST_CHECK(bytes_of_key(key) == bytes_of_key(keys.session));
    CHECK_FAILS_WITH(import_blob(keys.provider, blob, &key, keys.pair), NTE_BAD_DATA);
}

BOOST_AUTO_TEST_CASE(sends_keys_of_the_DES_family_whole)
{
    const Keys keys;
    const struct {
        ALG_ID algorithm;
        std::size_t size;
    } rows[] = {{CALG_DES, 8}, {CALG_3DES_112, 16}, {CALG_3DES, 24}};
    for (const auto& row : rows) {
        const HCRYPTKEY key = keys.make_key(row.algorithm);
        BOOST_CHECK_EQUAL(exported(key, PLAINTEXTKEYBLOB).size(), 12u + row.size);
        const HCRYPTKEY back =
            imported(keys.provider, exported(key, SIMPLEBLOB, keys.pair), keys.pair);
        BOOST_CHECK(bytes_of_key(back) == bytes_of_key(key));
    }
}

BOOST_AUTO_TEST_CASE(leaves_the_key_that_encrypts_as_it_was)
{
    const Keys keys; // U-44
    for (const ALG_ID algorithm : {CALG_RC4, CALG_3DES}) {
        const HCRYPTKEY under = keys.make_key(algorithm);
        encrypted_part(under, counting(16), FALSE);
        HCRYPTKEY witness = 0;
        REQUIRE_SUCCEEDS(CryptDuplicateKey(under, nullptr, 0, &witness));
        exported(keys.pair, PRIVATEKEYBLOB, under);
        BOOST_CHECK(encrypted_part(under, counting(16), FALSE) ==
                    encrypted_part(witness, counting(16), FALSE));
    }
}

BOOST_AUTO_TEST_CASE(leaves_out_the_salt)
{
    const Keys keys;
    const HCRYPTKEY key = key_of(keys.provider, CALG_RC4, counting(5));
    REQUIRE_SUCCEEDS(set_salt_ex(key, counting(9)));
    BOOST_CHECK(exported(key, PLAINTEXTKEYBLOB) == plaintext_blob(CALG_RC4, counting(5)));
}

BOOST_AUTO_TEST_SUITE_END()
