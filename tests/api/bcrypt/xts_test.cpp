// SPDX-License-Identifier: BSD-2-Clause
// XTS-AES through CNG: cng.md 4.7, vectors of IEEE 1619 (10.1).
#include "bcrypt_fixtures.h"
#include "support/environment.h"

#include <numeric>

using namespace capishim_test;

namespace {

const std::string key_1619 = "27182818284590452353602874713526"
                             "31415926535897932384626433832795";

KeyHandle xts(const std::string& key, ULONG unit = 512)
{
    KeyHandle handle = symmetric_key(BCRYPT_XTS_AES_ALG_HANDLE, key);
    REQUIRE_STATUS(set_dword(handle, BCRYPT_MESSAGE_BLOCK_LENGTH, unit), STATUS_SUCCESS);
    return handle;
}

ByteVector counted(std::size_t size)
{
    ByteVector bytes(size);
    std::iota(bytes.begin(), bytes.end(), UCHAR{0});
    return bytes;
}

ByteVector encrypted(BCRYPT_KEY_HANDLE key, ByteVector text, ByteVector& number)
{
    ULONG size = 0;
    REQUIRE_STATUS(BCryptEncrypt(key, text.data(), size_of(text), nullptr, number.data(),
                                 size_of(number), text.data(), size_of(text), &size, 0),
                   STATUS_SUCCESS);
    return text;
}

NTSTATUS generate_status(BCRYPT_ALG_HANDLE algorithm, const ByteVector& secret)
{
    KeyHandle key;
    return BCryptGenerateSymmetricKey(algorithm, &key.handle, nullptr, 0, data_of(secret),
                                      size_of(secret), 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(XTS_AES)

BOOST_AUTO_TEST_CASE(agrees_with_ieee_1619_and_moves_the_unit_number)
{
    const KeyHandle small = xts(std::string(32, '1') + std::string(32, '2'), 32);
    ByteVector number = from_hex("3333333333000000");
    BOOST_TEST(to_hex(encrypted(small, ByteVector(32, 0x44), number)) ==
               "c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0");
    BOOST_TEST(to_hex(number) == "3433333333000000");
    for (const std::size_t number_size : {8, 16}) { // N-140
        ByteVector position(number_size);
        const ByteVector cipher = encrypted(xts(key_1619), counted(1024), position);
        BOOST_TEST(to_hex(cipher).substr(0, 64) ==
                   "27a7479befa1d476489f308cd4cfa6e2a96e4bbe3208ff25287dd3819616e89c");
        BOOST_TEST(hash_of(BCRYPT_SHA256_ALG_HANDLE, cipher, 32) ==
                   "e642d33ea2948f55669899994ab1a05fb010247e2353609e365e6410f0105eb6");
        BOOST_TEST(position[0] == 2);
    }
}

BOOST_AUTO_TEST_CASE(units_one_by_one_equal_units_in_one_call)
{
    const KeyHandle key = xts(key_1619, 64), copy = xts(key_1619, 64);
    ByteVector at_once = from_hex("feffffffffffffff"), step = at_once;
    const ByteVector whole = encrypted(key, counted(256), at_once);
    ByteVector pieces;
    for (std::size_t at = 0; at < 256; at += 64) {
        ByteVector piece(64);
        std::iota(piece.begin(), piece.end(), static_cast<UCHAR>(at));
        piece = encrypted(copy, piece, step);
        pieces.insert(pieces.end(), piece.begin(), piece.end());
    }
    BOOST_TEST(pieces == whole);
    BOOST_TEST(to_hex(at_once) == "0200000000000000"); // past the largest number of 8 bytes
    BOOST_TEST(step == at_once);
    ByteVector back(256);
    ByteVector start = from_hex("feffffffffffffff");
    ULONG size = 0;
    CHECK_STATUS(BCryptDecrypt(key, data_of(whole), 256, nullptr, start.data(), 8, back.data(), 256,
                               &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(back == counted(256));
}

BOOST_AUTO_TEST_CASE(statuses_of_the_call)
{
    const KeyHandle key = xts(key_1619);
    UCHAR text[1040] = {}, number[17] = {};
    const struct {
        const char* what;
        PUCHAR in;
        ULONG size;
        PUCHAR number;
        ULONG number_size, room, flags;
        NTSTATUS status;
        ULONG told;
    } rows[] = {
        {"one unit", text, 512, number, 8, 512, 0, STATUS_SUCCESS, 512},
        {"nothing", text, 0, number, 8, 512, 0, STATUS_SUCCESS, 0},
        {"a block too much", text, 528, number, 8, 1040, 0, STATUS_INVALID_BUFFER_SIZE, 528},
        {"less than a unit", text, 16, number, 8, 1040, 0, STATUS_INVALID_BUFFER_SIZE, 16},
        {"short output", text, 1024, number, 8, 1023, 0, STATUS_BUFFER_TOO_SMALL, 1024},
        {"no input", nullptr, 512, number, 8, 512, 0, STATUS_INVALID_PARAMETER, 99},
        {"no number", text, 512, nullptr, 0, 512, 0, STATUS_INVALID_PARAMETER, 99},
        {"12 bytes of number", text, 512, number, 12, 512, 0, STATUS_INVALID_PARAMETER, 99},
        {"17 bytes of number", text, 512, number, 17, 512, 0, STATUS_INVALID_PARAMETER, 99},
        {"padding", text, 512, number, 8, 1040, BCRYPT_BLOCK_PADDING, STATUS_INVALID_PARAMETER, 99},
    };
    for (const auto& row : rows) {
        for (const auto function : {BCryptEncrypt, BCryptDecrypt}) {
            BOOST_TEST_CONTEXT(row.what)
            {
                ULONG told = 99;
                number[0] = 0;
                BOOST_TEST(function(key, row.in, row.size, nullptr, row.number, row.number_size,
                                    text, row.room, &told, row.flags) == row.status);
                BOOST_TEST(told == row.told);
                const bool moved = number[0] != 0;
                BOOST_TEST(moved == (row.status == STATUS_SUCCESS && row.size != 0));
            }
        }
    }
    ULONG told = 0;
    CHECK_STATUS(BCryptEncrypt(key, text, 512, nullptr, nullptr, 0, nullptr, 0, &told, 0),
                 STATUS_SUCCESS); // a size query needs no number
    BOOST_TEST(told == 512u);
    CHECK_STATUS(BCryptEncrypt(key, text, 512, text, number, 8, text, 512, &told, 0),
                 STATUS_INVALID_PARAMETER); // N-49
}

BOOST_AUTO_TEST_CASE(properties_of_keys)
{
    const struct {
        std::size_t key_size;
        ULONG bits;
    } rows[] = {{32, 256}, {64, 512}};
    for (const auto& row : rows) {
        const KeyHandle key =
            symmetric_key(BCRYPT_XTS_AES_ALG_HANDLE, to_hex(counted(row.key_size)));
        BOOST_TEST(dword_property(key, BCRYPT_KEY_LENGTH) == row.bits);
        BOOST_TEST(dword_property(key, BCRYPT_KEY_STRENGTH) == row.bits / 2);
        BOOST_TEST(dword_property(key, BCRYPT_BLOCK_LENGTH) == 16u);
        BOOST_TEST(dword_property(key, BCRYPT_MESSAGE_BLOCK_LENGTH) == 512u); // N-139
        CHECK_STATUS(get_property_status(key, BCRYPT_INITIALIZATION_VECTOR), STATUS_NOT_SUPPORTED);
        for (const ULONG unit : {0, 1, 8, 24, 4097})
            CHECK_STATUS(set_dword(key, BCRYPT_MESSAGE_BLOCK_LENGTH, unit),
                         STATUS_INVALID_PARAMETER);
        CHECK_STATUS(set_dword(key, BCRYPT_MESSAGE_BLOCK_LENGTH, 4096), STATUS_SUCCESS);
        KeyHandle copy;
        REQUIRE_STATUS(BCryptDuplicateKey(key, &copy.handle, nullptr, 0, 0), STATUS_SUCCESS);
        BOOST_TEST(dword_property(copy, BCRYPT_MESSAGE_BLOCK_LENGTH) == 4096u);
    }
    const AlgorithmHandle algorithm(BCRYPT_XTS_AES_ALGORITHM);
    CHECK_STATUS(set_dword(algorithm, BCRYPT_MESSAGE_BLOCK_LENGTH, 4096), STATUS_SUCCESS); // N-105
    const KeyHandle key = symmetric_key(algorithm, key_1619);
    BOOST_TEST(dword_property(key, BCRYPT_MESSAGE_BLOCK_LENGTH) == 4096u);
}

BOOST_AUTO_TEST_CASE(secrets_are_two_keys_of_128_or_256_bits)
{
    const struct {
        std::size_t size;
        NTSTATUS status;
    } rows[] = {{16, STATUS_INVALID_PARAMETER}, {32, STATUS_SUCCESS},
                {48, STATUS_INVALID_PARAMETER}, {64, STATUS_SUCCESS},
                {65, STATUS_SUCCESS}, // cut
                {0, STATUS_INVALID_PARAMETER}};
    for (const auto& row : rows)
        BOOST_TEST(generate_status(BCRYPT_XTS_AES_ALG_HANDLE, counted(row.size)) == row.status);
}

BOOST_AUTO_TEST_CASE(equal_halves_are_refused_under_the_flag_in_fips_mode_alone)
{
    const AlgorithmHandle checking(BCRYPT_XTS_AES_ALGORITHM,
                                   BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS);
    const AlgorithmHandle lenient(BCRYPT_XTS_AES_ALGORITHM);
    const ByteVector equal(32, 0x11), different = counted(32);
    CHECK_STATUS(generate_status(checking, equal), STATUS_SUCCESS);
    const ScopedEnvironment fips("CAPISHIM_FIPS", "1");
    CHECK_STATUS(generate_status(checking, equal), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(generate_status(checking, different), STATUS_SUCCESS);
    CHECK_STATUS(generate_status(lenient, equal), STATUS_SUCCESS);
    ByteVector blob = from_hex("4b44424d0100000020000000");
    blob.insert(blob.end(), equal.begin(), equal.end());
    KeyHandle imported;
    CHECK_STATUS(BCryptImportKey(checking, nullptr, BCRYPT_KEY_DATA_BLOB, &imported.handle, nullptr,
                                 0, blob.data(), size_of(blob), 0),
                 STATUS_SUCCESS); // an import is not checked
    BCRYPT_ALG_HANDLE other = nullptr;
    CHECK_STATUS(BCryptOpenAlgorithmProvider(&other, BCRYPT_AES_ALGORITHM, nullptr,
                                             BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS),
                 STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_SUITE_END()
