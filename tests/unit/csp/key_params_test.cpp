// SPDX-License-Identifier: BSD-2-Clause
// CryptGetKeyParam and CryptSetKeyParam: cryptoapi.md 8.2, observed.md's KP_* rows.
#include "unit/csp/provider_fixture.h"

namespace capishim::csp::test {

BOOST_AUTO_TEST_SUITE(CryptGetKeyParam)

BOOST_AUTO_TEST_CASE(knows_the_lengths_of_every_cipher)
{
    const ContextPtr context = rsa_aes();
    const auto block_bits = [&](std::uint32_t algorithm) {
        return get_u32(*context->gen_key(algorithm, 0), KP_BLOCKLEN);
    };
    BOOST_CHECK_EQUAL(block_bits(CALG_RC2), 64U);
    BOOST_CHECK_EQUAL(block_bits(CALG_3DES), 64U);
    BOOST_CHECK_EQUAL(block_bits(CALG_AES_256), 128U);
    BOOST_CHECK_EQUAL(block_bits(CALG_RC4), 0U);
}

BOOST_AUTO_TEST_CASE(follows_the_size_protocol)
{
    const KeyPtr key = rsa_aes()->gen_key(CALG_AES_128, 0);
    std::uint8_t buffer[16];
    std::uint32_t size = 15;
    CHECK_FAULT(
        [&] {
            OutBuffer out(buffer, &size, OutBuffer::OnFailure::zero_length);
            key->get_param(KP_IV, out);
        }(),
        Fault::buffer_too_small);
    BOOST_CHECK_EQUAL(size, 16U);
    CHECK_FAULT(
        [&] {
            OutBuffer out(buffer, &size, OutBuffer::OnFailure::zero_length);
            key->get_param(99, out);
        }(),
        Fault::bad_type);
    BOOST_CHECK_EQUAL(size, 0U); // 0.2 rule 5
}

BOOST_AUTO_TEST_CASE(refuses_parameters_that_do_not_apply)
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const KeyPtr rc4 = context->gen_key(CALG_RC4, 0);
    for (const std::uint32_t param : {KP_IV, KP_MODE, KP_PADDING, KP_EFFECTIVE_KEYLEN, KP_P, KP_G,
                                      KP_SALT_EX, KP_X, KP_GET_USE_COUNT, KP_PUB_PARAMS})
        CHECK_FAULT(get(*pair, param), Fault::bad_type);
    CHECK_FAULT(get(*rc4, KP_EFFECTIVE_KEYLEN), Fault::bad_type);
    CHECK_FAULT(get(*rc4, KP_CERTIFICATE), Fault::bad_type);
    CHECK_FAULT(get(*pair, KP_SALT), Fault::not_found); // observed.md: KP_SALT get on an RSA pair
    CHECK_FAULT(get(*rc4, KP_KEYVAL), Fault::permission_denied); // U-168
    CHECK_FAULT(get(*pair, KP_CERTIFICATE), Fault::not_found);   // U-166
    BOOST_CHECK(get(*rc4, KP_OAEP_PARAMS).empty());              // U-165
}

BOOST_AUTO_TEST_CASE(shows_0x3b_or_0x3f_for_permissions) // observed.md: KP_PERMISSIONS default
{
    for (const ContextPtr& context : {base(), strong(), enhanced(), rsa_aes()}) {
        BOOST_CHECK_EQUAL(get_u32(*context->gen_key(CALG_RC4, 0), KP_PERMISSIONS), 0x3BU);
        BOOST_CHECK_EQUAL(get_u32(*context->gen_key(CALG_RC4, CRYPT_EXPORTABLE), KP_PERMISSIONS),
                          0x3FU);
        const KeyPtr pair = sample_pair(*context);
        BOOST_CHECK_EQUAL(get_u32(*pair, KP_PERMISSIONS), 0x3FU);
        const KeyPtr closed = sample_pair(*context, 0);
        BOOST_CHECK_EQUAL(get_u32(*closed, KP_PERMISSIONS), 0x3BU);
        const KeyPtr open = context->import_key(exported(*pair, PUBLICKEYBLOB), nullptr, 0);
        BOOST_CHECK_EQUAL(get_u32(*open, KP_PERMISSIONS), 0x3BU);
    }
}

BOOST_AUTO_TEST_CASE(reads_rc4s_iv_and_mode) // observed.md: KP_MODE get on RC4; U-157
{
    const KeyPtr key = strong()->gen_key(CALG_RC4, 0);
    BOOST_CHECK_EQUAL(get_u32(*key, KP_MODE), 0U);
    CHECK_HEX(get(*key, KP_IV), "0000000000000000");
    BOOST_CHECK_EQUAL(get_u32(*key, KP_PADDING), 1U);
    BOOST_CHECK_EQUAL(get_u32(*key, KP_MODE_BITS), 8U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptSetKeyParam)

BOOST_AUTO_TEST_CASE(checks_pointer_flags_and_parameter)
{
    const KeyPtr key = strong()->gen_key(CALG_RC2, 0);
    const Bytes one{1, 0, 0, 0};
    CHECK_FAULT(key->set_param(KP_MODE, nullptr, 0), Fault::invalid_parameter);
    CHECK_FAULT(key->set_param(KP_EFFECTIVE_KEYLEN, nullptr, 0), Fault::invalid_parameter);
    CHECK_FAULT(key->set_param(KP_MODE, one.data(), 1), Fault::bad_flags);
    CHECK_FAULT(set_bytes(*key, KP_ALGID, one), Fault::bad_type); // U-155
    CHECK_FAULT(set_bytes(*key, KP_KEYLEN, one), Fault::bad_type);
    CHECK_FAULT(set_bytes(*key, 77, one), Fault::bad_type);
    CHECK_FAULT(key->set_param(KP_X, nullptr, 0), Fault::bad_type);
    CHECK_FAULT(set_blob(*key, KP_OAEP_PARAMS, {}), Fault::bad_type);
}

BOOST_AUTO_TEST_CASE(takes_the_modes_of_the_table) // 6.3
{
    const KeyPtr key = strong()->gen_key(CALG_RC2, 0);
    for (const std::uint32_t mode : {CRYPT_MODE_ECB, CRYPT_MODE_CFB, CRYPT_MODE_CBC}) {
        set_u32(*key, KP_MODE, mode);
        BOOST_CHECK_EQUAL(get_u32(*key, KP_MODE), mode);
    }
    CHECK_FAULT(set_u32(*key, KP_MODE, CRYPT_MODE_OFB), Fault::mode_refused); // observed.md
    CHECK_FAULT(set_u32(*key, KP_MODE, CRYPT_MODE_CTS), Fault::mode_refused);
    CHECK_FAULT(set_u32(*key, KP_MODE, 0), Fault::bad_flags);
    CHECK_FAULT(set_u32(*key, KP_MODE, 11), Fault::bad_flags);
    BOOST_CHECK_EQUAL(get_u32(*key, KP_MODE), static_cast<std::uint32_t>(CRYPT_MODE_CBC));
    CHECK_FAULT(set_u32(*key, KP_MODE_BITS, 64), Fault::bad_flags); // U-126
    set_u32(*key, KP_MODE_BITS, 8);
    CHECK_FAULT(set_u32(*key, KP_PADDING, RANDOM_PADDING), Fault::bad_flags);
    set_u32(*key, KP_PADDING, PKCS5_PADDING);
}

BOOST_AUTO_TEST_CASE(stores_mode_and_iv_of_rc4_to_no_effect) // U-157
{
    const KeyPtr key = strong()->gen_key(CALG_RC4, 0);
    const Bytes before = encrypted(*key, Bytes(20));
    set_u32(*key, KP_MODE, CRYPT_MODE_ECB);
    set_bytes(*key, KP_IV, counting(8));
    BOOST_CHECK_EQUAL(get_u32(*key, KP_MODE), static_cast<std::uint32_t>(CRYPT_MODE_ECB));
    BOOST_CHECK(get(*key, KP_IV) == counting(8));
    BOOST_CHECK(encrypted(*key, Bytes(20)) == before);
    CHECK_FAULT(set_u32(*key, KP_MODE, 6), Fault::bad_flags);
}

BOOST_AUTO_TEST_CASE(sets_salt_as_the_provider_does) // observed.md: KP_SALT set
{
    for (const ContextPtr& context : {base(), strong()})
        for (const std::uint32_t bits : {40U, 56U}) {
            const KeyPtr key = context->gen_key(CALG_RC4, bits << 16);
            set_bytes(*key, KP_SALT, counting(11));
            BOOST_CHECK(get(*key, KP_SALT) == counting(11));
        }
    const KeyPtr key = enhanced()->gen_key(CALG_RC2, 40U << 16);
    BOOST_CHECK_EQUAL(get(*key, KP_SALT).size(), 11U);
    set_bytes(*key, KP_SALT, counting(11));
    BOOST_CHECK(get(*key, KP_SALT).empty());
    CHECK_FAULT(set_bytes(*strong()->gen_key(CALG_DES, 0), KP_SALT, counting(11)),
                Fault::bad_type); // U-85
}

BOOST_AUTO_TEST_CASE(takes_0_to_23_bytes_of_salt_ex) // observed.md: KP_SALT_EX, length
{
    for (const ContextPtr& context : {base(), strong(), enhanced(), rsa_aes()}) {
        const KeyPtr key = context->gen_key(CALG_RC2, 40U << 16);
        for (const std::size_t size : {0U, 1U, 11U, 16U, 23U}) {
            set_blob(*key, KP_SALT_EX, counting(size));
            BOOST_CHECK(get(*key, KP_SALT) == counting(size));
            BOOST_CHECK_EQUAL(encrypted(*key, Bytes(8)).size(), 16U);
        }
        CHECK_FAULT(set_blob(*key, KP_SALT_EX, counting(25)), Fault::bad_flags);
    }
    const CRYPT_DATA_BLOB hostile{5, nullptr};
    CHECK_FAULT(strong()
                    ->gen_key(CALG_RC4, 0)
                    ->set_param(KP_SALT_EX, reinterpret_cast<const std::uint8_t*>(&hostile), 0),
                Fault::invalid_parameter);
}

BOOST_AUTO_TEST_CASE(limits_effective_key_lengths) // observed.md: KP_EFFECTIVE_KEYLEN
{
    const KeyPtr weak = base()->gen_key(CALG_RC2, 56U << 16);
    CHECK_FAULT(set_u32(*weak, KP_EFFECTIVE_KEYLEN, 0), Fault::bad_data);
    CHECK_FAULT(set_u32(*weak, KP_EFFECTIVE_KEYLEN, 128), Fault::bad_data);
    set_u32(*weak, KP_EFFECTIVE_KEYLEN, 56);
    const KeyPtr key = strong()->gen_key(CALG_RC2, 56U << 16);
    set_u32(*key, KP_EFFECTIVE_KEYLEN, 128);
    encrypted(*key, Bytes(8));
    set_u32(*key, KP_EFFECTIVE_KEYLEN, 1024);
    BOOST_CHECK_EQUAL(get_u32(*key, KP_EFFECTIVE_KEYLEN), 1024U);
    CHECK_FAULT(set_u32(*key, KP_EFFECTIVE_KEYLEN, 1025), Fault::bad_data);
    CHECK_FAULT(set_u32(*strong()->gen_key(CALG_RC4, 0), KP_EFFECTIVE_KEYLEN, 40), Fault::bad_type);
}

BOOST_AUTO_TEST_CASE(waits_for_the_next_message_with_settings) // U-66
{
    const KeyPtr key = rsa_aes()->gen_key(CALG_AES_128, 0);
    const KeyPtr same = key->duplicate();
    const Bytes block(16);
    encrypted(*key, block, false);
    encrypted(*same, block, false);
    set_bytes(*key, KP_IV, counting(16));
    set_u32(*key, KP_MODE, CRYPT_MODE_ECB);
    BOOST_CHECK(encrypted(*key, block, true) == encrypted(*same, block, true));
    const Bytes next = encrypted(*key, Bytes(32), true);
    BOOST_CHECK(std::equal(next.begin(), next.begin() + 16, next.begin() + 16)); // ECB now
    set_u32(*key, KP_MODE, CRYPT_MODE_CBC);
    set_bytes(*same, KP_IV, counting(16));
    BOOST_CHECK(encrypted(*key, block, true) == encrypted(*same, block, true));
}

BOOST_AUTO_TEST_CASE(waits_for_the_next_message_with_salt_and_effective_length)
{
    const KeyPtr key = strong()->gen_key(CALG_RC2, 40U << 16);
    const KeyPtr same = key->duplicate();
    encrypted(*key, Bytes(8), false);
    encrypted(*same, Bytes(8), false);
    set_blob(*key, KP_SALT_EX, counting(4));
    set_u32(*key, KP_EFFECTIVE_KEYLEN, 64);
    BOOST_CHECK(encrypted(*key, Bytes(8), true) == encrypted(*same, Bytes(8), true));
    BOOST_CHECK(encrypted(*key, Bytes(8), true) != encrypted(*same, Bytes(8), true));
    set_blob(*same, KP_SALT_EX, counting(4));
    set_u32(*same, KP_EFFECTIVE_KEYLEN, 64);
    BOOST_CHECK(encrypted(*key, Bytes(8), true) == encrypted(*same, Bytes(8), true));
}

BOOST_AUTO_TEST_CASE(takes_permissions_away_but_gives_none) // U-156, U-119
{
    const KeyPtr key = strong()->gen_key(CALG_RC4, CRYPT_EXPORTABLE);
    CHECK_FAULT(set_u32(*key, KP_PERMISSIONS, 0x200), Fault::bad_flags);
    CHECK_FAULT(set_u32(*key, KP_PERMISSIONS, 0x3F | CRYPT_ARCHIVE), Fault::bad_flags);
    set_u32(*key, KP_PERMISSIONS, 0x3B);
    CHECK_FAULT(set_u32(*key, KP_PERMISSIONS, 0x3F), Fault::bad_flags);
    CHECK_FAULT(exported(*key, PLAINTEXTKEYBLOB), Fault::bad_key_state);
    set_u32(*key, KP_PERMISSIONS, CRYPT_DECRYPT | CRYPT_READ | CRYPT_WRITE);
    CHECK_FAULT(encrypted(*key, Bytes(1)), Fault::permission_denied);
    set_u32(*key, KP_PERMISSIONS, CRYPT_ENCRYPT | CRYPT_READ);
    CHECK_FAULT(decrypted(*key, Bytes(1)), Fault::permission_denied);
    CHECK_FAULT(set_u32(*key, KP_PERMISSIONS, 0), Fault::permission_denied);
    const KeyPtr blind = strong()->gen_key(CALG_RC4, 0);
    set_u32(*blind, KP_PERMISSIONS, CRYPT_WRITE);
    CHECK_FAULT(get(*blind, KP_KEYLEN), Fault::permission_denied);
    CHECK_FAULT(strong()->create_hash(CALG_HMAC, blind, 0), Fault::permission_denied);
}

BOOST_AUTO_TEST_CASE(keeps_pairs_exportable_or_not) // observed.md: KP_PERMISSIONS set on a pair
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    set_u32(*pair, KP_PERMISSIONS, 0x3B);
    BOOST_CHECK_EQUAL(get_u32(*pair, KP_PERMISSIONS), 0x3FU);
    BOOST_CHECK_EQUAL(get_u32(*context->user_key(AT_KEYEXCHANGE), KP_PERMISSIONS), 0x3FU);
    BOOST_CHECK(exported(*pair, PRIVATEKEYBLOB) == sample_private_blob());
    for (const ContextPtr& other : {base(), strong(), enhanced(), rsa_aes()})
        CHECK_FAULT(set_u32(*sample_pair(*other, 0), KP_PERMISSIONS, 0x3F), Fault::bad_flags);
    CHECK_FAULT(set_u32(*sample_pair(*base()), KP_PERMISSIONS, 0x3B), Fault::bad_type); // 8.2
}

BOOST_AUTO_TEST_CASE(keeps_a_certificate_beside_the_pair) // U-166, U-167
{
    const ContextPtr context = strong();
    const KeyPtr pair = sample_pair(*context);
    const Bytes certificate = from_hex("3003020105ffff");
    set_bytes(*pair, KP_CERTIFICATE, certificate);
    CHECK_HEX(get(*context->user_key(AT_KEYEXCHANGE), KP_CERTIFICATE), "3003020105");
    CHECK_FAULT(set_bytes(*pair, KP_CERTIFICATE, from_hex("0403020105")), Fault::bad_data);
    CHECK_FAULT(set_bytes(*pair, KP_CERTIFICATE, from_hex("3085010101010100")), Fault::bad_data);
    Bytes longer = from_hex("30820100");
    longer.resize(4 + 256, 7);
    set_bytes(*pair, KP_CERTIFICATE, longer);
    BOOST_CHECK(get(*pair, KP_CERTIFICATE) == longer);
    const KeyPtr open = context->import_key(exported(*pair, PUBLICKEYBLOB), nullptr, 0);
    CHECK_FAULT(set_bytes(*open, KP_CERTIFICATE, certificate), Fault::not_found);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace capishim::csp::test
