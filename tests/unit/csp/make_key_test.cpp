// SPDX-License-Identifier: BSD-2-Clause
// CryptGenKey, CryptGetUserKey and CryptDuplicateKey.
#include "support/temporary_folder.h"
#include "unit/csp/provider_fixture.h"

#include <bit>

namespace capishim::csp::test {

BOOST_AUTO_TEST_SUITE(CryptGenKey)

struct Length {
    std::uint32_t algorithm, asked, key_bits;
};

BOOST_AUTO_TEST_CASE(makes_keys_of_the_default_length_or_the_one_asked_for)
{
    const Length lengths[] = {
        {CALG_RC2, 0, 128},       {CALG_RC2, 40, 40},        {CALG_RC4, 0, 128},
        {CALG_RC4, 56, 56},       {CALG_DES, 0, 64},         {CALG_DES, 56, 64},
        {CALG_DES, 64, 64},       {CALG_3DES_112, 112, 128}, {CALG_3DES, 0, 192},
        {CALG_3DES, 168, 192},    {CALG_3DES, 192, 192},     {CALG_AES_128, 0, 128},
        {CALG_AES_192, 192, 192}, {CALG_AES_256, 256, 256},
    };
    const ContextPtr context = rsa_aes();
    for (const Length& length : lengths) {
        const KeyPtr key = context->gen_key(length.algorithm, length.asked << 16);
        BOOST_TEST_CONTEXT(length.algorithm << ", " << length.asked << " bits")
        BOOST_CHECK_EQUAL(get_u32(*key, KP_KEYLEN), length.key_bits);
        BOOST_CHECK_EQUAL(get_u32(*key, KP_ALGID), length.algorithm);
    }
    BOOST_CHECK_EQUAL(get_u32(*base()->gen_key(CALG_RC4, 0), KP_KEYLEN), 40U);
}

BOOST_AUTO_TEST_CASE(refuses_lengths_and_flags_that_are_not_offered)
{
    const ContextPtr context = rsa_aes();
    CHECK_FAULT(context->gen_key(CALG_RC4, 32U << 16), Fault::bad_key_length);
    CHECK_FAULT(context->gen_key(CALG_RC4, 136U << 16), Fault::bad_key_length);
    CHECK_FAULT(context->gen_key(CALG_RC2, 41U << 16), Fault::bad_key_length);
    CHECK_FAULT(context->gen_key(CALG_DES, 128U << 16), Fault::bad_key_length);
    CHECK_FAULT(context->gen_key(AT_SIGNATURE, 376U << 16), Fault::bad_key_length);
    CHECK_FAULT(context->gen_key(AT_SIGNATURE, 16392U << 16), Fault::bad_key_length);
    CHECK_FAULT(context->gen_key(AT_SIGNATURE, 513U << 16), Fault::bad_key_length);
    CHECK_FAULT(base()->gen_key(AT_KEYEXCHANGE, 1032U << 16), Fault::bad_key_length); // U-76
    CHECK_FAULT(context->gen_key(CALG_RC4, CRYPT_UPDATE_KEY), Fault::bad_flags);      // U-33
    CHECK_FAULT(context->gen_key(CALG_RC4, 0x20), Fault::bad_flags);
    CHECK_FAULT(context->gen_key(CALG_RC4, CRYPT_PREGEN), Fault::bad_flags); // U-31
    CHECK_FAULT(context->gen_key(CALG_RC4, CRYPT_CREATE_SALT | CRYPT_NO_SALT), Fault::bad_flags);
    CHECK_FAULT(context->gen_key(CALG_MD5, 0), Fault::bad_algorithm);
    CHECK_FAULT(context->gen_key(CALG_DSS_SIGN, 0), Fault::bad_algorithm);
    CHECK_FAULT(context->gen_key(0, 0), Fault::bad_algorithm);
    CHECK_FAULT(strong()->gen_key(CALG_AES_128, 0), Fault::bad_algorithm);
    context->gen_key(CALG_RC4, 0x3D80); // "not used": accepted
}

BOOST_AUTO_TEST_CASE(asks_nobody_and_says_so) // U-30, U-32
{
    const ContextPtr context = rsa_aes();
    const ContextPtr silent = open_context(MS_STRONG_PROV_A, CRYPT_VERIFYCONTEXT | CRYPT_SILENT);
    CHECK_FAULT(silent->gen_key(AT_SIGNATURE, CRYPT_USER_PROTECTED), Fault::silent_context);
    CHECK_FAULT(context->gen_key(AT_SIGNATURE, CRYPT_FORCE_KEY_PROTECTION_HIGH),
                Fault::silent_context);
    context->gen_key(CALG_RC4, CRYPT_USER_PROTECTED);
}

BOOST_AUTO_TEST_CASE(gives_the_salt_that_the_provider_gives) // 2.5, observed.md
{
    const auto salt_size = [](const ContextPtr& context, std::uint32_t flags) {
        return get(*context->gen_key(CALG_RC4, flags), KP_SALT).size();
    };
    const std::uint32_t create = CRYPT_CREATE_SALT;
    for (const ContextPtr& context : {base(), strong(), enhanced(), rsa_aes()}) {
        CHECK_HEX(get(*context->gen_key(CALG_RC4, 40U << 16), KP_SALT), "0000000000000000000000");
        BOOST_CHECK_EQUAL(salt_size(context, 40U << 16 | CRYPT_NO_SALT), 0U);
        BOOST_CHECK_EQUAL(salt_size(context, 56U << 16), 0U);
    }
    BOOST_CHECK_EQUAL(salt_size(base(), 40U << 16 | create), 11U);
    BOOST_CHECK_EQUAL(salt_size(base(), 56U << 16 | create), 11U);
    for (const std::uint32_t bits : {40U, 56U, 128U})
        BOOST_CHECK_EQUAL(salt_size(enhanced(), bits << 16 | create), 0U);
    BOOST_CHECK(get(*rsa_aes()->gen_key(CALG_AES_128, create), KP_SALT).empty()); // U-86
}

BOOST_AUTO_TEST_CASE(makes_des_keys_of_odd_parity) // U-117
{
    const ContextPtr context = strong();
    for (const std::uint32_t algorithm : {CALG_DES, CALG_3DES_112, CALG_3DES})
        for (const std::uint8_t byte : material_of(*context->gen_key(algorithm, CRYPT_EXPORTABLE)))
            BOOST_CHECK_EQUAL(std::popcount(byte) % 2, 1);
}

BOOST_AUTO_TEST_CASE(starts_block_ciphers_in_cbc_with_zero_iv) // 2.4
{
    const KeyPtr key = rsa_aes()->gen_key(CALG_AES_128, 0);
    BOOST_CHECK_EQUAL(get_u32(*key, KP_MODE), static_cast<std::uint32_t>(CRYPT_MODE_CBC));
    BOOST_CHECK_EQUAL(get_u32(*key, KP_PADDING), static_cast<std::uint32_t>(PKCS5_PADDING));
    BOOST_CHECK_EQUAL(get_u32(*key, KP_MODE_BITS), 8U);
    BOOST_CHECK_EQUAL(get_u32(*key, KP_BLOCKLEN), 128U);
    CHECK_HEX(get(*key, KP_IV), "00000000000000000000000000000000");
}

BOOST_AUTO_TEST_CASE(makes_no_key_twice)
{
    const ContextPtr context = rsa_aes();
    BOOST_CHECK(material_of(*context->gen_key(CALG_AES_256, CRYPT_EXPORTABLE)) !=
                material_of(*context->gen_key(CALG_AES_256, CRYPT_EXPORTABLE)));
}

BOOST_AUTO_TEST_CASE(keeps_pairs_in_the_container)
{
    const ContextPtr context = strong();
    CHECK_FAULT(context->user_key(AT_SIGNATURE), Fault::no_key);
    CHECK_FAULT(context->user_key(3), Fault::bad_key);
    const KeyPtr made = context->gen_key(AT_SIGNATURE, 512U << 16 | CRYPT_EXPORTABLE);
    BOOST_CHECK_EQUAL(made->algorithm_id(), static_cast<std::uint32_t>(CALG_RSA_SIGN));
    const KeyPtr found = context->user_key(AT_SIGNATURE);
    BOOST_CHECK(exported(*made, PRIVATEKEYBLOB) == exported(*found, PRIVATEKEYBLOB));
    BOOST_CHECK(exported(*context->user_key(CALG_RSA_SIGN), PUBLICKEYBLOB) ==
                exported(*made, PUBLICKEYBLOB)); // U-51
    CHECK_FAULT(context->user_key(AT_KEYEXCHANGE), Fault::no_key);
    const KeyPtr exchange = context->gen_key(CALG_RSA_KEYX, 512U << 16);
    BOOST_CHECK_EQUAL(context->user_key(AT_KEYEXCHANGE)->algorithm_id(),
                      static_cast<std::uint32_t>(CALG_RSA_KEYX));
    CHECK_FAULT(exported(*context->user_key(AT_KEYEXCHANGE), PRIVATEKEYBLOB), Fault::bad_key_state);
}

BOOST_AUTO_TEST_CASE(replaces_a_pair_and_leaves_old_handles_their_key) // U-209
{
    const ContextPtr context = strong();
    const KeyPtr before = context->gen_key(AT_SIGNATURE, 512U << 16);
    const Bytes public_before = exported(*before, PUBLICKEYBLOB);
    const KeyPtr after = context->gen_key(AT_SIGNATURE, 512U << 16);
    BOOST_CHECK(exported(*before, PUBLICKEYBLOB) == public_before);
    BOOST_CHECK(exported(*context->user_key(AT_SIGNATURE), PUBLICKEYBLOB) ==
                exported(*after, PUBLICKEYBLOB));
    BOOST_CHECK(exported(*after, PUBLICKEYBLOB) != public_before);
}

BOOST_AUTO_TEST_CASE(lets_archivable_pairs_out_through_the_first_handle_only) // 10.4
{
    const ContextPtr context = strong();
    const KeyPtr made = context->gen_key(AT_SIGNATURE, 512U << 16 | CRYPT_ARCHIVABLE);
    BOOST_CHECK_EQUAL(exported(*made, PRIVATEKEYBLOB).size(), 308U);
    CHECK_FAULT(exported(*context->user_key(AT_SIGNATURE), PRIVATEKEYBLOB), Fault::bad_key_state);
}

BOOST_AUTO_TEST_CASE(gives_pairs_e_65537_and_the_default_length)
{
    const KeyPtr key = strong()->gen_key(AT_KEYEXCHANGE, 0);
    const Bytes blob = exported(*key, PUBLICKEYBLOB);
    BOOST_CHECK_EQUAL(blob.size(), 20U + 128U);
    CHECK_HEX(ByteView(blob).first(20), "0602000000a40000 52534131 00040000 01000100");
    BOOST_CHECK_EQUAL(get_u32(*key, KP_KEYLEN), 1024U);
    BOOST_CHECK_EQUAL(get_u32(*key, KP_BLOCKLEN), 1024U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DeletedContainer)

BOOST_AUTO_TEST_CASE(answers_bad_keyset_for_its_persisted_keys) // lifetime.md 2, U-206
{
    const capishim_test::TemporaryFolder home;
    const capishim_test::ScopedEnvironment environment("CAPISHIM_HOME", home.path());
    const ContextPtr context = open_context(MS_STRONG_PROV_A, CRYPT_NEWKEYSET, "gone");
    const KeyPtr pair = context->gen_key(AT_KEYEXCHANGE, 512U << 16 | CRYPT_EXPORTABLE);
    const KeyPtr session = context->gen_key(CALG_RC4, CRYPT_EXPORTABLE);
    const Bytes sealed = encrypted(*pair, bytes_of("message"));
    Context::delete_container({find_profile(MS_STRONG_PROV_A), "gone", 0});

    CHECK_FAULT(context->gen_key(AT_SIGNATURE, 512U << 16), Fault::bad_keyset);
    CHECK_FAULT(context->user_key(AT_KEYEXCHANGE), Fault::bad_keyset);
    CHECK_FAULT(decrypted(*pair, sealed), Fault::bad_keyset);
    CHECK_FAULT(encrypted(*pair, bytes_of("message")), Fault::bad_keyset);
    CHECK_FAULT(exported(*pair, PRIVATEKEYBLOB), Fault::bad_keyset);
    CHECK_FAULT(hash_of(*context, CALG_SHA1, "x")->verify(Bytes(64), *pair, {}, 0),
                Fault::bad_keyset);
    CHECK_FAULT(exported(*session, SIMPLEBLOB, pair.get()), Fault::bad_keyset);
    CHECK_FAULT(output_of([&](OutBuffer& out) {
                    hash_of(*context, CALG_SHA1, "x")->sign(AT_KEYEXCHANGE, {}, 0, out);
                }),
                Fault::bad_keyset);
    BOOST_CHECK_EQUAL(encrypted(*session, bytes_of("x")).size(), 1U); // session keys live on
}

BOOST_AUTO_TEST_CASE(shows_each_context_what_another_stored) // 10.2
{
    const capishim_test::TemporaryFolder home;
    const capishim_test::ScopedEnvironment environment("CAPISHIM_HOME", home.path());
    const ContextPtr one = open_context(MS_STRONG_PROV_A, CRYPT_NEWKEYSET, "shared");
    const ContextPtr other = open_context(MS_STRONG_PROV_A, 0, "shared");
    const KeyPtr first = one->gen_key(AT_SIGNATURE, 512U << 16);
    BOOST_CHECK(exported(*other->user_key(AT_SIGNATURE), PUBLICKEYBLOB) ==
                exported(*first, PUBLICKEYBLOB));
    const KeyPtr second = other->gen_key(AT_SIGNATURE, 512U << 16);
    BOOST_CHECK(exported(*one->user_key(AT_SIGNATURE), PUBLICKEYBLOB) ==
                exported(*second, PUBLICKEYBLOB));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptDuplicateKey)

BOOST_AUTO_TEST_CASE(copies_the_state_and_shares_none) // 1.14
{
    const KeyPtr key = strong()->gen_key(CALG_RC4, 0);
    const Bytes zeros(8);
    encrypted(*key, zeros, false);
    const KeyPtr copy = key->duplicate();
    const Bytes next = encrypted(*key, zeros, false);
    BOOST_CHECK(encrypted(*copy, zeros, false) == next);
    encrypted(*key, zeros, true);
    const Bytes first = encrypted(*key, zeros, true);
    BOOST_CHECK(encrypted(*copy, zeros, true) != first);
    BOOST_CHECK(encrypted(*copy, zeros, true) == first);
}

BOOST_AUTO_TEST_CASE(keeps_settings_apart)
{
    const KeyPtr key = rsa_aes()->gen_key(CALG_AES_128, 0);
    set_bytes(*key, KP_IV, counting(16));
    const KeyPtr copy = key->duplicate();
    set_u32(*key, KP_MODE, CRYPT_MODE_ECB);
    set_bytes(*key, KP_IV, counting(16, 1));
    BOOST_CHECK_EQUAL(get_u32(*copy, KP_MODE), static_cast<std::uint32_t>(CRYPT_MODE_CBC));
    BOOST_CHECK(get(*copy, KP_IV) == counting(16));
}

BOOST_AUTO_TEST_CASE(copies_pair_handles_too) // U-39
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    set_blob(*pair, KP_OAEP_PARAMS, bytes_of("label"));
    const KeyPtr copy = pair->duplicate();
    BOOST_CHECK(exported(*copy, PRIVATEKEYBLOB) == sample_private_blob());
    set_blob(*pair, KP_OAEP_PARAMS, {});
    BOOST_CHECK(get(*copy, KP_OAEP_PARAMS) == bytes_of("label"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace capishim::csp::test
