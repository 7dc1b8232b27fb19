// SPDX-License-Identifier: BSD-2-Clause
// Symmetric keys: modes, chaining across calls, padding, duplicates. Vectors: cng.md 10.1, 10.2.
#include "cng/symmetric_key.h"
#include "support/fault_check.h"
#include "support/vectors.h"

using namespace capishim;
using namespace capishim::cng;
using namespace capishim_test;

namespace {

const std::string aes_key = "2b7e151628aed2a6abf7158809cf4f3c";
const std::string aes_iv = "000102030405060708090a0b0c0d0e0f";
const std::string aes_plain = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                              "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

struct ModeRow {
    ChainingMode mode;
    std::size_t feedback;
    std::size_t size;
    const char* cipher;
    const char* chain_after; // null: the mode has no chain
};

constexpr ModeRow aes_rows[] = {
    {ChainingMode::ecb, 0, 64,
     "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"
     "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4",
     nullptr},
    {ChainingMode::cbc, 0, 64,
     "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
     "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
     "3ff1caa1681fac09120eca307586e1a7"},
    {ChainingMode::cfb, 16, 64,
     "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
     "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6",
     "c04b05357c5d1c0eeac4c66f9ff7f2e6"},
    {ChainingMode::cfb, 1, 18, "3b79424c9c0dd436bace9e0ed4586a4f32b9",
     "424c9c0dd436bace9e0ed4586a4f32b9"},
};

SymmetricKey make_key(const char* algorithm, const std::string& hex)
{
    return SymmetricKey(*find_algorithm(algorithm), from_hex(hex));
}

SymmetricKey make_key(const ModeRow& row)
{
    SymmetricKey key = make_key("AES", aes_key);
    key.set_chaining_mode(row.mode);
    if (row.mode == ChainingMode::cfb)
        key.set_message_block_length(row.feedback);
    key.set_iv(from_hex(aes_iv));
    return key;
}

std::string encrypted(SymmetricKey& key, ByteView in, bool pad = false)
{
    Bytes out(key.encrypted_size(in.size(), pad));
    out.resize(key.encrypt(in, out, pad));
    return to_hex(out);
}

std::string decrypted(SymmetricKey& key, ByteView in, bool pad = false)
{
    Bytes out(in.size());
    out.resize(key.decrypt(in, out, pad));
    return to_hex(out);
}

std::string prefix(const std::string& hex, std::size_t bytes)
{
    return hex.substr(0, 2 * bytes);
}

} // namespace

BOOST_AUTO_TEST_SUITE(cng_symmetric_key)

BOOST_AUTO_TEST_CASE(aes_modes_agree_with_sp_800_38a)
{
    for (const ModeRow& row : aes_rows) {
        BOOST_TEST_CONTEXT("mode " << int(row.mode) << " feedback " << row.feedback)
        {
            const Bytes plain = from_hex(prefix(aes_plain, row.size));
            SymmetricKey key = make_key(row);
            BOOST_TEST(encrypted(key, plain) == row.cipher);
            if (row.chain_after)
                BOOST_TEST(to_hex(key.chain()) == row.chain_after);
            key.restart();
            BOOST_TEST(decrypted(key, from_hex(row.cipher)) == prefix(aes_plain, row.size));
            if (row.chain_after)
                BOOST_TEST(to_hex(key.chain()) == row.chain_after);
        }
    }
}

BOOST_AUTO_TEST_CASE(several_calls_equal_one)
{
    for (const ModeRow& row : aes_rows) {
        const Bytes plain = from_hex(prefix(aes_plain, row.size));
        SymmetricKey key = make_key(row), back = make_key(row);
        const std::size_t step = row.feedback == 1 ? 3 : 16;
        std::string cipher, text;
        for (std::size_t at = 0; at < plain.size(); at += step) {
            const auto piece = encrypted(key, ByteView(plain).subspan(at, step));
            cipher += piece;
            text += decrypted(back, from_hex(piece));
        }
        BOOST_TEST(cipher == row.cipher);
        BOOST_TEST(text == prefix(aes_plain, row.size));
    }
}

BOOST_AUTO_TEST_CASE(input_and_output_may_be_the_same_memory)
{
    for (const ModeRow& row : aes_rows) {
        SymmetricKey key = make_key(row);
        Bytes data = from_hex(prefix(aes_plain, row.size));
        key.encrypt(data, data, false);
        BOOST_TEST(to_hex(data) == row.cipher);
        key.restart();
        key.decrypt(data, data, false);
        BOOST_TEST(to_hex(data) == prefix(aes_plain, row.size));
        BOOST_TEST((row.chain_after == nullptr || to_hex(key.chain()) == row.chain_after));
    }
}

BOOST_AUTO_TEST_CASE(an_iv_of_the_callers_is_overwritten_and_the_register_follows)
{
    const ModeRow& cbc = aes_rows[1];
    SymmetricKey key = make_key("AES", aes_key);
    const Bytes plain = from_hex(aes_plain);
    Bytes out(64), iv = from_hex(aes_iv);
    key.encrypt(plain, out, false, iv);
    BOOST_TEST(to_hex(out) == cbc.cipher);
    BOOST_TEST(to_hex(iv) == cbc.chain_after);
    BOOST_TEST(to_hex(key.chain()) == cbc.chain_after);
    Bytes short_iv(15);
    CHECK_FAULT(key.encrypt(plain, out, false, short_iv), Fault::invalid_parameter);
}

BOOST_AUTO_TEST_CASE(padding_is_pkcs7_in_whole_blocks_of_the_cipher)
{
    // Microsoft's CBC example: key, IV and plaintext 00..0f
    SymmetricKey key = make_key("AES", aes_iv);
    key.set_iv(from_hex(aes_iv));
    const char* const cipher = "c6a13b37878f5b826f4f8162a1c8d879b1a29273be2c4207a5ace393398cb6fb";
    BOOST_TEST(encrypted(key, from_hex(aes_iv), true) == cipher);
    key.restart();
    BOOST_TEST(decrypted(key, from_hex(cipher), true) == aes_iv);

    SymmetricKey cfb = make_key("AES", aes_key);
    cfb.set_chaining_mode(ChainingMode::cfb);
    BOOST_TEST(cfb.encrypted_size(17, true) == 32u); // observed.md part 2 B
    BOOST_TEST(cfb.encrypted_size(32, true) == 48u);
    const std::string padded = encrypted(cfb, from_hex("0102030405"), true);
    cfb.restart();
    BOOST_TEST(decrypted(cfb, from_hex(padded), true) == "0102030405");
}

BOOST_AUTO_TEST_CASE(wrong_padding_wipes_the_output_and_leaves_the_register)
{
    SymmetricKey key = make_key("AES", aes_key);
    key.set_iv(from_hex(aes_iv));
    Bytes out(64, 0xAA), iv = from_hex(aes_iv);
    const Bytes cipher = from_hex(aes_rows[1].cipher); // its plaintext ends in 10
    CHECK_FAULT(key.decrypt(cipher, out, true), Fault::bad_padding);
    BOOST_TEST(to_hex(out) == std::string(128, '0'));
    BOOST_TEST(to_hex(key.chain()) == aes_iv);
    CHECK_FAULT(key.decrypt(cipher, out, true, iv), Fault::bad_padding);
    BOOST_TEST(to_hex(iv) == aes_iv);
    BOOST_TEST(to_hex(key.chain()) == aes_iv);
}

BOOST_AUTO_TEST_CASE(data_without_padding_comes_in_whole_blocks)
{
    SymmetricKey key = make_key("AES", aes_key);
    Bytes data(17);
    CHECK_FAULT(key.encrypt(data, data, false), Fault::bad_block_length);
    CHECK_FAULT(key.decrypt(data, data, false), Fault::bad_block_length);
    CHECK_FAULT(key.decrypt(data, data, true), Fault::bad_block_length);
    CHECK_FAULT(key.decrypt(MutableBytes(data).first(0), data, true), Fault::bad_block_length);
    key.set_chaining_mode(ChainingMode::cfb);
    CHECK_FAULT(key.encrypt(data, data, false), Fault::none);
    key.set_message_block_length(16);
    CHECK_FAULT(key.encrypt(data, data, false), Fault::bad_block_length); // N-117
}

struct BlockRow {
    const char* algorithm;
    const char* key;
    std::uint32_t effective_bits;
    const char* in;
    const char* out;
};

BOOST_AUTO_TEST_CASE(other_ciphers_agree_with_their_standards)
{
    constexpr BlockRow rows[] = {
        {"DES", "0123456789abcdef", 0, "4e6f772069732074", "3fa40e8a984d4815"},
        {"3DES", "0123456789abcdef23456789abcdef01456789abcdef0123", 0, "5468652071756663",
         "a826fd8ce53b855f"},
        {"3DES_112", "0123456789abcdef0123456789abcdef", 0, "4e6f772069732074",
         "3fa40e8a984d4815"}, // K1 = K2: single DES
        {"RC2", "0000000000000000", 63, "0000000000000000", "ebb773f993278eff"},
        {"RC2", "ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"},
        {"RC2", "3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"},
        {"RC2", "88bca90e90875a", 64, "0000000000000000", "6ccf4308974c267f"},
        {"RC2", "88bca90e90875a7f0f79c384627bafb2", 64, "0000000000000000", "1a807d272bbe5db1"},
        {"RC2", "88bca90e90875a7f0f79c384627bafb2", 0, "0000000000000000", "2269552ab0f85ca6"},
        {"RC2", "0102030405", 0, "0000000000000000", "269b2c0070a1cb64"},
    };
    for (const BlockRow& row : rows) {
        BOOST_TEST_CONTEXT(row.algorithm << " " << row.key)
        {
            SymmetricKey key = make_key(row.algorithm, row.key);
            key.set_chaining_mode(ChainingMode::ecb);
            if (row.effective_bits)
                key.set_effective_bits(row.effective_bits);
            BOOST_TEST(encrypted(key, from_hex(row.in)) == row.out);
            BOOST_TEST(decrypted(key, from_hex(row.out)) == row.in);
        }
    }
}

BOOST_AUTO_TEST_CASE(rc4_has_a_position_that_duplicates_copy)
{
    SymmetricKey key = make_key("RC4", "0102030405");
    BOOST_TEST(encrypted(key, Bytes(4)) == "b2396305");
    SymmetricKey copy(key);
    BOOST_TEST(encrypted(key, Bytes(4)) == "f03dc027");
    BOOST_TEST(decrypted(copy, Bytes(4)) == "f03dc027");
    key.restart();
    BOOST_TEST(encrypted(key, Bytes(16)) == "b2396305f03dc027ccc3524a0a1118a8");
    CHECK_FAULT(key.encrypted_size(4, true), Fault::invalid_parameter); // N-119
    CHECK_FAULT(key.set_chaining_mode(ChainingMode::cbc), Fault::not_supported);
    CHECK_FAULT(key.set_chaining_mode(ChainingMode::not_applicable), Fault::none); // N-115
}

BOOST_AUTO_TEST_CASE(a_duplicate_takes_over_everything_and_shares_nothing)
{
    SymmetricKey key = make_key(aes_rows[2]);
    const Bytes plain = from_hex(aes_plain);
    const std::string first = encrypted(key, ByteView(plain).first(32));
    SymmetricKey copy(key);
    BOOST_TEST((copy.chaining_mode() == ChainingMode::cfb));
    BOOST_TEST(copy.message_block_length() == 16u);
    BOOST_TEST(to_hex(copy.iv()) == aes_iv);
    key.set_chaining_mode(ChainingMode::ecb);
    BOOST_TEST(first + encrypted(copy, ByteView(plain).subspan(32)) == aes_rows[2].cipher);
}

BOOST_AUTO_TEST_CASE(a_new_mode_forgets_iv_register_and_feedback)
{
    SymmetricKey key = make_key(aes_rows[2]);
    key.set_chaining_mode(ChainingMode::cfb);
    BOOST_TEST(key.message_block_length() == 1u);
    BOOST_TEST(to_hex(key.iv()) == std::string(32, '0'));
    BOOST_TEST(to_hex(key.chain()) == std::string(32, '0'));
    CHECK_FAULT(key.set_message_block_length(2), Fault::invalid_parameter);
    key.set_chaining_mode(ChainingMode::cbc);
    CHECK_FAULT(key.set_message_block_length(16), Fault::not_supported);
    CHECK_FAULT(key.set_chaining_mode(ChainingMode::not_applicable), Fault::not_supported);
    CHECK_FAULT(key.set_effective_bits(64), Fault::not_supported);
}

BOOST_AUTO_TEST_CASE(rc2_effective_length_is_the_keys_own_until_set)
{
    SymmetricKey key = make_key("RC2", "0102030405");
    BOOST_TEST(key.effective_bits() == 40u);
    CHECK_FAULT(key.set_effective_bits(0), Fault::bad_data);
    CHECK_FAULT(key.set_effective_bits(1025), Fault::bad_data);
    key.set_effective_bits(1024);
    BOOST_TEST(key.effective_bits() == 1024u);
}

BOOST_AUTO_TEST_SUITE_END()
