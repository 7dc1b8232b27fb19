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
        {BCRYPT_ECDH_P521_ALG_HANDLE, 521, 521, 0},
    };
    for (const auto& row : rows) {
        const auto lengths = key_lengths(row.algorithm);
        BOOST_TEST(lengths.dwMinLength == row.least);
        BOOST_TEST(lengths.dwMaxLength == row.most);
        BOOST_TEST(lengths.dwIncrement == row.step);
    }
    const AlgorithmHandle rc2(BCRYPT_RC2_ALGORITHM, BCRYPT_EXTENDED_KEYSIZE);
    BOOST_TEST(key_lengths(rc2).dwMaxLength == 1024u);
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
    CHECK_STATUS(BCryptGetProperty(number(0x1D1), BCRYPT_BLOCK_LENGTH, out, 4, &size, 0),
                 STATUS_INVALID_HANDLE); // AES-CCM is not to be had
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
