// SPDX-License-Identifier: BSD-2-Clause
// CryptEncrypt and CryptDecrypt: cryptoapi.md 6, 12.6, 12.10, 1.34.
#include "unit/csp/provider_fixture.h"

namespace capishim::csp::test {
namespace {

Bytes first(const Bytes& bytes, std::size_t size)
{
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
}

/// Encrypts whole blocks as a section that is not the last.
std::string blocks(Key& key, ByteView plaintext)
{
    return to_hex(encrypted(key, plaintext, false));
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptEncrypt)

BOOST_AUTO_TEST_CASE(agrees_with_the_published_vectors) // 12.6
{
    const ContextPtr context = rsa_aes();
    const KeyPtr des = imported(*context, CALG_DES, from_hex("0123456789abcdef"));
    set_bytes(*des, KP_IV, from_hex("1234567890abcdef"));
    BOOST_CHECK_EQUAL(blocks(*des, bytes_of("Now is the time for all ")),
                      "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6");
    encrypted(*des, {}, true);
    set_u32(*des, KP_MODE, CRYPT_MODE_CFB);
    BOOST_CHECK_EQUAL(blocks(*des, bytes_of("Now is the time for all ")),
                      "f31fda07011462ee187f43d80a7cd9b5b0d290da6e5b9a87");
    encrypted(*des, {}, true);
    set_u32(*des, KP_MODE, CRYPT_MODE_ECB);
    BOOST_CHECK_EQUAL(blocks(*des, bytes_of("Now is t")), "3fa40e8a984d4815");
    const KeyPtr des2 = imported(*context, CALG_DES, from_hex("133457799bbcdff1"));
    BOOST_CHECK_EQUAL(blocks(*des2, from_hex("0123456789abcdef")), "85e813540f0ab405");
}

BOOST_AUTO_TEST_CASE(agrees_with_the_aes_vectors)
{
    const ContextPtr context = rsa_aes();
    const Bytes plaintext =
        from_hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    const Bytes secret = from_hex("2b7e151628aed2a6abf7158809cf4f3c");
    const KeyPtr key = imported(*context, CALG_AES_128, secret);
    set_bytes(*key, KP_IV, counting(16));
    BOOST_CHECK_EQUAL(blocks(*key, plaintext),
                      "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2");
    encrypted(*key, {}, true);
    set_u32(*key, KP_MODE, CRYPT_MODE_ECB);
    BOOST_CHECK_EQUAL(blocks(*key, plaintext),
                      "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf");
    encrypted(*key, {}, true);
    set_u32(*key, KP_MODE, CRYPT_MODE_CFB);
    const Bytes feedback = encrypted(*key, first(plaintext, 16), false);
    CHECK_HEX(feedback, "3b79424c9c0dd436bace9e0ed4586a4f");
    encrypted(*key, {}, true);
    CHECK_HEX(encrypted(*key, bytes_of("message")), "3d9c2ac0eb00c94b121534ad9bbea029"); // U-127
    CHECK_HEX(decrypted(*key, from_hex("3d9c2ac0eb00c94b121534ad9bbea029")),
              to_hex(bytes_of("message")));
}

BOOST_AUTO_TEST_CASE(agrees_with_the_rc4_key_streams) // RFC 6229
{
    const ContextPtr context = strong();
    const auto stream = [&](std::size_t size, std::uint32_t flags = 0) {
        return encrypted(*imported(*context, CALG_RC4, counting(size, 1), flags), Bytes(16));
    };
    CHECK_HEX(stream(5, CRYPT_NO_SALT), "b2396305f03dc027ccc3524a0a1118a8");
    CHECK_HEX(stream(7), "293f02d47f37c9b633f2af5285feb46b");
    CHECK_HEX(stream(16), "9ac7cc9a609d1ef7b2932899cde41b97");
}

BOOST_AUTO_TEST_CASE(answers_size_queries_without_touching_anything) // 6.2, U-04
{
    const ContextPtr context = rsa_aes();
    const KeyPtr key = context->gen_key(CALG_AES_128, 0);
    const HashPtr hash = context->create_hash(CALG_MD5, nullptr, 0);
    const auto size_of = [&](std::uint32_t size, bool final) {
        key->encrypt(hash.get(), final, 0, nullptr, &size, 0);
        return size;
    };
    BOOST_CHECK_EQUAL(size_of(0, true), 16U);
    BOOST_CHECK_EQUAL(size_of(15, true), 16U);
    BOOST_CHECK_EQUAL(size_of(16, true), 32U);
    BOOST_CHECK_EQUAL(size_of(32, false), 32U);
    CHECK_FAULT(size_of(0xFFFFFFFF, true), Fault::bad_length); // no DWORD holds the answer
    CHECK_HEX(value_of(*hash), "d41d8cd98f00b204e9800998ecf8427e");
}

BOOST_AUTO_TEST_CASE(leaves_all_as_it_was_when_the_buffer_is_small)
{
    const ContextPtr context = rsa_aes();
    const KeyPtr key = context->gen_key(CALG_AES_128, 0);
    const KeyPtr fresh = key->duplicate();
    Bytes data = counting(32);
    std::uint32_t size = 20;
    CHECK_FAULT(key->encrypt(nullptr, true, 0, data.data(), &size, 31), Fault::buffer_too_small);
    BOOST_CHECK_EQUAL(size, 32U);
    BOOST_CHECK(data == counting(32));
    size = 20;
    CHECK_FAULT(key->encrypt(nullptr, false, 0, data.data(), &size, 32), Fault::bad_block_length);
    BOOST_CHECK_EQUAL(size, 20U);
    BOOST_CHECK(data == counting(32));
    BOOST_CHECK(encrypted(*key, data) == encrypted(*fresh, data));
}

BOOST_AUTO_TEST_CASE(pads_inside_the_callers_buffer)
{
    const KeyPtr key = rsa_aes()->gen_key(CALG_AES_128, 0);
    Bytes data(49, 0xEE);
    std::uint32_t size = 32;
    key->encrypt(nullptr, true, 0, data.data(), &size, 48);
    BOOST_CHECK_EQUAL(size, 48U);
    BOOST_CHECK_EQUAL(data[48], 0xEE);
    key->decrypt(nullptr, true, 0, data.data(), &size);
    BOOST_CHECK_EQUAL(size, 32U);
    BOOST_CHECK(first(data, 32) == Bytes(32, 0xEE));
}

BOOST_AUTO_TEST_CASE(chains_sections_until_the_final_one) // 6.4 rules 1, 2
{
    const ContextPtr context = rsa_aes();
    for (const std::uint32_t algorithm : {CALG_AES_256, CALG_3DES, CALG_RC2, CALG_RC4, CALG_DES}) {
        const KeyPtr key = context->gen_key(algorithm, 0);
        const Bytes message = counting(80);
        const Bytes whole = encrypted(*key, message, true);
        Bytes joined = encrypted(*key, first(message, 16), false);
        const Bytes rest = encrypted(*key, ByteView(message).subspan(16), true);
        joined.insert(joined.end(), rest.begin(), rest.end());
        BOOST_CHECK(joined == whole);
        BOOST_CHECK(encrypted(*key, message, true) == whole);
        Bytes back = decrypted(*key, first(whole, 32), false);
        const Bytes tail = decrypted(*key, ByteView(whole).subspan(32), true);
        back.insert(back.end(), tail.begin(), tail.end());
        BOOST_CHECK(back == message);
    }
}

BOOST_AUTO_TEST_CASE(takes_empty_sections) // 6.4 rule 4
{
    const KeyPtr key = rsa_aes()->gen_key(CALG_AES_128, 0);
    BOOST_CHECK_EQUAL(encrypted(*key, {}, true).size(), 16U);
    BOOST_CHECK_EQUAL(encrypted(*key, {}, false).size(), 0U);
    BOOST_CHECK(decrypted(*key, encrypted(*key, {}, true)).empty());
}

BOOST_AUTO_TEST_CASE(hashes_the_plaintext_and_leaves_the_hash_open) // 6.4 rule 5
{
    const ContextPtr context = rsa_aes();
    for (const std::uint32_t algorithm : {CALG_AES_128, CALG_RC4}) {
        const KeyPtr key = context->gen_key(algorithm, 0);
        const HashPtr hash = context->create_hash(CALG_SHA1, nullptr, 0);
        const Bytes ciphertext = encrypted(*key, bytes_of("ab"), true, 0, hash.get());
        hash->hash_data(bytes_of("c"), 0);
        CHECK_HEX(value_of(*hash), "a9993e364706816aba3e25717850c26c9cd0d89d");
        const HashPtr back = context->create_hash(CALG_SHA1, nullptr, 0);
        decrypted(*key, ciphertext, true, 0, back.get());
        back->hash_data(bytes_of("c"), 0);
        BOOST_CHECK(value_of(*back) == value_of(*hash));
    }
}

BOOST_AUTO_TEST_CASE(checks_the_hash_before_anything_changes) // U-130
{
    const ContextPtr context = rsa_aes();
    const KeyPtr key = context->gen_key(CALG_RC4, 0);
    const HashPtr finished = hash_of(*context, CALG_SHA1, "x");
    value_of(*finished);
    Bytes data = counting(4);
    std::uint32_t size = 4;
    CHECK_FAULT(key->encrypt(finished.get(), true, 0, data.data(), &size, 4),
                Fault::bad_hash_state);
    CHECK_FAULT(key->decrypt(finished.get(), true, 0, data.data(), &size), Fault::bad_hash_state);
    const HashPtr foreign = rsa_aes()->create_hash(CALG_SHA1, nullptr, 0);
    CHECK_FAULT(key->encrypt(foreign.get(), true, 0, data.data(), &size, 4), Fault::bad_hash);
    BOOST_CHECK(data == counting(4));
}

BOOST_AUTO_TEST_CASE(refuses_bad_arguments)
{
    const ContextPtr context = rsa_aes();
    const KeyPtr key = context->gen_key(CALG_RC4, 0);
    std::uint8_t data[4] = {};
    std::uint32_t size = 4;
    CHECK_FAULT(key->encrypt(nullptr, true, 0, data, nullptr, 4), Fault::invalid_parameter);
    CHECK_FAULT(key->encrypt(nullptr, true, CRYPT_OAEP, data, &size, 4), Fault::bad_flags);
    CHECK_FAULT(key->decrypt(nullptr, true, CRYPT_OAEP, data, &size), Fault::bad_flags);
    CHECK_FAULT(key->decrypt(nullptr, true, 0, nullptr, &size), Fault::invalid_parameter);
    CHECK_FAULT(key->decrypt(nullptr, true, 0, data, nullptr), Fault::invalid_parameter);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptDecrypt)

BOOST_AUTO_TEST_CASE(keeps_the_length_rules_of_block_ciphers) // 6.2, U-122
{
    const KeyPtr key = rsa_aes()->gen_key(CALG_AES_128, 0);
    CHECK_FAULT(decrypted(*key, Bytes(15), true), Fault::bad_block_length);
    CHECK_FAULT(decrypted(*key, Bytes(15), false), Fault::bad_block_length);
    CHECK_FAULT(decrypted(*key, {}, true), Fault::bad_block_length);
    BOOST_CHECK(decrypted(*key, {}, false).empty());
}

BOOST_AUTO_TEST_CASE(takes_empty_rc4_sections_but_no_empty_final_one) // observed.md
{
    const KeyPtr key = strong()->gen_key(CALG_RC4, 0);
    BOOST_CHECK(decrypted(*key, {}, false).empty());
    CHECK_FAULT(decrypted(*key, {}, true), Fault::bad_length);
    BOOST_CHECK(encrypted(*key, {}, true).empty());
}

BOOST_AUTO_TEST_CASE(returns_to_the_start_after_bad_padding) // observed.md: bad padding at Final
{
    const KeyPtr key = rsa_aes()->gen_key(CALG_AES_128, 0);
    const Bytes good = encrypted(*key, counting(20));
    Bytes bad = good;
    bad[15] ^= 1;
    bad[30] ^= 1;
    std::uint32_t size = 32;
    decrypted(*key, first(good, 16), false);
    CHECK_FAULT(key->decrypt(nullptr, true, 0, bad.data(), &size), Fault::bad_padding);
    BOOST_CHECK_EQUAL(size, 32U);
    BOOST_CHECK(decrypted(*key, good) == counting(20));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptEncryptRsa)

constexpr const char* sealed_message =
    "57415772620467485b971cb466c389f045204d011c39bf332a593802e696d520"
    "5b2e6e041e576a1dc52690f853396d9bb309172437b39d1f9b6bc68a272edd44";
constexpr const char* oaep_key = "2bc1b03cf0f920ab12937516a6a18fa4fcde414cdcc07ecac3152e578338a37e"
                                 "05ff9ae76f64f2c51c5330306bede1add1dab0f6544687d90414df48732f7538";
constexpr const char* oaep_labelled =
    "44b1d02ccb76d140be3ee10c370d45f99e64a4157488394aea82a85b7d59c0dc"
    "f8329d38ebb07aa88a65f3284ff9d9249bca16788c328be1f3d88f8aa3ba0a41";

BOOST_AUTO_TEST_CASE(decrypts_the_documented_blocks) // 12.10
{
    const KeyPtr pair = sample_pair(*strong());
    BOOST_CHECK(decrypted(*pair, from_hex(sealed_message)) == bytes_of("message"));
    BOOST_CHECK(decrypted(*pair, from_hex(oaep_key), true, CRYPT_OAEP) == counting(16));
    CHECK_FAULT(decrypted(*pair, from_hex(oaep_labelled), true, CRYPT_OAEP), Fault::bad_padding);
    set_blob(*pair, KP_OAEP_PARAMS, bytes_of("label"));
    BOOST_CHECK(decrypted(*pair, from_hex(oaep_labelled), true, CRYPT_OAEP) == bytes_of("message"));
}

BOOST_AUTO_TEST_CASE(gives_the_whole_block_without_padding_check) // U-134
{
    const KeyPtr pair = sample_pair(*strong());
    const Bytes block =
        decrypted(*pair, from_hex(sealed_message), true, CRYPT_DECRYPT_RSA_NO_PADDING_CHECK);
    BOOST_REQUIRE_EQUAL(block.size(), 64U);
    CHECK_HEX(ByteView(block).first(9), "6567617373656d00aa");
    CHECK_HEX(ByteView(block).last(3), "aa0200");
    CHECK_FAULT(decrypted(*pair, from_hex(sealed_message), true,
                          CRYPT_DECRYPT_RSA_NO_PADDING_CHECK | CRYPT_OAEP),
                Fault::bad_flags);
}

BOOST_AUTO_TEST_CASE(round_trips_and_hashes_the_plaintext)
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const KeyPtr open = context->import_key(exported(*pair, PUBLICKEYBLOB), nullptr, 0);
    for (const std::uint32_t flags : {0U, static_cast<std::uint32_t>(CRYPT_OAEP)}) {
        const HashPtr hash = context->create_hash(CALG_SHA1, nullptr, 0);
        const Bytes sealed = encrypted(*open, bytes_of("abc"), false, flags, hash.get()); // U-133
        BOOST_CHECK_EQUAL(sealed.size(), 64U);
        CHECK_HEX(value_of(*hash), "a9993e364706816aba3e25717850c26c9cd0d89d");
        const HashPtr back = context->create_hash(CALG_SHA1, nullptr, 0);
        BOOST_CHECK(decrypted(*pair, sealed, false, flags, back.get()) == bytes_of("abc"));
        BOOST_CHECK(value_of(*back) == value_of(*hash));
    }
    BOOST_CHECK(decrypted(*pair, encrypted(*open, {})).empty());
}

BOOST_AUTO_TEST_CASE(keeps_the_length_rules) // 6.2, U-123, observed.md: RSA OAEP
{
    const KeyPtr pair = sample_pair(*strong());
    BOOST_CHECK_EQUAL(encrypted(*pair, Bytes(53)).size(), 64U);
    CHECK_FAULT(encrypted(*pair, Bytes(54)), Fault::bad_length);
    BOOST_CHECK_EQUAL(encrypted(*pair, Bytes(22), true, CRYPT_OAEP).size(), 64U);
    CHECK_FAULT(encrypted(*pair, Bytes(23), true, CRYPT_OAEP), Fault::bad_length);
    CHECK_FAULT(decrypted(*pair, Bytes(63)), Fault::bad_length);
    CHECK_FAULT(decrypted(*pair, Bytes(65)), Fault::bad_length);
    CHECK_FAULT(decrypted(*pair, Bytes(12), true, CRYPT_OAEP), Fault::bad_data);
    CHECK_FAULT(decrypted(*pair, Bytes(64, 0xFF)), Fault::bad_data); // not below the modulus
    CHECK_FAULT(decrypted(*pair, counting(64)), Fault::bad_padding);
    Bytes data(64);
    std::uint32_t size = 7;
    CHECK_FAULT(pair->encrypt(nullptr, true, 0, data.data(), &size, 63), Fault::buffer_too_small);
    BOOST_CHECK_EQUAL(size, 64U);
}

BOOST_AUTO_TEST_CASE(refuses_keys_that_may_not_or_can_not) // U-132
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const KeyPtr open = context->import_key(exported(*pair, PUBLICKEYBLOB), nullptr, 0);
    CHECK_FAULT(decrypted(*open, from_hex(sealed_message)), Fault::bad_key);
    Bytes signing = sample_private_blob();
    signing[5] = 0x24; // CALG_RSA_SIGN
    const KeyPtr signer = context->import_key(signing, nullptr, 0);
    CHECK_FAULT(encrypted(*signer, bytes_of("x")), Fault::bad_key);
    CHECK_FAULT(decrypted(*signer, from_hex(sealed_message)), Fault::bad_key);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace capishim::csp::test
