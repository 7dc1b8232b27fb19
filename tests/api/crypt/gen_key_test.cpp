// SPDX-License-Identifier: BSD-2-Clause
// CryptGenKey (cryptoapi.md 1.11, 2.3 to 2.6, 2.8; observed.md: salts).
#include "crypt_fixtures.h"

using namespace capishim_test;

namespace {

constexpr DWORD bits(DWORD count)
{
    return count << 16;
}

bool has_odd_parity(const ByteVector& key)
{
    return std::all_of(key.begin(), key.end(),
                       [](BYTE byte) { return __builtin_popcount(byte) % 2 == 1; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptGenKey_session_keys)

BOOST_AUTO_TEST_CASE(makes_the_length_that_is_asked_for_within_the_providers_limits)
{
    const struct {
        ProviderName which;
        ALG_ID algorithm;
        DWORD asked, key_bits; // key_bits 0: refused with ERROR_INVALID_PARAMETER (U-34)
    } rows[] = {
        {base_provider, CALG_RC2, 0, 40},
        {base_provider, CALG_RC4, 0, 40},
        {base_provider, CALG_RC2, 40, 40},
        {base_provider, CALG_RC4, 56, 56},
        {base_provider, CALG_RC4, 48, 48},
        {base_provider, CALG_RC4, 64, 0},
        {base_provider, CALG_RC2, 128, 0},
        {base_provider, CALG_RC2, 32, 0},
        {base_provider, CALG_DES, 0, 64},
        {base_provider, CALG_DES, 56, 64},
        {base_provider, CALG_DES, 64, 64},
        {base_provider, CALG_DES, 40, 0},
        {strong_provider, CALG_RC2, 0, 128},
        {strong_provider, CALG_RC4, 0, 128},
        {strong_provider, CALG_RC4, 40, 40},
        {strong_provider, CALG_RC4, 104, 104},
        {strong_provider, CALG_RC4, 41, 0},
        {strong_provider, CALG_RC4, 136, 0},
        {strong_provider, CALG_RC2, 32, 0},
        {strong_provider, CALG_RC2, 0xFFFF, 0},
        {strong_provider, CALG_3DES, 0, 192},
        {strong_provider, CALG_3DES, 168, 192},
        {strong_provider, CALG_3DES, 192, 192},
        {strong_provider, CALG_3DES, 112, 0},
        {enhanced_provider, CALG_3DES_112, 0, 128},
        {enhanced_provider, CALG_3DES_112, 112, 128},
        {enhanced_provider, CALG_3DES_112, 128, 128},
        {enhanced_provider, CALG_3DES_112, 168, 0},
        {aes_provider, CALG_AES_128, 0, 128},
        {aes_provider, CALG_AES_128, 128, 128},
        {aes_provider, CALG_AES_192, 192, 192},
        {aes_provider, CALG_AES_256, 256, 256},
        {aes_provider, CALG_AES_128, 256, 0},
        {aes_provider, CALG_AES_256, 128, 0}, // U-78
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name << ", algorithm " << std::hex << row.algorithm << std::dec
                                          << ", " << row.asked << " bits")
        {
            const Provider context(row.which);
            const DWORD flags = bits(row.asked) | CRYPT_EXPORTABLE;
            if (row.key_bits == 0) {
                CHECK_FAILS_WITH(gen_key(context.provider, row.algorithm, flags),
                                 ERROR_INVALID_PARAMETER);
                continue;
            }
            HCRYPTKEY key = 0;
            CHECK_SUCCEEDS(CryptGenKey(context.provider, row.algorithm, flags, &key));
            BOOST_CHECK_EQUAL(key_number(key, KP_KEYLEN), row.key_bits);
            BOOST_CHECK_EQUAL(key_number(key, KP_ALGID), row.algorithm);
            BOOST_CHECK_EQUAL(bytes_of_key(key).size(), row.key_bits / 8);
        }
}

BOOST_AUTO_TEST_CASE(refuses_what_the_provider_cannot_generate_with_NTE_BAD_ALGID)
{
    const struct {
        ProviderName which;
        ALG_ID algorithm;
    } rows[] = {
        {base_provider, CALG_3DES},
        {base_provider, CALG_3DES_112},
        {base_provider, CALG_AES_128},
        {strong_provider, CALG_AES_256},
        {enhanced_provider, CALG_AES_192},
        {aes_provider, CALG_AES}, // U-79
        {aes_provider, CALG_DESX},
        {aes_provider, CALG_CYLINK_MEK},
        {aes_provider, CALG_RC5},
        {aes_provider, CALG_SEAL},
        {aes_provider, CALG_SHA1},
        {aes_provider, CALG_MAC},
        {aes_provider, CALG_HMAC},
        {aes_provider, CALG_DSS_SIGN},
        {aes_provider, CALG_DH_SF},
        {aes_provider, CALG_SSL3_MASTER},
        {aes_provider, 0},
        {aes_provider, 3},
        {aes_provider, 0xFFFFFFFF},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name << ", algorithm " << std::hex << row.algorithm)
    CHECK_FAILS_WITH(gen_key(Provider(row.which).provider, row.algorithm), NTE_BAD_ALGID);
}

BOOST_AUTO_TEST_CASE(refuses_undefined_flags_and_takes_those_that_are_not_used)
{
    const Provider context(strong_provider);
    for (const DWORD flags : {0x8, 0x20, CRYPT_PREGEN,            // U-33, U-31
                              CRYPT_CREATE_SALT | CRYPT_NO_SALT}) // U-82
        CHECK_FAILS_WITH(gen_key(context.provider, CALG_RC4, flags), NTE_BAD_FLAGS);
    for (const DWORD flags : {0x80, 0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x3F80,
                              CRYPT_USER_PROTECTED, CRYPT_ARCHIVABLE})
        CHECK_SUCCEEDS(gen_key(context.provider, CALG_RC4, flags));
}

BOOST_AUTO_TEST_CASE(refuses_null_pointers_and_wrong_handles_and_leaves_the_key_on_failure)
{
    const Provider context(strong_provider);
    HCRYPTKEY key = 99;
    CHECK_FAILS_WITH(CryptGenKey(context.provider, CALG_RC4, 0, nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptGenKey(context.make_hash(), CALG_RC4, 0, &key), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptGenKey(context.provider, CALG_SHA1, 0, &key), NTE_BAD_ALGID);
    BOOST_CHECK_EQUAL(key, 99u); // U-09
}

BOOST_AUTO_TEST_CASE(starts_block_ciphers_in_CBC_with_a_zero_IV_and_PKCS5_padding)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm :
         {CALG_RC2, CALG_DES, CALG_3DES, CALG_3DES_112, CALG_AES_128, CALG_AES_256}) {
        const HCRYPTKEY key = context.make_key(algorithm, 0);
        const DWORD block = GET_ALG_SID(algorithm) >= ALG_SID_AES_128 ? 16 : 8;
        BOOST_CHECK_EQUAL(key_number(key, KP_MODE), DWORD{CRYPT_MODE_CBC});
        BOOST_CHECK_EQUAL(key_number(key, KP_PADDING), DWORD{PKCS5_PADDING});
        BOOST_CHECK_EQUAL(key_number(key, KP_MODE_BITS), 8u);
        BOOST_CHECK_EQUAL(key_number(key, KP_BLOCKLEN), block * 8);
        BOOST_CHECK(key_param(key, KP_IV) == ByteVector(block));
    }
    BOOST_CHECK_EQUAL(key_number(context.make_key(CALG_RC4, 0), KP_BLOCKLEN), 0u);
}

BOOST_AUTO_TEST_CASE(permits_everything_but_export_and_export_when_asked)
{
    for (const ProviderName& which : rsa_providers) { // observed.md: KP_PERMISSIONS default
        const Provider context(which);
        BOOST_CHECK_EQUAL(key_number(context.make_key(CALG_RC4, 0), KP_PERMISSIONS), 0x3Bu);
        BOOST_CHECK_EQUAL(key_number(context.make_key(CALG_RC4, CRYPT_EXPORTABLE), KP_PERMISSIONS),
                          0x3Fu);
    }
}

BOOST_AUTO_TEST_CASE(salts_by_provider_length_and_flags)
{
    const struct {
        ProviderName which;
        DWORD asked, flags, salt;
    } rows[] = {
        // exactly 40 bits, no flag: 11 zero bytes in every provider
        {base_provider, 40, 0, 11},
        {enhanced_provider, 40, 0, 11},
        {strong_provider, 40, 0, 11},
        {aes_provider, 40, 0, 11},
        {base_provider, 56, 0, 0},
        {strong_provider, 128, 0, 0},
        {base_provider, 40, CRYPT_NO_SALT, 0},
        {enhanced_provider, 40, CRYPT_NO_SALT, 0},
        {strong_provider, 40, CRYPT_NO_SALT, 0},
        // observed.md: CRYPT_CREATE_SALT in Enhanced, in Base and Strong
        {enhanced_provider, 40, CRYPT_CREATE_SALT, 0},
        {enhanced_provider, 56, CRYPT_CREATE_SALT, 0},
        {enhanced_provider, 128, CRYPT_CREATE_SALT, 0},
        {base_provider, 40, CRYPT_CREATE_SALT, 11},
        {base_provider, 56, CRYPT_CREATE_SALT, 11},
        {strong_provider, 40, CRYPT_CREATE_SALT, 11},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name << ", " << row.asked << " bits, flags " << row.flags)
        {
            const Provider context(row.which);
            const ByteVector salt =
                key_param(context.make_key(CALG_RC4, bits(row.asked) | row.flags), KP_SALT);
            BOOST_CHECK_EQUAL(salt.size(), row.salt);
            if (row.salt)
                BOOST_CHECK_EQUAL(salt == ByteVector(11), row.flags == 0); // else random
        }
}

BOOST_AUTO_TEST_CASE(ignores_CRYPT_CREATE_SALT_where_there_are_no_salts)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : {CALG_DES, CALG_3DES, CALG_AES_128})
        BOOST_CHECK(key_param(context.make_key(algorithm, CRYPT_CREATE_SALT), KP_SALT).empty());
}

BOOST_AUTO_TEST_CASE(sets_odd_parity_in_keys_of_the_DES_family)
{
    const Provider context(strong_provider);
    for (const ALG_ID algorithm : {CALG_DES, CALG_3DES_112, CALG_3DES}) // U-117
        BOOST_CHECK(has_odd_parity(bytes_of_key(context.make_key(algorithm))));
}

BOOST_AUTO_TEST_CASE(makes_another_key_each_time)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : {CALG_RC4, CALG_3DES, CALG_AES_256})
        BOOST_CHECK(bytes_of_key(context.make_key(algorithm)) !=
                    bytes_of_key(context.make_key(algorithm)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptGenKey_pairs)

BOOST_AUTO_TEST_CASE(makes_pairs_by_key_spec_or_algorithm_with_the_exponent_65537)
{
    const Provider context(strong_provider);
    const struct {
        DWORD spec;
        ALG_ID algorithm;
    } rows[] = {{AT_KEYEXCHANGE, CALG_RSA_KEYX},
                {AT_SIGNATURE, CALG_RSA_SIGN},
                {CALG_RSA_KEYX, CALG_RSA_KEYX},
                {CALG_RSA_SIGN, CALG_RSA_SIGN}};
    for (const auto& row : rows) {
        const HCRYPTKEY pair = context.make_key(row.spec, bits(512));
        BOOST_CHECK_EQUAL(key_number(pair, KP_ALGID), row.algorithm);
        BOOST_CHECK_EQUAL(key_number(pair, KP_KEYLEN), 512u);
        const ByteVector blob = exported(pair, PUBLICKEYBLOB);
        BOOST_REQUIRE_EQUAL(blob.size(), 20u + 64u);
        const ByteVector head =
            concatenated({blob_header(PUBLICKEYBLOB, row.algorithm), bytes_of("RSA1"),
                          little_endian(512), little_endian(65537)});
        BOOST_CHECK(std::equal(head.begin(), head.end(), blob.begin()));
        BOOST_CHECK(blob.back() & 0x80); // fills its length
        BOOST_CHECK(blob[20] & 1);
    }
}

BOOST_AUTO_TEST_CASE(makes_the_length_that_is_asked_for_within_the_providers_limits)
{
    const struct {
        ProviderName which;
        DWORD spec, asked, key_bits; // key_bits 0: refused with ERROR_INVALID_PARAMETER (U-34)
    } rows[] = {
        {base_provider, AT_KEYEXCHANGE, 0, 512},    {base_provider, AT_SIGNATURE, 0, 512},
        {base_provider, AT_KEYEXCHANGE, 384, 384},  {base_provider, AT_KEYEXCHANGE, 1032, 0},
        {base_provider, AT_SIGNATURE, 1032, 1032},  {strong_provider, AT_SIGNATURE, 0, 1024},
        {strong_provider, AT_KEYEXCHANGE, 0, 1024}, {strong_provider, AT_SIGNATURE, 376, 0},
        {strong_provider, AT_SIGNATURE, 384, 384},  {strong_provider, AT_SIGNATURE, 513, 0},
        {strong_provider, AT_SIGNATURE, 520, 520},  {strong_provider, AT_KEYEXCHANGE, 16392, 0},
        {strong_provider, AT_SIGNATURE, 0xFFFF, 0}, {aes_provider, AT_KEYEXCHANGE, 1024, 1024},
        {aes_provider, AT_SIGNATURE, 8, 0},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name << ", key spec " << row.spec << ", " << row.asked
                                          << " bits")
        {
            const Provider context(row.which);
            if (row.key_bits == 0)
                CHECK_FAILS_WITH(gen_key(context.provider, row.spec, bits(row.asked)),
                                 ERROR_INVALID_PARAMETER);
            else
                BOOST_CHECK_EQUAL(
                    key_number(context.make_key(row.spec, bits(row.asked)), KP_KEYLEN),
                    row.key_bits);
        }
}

BOOST_AUTO_TEST_CASE(refuses_what_would_need_somebody_to_ask)
{
    const Provider silent(strong_provider, CRYPT_SILENT);
    const Provider context(strong_provider);
    CHECK_FAILS_WITH(gen_key(silent.provider, AT_SIGNATURE, bits(512) | CRYPT_USER_PROTECTED),
                     NTE_SILENT_CONTEXT);
    CHECK_FAILS_WITH(
        gen_key(context.provider, AT_SIGNATURE, bits(512) | CRYPT_FORCE_KEY_PROTECTION_HIGH),
        NTE_SILENT_CONTEXT); // U-32
    CHECK_SUCCEEDS(gen_key(context.provider, AT_SIGNATURE, bits(512) | CRYPT_USER_PROTECTED));
}

BOOST_AUTO_TEST_CASE(permits_the_export_of_the_private_key_when_asked)
{
    const Container made("capishim exportable test");
    for (const DWORD flag : {DWORD{0}, DWORD{CRYPT_EXPORTABLE}}) {
        made.make_key(AT_SIGNATURE, bits(512) | flag);
        HCRYPTKEY pair = 0;
        REQUIRE_SUCCEEDS(CryptGetUserKey(made.provider, AT_SIGNATURE, &pair)); // kept: 10.4
        BOOST_CHECK_EQUAL(key_number(pair, KP_PERMISSIONS), flag ? 0x3Fu : 0x3Bu);
        DWORD size = 0;
        if (flag)
            CHECK_SUCCEEDS(CryptExportKey(pair, 0, PRIVATEKEYBLOB, 0, nullptr, &size));
        else
            CHECK_FAILS_WITH(CryptExportKey(pair, 0, PRIVATEKEYBLOB, 0, nullptr, &size),
                             NTE_BAD_KEY_STATE);
    }
}

BOOST_AUTO_TEST_CASE(an_archivable_pair_is_exportable_until_its_first_handle_is_destroyed)
{
    const Container made("capishim archivable test");
    const HCRYPTKEY pair = made.make_key(AT_KEYEXCHANGE, bits(512) | CRYPT_ARCHIVABLE);
    BOOST_CHECK_EQUAL(exported(pair, PRIVATEKEYBLOB).size(), 308u);
    CHECK_SUCCEEDS(CryptDestroyKey(pair));
    HCRYPTKEY later = 0;
    DWORD size = 0;
    REQUIRE_SUCCEEDS(CryptGetUserKey(made.provider, AT_KEYEXCHANGE, &later));
    CHECK_FAILS_WITH(CryptExportKey(later, 0, PRIVATEKEYBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY_STATE);
}

BOOST_AUTO_TEST_CASE(a_pair_in_an_ephemeral_context_dies_with_it)
{
    VerifyContext context(PROV_RSA_FULL);
    REQUIRE_SUCCEEDS(gen_key(context.provider, AT_SIGNATURE, bits(512))); // U-35
    HCRYPTKEY pair = 0;
    CHECK_SUCCEEDS(CryptGetUserKey(context.provider, AT_SIGNATURE, &pair));
    const VerifyContext other(PROV_RSA_FULL);
    CHECK_FAILS_WITH(CryptGetUserKey(other.provider, AT_SIGNATURE, &pair), NTE_NO_KEY);
}

BOOST_AUTO_TEST_SUITE_END()
