// SPDX-License-Identifier: BSD-2-Clause
// CryptGetKeyParam and CryptSetKeyParam (cryptoapi.md 1.17, 1.18, 2.4 to 2.6, 8.2; observed.md).
#include "crypt_fixtures.h"
#include "support/interop_keys.h"

using namespace capishim_test;

namespace {

struct Keys : Provider {
    explicit Keys(const ProviderName& which = aes_provider)
        : Provider(which), pair(imported(provider, from_hex(interop_private_blob))),
          public_key(imported(provider, from_hex(other_public_blob))),
          rc4(key_of(provider, CALG_RC4, counting(7))),
          rc2(key_of(provider, CALG_RC2, counting(7))), des(key_of(provider, CALG_DES, counting(8)))
    {
    }

    HCRYPTKEY pair, public_key, rc4, rc2, des;
};

BOOL get(HCRYPTKEY key, DWORD param, BYTE* data, DWORD* size, DWORD flags = 0)
{
    return CryptGetKeyParam(key, param, data, size, flags);
}

BOOL set(HCRYPTKEY key, DWORD param, const void* data, DWORD flags = 0)
{
    return CryptSetKeyParam(key, param, static_cast<const BYTE*>(data), flags);
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptGetKeyParam_rules)

BOOST_AUTO_TEST_CASE(numbers_by_key)
{
    const Keys keys;
    const HCRYPTKEY aes = keys.make_key(CALG_AES_192);
    const HCRYPTKEY triple = keys.make_key(CALG_3DES);
    const HCRYPTKEY two_keys = keys.make_key(CALG_3DES_112);
    const struct {
        const char* what;
        HCRYPTKEY key;
        DWORD param, value;
    } rows[] = {
        {"RC4", keys.rc4, KP_ALGID, CALG_RC4},
        {"RC4", keys.rc4, KP_KEYLEN, 56},
        {"RC4", keys.rc4, KP_BLOCKLEN, 0},
        {"RC4", keys.rc4, KP_MODE, 0}, // observed.md
        {"RC4", keys.rc4, KP_MODE_BITS, 8},
        {"RC4", keys.rc4, KP_PADDING, 1}, // U-158
        {"RC2", keys.rc2, KP_ALGID, CALG_RC2},
        {"RC2", keys.rc2, KP_BLOCKLEN, 64},
        {"RC2", keys.rc2, KP_EFFECTIVE_KEYLEN, 56},
        {"DES", keys.des, KP_KEYLEN, 64},
        {"DES", keys.des, KP_BLOCKLEN, 64},
        {"3DES", triple, KP_KEYLEN, 192},
        {"3DES_112", two_keys, KP_KEYLEN, 128},
        {"AES", aes, KP_KEYLEN, 192},
        {"AES", aes, KP_BLOCKLEN, 128},
        {"AES", aes, KP_MODE, CRYPT_MODE_CBC},
        {"AES", aes, KP_PERMISSIONS, 0x3F},
        {"pair", keys.pair, KP_ALGID, CALG_RSA_KEYX},
        {"pair", keys.pair, KP_KEYLEN, 512},
        {"pair", keys.pair, KP_BLOCKLEN, 512},
        {"pair", keys.pair, KP_PERMISSIONS, 0x3F},
        {"public", keys.public_key, KP_KEYLEN, 512},
        {"public", keys.public_key, KP_BLOCKLEN, 512},
        {"public", keys.public_key, KP_ALGID, CALG_RSA_KEYX},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what << ", parameter " << row.param)
    BOOST_CHECK_EQUAL(number_in(check_buffer_rules([&](BYTE* data, DWORD* size) {
                          return get(row.key, row.param, data, size);
                      })),
                      row.value);
}

BOOST_AUTO_TEST_CASE(bytes_by_key)
{
    const Keys keys;
    const struct {
        HCRYPTKEY key;
        DWORD param;
        std::size_t size;
    } rows[] = {
        {keys.rc2, KP_IV, 8},
        {keys.rc4, KP_IV, 8}, // U-157
        {keys.make_key(CALG_AES_128), KP_IV, 16},
        {key_of(keys.provider, CALG_RC4, counting(5)), KP_SALT, 11},
        {keys.rc4, KP_SALT, 0},
        {keys.make_key(CALG_AES_128), KP_SALT, 0}, // U-86
        {keys.make_key(CALG_3DES), KP_SALT, 0},
        {keys.pair, KP_OAEP_PARAMS, 0}, // U-165
    };
    for (const auto& row : rows)
        BOOST_CHECK(check_buffer_rules([&](BYTE* data, DWORD* size) {
                        return get(row.key, row.param, data, size);
                    }) == ByteVector(row.size));
}

BOOST_AUTO_TEST_CASE(a_salt_of_zero_length_reads_into_a_buffer_of_zero_length)
{
    const Keys keys; // observed.md
    BYTE data[4];
    DWORD size = 0;
    CHECK_SUCCEEDS(get(keys.rc4, KP_SALT, data, &size));
    BOOST_CHECK_EQUAL(size, 0u);
}

BOOST_AUTO_TEST_CASE(answers_what_does_not_apply_with_its_code_and_a_length_of_zero)
{
    const Keys keys;
    BYTE data[600];
    const struct {
        const char* what;
        HCRYPTKEY key;
        DWORD param, code;
    } rows[] = {
        {"salt of a pair", keys.pair, KP_SALT, NTE_NOT_FOUND},     // observed.md
        {"certificate", keys.pair, KP_CERTIFICATE, NTE_NOT_FOUND}, // U-166
        {"mode of a pair", keys.pair, KP_MODE, NTE_BAD_TYPE},
        {"IV of a pair", keys.pair, KP_IV, NTE_BAD_TYPE},
        {"padding of a pair", keys.pair, KP_PADDING, NTE_BAD_TYPE},
        {"P of RSA", keys.pair, KP_P, NTE_BAD_TYPE},
        {"G of RSA", keys.pair, KP_G, NTE_BAD_TYPE},
        {"X", keys.pair, KP_X, NTE_BAD_TYPE},
        {"Y", keys.pair, KP_Y, NTE_BAD_TYPE},
        {"effective bits of RC4", keys.rc4, KP_EFFECTIVE_KEYLEN, NTE_BAD_TYPE},
        {"effective bits of DES", keys.des, KP_EFFECTIVE_KEYLEN, NTE_BAD_TYPE},
        {"salt ex", keys.rc4, KP_SALT_EX, NTE_BAD_TYPE}, // U-159
        {"public parameters", keys.pair, KP_PUB_PARAMS, NTE_BAD_TYPE},
        {"key value", keys.rc4, KP_KEYVAL, NTE_PERM}, // U-168
        {"use count", keys.rc4, KP_GET_USE_COUNT, NTE_BAD_TYPE},
        {"pin", keys.pair, KP_KEYEXCHANGE_PIN, NTE_BAD_TYPE}, // U-170
        {"info", keys.rc4, KP_INFO, NTE_BAD_TYPE},
        {"nothing", keys.rc4, 0, NTE_BAD_TYPE},
        {"nothing", keys.rc4, 999, NTE_BAD_TYPE},
        {"nothing", keys.pair, 0xFFFFFFFF, NTE_BAD_TYPE},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what << ", wants " << win32_name(row.code))
    CHECK_FAILS_AND_ZEROES((size = sizeof data, get(row.key, row.param, data, &size)), row.code);
}

BOOST_AUTO_TEST_CASE(refuses_flags_and_wrong_handles)
{
    const Keys keys;
    DWORD size = 0;
    CHECK_FAILS_AND_ZEROES(get(keys.rc4, KP_ALGID, nullptr, &size, 1), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(get(0, KP_ALGID, nullptr, &size), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(get(keys.make_hash(), KP_ALGID, nullptr, &size), ERROR_INVALID_HANDLE);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptSetKeyParam_rules)

BOOST_AUTO_TEST_CASE(refuses_null_pointers_wrong_handles_flags_and_unknown_parameters)
{
    const Keys keys;
    const DWORD one = 1;
    for (const DWORD param : {KP_IV, KP_MODE, KP_PADDING, KP_PERMISSIONS, KP_SALT_EX})
        CHECK_FAILS_WITH(set(keys.rc2, param, nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(set(0, KP_MODE, &one), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(set(keys.make_hash(), KP_MODE, &one), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(set(keys.rc2, KP_MODE, &one, 1), NTE_BAD_FLAGS);
    for (const DWORD param : {KP_BLOCKLEN, KP_KEYLEN, KP_P, KP_G, KP_X, KP_Y, KP_KEYVAL,
                              KP_GET_USE_COUNT, KP_INFO, KP_ADMIN_PIN, 0, 999, -1})
        BOOST_TEST_CONTEXT("parameter " << param)
    CHECK_FAILS_WITH(set(keys.rc2, param, &one), NTE_BAD_TYPE);
    for (const DWORD param :
         {KP_IV, KP_MODE, KP_MODE_BITS, KP_PADDING, KP_SALT, KP_EFFECTIVE_KEYLEN})
        BOOST_TEST_CONTEXT("a pair's parameter " << param)
    CHECK_FAILS_WITH(set(keys.pair, param, from_hex(interop_modulus).data()), NTE_BAD_TYPE);
    const DWORD algorithm = CALG_RC4;
    CHECK_FAILS_WITH(set(keys.rc2, KP_ALGID, &algorithm), NTE_BAD_TYPE); // U-155
}

BOOST_AUTO_TEST_CASE(KP_MODE_takes_CBC_ECB_and_CFB)
{
    for (const ProviderName& which : rsa_providers) {
        const Keys keys(which);
        for (const DWORD mode : {CRYPT_MODE_CBC, CRYPT_MODE_ECB, CRYPT_MODE_CFB}) {
            CHECK_SUCCEEDS(set_key_number(keys.rc2, KP_MODE, mode));
            BOOST_CHECK_EQUAL(key_number(keys.rc2, KP_MODE), mode);
        }
        for (const DWORD mode : {0, 11, 99}) // 6.3
            CHECK_FAILS_WITH(set_key_number(keys.rc2, KP_MODE, mode), NTE_BAD_FLAGS);
        BOOST_CHECK_EQUAL(key_number(keys.rc2, KP_MODE), DWORD{CRYPT_MODE_CFB});
    }
}

// observed.md has two answers of Windows to OFB, and NTE_BAD_FLAGS is neither; 6.3: the rest as
// OFB.
BOOST_AUTO_TEST_CASE(KP_MODE_refuses_other_modes_here_or_when_encrypting)
{
    for (DWORD mode = CRYPT_MODE_OFB; mode <= 10; ++mode) {
        if (mode == CRYPT_MODE_CFB)
            continue;
        const Keys keys;
        SetLastError(untouched);
        if (!set_key_number(keys.rc2, KP_MODE, mode)) {
            BOOST_CHECK_EQUAL(win32_name(GetLastError()), "ERROR_INTERNAL_ERROR");
            continue;
        }
        BYTE data[8] = {};
        DWORD size = sizeof data;
        CHECK_FAILS_WITH(CryptEncrypt(keys.rc2, 0, FALSE, 0, data, &size, size), NTE_BAD_ALGID);
    }
}

BOOST_AUTO_TEST_CASE(KP_MODE_BITS_and_KP_PADDING_take_one_value)
{
    const Keys keys;
    for (const HCRYPTKEY key : {keys.rc2, keys.des}) {
        CHECK_SUCCEEDS(set_key_number(key, KP_MODE_BITS, 8));
        for (const DWORD bits : {0, 1, 16, 64})
            CHECK_FAILS_WITH(set_key_number(key, KP_MODE_BITS, bits), NTE_BAD_FLAGS); // U-126
        CHECK_SUCCEEDS(set_key_number(key, KP_PADDING, PKCS5_PADDING));
        for (const DWORD padding : {0, RANDOM_PADDING, ZERO_PADDING, 4})
            CHECK_FAILS_WITH(set_key_number(key, KP_PADDING, padding), NTE_BAD_FLAGS);
    }
}

BOOST_AUTO_TEST_CASE(KP_IV_is_kept_and_used_from_the_next_message_on)
{
    const Keys keys;
    for (const ALG_ID algorithm : {CALG_RC2, CALG_3DES, CALG_AES_256}) {
        const HCRYPTKEY key = keys.make_key(algorithm);
        const ByteVector iv = counting(algorithm == CALG_AES_256 ? 16 : 8);
        const ByteVector before = encrypted_part(key, counting(32), TRUE);
        CHECK_SUCCEEDS(set(key, KP_IV, iv.data()));
        BOOST_CHECK(key_param(key, KP_IV) == iv);
        const ByteVector after = encrypted_part(key, counting(32), TRUE);
        BOOST_CHECK(after != before);
        BOOST_CHECK(encrypted_part(key, counting(32), TRUE) == after); // each message anew
        BOOST_CHECK(key_param(key, KP_IV) == iv);                      // not the register

        const ByteVector first = encrypted_part(key, counting(16), FALSE); // U-66: in the middle
        CHECK_SUCCEEDS(set(key, KP_IV, ByteVector(16).data()));
        BOOST_CHECK(concatenated({first, encrypted_part(key, {after.begin(), after.begin()},
                                                        FALSE)}) == first);
        encrypted_part(key, counting(16), TRUE);
        BOOST_CHECK(encrypted_part(key, counting(32), TRUE) == before); // the zero IV again
    }
}

BOOST_AUTO_TEST_CASE(KP_IV_and_KP_MODE_succeed_on_RC4_without_effect)
{
    const Keys keys; // U-157
    const ByteVector stream = encrypted_part(keys.rc4, ByteVector(32), TRUE);
    CHECK_SUCCEEDS(set(keys.rc4, KP_IV, counting(8).data()));
    BOOST_CHECK(key_param(keys.rc4, KP_IV) == counting(8));
    for (DWORD mode = CRYPT_MODE_CBC; mode <= CRYPT_MODE_CTS; ++mode) {
        CHECK_SUCCEEDS(set_key_number(keys.rc4, KP_MODE, mode));
        BOOST_CHECK_EQUAL(key_number(keys.rc4, KP_MODE), mode);
    }
    BOOST_CHECK(encrypted_part(keys.rc4, ByteVector(32), TRUE) == stream);
}

BOOST_AUTO_TEST_CASE(KP_EFFECTIVE_KEYLEN_by_provider)
{
    const struct {
        ProviderName which;
        DWORD bits, code; // code 0: succeeds
    } rows[] = {
        {base_provider, 1, 0},
        {base_provider, 40, 0},
        {base_provider, 56, 0},
        {base_provider, 57, NTE_BAD_DATA},
        {base_provider, 128, NTE_BAD_DATA}, // observed.md
        {base_provider, 0, NTE_BAD_DATA},
        {strong_provider, 1, 0},
        {strong_provider, 40, 0},
        {strong_provider, 128, 0}, // more than the key has: observed.md
        {strong_provider, 1024, 0},
        {strong_provider, 1025, NTE_BAD_DATA},
        {strong_provider, 0, NTE_BAD_DATA},
        {strong_provider, 0xFFFFFFFF, NTE_BAD_DATA},
        {enhanced_provider, 128, 0},
        {aes_provider, 1024, 0},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.which.name << ", " << row.bits << " bits")
        {
            const Keys keys(row.which);
            if (row.code) {
                CHECK_FAILS_WITH(set_key_number(keys.rc2, KP_EFFECTIVE_KEYLEN, row.bits), row.code);
                continue;
            }
            CHECK_SUCCEEDS(set_key_number(keys.rc2, KP_EFFECTIVE_KEYLEN, row.bits));
            BOOST_CHECK_EQUAL(key_number(keys.rc2, KP_EFFECTIVE_KEYLEN), row.bits);
            BOOST_CHECK_EQUAL(key_number(keys.rc2, KP_KEYLEN), 56u);
        }
    const Keys keys;
    CHECK_FAILS_WITH(set(keys.rc2, KP_EFFECTIVE_KEYLEN, nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(set_key_number(keys.des, KP_EFFECTIVE_KEYLEN, 40), NTE_BAD_TYPE);
    CHECK_FAILS_WITH(set_key_number(keys.rc4, KP_EFFECTIVE_KEYLEN, 40), NTE_BAD_TYPE);
    encrypted_part(keys.rc2, counting(8), FALSE); // observed.md: also after use
    CHECK_SUCCEEDS(set_key_number(keys.rc2, KP_EFFECTIVE_KEYLEN, 40));
}

BOOST_AUTO_TEST_CASE(KP_EFFECTIVE_KEYLEN_starts_at_the_key_length_and_in_Base_at_40)
{
    const struct {
        ProviderName which;
        DWORD asked, bits;
    } rows[] = {{base_provider, 40, 40},     {base_provider, 56, 40}, // observed.md
                {strong_provider, 40, 40},   {strong_provider, 56, 56},
                {strong_provider, 128, 128}, {enhanced_provider, 128, 128}, // U-87
                {aes_provider, 128, 128}};
    for (const auto& row : rows)
        BOOST_CHECK_EQUAL(key_number(Provider(row.which).make_key(CALG_RC2, row.asked << 16),
                                     KP_EFFECTIVE_KEYLEN),
                          row.bits);
}

BOOST_AUTO_TEST_CASE(KP_SALT_sets_11_bytes_in_Base_and_Strong_and_none_in_Enhanced)
{
    for (const ProviderName& which : {base_provider, strong_provider, enhanced_provider}) {
        const Keys keys(which); // observed.md
        for (const HCRYPTKEY key : {keys.rc4, key_of(keys.provider, CALG_RC2, counting(5)),
                                    key_of(keys.provider, CALG_RC4, counting(5))}) {
            CHECK_SUCCEEDS(set(key, KP_SALT, counting(11).data()));
            BOOST_CHECK(key_param(key, KP_SALT) ==
                        counting(which.name == enhanced_provider.name ? 0 : 11));
        }
    }
}

BOOST_AUTO_TEST_CASE(KP_SALT_EX_takes_0_to_23_bytes)
{
    for (const ProviderName& which : {base_provider, strong_provider, enhanced_provider}) {
        const Keys keys(which); // observed.md
        for (const HCRYPTKEY key : {keys.rc4, key_of(keys.provider, CALG_RC2, counting(5))})
            for (const std::size_t size : {23, 11, 4, 0}) {
                CHECK_SUCCEEDS(set_salt_ex(key, counting(size)));
                BOOST_CHECK(key_param(key, KP_SALT) == counting(size));
            }
        ByteVector salt(1000);
        for (const DWORD size : {25u, 1000u, 0xFFFFFFFFu}) {
            CRYPT_DATA_BLOB blob = {size, salt.data()};
            BOOST_CHECK(!set(keys.rc4, KP_SALT_EX, &blob)); // code not seen
        }
    }
}

BOOST_AUTO_TEST_CASE(salts_are_refused_where_there_are_none)
{
    const Keys keys; // U-85
    for (const HCRYPTKEY key : {keys.des, keys.make_key(CALG_AES_128)}) {
        CHECK_FAILS_WITH(set(key, KP_SALT, counting(11).data()), NTE_BAD_TYPE);
        CHECK_FAILS_WITH(set_salt_ex(key, counting(4)), NTE_BAD_TYPE);
    }
}

BOOST_AUTO_TEST_CASE(a_salt_takes_effect_at_the_next_message)
{
    const Keys keys;
    const HCRYPTKEY key = key_of(keys.provider, CALG_RC4, counting(5));
    HCRYPTKEY witness = 0;
    encrypted_part(key, ByteVector(8), FALSE);
    REQUIRE_SUCCEEDS(CryptDuplicateKey(key, nullptr, 0, &witness));
    CHECK_SUCCEEDS(set_salt_ex(key, counting(4)));
    BOOST_CHECK(encrypted_part(key, ByteVector(8), TRUE) ==
                encrypted_part(witness, ByteVector(8), TRUE)); // U-66
    BOOST_CHECK(encrypted_part(key, ByteVector(8), TRUE) !=
                encrypted_part(witness, ByteVector(8), TRUE));
}

BOOST_AUTO_TEST_CASE(KP_PERMISSIONS_of_a_session_key_can_only_shrink)
{
    const Keys keys; // U-156
    const HCRYPTKEY key = keys.make_key(CALG_RC4);
    CHECK_SUCCEEDS(set_key_number(key, KP_PERMISSIONS, 0x3B));
    BOOST_CHECK_EQUAL(key_number(key, KP_PERMISSIONS), 0x3Bu);
    DWORD size = 0;
    CHECK_FAILS_WITH(CryptExportKey(key, 0, PLAINTEXTKEYBLOB, 0, nullptr, &size),
                     NTE_BAD_KEY_STATE);
    CHECK_FAILS_WITH(set_key_number(key, KP_PERMISSIONS, 0x3F), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(set_key_number(key, KP_PERMISSIONS, 0x8003B), NTE_BAD_FLAGS);
}

BOOST_AUTO_TEST_CASE(KP_PERMISSIONS_govern_what_the_key_does)
{
    const Keys keys;
    const DWORD all = 0x3B;
    BYTE data[16] = {};
    DWORD size = 8;
    HCRYPTKEY key = keys.make_key(CALG_DES, 0);
    REQUIRE_SUCCEEDS(set_key_number(key, KP_PERMISSIONS, all & ~DWORD{CRYPT_ENCRYPT}));
    CHECK_FAILS_WITH(CryptEncrypt(key, 0, TRUE, 0, data, &size, sizeof data), NTE_PERM); // U-119
    key = keys.make_key(CALG_DES, 0);
    REQUIRE_SUCCEEDS(set_key_number(key, KP_PERMISSIONS, all & ~DWORD{CRYPT_DECRYPT}));
    CHECK_FAILS_WITH(CryptDecrypt(key, 0, FALSE, 0, data, &size), NTE_PERM);
    key = keys.make_key(CALG_DES, 0);
    REQUIRE_SUCCEEDS(set_key_number(key, KP_PERMISSIONS, all & ~DWORD{CRYPT_READ}));
    CHECK_FAILS_WITH(get(key, KP_IV, nullptr, &size), NTE_PERM);
    key = keys.make_key(CALG_DES, 0);
    REQUIRE_SUCCEEDS(set_key_number(key, KP_PERMISSIONS, all & ~DWORD{CRYPT_WRITE}));
    CHECK_FAILS_WITH(set(key, KP_IV, data), NTE_PERM);
}

BOOST_AUTO_TEST_CASE(KP_PERMISSIONS_of_a_pair_change_nothing)
{
    const Keys keys(strong_provider); // observed.md
    CHECK_SUCCEEDS(set_key_number(keys.pair, KP_PERMISSIONS, 0x3B));
    BOOST_CHECK_EQUAL(key_number(keys.pair, KP_PERMISSIONS), 0x3Fu);
    BOOST_CHECK_EQUAL(to_hex(exported(keys.pair, PRIVATEKEYBLOB)), interop_private_blob);
    const HCRYPTKEY locked = keys.make_key(AT_SIGNATURE, 512u << 16);
    SetLastError(untouched);
    BOOST_CHECK(!set_key_number(locked, KP_PERMISSIONS, 0x3F));
    BOOST_CHECK(GetLastError() == DWORD(NTE_BAD_DATA) || GetLastError() == DWORD(NTE_BAD_FLAGS));
}

BOOST_AUTO_TEST_CASE(KP_OAEP_PARAMS_label_the_keys_OAEP_messages)
{
    const Keys keys;
    ByteVector label = bytes_of("label");
    CRYPT_DATA_BLOB blob = {size_of(label), label.data()};
    const ByteVector unlabelled = encrypted_part(keys.pair, bytes_of("message"), TRUE, CRYPT_OAEP);
    CHECK_SUCCEEDS(set(keys.pair, KP_OAEP_PARAMS, &blob));
    const ByteVector labelled = encrypted_part(keys.pair, bytes_of("message"), TRUE, CRYPT_OAEP);
    BOOST_CHECK(decrypted(keys.pair, labelled, CRYPT_OAEP) == bytes_of("message"));
    ByteVector data = unlabelled;
    DWORD size = size_of(data);
    CHECK_FAILS_WITH(CryptDecrypt(keys.pair, 0, TRUE, CRYPT_OAEP, data.data(), &size),
                     NTE_BAD_DATA);
}

BOOST_AUTO_TEST_SUITE_END()
