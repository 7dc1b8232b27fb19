// SPDX-License-Identifier: BSD-2-Clause
// BCryptEncrypt and BCryptDecrypt with symmetric keys: cng.md section 4, observed.md part 2 B.
#include "bcrypt_fixtures.h"

#include <cstring>

using namespace capishim_test;

namespace {

const std::string key_hex = "2b7e151628aed2a6abf7158809cf4f3c";
const std::string iv_hex = "000102030405060708090a0b0c0d0e0f";
const std::string plain_hex = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                              "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
const std::string cbc_hex = "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
                            "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7";
const std::string ecb_hex = "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"
                            "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4";
const std::string cfb16_hex = "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
                              "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6";
const std::string cfb1_hex = "3b79424c9c0dd436bace9e0ed4586a4f32b9";

using Operation = NTSTATUS(WINAPI*)(BCRYPT_KEY_HANDLE, PUCHAR, ULONG, VOID*, PUCHAR, ULONG, PUCHAR,
                                    ULONG, ULONG*, ULONG);

/// One call with a size query before it.
std::string run(Operation operation, BCRYPT_KEY_HANDLE key, const ByteVector& in, ByteVector* iv,
                ULONG flags)
{
    ULONG size = 0;
    const PUCHAR iv_data = iv ? iv->data() : nullptr;
    const ULONG iv_size = iv ? size_of(*iv) : 0;
    REQUIRE_STATUS(operation(key, data_of(in), size_of(in), nullptr, iv_data, iv_size, nullptr, 0,
                             &size, flags),
                   STATUS_SUCCESS);
    ByteVector out(size + 1); // never empty, so never a size query
    REQUIRE_STATUS(operation(key, data_of(in), size_of(in), nullptr, iv_data, iv_size, out.data(),
                             size, &size, flags),
                   STATUS_SUCCESS);
    out.resize(size);
    return to_hex(out);
}

std::string encrypt(BCRYPT_KEY_HANDLE key, const ByteVector& in, ByteVector* iv = nullptr,
                    ULONG flags = 0)
{
    return run(BCryptEncrypt, key, in, iv, flags);
}

std::string decrypt(BCRYPT_KEY_HANDLE key, const ByteVector& in, ByteVector* iv = nullptr,
                    ULONG flags = 0)
{
    return run(BCryptDecrypt, key, in, iv, flags);
}

KeyHandle cbc_key()
{
    return symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, key_hex);
}
KeyHandle ecb_key()
{
    return symmetric_key(BCRYPT_AES_ECB_ALG_HANDLE, key_hex);
}
KeyHandle cfb_key()
{
    return symmetric_key(BCRYPT_AES_CFB_ALG_HANDLE, key_hex);
}

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptEncrypt_and_BCryptDecrypt)

BOOST_AUTO_TEST_CASE(modes_agree_with_sp_800_38a_and_move_the_iv)
{
    const ByteVector plain = from_hex(plain_hex);
    const KeyHandle cbc = cbc_key(), cfb = cfb_key();
    ByteVector iv = from_hex(iv_hex);
    BOOST_TEST(encrypt(cbc, plain, &iv) == cbc_hex);
    BOOST_TEST(to_hex(iv) == cbc_hex.substr(96));
    iv = from_hex(iv_hex);
    BOOST_TEST(decrypt(cbc, from_hex(cbc_hex), &iv) == plain_hex);
    BOOST_TEST(to_hex(iv) == cbc_hex.substr(96));
    BOOST_TEST(encrypt(ecb_key(), plain) == ecb_hex);
    BOOST_TEST(decrypt(ecb_key(), from_hex(ecb_hex)) == plain_hex);
    iv = from_hex(iv_hex);
    BOOST_TEST(encrypt(cfb, from_hex(plain_hex.substr(0, 36)), &iv) == cfb1_hex);
    BOOST_TEST(to_hex(iv) == cfb1_hex.substr(4));
    CHECK_STATUS(set_dword(cfb, BCRYPT_MESSAGE_BLOCK_LENGTH, 16), STATUS_SUCCESS);
    iv = from_hex(iv_hex);
    BOOST_TEST(encrypt(cfb, plain, &iv) == cfb16_hex);
}

BOOST_AUTO_TEST_CASE(microsofts_padded_example_is_reproduced)
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, iv_hex);
    ByteVector iv = from_hex(iv_hex);
    const std::string cipher = "c6a13b37878f5b826f4f8162a1c8d879b1a29273be2c4207a5ace393398cb6fb";
    BOOST_TEST(encrypt(key, from_hex(iv_hex), &iv, BCRYPT_BLOCK_PADDING) == cipher);
    BOOST_TEST(to_hex(iv) == cipher.substr(32));
    iv = from_hex(iv_hex);
    BOOST_TEST(decrypt(key, from_hex(cipher), &iv, BCRYPT_BLOCK_PADDING) == iv_hex);
}

BOOST_AUTO_TEST_CASE(without_an_iv_the_register_goes_on_from_the_last_call)
{
    // observed.md part 2 B: also when that call had an IV of its own
    const KeyHandle key = cbc_key();
    const ByteVector plain = from_hex(plain_hex);
    ByteVector iv = from_hex(iv_hex);
    std::string cipher = encrypt(key, {plain.begin(), plain.begin() + 32}, &iv);
    cipher += encrypt(key, {plain.begin() + 32, plain.end()});
    BOOST_TEST(cipher == cbc_hex);
    ByteVector chain(16);
    ULONG size = 0;
    CHECK_STATUS(BCryptGetProperty(key, BCRYPT_INITIALIZATION_VECTOR, chain.data(), 16, &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(to_hex(chain) == cbc_hex.substr(96));
}

BOOST_AUTO_TEST_CASE(the_iv_property_starts_the_register_and_a_padded_call_returns_to_it)
{
    const KeyHandle key = cbc_key();
    const ByteVector plain = from_hex(plain_hex);
    CHECK_STATUS(
        BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, data_of(from_hex(iv_hex)), 16, 0),
        STATUS_SUCCESS);
    const std::string first = encrypt(key, plain, nullptr, BCRYPT_BLOCK_PADDING);
    BOOST_TEST(first.substr(0, 128) == cbc_hex);
    BOOST_TEST(encrypt(key, plain, nullptr, BCRYPT_BLOCK_PADDING) == first); // N-127
}

BOOST_AUTO_TEST_CASE(null_iv_ignores_its_size_and_another_size_is_refused)
{
    const KeyHandle key = cbc_key();
    UCHAR data[16] = {}, iv[17] = {};
    ULONG size = 0;
    CHECK_STATUS(BCryptEncrypt(key, data, 16, nullptr, nullptr, 16, data, 16, &size, 0),
                 STATUS_SUCCESS);
    for (const ULONG length : {15, 17, 0})
        CHECK_STATUS(BCryptEncrypt(key, data, 16, nullptr, iv, length, data, 16, &size, 0),
                     STATUS_INVALID_PARAMETER); // N-124
}

BOOST_AUTO_TEST_CASE(ecb_refuses_an_iv_and_tells_the_size_all_the_same)
{
    const KeyHandle key = ecb_key();
    UCHAR data[32] = {}, iv[16] = {};
    for (const Operation operation : {BCryptEncrypt, BCryptDecrypt}) {
        ULONG size = 0;
        CHECK_STATUS(operation(key, data, 32, nullptr, iv, 16, data, 32, &size, 0),
                     STATUS_INVALID_PARAMETER); // observed.md part 2 B
        BOOST_TEST(size == 32u);
    }
}

BOOST_AUTO_TEST_CASE(partial_blocks_are_refused_in_a_size_query_too_and_the_size_is_told)
{
    UCHAR data[17] = {};
    const KeyHandle keys[] = {cbc_key(), ecb_key()};
    for (const KeyHandle& key : keys) {
        for (const auto& [operation, flags] : {std::pair<Operation, ULONG>{BCryptEncrypt, 0},
                                               {BCryptDecrypt, 0},
                                               {BCryptDecrypt, BCRYPT_BLOCK_PADDING}}) {
            ULONG size = 0;
            CHECK_STATUS(operation(key, data, 17, nullptr, nullptr, 0, nullptr, 0, &size, flags),
                         STATUS_INVALID_BUFFER_SIZE);
            BOOST_TEST(size == 17u); // observed.md part 2 B
        }
    }
}

BOOST_AUTO_TEST_CASE(cfb_pads_to_the_ciphers_block)
{
    const KeyHandle key = cfb_key();
    UCHAR data[48] = {};
    ByteVector iv = from_hex(iv_hex);
    for (const auto& [in, padded] : {std::pair<ULONG, ULONG>{17, 32}, {32, 48}}) {
        ULONG size = 0;
        CHECK_STATUS(BCryptEncrypt(key, data, in, nullptr, iv.data(), 16, nullptr, 0, &size,
                                   BCRYPT_BLOCK_PADDING),
                     STATUS_SUCCESS);
        BOOST_TEST(size == padded);
        size = 0;
        CHECK_STATUS(BCryptEncrypt(key, data, in, nullptr, iv.data(), 16, data, padded - 1, &size,
                                   BCRYPT_BLOCK_PADDING),
                     STATUS_BUFFER_TOO_SMALL);
        BOOST_TEST(size == padded);
        BOOST_TEST(to_hex(iv) == iv_hex); // observed.md part 2 B
    }
    const std::string cipher = encrypt(key, ByteVector(17), &iv, BCRYPT_BLOCK_PADDING);
    BOOST_TEST(to_hex(iv) == cipher.substr(32)); // the last 16 bytes
    iv = from_hex(iv_hex);
    BOOST_TEST(decrypt(key, from_hex(cipher), &iv, BCRYPT_BLOCK_PADDING) == std::string(34, '0'));
}

BOOST_AUTO_TEST_CASE(null_input_is_an_error_only_when_it_should_hold_something)
{
    const KeyHandle key = cbc_key();
    UCHAR out[32];
    for (const Operation operation : {BCryptEncrypt, BCryptDecrypt}) {
        ULONG size = 99;
        CHECK_STATUS(operation(key, nullptr, 0, nullptr, nullptr, 0, nullptr, 0, &size, 0),
                     STATUS_SUCCESS); // observed.md part 2 B
        BOOST_TEST(size == 0u);
        CHECK_STATUS(operation(key, nullptr, 0, nullptr, nullptr, 0, out, 32, &size, 0),
                     STATUS_SUCCESS); // N-120
        CHECK_STATUS(operation(key, nullptr, 16, nullptr, nullptr, 0, out, 32, &size, 0),
                     STATUS_INVALID_PARAMETER);
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_wrong_arguments)
{
    const KeyHandle key = cbc_key(), rc4 = symmetric_key(BCRYPT_RC4_ALG_HANDLE, "0102030405");
    UCHAR data[32] = {};
    ULONG size = 0;
    CHECK_STATUS(BCryptEncrypt(key, data, 16, nullptr, nullptr, 0, data, 16, nullptr, 0),
                 STATUS_INVALID_PARAMETER); // N-07
    CHECK_STATUS(BCryptEncrypt(key, data, 16, nullptr, nullptr, 0, data, 15, &size, 0),
                 STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == 16u);
    CHECK_STATUS(BCryptEncrypt(key, data, 16, data, nullptr, 0, data, 16, &size, 0),
                 STATUS_INVALID_PARAMETER); // N-49
    CHECK_STATUS(BCryptEncrypt(key, data, 16, nullptr, nullptr, 0, data, 16, &size, 0x80),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(
        BCryptEncrypt(rc4, data, 5, nullptr, nullptr, 0, data, 16, &size, BCRYPT_BLOCK_PADDING),
        STATUS_INVALID_PARAMETER); // N-119
    CHECK_STATUS(
        BCryptDecrypt(key, data, 0, nullptr, nullptr, 0, data, 16, &size, BCRYPT_BLOCK_PADDING),
        STATUS_INVALID_BUFFER_SIZE); // N-122
}

BOOST_AUTO_TEST_CASE(wrong_padding_is_a_data_error_and_moves_nothing)
{
    const KeyHandle key = cbc_key();
    ByteVector iv = from_hex(iv_hex), out(64, 0xAA);
    ULONG size = 99;
    CHECK_STATUS(BCryptDecrypt(key, data_of(from_hex(cbc_hex)), 64, nullptr, iv.data(), 16,
                               out.data(), 64, &size, BCRYPT_BLOCK_PADDING),
                 STATUS_DATA_ERROR);
    BOOST_TEST(to_hex(iv) == iv_hex);
    BOOST_TEST(to_hex(out) == std::string(128, '0'));
}

BOOST_AUTO_TEST_CASE(a_short_buffer_for_padded_plaintext_has_three_cases)
{
    // observed.md part 2 B
    const KeyHandle key = cbc_key();
    ByteVector iv = from_hex(iv_hex);
    const ByteVector cipher17 =
        from_hex(encrypt(key, ByteVector(17, 7), &iv, BCRYPT_BLOCK_PADDING));
    iv = from_hex(iv_hex);
    const ByteVector cipher32 =
        from_hex(encrypt(key, ByteVector(32, 7), &iv, BCRYPT_BLOCK_PADDING));
    const struct {
        const ByteVector& cipher;
        ULONG room;
        NTSTATUS status;
        ULONG told;
    } rows[] = {
        {cipher17, 15, STATUS_BUFFER_TOO_SMALL, 32}, {cipher17, 16, STATUS_BUFFER_TOO_SMALL, 17},
        {cipher17, 17, STATUS_SUCCESS, 17},          {cipher17, 32, STATUS_SUCCESS, 17},
        {cipher32, 31, STATUS_BUFFER_TOO_SMALL, 48}, {cipher32, 32, STATUS_SUCCESS, 32},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.cipher.size() << " bytes into " << row.room)
        {
            ByteVector start = from_hex(iv_hex), out(row.room + 1, 0xAA);
            ULONG size = 0;
            BOOST_TEST(BCryptDecrypt(key, data_of(row.cipher), size_of(row.cipher), nullptr,
                                     start.data(), 16, out.data(), row.room, &size,
                                     BCRYPT_BLOCK_PADDING) == row.status);
            BOOST_TEST(size == row.told);
            BOOST_TEST(out[row.room] == 0xAA);
            const bool moved = to_hex(start) != iv_hex;
            BOOST_TEST(moved == (row.status == STATUS_SUCCESS));
        }
    }
}

BOOST_AUTO_TEST_CASE(buffers_may_be_the_same_or_overlap)
{
    for (const std::size_t shift : {0, 1, 16, 40}) {
        const KeyHandle key = cbc_key();
        ByteVector iv = from_hex(iv_hex), memory(64 + shift);
        const ByteVector plain = from_hex(plain_hex), cipher = from_hex(cbc_hex);
        ULONG size = 0;
        std::memcpy(memory.data(), plain.data(), 64);
        CHECK_STATUS(BCryptEncrypt(key, memory.data(), 64, nullptr, iv.data(), 16,
                                   memory.data() + shift, 64, &size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(std::memcmp(memory.data() + shift, cipher.data(), 64) == 0);
        iv = from_hex(iv_hex);
        CHECK_STATUS(BCryptDecrypt(key, memory.data() + shift, 64, nullptr, iv.data(), 16,
                                   memory.data(), 64, &size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(std::memcmp(memory.data(), plain.data(), 64) == 0);
        BOOST_TEST(to_hex(iv) == cbc_hex.substr(96));
    }
}

BOOST_AUTO_TEST_CASE(rc4_has_one_position_for_both_directions_and_ignores_an_iv)
{
    const KeyHandle key = symmetric_key(BCRYPT_RC4_ALG_HANDLE, "0102030405");
    ByteVector iv(3);
    BOOST_TEST(encrypt(key, ByteVector(4)) == "b2396305");
    BOOST_TEST(decrypt(key, ByteVector(4)) == "f03dc027");
    BOOST_TEST(encrypt(key, ByteVector(8), &iv) == "ccc3524a0a1118a8");
}

BOOST_AUTO_TEST_CASE(other_block_ciphers_agree_with_their_standards)
{
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        const char *key, *in, *out;
    } rows[] = {
        {BCRYPT_DES_ECB_ALG_HANDLE, "0123456789abcdef", "4e6f772069732074", "3fa40e8a984d4815"},
        {BCRYPT_3DES_ECB_ALG_HANDLE, "0123456789abcdef23456789abcdef01456789abcdef0123",
         "5468652071756663", "a826fd8ce53b855f"},
        {BCRYPT_3DES_112_ECB_ALG_HANDLE, "0123456789abcdef0123456789abcdef", "4e6f772069732074",
         "3fa40e8a984d4815"},
        {BCRYPT_RC2_ECB_ALG_HANDLE, "88bca90e90875a7f0f79c384627bafb2", "0000000000000000",
         "2269552ab0f85ca6"},
        {BCRYPT_RC2_ECB_ALG_HANDLE, "0102030405", "0000000000000000", "269b2c0070a1cb64"},
    };
    for (const auto& row : rows)
        BOOST_TEST(encrypt(symmetric_key(row.algorithm, row.key), from_hex(row.in)) == row.out);
}

BOOST_AUTO_TEST_CASE(a_duplicate_key_goes_on_by_itself_from_the_same_state)
{
    const KeyHandle key = cbc_key();
    const ByteVector plain = from_hex(plain_hex);
    ByteVector iv = from_hex(iv_hex);
    encrypt(key, {plain.begin(), plain.begin() + 32}, &iv);
    KeyHandle copy;
    REQUIRE_STATUS(BCryptDuplicateKey(key, &copy.handle, nullptr, 0, 0), STATUS_SUCCESS);
    encrypt(key, plain);
    BOOST_TEST(encrypt(copy, {plain.begin() + 32, plain.end()}) == cbc_hex.substr(64));
}

BOOST_AUTO_TEST_CASE(keys_that_do_not_encrypt_say_so)
{
    const KeyHandle pair = generated_pair(BCRYPT_ECDH_P256_ALG_HANDLE, 256);
    UCHAR data[16] = {};
    ULONG size = 0;
    CHECK_STATUS(BCryptEncrypt(pair, data, 16, nullptr, nullptr, 0, data, 16, &size, 0),
                 STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_SUITE_END()
