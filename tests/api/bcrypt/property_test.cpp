// SPDX-License-Identifier: BSD-2-Clause
// BCryptGetProperty and BCryptSetProperty: cng.md section 3, observed.md part 2 A.
#include "bcrypt_fixtures.h"

#include <cstring>

using namespace capishim_test;

namespace {

std::string text_property(BCRYPT_HANDLE object, LPCWSTR name)
{
    WCHAR text[64] = {};
    ULONG size = 0;
    REQUIRE_STATUS(
        BCryptGetProperty(object, name, reinterpret_cast<PUCHAR>(text), sizeof text, &size, 0),
        STATUS_SUCCESS);
    return narrow(text);
}

BCRYPT_KEY_LENGTHS_STRUCT key_lengths(BCRYPT_ALG_HANDLE algorithm)
{
    BCRYPT_KEY_LENGTHS_STRUCT lengths{};
    ULONG size = 0;
    REQUIRE_STATUS(BCryptGetProperty(algorithm, BCRYPT_KEY_LENGTHS,
                                     reinterpret_cast<PUCHAR>(&lengths), sizeof lengths, &size, 0),
                   STATUS_SUCCESS);
    return lengths;
}

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptGetProperty_)

BOOST_AUTO_TEST_CASE(numbers_of_algorithms)
{
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        LPCWSTR property;
        ULONG value;
    } rows[] = {
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_BLOCK_LENGTH, 16},
        {BCRYPT_RC4_ALG_HANDLE, BCRYPT_BLOCK_LENGTH, 1},
        {BCRYPT_AES_GCM_ALG_HANDLE, BCRYPT_BLOCK_LENGTH, 16}, // N-95
        {BCRYPT_AES_CCM_ALG_HANDLE, BCRYPT_BLOCK_LENGTH, 16},
        {BCRYPT_DESX_CBC_ALG_HANDLE, BCRYPT_BLOCK_LENGTH, 8},
        {BCRYPT_XTS_AES_ALG_HANDLE, BCRYPT_BLOCK_LENGTH, 16},
        {BCRYPT_XTS_AES_ALG_HANDLE, BCRYPT_MESSAGE_BLOCK_LENGTH, 512}, // N-139
        {BCRYPT_AES_CFB_ALG_HANDLE, BCRYPT_MESSAGE_BLOCK_LENGTH, 1},
        {BCRYPT_XTS_AES_ALG_HANDLE, BCRYPT_OBJECT_LENGTH, 1280},
        {BCRYPT_DESX_CBC_ALG_HANDLE, BCRYPT_OBJECT_LENGTH, 384},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_BLOCK_SIZE_LIST, 16},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_OBJECT_LENGTH, 704},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_PRIMITIVE_TYPE, 1},
        {BCRYPT_RC2_CBC_ALG_HANDLE, BCRYPT_EFFECTIVE_KEY_LENGTH, 0},
        {BCRYPT_SHA384_ALG_HANDLE, BCRYPT_HASH_LENGTH, 48},
        {BCRYPT_SHA384_ALG_HANDLE, BCRYPT_HASH_BLOCK_LENGTH, 128},
        {BCRYPT_SHA384_ALG_HANDLE, BCRYPT_IS_KEYED_HASH, 0},
        {BCRYPT_HMAC_SHA384_ALG_HANDLE, BCRYPT_IS_KEYED_HASH, 1},
        {BCRYPT_SHA1_ALG_HANDLE, BCRYPT_OBJECT_LENGTH, 304},
        {BCRYPT_HMAC_SHA1_ALG_HANDLE, BCRYPT_OBJECT_LENGTH, 624},
        {BCRYPT_SHA1_ALG_HANDLE, BCRYPT_IS_REUSABLE_HASH, 0},
        {BCRYPT_RSA_ALG_HANDLE, BCRYPT_PADDING_SCHEMES, 0x1E},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(dword_property(row.algorithm, row.property) == row.value);
}

BOOST_AUTO_TEST_CASE(numbers_of_keys)
{
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        const char* secret;
        ULONG length, strength;
    } rows[] = {
        {BCRYPT_AES_CBC_ALG_HANDLE, "00000000000000000000000000000000", 128, 128},
        {BCRYPT_DES_CBC_ALG_HANDLE, "0000000000000000", 64, 56},
        {BCRYPT_3DES_CBC_ALG_HANDLE, "000000000000000000000000000000000000000000000000", 192, 168},
        {BCRYPT_3DES_112_CBC_ALG_HANDLE, "00000000000000000000000000000000", 128, 112},
        {BCRYPT_DESX_CBC_ALG_HANDLE, "000000000000000000000000000000000000000000000000", 192, 192},
        {BCRYPT_AES_GCM_ALG_HANDLE, "000000000000000000000000000000000000000000000000", 192, 192},
        {BCRYPT_RC4_ALG_HANDLE, "0000000000", 40, 40},
        {BCRYPT_RC2_CBC_ALG_HANDLE, "0000000000", 40, 40},
    };
    for (const auto& row : rows) {
        const KeyHandle key = symmetric_key(row.algorithm, row.secret);
        BOOST_TEST(dword_property(key, BCRYPT_KEY_LENGTH) == row.length);
        BOOST_TEST(dword_property(key, BCRYPT_KEY_STRENGTH) == row.strength);
    }
}

BOOST_AUTO_TEST_CASE(key_lengths_are_told_in_stored_bits)
{
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        ULONG least, most, step;
    } rows[] = {
        {BCRYPT_AES_CBC_ALG_HANDLE, 128, 256, 64},  {BCRYPT_3DES_CBC_ALG_HANDLE, 192, 192, 0},
        {BCRYPT_DES_CBC_ALG_HANDLE, 64, 64, 0},     {BCRYPT_RC2_CBC_ALG_HANDLE, 16, 128, 8},
        {BCRYPT_RC4_ALG_HANDLE, 8, 512, 8},         {BCRYPT_RSA_ALG_HANDLE, 512, 16384, 64},
        {BCRYPT_ECDH_P521_ALG_HANDLE, 521, 521, 0}, {BCRYPT_XTS_AES_ALG_HANDLE, 256, 512, 256},
        {BCRYPT_DESX_CFB_ALG_HANDLE, 192, 192, 0},  {BCRYPT_3DES_112_CBC_ALG_HANDLE, 128, 128, 0},
    };
    for (const auto& row : rows) {
        const auto lengths = key_lengths(row.algorithm);
        BOOST_TEST(lengths.dwMinLength == row.least);
        BOOST_TEST(lengths.dwMaxLength == row.most);
        BOOST_TEST(lengths.dwIncrement == row.step);
    }
    const struct {
        LPCWSTR id;
        ULONG most;
    } extended[] = {
        {BCRYPT_RC2_ALGORITHM, 1024}, {BCRYPT_RC4_ALGORITHM, 2048}, // N-220
        {BCRYPT_AES_ALGORITHM, 256},  {BCRYPT_XTS_AES_ALGORITHM, 512},
        {BCRYPT_DESX_ALGORITHM, 192}, {BCRYPT_CHACHA20_POLY1305_ALGORITHM, 256},
    };
    for (const auto& row : extended) {
        const AlgorithmHandle algorithm(row.id, BCRYPT_EXTENDED_KEYSIZE);
        BOOST_TEST(key_lengths(algorithm).dwMaxLength == row.most);
    }
}

BOOST_AUTO_TEST_CASE(tag_lengths_are_an_algorithms_and_depend_on_its_mode)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM), chacha(BCRYPT_CHACHA20_POLY1305_ALGORITHM);
    CHECK_STATUS(get_property_status(aes, BCRYPT_AUTH_TAG_LENGTH), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_text(aes, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_GCM), STATUS_SUCCESS);
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        ULONG least, most, step;
    } rows[] = {
        {aes, 12, 16, 1},
        {BCRYPT_AES_GCM_ALG_HANDLE, 12, 16, 1},
        {BCRYPT_AES_CCM_ALG_HANDLE, 4, 16, 2},
        {chacha, 16, 16, 0},
    };
    for (const auto& row : rows) {
        BCRYPT_AUTH_TAG_LENGTHS_STRUCT lengths{};
        ULONG size = 0;
        CHECK_STATUS(BCryptGetProperty(row.algorithm, BCRYPT_AUTH_TAG_LENGTH, nullptr, 0, &size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(size == 12u);
        CHECK_STATUS(BCryptGetProperty(row.algorithm, BCRYPT_AUTH_TAG_LENGTH,
                                       reinterpret_cast<PUCHAR>(&lengths), 12, &size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(lengths.dwMinLength == row.least);
        BOOST_TEST(lengths.dwMaxLength == row.most);
        BOOST_TEST(lengths.dwIncrement == row.step);
    }
    const KeyHandle key = symmetric_key(BCRYPT_AES_GCM_ALG_HANDLE, std::string(32, '0'));
    CHECK_STATUS(get_property_status(key, BCRYPT_AUTH_TAG_LENGTH),
                 STATUS_NOT_SUPPORTED); // observed.md part 2 A
    CHECK_STATUS(get_property_status(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_AUTH_TAG_LENGTH),
                 STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(ciphers_without_modes_and_their_numbers)
{
    const AlgorithmHandle chacha(BCRYPT_CHACHA20_POLY1305_ALGORITHM);
    const KeyHandle key = symmetric_key(chacha, std::string(64, '1'));
    for (const BCRYPT_HANDLE object : {chacha.handle, key.handle}) {
        BOOST_TEST(dword_property(object, BCRYPT_BLOCK_LENGTH) == 64u); // N-82
        BOOST_TEST(dword_property(object, BCRYPT_OBJECT_LENGTH) == 464u);
        BOOST_TEST(text_property(object, BCRYPT_CHAINING_MODE) == "ChainingModeN/A");
        CHECK_STATUS(get_property_status(object, BCRYPT_MESSAGE_BLOCK_LENGTH),
                     STATUS_NOT_SUPPORTED);
        CHECK_STATUS(get_property_status(object, BCRYPT_EFFECTIVE_KEY_LENGTH),
                     STATUS_NOT_SUPPORTED);
        CHECK_STATUS(get_property_status(object, BCRYPT_INITIALIZATION_VECTOR),
                     STATUS_NOT_SUPPORTED);
        CHECK_STATUS(set_text(object, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_GCM),
                     STATUS_NOT_SUPPORTED);
        CHECK_STATUS(set_text(object, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_NA), STATUS_SUCCESS);
    }
    BOOST_TEST(dword_property(key, BCRYPT_KEY_LENGTH) == 256u);
    BOOST_TEST(dword_property(key, BCRYPT_KEY_STRENGTH) == 256u);
}

BOOST_AUTO_TEST_CASE(which_cipher_has_which_mode)
{
    const LPCWSTR modes[] = {BCRYPT_CHAIN_MODE_NA,  BCRYPT_CHAIN_MODE_CBC, BCRYPT_CHAIN_MODE_ECB,
                             BCRYPT_CHAIN_MODE_CFB, BCRYPT_CHAIN_MODE_CCM, BCRYPT_CHAIN_MODE_GCM};
    const struct {
        LPCWSTR id;
        std::size_t key_size;
        bool has[6];
    } rows[] = {
        {BCRYPT_AES_ALGORITHM, 16, {false, true, true, true, true, true}},
        {BCRYPT_DES_ALGORITHM, 8, {false, true, true, true, false, false}},
        {BCRYPT_DESX_ALGORITHM, 24, {false, true, true, true, false, false}},
        {BCRYPT_3DES_ALGORITHM, 24, {false, true, true, true, false, false}},
        {BCRYPT_3DES_112_ALGORITHM, 16, {false, true, true, true, false, false}},
        {BCRYPT_RC2_ALGORITHM, 16, {false, true, true, true, false, false}},
        {BCRYPT_RC4_ALGORITHM, 16, {true, false, false, false, false, false}},
        {BCRYPT_XTS_AES_ALGORITHM, 32, {true, false, false, false, false, false}},
        {BCRYPT_CHACHA20_POLY1305_ALGORITHM, 32, {true, false, false, false, false, false}},
    };
    for (const auto& row : rows) {
        const AlgorithmHandle algorithm(row.id);
        const KeyHandle key = symmetric_key(algorithm, std::string(2 * row.key_size, '2'));
        for (std::size_t i = 0; i < 6; ++i) {
            const NTSTATUS expected = row.has[i] ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED; // N-96
            for (const BCRYPT_HANDLE object : {algorithm.handle, key.handle}) {
                BOOST_TEST(set_text(object, BCRYPT_CHAINING_MODE, modes[i]) == expected);
                if (row.has[i])
                    BOOST_TEST(text_property(object, BCRYPT_CHAINING_MODE) == narrow(modes[i]));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_chaining_mode_is_a_field_of_32_characters)
{
    const KeyHandle key = symmetric_key(BCRYPT_3DES_ECB_ALG_HANDLE, std::string(48, '0'));
    for (const BCRYPT_HANDLE object : {BCRYPT_AES_CBC_ALG_HANDLE, key.handle}) {
        UCHAR field[32 * sizeof(WCHAR)];
        ULONG size = 0;
        CHECK_STATUS(BCryptGetProperty(object, BCRYPT_CHAINING_MODE, nullptr, 0, &size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(size == sizeof field);
        for (const ULONG room : {ULONG{0}, ULONG{sizeof field - 1}}) {
            size = 0;
            CHECK_STATUS(BCryptGetProperty(object, BCRYPT_CHAINING_MODE, field, room, &size, 0),
                         STATUS_BUFFER_TOO_SMALL);
            BOOST_TEST(size == sizeof field);
        }
        CHECK_STATUS(BCryptGetProperty(object, BCRYPT_CHAINING_MODE, field, sizeof field, &size, 0),
                     STATUS_SUCCESS);
    }
    BOOST_TEST(text_property(BCRYPT_AES_CFB_ALG_HANDLE, BCRYPT_CHAINING_MODE) == "ChainingModeCFB");
    BOOST_TEST(text_property(BCRYPT_RC4_ALG_HANDLE, BCRYPT_CHAINING_MODE) == "ChainingModeN/A");
    BOOST_TEST(text_property(key, BCRYPT_CHAINING_MODE) == "ChainingModeECB");
}

BOOST_AUTO_TEST_CASE(the_name_is_exact)
{
    ULONG size = 0;
    CHECK_STATUS(
        BCryptGetProperty(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_ALGORITHM_NAME, nullptr, 0, &size, 0),
        STATUS_SUCCESS);
    BOOST_TEST(size == 4 * sizeof(WCHAR));
    BOOST_TEST(text_property(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_ALGORITHM_NAME) == "AES"); // N-93
    BOOST_TEST(text_property(BCRYPT_HMAC_SHA1_ALG_HANDLE, BCRYPT_ALGORITHM_NAME) == "SHA1");
    BOOST_TEST(text_property(BCRYPT_ECDH_P256_ALG_HANDLE, BCRYPT_ECC_CURVE_NAME) == "nistP256");
}

BOOST_AUTO_TEST_CASE(the_oid_list_points_into_the_callers_buffer)
{
    ULONG size = 0;
    REQUIRE_STATUS(
        BCryptGetProperty(BCRYPT_SHA1_ALG_HANDLE, BCRYPT_HASH_OID_LIST, nullptr, 0, &size, 0),
        STATUS_SUCCESS);
    ByteVector buffer(size);
    REQUIRE_STATUS(BCryptGetProperty(BCRYPT_SHA1_ALG_HANDLE, BCRYPT_HASH_OID_LIST, buffer.data(),
                                     size, &size, 0),
                   STATUS_SUCCESS);
    BCRYPT_OID_LIST list{};
    std::memcpy(&list, buffer.data(), sizeof list);
    BOOST_REQUIRE(list.dwOIDCount == 1u);
    BCRYPT_OID oid{};
    std::memcpy(&oid, list.pOIDs, sizeof oid);
    BOOST_TEST(to_hex({oid.pbOID, oid.pbOID + oid.cbOID}) == "06052b0e03021a");
}

BOOST_AUTO_TEST_CASE(the_provider_handle_is_the_one_the_object_was_made_with)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM);
    const KeyHandle own = symmetric_key(aes, std::string(32, '0'));
    const KeyHandle pseudo = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    for (const auto& [key, provider] :
         {std::pair{own.handle, aes.handle}, {pseudo.handle, BCRYPT_AES_CBC_ALG_HANDLE}}) {
        BCRYPT_ALG_HANDLE told = nullptr;
        ULONG size = 0;
        CHECK_STATUS(BCryptGetProperty(key, BCRYPT_PROVIDER_HANDLE, reinterpret_cast<PUCHAR>(&told),
                                       sizeof told, &size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(told == provider);
    }
}

BOOST_AUTO_TEST_CASE(what_an_object_lacks_is_not_supported)
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    const struct {
        BCRYPT_HANDLE object;
        LPCWSTR property;
    } rows[] = {
        {BCRYPT_AES_CBC_ALG_HANDLE, L"NoSuchProperty"},
        {BCRYPT_AES_CBC_ALG_HANDLE, L"blocklength"}, // N-111
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_AUTH_TAG_LENGTH},
        {key, BCRYPT_AUTH_TAG_LENGTH}, // observed.md part 2 A
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_LENGTH},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_EFFECTIVE_KEY_LENGTH},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_HASH_LENGTH},
        {BCRYPT_SHA1_ALG_HANDLE, BCRYPT_CHAINING_MODE},
        {BCRYPT_SHA1_ALG_HANDLE, BCRYPT_BLOCK_LENGTH},
        {BCRYPT_RSA_ALG_HANDLE, BCRYPT_OBJECT_LENGTH},
        {key, BCRYPT_MESSAGE_BLOCK_LENGTH},
        {key, BCRYPT_SIGNATURE_LENGTH},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(narrow(row.property))
    CHECK_STATUS(get_property_status(row.object, row.property), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(statuses_of_wrong_arguments)
{
    ULONG value = 0, size = 0;
    const auto out = reinterpret_cast<PUCHAR>(&value);
    const BCRYPT_HANDLE aes = BCRYPT_AES_CBC_ALG_HANDLE;
    CHECK_STATUS(BCryptGetProperty(nullptr, BCRYPT_BLOCK_LENGTH, out, 4, &size, 0),
                 STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptGetProperty(number(0x3A1), BCRYPT_BLOCK_LENGTH, out, 4, &size, 0),
                 STATUS_INVALID_HANDLE); // N-89
    CHECK_STATUS(BCryptGetProperty(aes, nullptr, out, 4, &size, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptGetProperty(aes, BCRYPT_BLOCK_LENGTH, out, 4, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptGetProperty(aes, BCRYPT_BLOCK_LENGTH, out, 4, &size, 1),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptGetProperty(aes, BCRYPT_BLOCK_LENGTH, out, 3, &size, 0),
                 STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == 4u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptSetProperty_)

BOOST_AUTO_TEST_CASE(a_mode_set_on_the_provider_reaches_the_keys_made_afterwards)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM);
    const KeyHandle before = symmetric_key(aes, std::string(32, '0'));
    CHECK_STATUS(set_text(aes, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_ECB), STATUS_SUCCESS);
    const KeyHandle after = symmetric_key(aes, std::string(32, '0'));
    BOOST_TEST(text_property(before, BCRYPT_CHAINING_MODE) == "ChainingModeCBC"); // N-19
    BOOST_TEST(text_property(after, BCRYPT_CHAINING_MODE) == "ChainingModeECB");
    CHECK_STATUS(set_text(before, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_CFB), STATUS_SUCCESS);
    BOOST_TEST(text_property(before, BCRYPT_CHAINING_MODE) == "ChainingModeCFB");
}

BOOST_AUTO_TEST_CASE(values_that_do_not_fit_are_refused)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM), rc2(BCRYPT_RC2_ALGORITHM);
    const AlgorithmHandle des3(BCRYPT_3DES_ALGORITHM), rc4(BCRYPT_RC4_ALGORITHM);
    CHECK_STATUS(set_text(aes, BCRYPT_CHAINING_MODE, L"ChainingModeXYZ"), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_text(des3, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_GCM), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_text(rc4, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_CBC), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_text(rc4, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_NA), STATUS_SUCCESS);
    CHECK_STATUS(BCryptSetProperty(aes, BCRYPT_CHAINING_MODE, nullptr, 0, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_dword(rc2, BCRYPT_EFFECTIVE_KEY_LENGTH, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_dword(rc2, BCRYPT_EFFECTIVE_KEY_LENGTH, 1025), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_dword(aes, BCRYPT_EFFECTIVE_KEY_LENGTH, 64), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_dword(aes, BCRYPT_BLOCK_LENGTH, 16), STATUS_NOT_SUPPORTED); // read-only
    CHECK_STATUS(set_dword(aes, L"NoSuchProperty", 16), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_dword(aes, BCRYPT_MESSAGE_BLOCK_LENGTH, 1), STATUS_NOT_SUPPORTED); // in CBC
    const KeyHandle key = symmetric_key(BCRYPT_AES_CFB_ALG_HANDLE, std::string(32, '0'));
    CHECK_STATUS(set_dword(key, BCRYPT_MESSAGE_BLOCK_LENGTH, 2), STATUS_INVALID_PARAMETER);
    UCHAR bytes[17] = {};
    CHECK_STATUS(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, bytes, 2, 0),
                 STATUS_INVALID_PARAMETER); // N-34
    CHECK_STATUS(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, bytes, 17, 0),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(effective_key_lengths_change_the_cipher)
{
    const AlgorithmHandle rc2(BCRYPT_RC2_ALGORITHM);
    CHECK_STATUS(set_dword(rc2, BCRYPT_EFFECTIVE_KEY_LENGTH, 64), STATUS_SUCCESS);
    CHECK_STATUS(set_text(rc2, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_ECB), STATUS_SUCCESS);
    const KeyHandle key = symmetric_key(rc2, "88bca90e90875a7f0f79c384627bafb2");
    BOOST_TEST(dword_property(key, BCRYPT_EFFECTIVE_KEY_LENGTH) == 64u);
    ByteVector block(8);
    ULONG size = 0;
    CHECK_STATUS(
        BCryptEncrypt(key, block.data(), 8, nullptr, nullptr, 0, block.data(), 8, &size, 0),
        STATUS_SUCCESS);
    BOOST_TEST(to_hex(block) == "1a807d272bbe5db1");
}

BOOST_AUTO_TEST_CASE(pseudo_handles_cannot_be_changed)
{
    CHECK_STATUS(set_text(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_ECB),
                 STATUS_ACCESS_DENIED); // observed.md part 2 A
    BOOST_TEST(text_property(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_CHAINING_MODE) == "ChainingModeCBC");
}

BOOST_AUTO_TEST_SUITE_END()
