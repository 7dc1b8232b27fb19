// SPDX-License-Identifier: BSD-2-Clause
// CryptDeriveKey: cryptoapi.md 5, 12.1-A, 12.2; observed.md on salts and 3DES_112.
#include "unit/csp/provider_fixture.h"

namespace capishim::csp::test {

BOOST_AUTO_TEST_SUITE(CryptDeriveKey)

struct Vector {
    std::uint32_t hash, algorithm;
    const char* key;
};

// 12.2, from the hash of "password"; 3DES and DES with odd parity (U-117)
const Vector vectors[] = {
    {CALG_MD5, CALG_AES_256, "9181a42f85ca981b6e71333dd231aa3c0febe61d54a40b733d5555856ff65b7c"},
    {CALG_MD5, CALG_AES_128, "9181a42f85ca981b6e71333dd231aa3c"},
    {CALG_SHA1, CALG_AES_256, "a3bc508753274827cf2515600eaea32c226a7895c0533fcc0a67de054e4822f0"},
    {CALG_SHA1, CALG_AES_192, "a3bc508753274827cf2515600eaea32c226a7895c0533fcc"},
    {CALG_SHA_256, CALG_AES_256,
     "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"},
    {CALG_SHA_384, CALG_AES_256,
     "a8b64babd0aca91a59bdbb7761b421d4f2bb38280d3a75ba0f21f2bebc45583d"},
    {CALG_SHA_512, CALG_AES_256,
     "b109f3bbbc244eb82441917ed06d618b9008dd09b3befd1b5e07394c706a8bb9"},
    {CALG_SHA1, CALG_DES, "5bab61e5c8b93e3e"},
    {CALG_SHA1, CALG_3DES_112, "5bab61e5c8b93e3e0783250b6df8321a"},
};

BOOST_AUTO_TEST_CASE(gives_the_documented_key_bytes)
{
    const ContextPtr context = rsa_aes();
    for (const Vector& vector : vectors) {
        const KeyPtr key = derived(*context, vector.hash, "password", vector.algorithm);
        BOOST_TEST_CONTEXT(vector.hash << " to " << vector.algorithm)
        CHECK_HEX(material_of(*key), vector.key);
    }
}

BOOST_AUTO_TEST_CASE(expands_any_hash_but_sha_2_for_3des)
{
    const ContextPtr context = rsa_aes();
    Bytes expected = from_hex("a3bc508753274827cf2515600eaea32c226a7895c0533fcc");
    set_odd_parity(expected);
    CHECK_HEX(material_of(*derived(*context, CALG_SHA1, "password", CALG_3DES)), to_hex(expected));
}

BOOST_AUTO_TEST_CASE(makes_keys_that_encrypt_the_documented_messages)
{
    const ContextPtr context = rsa_aes();
    const Bytes message = bytes_of("message");
    const auto encrypt = [&](std::uint32_t hash, std::uint32_t algorithm, std::uint32_t flags = 0) {
        return encrypted(*derived(*context, hash, "password", algorithm, flags), message);
    };
    CHECK_HEX(encrypt(CALG_SHA1, CALG_AES_256), "77a84059120d7d0574da1ef420b1c54d");
    CHECK_HEX(encrypt(CALG_SHA1, CALG_AES_128), "2c7a396a4ee0a8c6f02087afeba06520");
    CHECK_HEX(encrypt(CALG_SHA1, CALG_3DES), "cc9af62dbe357d3b");
    CHECK_HEX(encrypt(CALG_SHA1, CALG_3DES_112), "f152c7da7a294e2d"); // observed.md: truncation
    CHECK_HEX(encrypt(CALG_SHA1, CALG_DES), "0ea8a5b58a8536b3");
    CHECK_HEX(encrypt(CALG_MD5, CALG_RC2), "e9aac92b6b99098c");
    const std::uint32_t bits40 = 40U << 16;
    CHECK_HEX(encrypt(CALG_MD5, CALG_RC2, bits40 | CRYPT_NO_SALT), "1bbb261fd69348cf");
    CHECK_HEX(encrypt(CALG_MD5, CALG_RC2, bits40), "aff859069aa50c2f");
}

BOOST_AUTO_TEST_CASE(takes_rc2_effective_bits_from_key_or_provider)
{
    const Bytes message = bytes_of("message");
    const ContextPtr context = rsa_aes();
    const KeyPtr key = derived(*context, CALG_MD5, "password", CALG_RC2);
    set_u32(*key, KP_EFFECTIVE_KEYLEN, 40);
    CHECK_HEX(encrypted(*key, message), "3da7192fdf48748c");
    const KeyPtr weak = derived(*context, CALG_MD5, "password", CALG_RC2, 40U << 16);
    set_u32(*weak, KP_EFFECTIVE_KEYLEN, 128);
    CHECK_HEX(encrypted(*weak, message), "44c69812ae2aeadc");
    // observed.md: RC2 effective length default in Base
    const ContextPtr poor = base();
    const KeyPtr key56 = derived(*poor, CALG_MD5, "password", CALG_RC2, 56U << 16);
    BOOST_CHECK_EQUAL(get_u32(*key56, KP_EFFECTIVE_KEYLEN), 40U);
    BOOST_CHECK_EQUAL(get_u32(*key56, KP_KEYLEN), 56U);
    const KeyPtr strong56 = derived(*strong(), CALG_MD5, "password", CALG_RC2, 56U << 16);
    BOOST_CHECK_EQUAL(get_u32(*strong56, KP_EFFECTIVE_KEYLEN), 56U);
    set_u32(*strong56, KP_EFFECTIVE_KEYLEN, 40);
    BOOST_CHECK_EQUAL(to_hex(encrypted(*key56, message)), to_hex(encrypted(*strong56, message)));
}

const Bytes plaintext = counting(32);

Bytes rc4_40(Context& context, std::uint32_t flags)
{
    const KeyPtr key = derived(context, CALG_MD5, "1134-kelp", CALG_RC4, 40U << 16 | flags);
    return encrypted(*key, plaintext);
}

constexpr const char* zero_salt =
    "2659de2444fa369c110cbb9db6a2bd24042ee3ba7276f3278dd5b42f56cff8c9";
constexpr const char* created_salt =
    "47f45de2cc3b871b95bcfc39fb86d305daa291fb80f12a22c3b9ec91dd9faf50";
constexpr const char* no_salt = "e21578e95ab37636d3601237f08c7e6fece0aca5e970e5909dad37e3b0686920";

BOOST_AUTO_TEST_CASE(salts_40_bit_keys_as_microsoft_printed) // 12.1-A
{
    for (const ContextPtr& context : {base(), strong()}) {
        CHECK_HEX(rc4_40(*context, 0), zero_salt);
        CHECK_HEX(rc4_40(*context, CRYPT_CREATE_SALT), created_salt);
        CHECK_HEX(rc4_40(*context, CRYPT_NO_SALT), no_salt);
    }
    const KeyPtr key = derived(*base(), CALG_MD5, "1134-kelp", CALG_RC4, 40U << 16);
    set_blob(*key, KP_SALT_EX, from_hex("01020304"));
    CHECK_HEX(encrypted(*key, plaintext),
              "3e94840a1c8758386366c28a30e594a637b95790a8feca808c4ec50e11da8aec");
}

BOOST_AUTO_TEST_CASE(creates_no_salt_in_enhanced) // observed.md: CRYPT_CREATE_SALT in Enhanced
{
    const ContextPtr context = enhanced();
    CHECK_HEX(rc4_40(*context, 0), zero_salt);
    CHECK_HEX(rc4_40(*context, CRYPT_CREATE_SALT), no_salt);
    const KeyPtr key =
        derived(*context, CALG_MD5, "1134-kelp", CALG_RC2, 40U << 16 | CRYPT_CREATE_SALT);
    BOOST_CHECK(get(*key, KP_SALT).empty());
    BOOST_CHECK_EQUAL(get_u32(*key, KP_EFFECTIVE_KEYLEN), 40U);
}

BOOST_AUTO_TEST_CASE(takes_created_salt_from_the_bytes_that_follow)
{
    const KeyPtr key =
        derived(*strong(), CALG_MD5, "1134-kelp", CALG_RC2, 40U << 16 | CRYPT_CREATE_SALT);
    CHECK_HEX(get(*key, KP_SALT), "b8ea399395aa29d638b52a");
    const KeyPtr full = derived(*strong(), CALG_MD5, "x", CALG_RC4, CRYPT_CREATE_SALT);
    BOOST_CHECK(get(*full, KP_SALT).empty()); // U-81
    // U-81: a 56-bit key leaves 9 bytes of MD5, and 11 are wanted
    CHECK_FAULT(derived(*strong(), CALG_MD5, "x", CALG_RC4, 56U << 16 | CRYPT_CREATE_SALT),
                Fault::bad_length);
}

BOOST_AUTO_TEST_CASE(finishes_the_hash_and_may_be_repeated) // U-36
{
    const ContextPtr context = rsa_aes();
    const HashPtr hash = hash_of(*context, CALG_SHA1, "password");
    const KeyPtr first = context->derive_key(CALG_AES_128, *hash, CRYPT_EXPORTABLE);
    CHECK_FAULT(hash->hash_data(bytes_of("more"), 0), Fault::bad_hash_state);
    const KeyPtr second = context->derive_key(CALG_AES_128, *hash, CRYPT_EXPORTABLE);
    BOOST_CHECK_EQUAL(to_hex(material_of(*first)), to_hex(material_of(*second)));
}

BOOST_AUTO_TEST_CASE(refuses_what_it_cannot_make)
{
    const ContextPtr context = rsa_aes();
    const auto derive = [&](std::uint32_t algorithm, std::uint32_t flags) {
        return derived(*context, CALG_MD5, "x", algorithm, flags);
    };
    CHECK_FAULT(derive(CALG_SHA1, 0), Fault::bad_algorithm);
    CHECK_FAULT(derive(AT_KEYEXCHANGE, 0), Fault::bad_algorithm);
    CHECK_FAULT(derive(CALG_AES, 0), Fault::bad_algorithm); // U-79
    CHECK_FAULT(derive(CALG_RC4, CRYPT_CREATE_SALT | CRYPT_NO_SALT), Fault::bad_flags);
    CHECK_FAULT(derive(CALG_RC4, 0x8000), Fault::bad_flags);
    CHECK_FAULT(derive(CALG_RC4, 136U << 16), Fault::bad_key_length);
    CHECK_FAULT(derive(CALG_RC4, 44U << 16), Fault::bad_key_length);
    CHECK_FAULT(derive(CALG_AES_256, 128U << 16), Fault::bad_key_length);
    CHECK_FAULT(derived(*base(), CALG_MD5, "x", CALG_AES_128), Fault::bad_algorithm);
    CHECK_FAULT(derived(*base(), CALG_MD5, "x", CALG_RC4, 64U << 16), Fault::bad_key_length);
    CHECK_FAULT(context->derive_key(CALG_RC4, *hash_of(*strong(), CALG_MD5, "x"), 0),
                Fault::bad_hash); // another CSP's
}

BOOST_AUTO_TEST_CASE(truncates_macs_but_does_not_expand_them) // U-115, U-114
{
    const ContextPtr context = rsa_aes();
    const KeyPtr key = imported(*context, CALG_DES, from_hex("0123456789abcdef"));
    const auto mac = [&] { return context->create_hash(CALG_MAC, key, 0); };
    CHECK_FAULT(context->derive_key(CALG_AES_128, *mac(), 0), Fault::bad_hash);
    CHECK_FAULT(context->derive_key(CALG_RC4, *mac(), 128U << 16), Fault::bad_length);
    const HashPtr hash = mac();
    hash->hash_data(bytes_of("7654321 Now is the time for "), 0);
    const KeyPtr weak = context->derive_key(CALG_RC4, *hash, 40U << 16 | CRYPT_EXPORTABLE);
    CHECK_HEX(material_of(*weak), "7045eecdcd");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace capishim::csp::test
