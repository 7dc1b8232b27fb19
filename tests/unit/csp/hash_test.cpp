// SPDX-License-Identifier: BSD-2-Clause
// CryptCreateHash, CryptHashData and their kin: cryptoapi.md 7, 12.1-D/F/G, 12.4 to 12.6.
#include "unit/csp/provider_fixture.h"

namespace capishim::csp::test {
namespace {

void set_hmac(Hash& hash, std::uint32_t algorithm_id, Bytes inner = {}, Bytes outer = {})
{
    const HMAC_INFO info{algorithm_id, inner.data(), static_cast<DWORD>(inner.size()), outer.data(),
                         static_cast<DWORD>(outer.size())};
    hash.set_param(HP_HMAC_INFO, reinterpret_cast<const std::uint8_t*>(&info));
}

HashPtr hmac_with(Context& context, const KeyPtr& key, std::uint32_t algorithm_id)
{
    HashPtr hash = context.create_hash(CALG_HMAC, key, 0);
    set_hmac(*hash, algorithm_id);
    return hash;
}

std::uint32_t u32_param(Hash& hash, std::uint32_t param)
{
    return u32_of(output_of([&](OutBuffer& out) { hash.get_param(param, out); }));
}

} // namespace

BOOST_AUTO_TEST_SUITE(CryptHashData)

struct Vector {
    std::uint32_t algorithm;
    const char* message;
    const char* digest;
};

const Vector vectors[] = {
    // 12.4
    {CALG_MD2, "", "8350e5a3e24c153df2275c9f80692773"},
    {CALG_MD2, "a", "32ec01ec4a6dac72c0ab96fb34c0b5d1"},
    {CALG_MD2, "abc", "da853b0d3f88d99b30283a69e6ded6bb"},
    {CALG_MD2, "message digest", "ab4f496bfb2a530b219ff33031fe06b0"},
    {CALG_MD2, "abcdefghijklmnopqrstuvwxyz", "4e8ddff3650292ab5a4108c3aa47940b"},
    {CALG_MD4, "", "31d6cfe0d16ae931b73c59d7e0c089c0"},
    {CALG_MD4, "a", "bde52cb31de33e46245e05fbdbd6fb24"},
    {CALG_MD4, "abc", "a448017aaf21d8525fc10ae87aa6729d"},
    {CALG_MD4, "message digest", "d9130a8164549fe818874806e1c7014b"},
    {CALG_MD5, "", "d41d8cd98f00b204e9800998ecf8427e"},
    {CALG_MD5, "abc", "900150983cd24fb0d6963f7d28e17f72"},
    {CALG_MD5, "message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
    {CALG_SHA1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
    {CALG_SHA1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
    {CALG_SHA_256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {CALG_SHA_384, "abc",
     "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
     "8086072ba1e7cc2358baeca134c825a7"},
    {CALG_SHA_512, "abc",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
};

BOOST_AUTO_TEST_CASE(gives_the_standards_digests)
{
    const ContextPtr context = rsa_aes();
    for (const Vector& vector : vectors) {
        const HashPtr hash = hash_of(*context, vector.algorithm, vector.message);
        BOOST_CHECK_EQUAL(u32_param(*hash, HP_ALGID), vector.algorithm);
        const Bytes value = value_of(*hash);
        CHECK_HEX(value, vector.digest);
        BOOST_CHECK_EQUAL(u32_param(*hash, HP_HASHSIZE), value.size());
        BOOST_CHECK(value_of(*hash) == value); // U-60
    }
}

BOOST_AUTO_TEST_CASE(stops_when_the_value_was_read_but_not_at_a_size_query) // 1.34, U-04
{
    const HashPtr hash = hash_of(*strong(), CALG_SHA1, "ab");
    std::uint32_t size = 0;
    {
        OutBuffer query(nullptr, &size, OutBuffer::OnFailure::zero_length);
        hash->get_param(HP_HASHVAL, query);
    }
    BOOST_CHECK_EQUAL(size, 20U);
    std::uint8_t small[19];
    size = 19;
    CHECK_FAULT(
        [&] {
            OutBuffer out(small, &size, OutBuffer::OnFailure::zero_length);
            hash->get_param(HP_HASHVAL, out);
        }(),
        Fault::buffer_too_small);
    BOOST_CHECK_EQUAL(size, 20U);
    hash->hash_data(bytes_of("c"), 0);
    CHECK_HEX(value_of(*hash), "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK_FAULT(hash->hash_data(bytes_of("d"), 0), Fault::bad_hash_state);
    CHECK_FAULT(hash->hash_data({}, 0), Fault::bad_hash_state);
    CHECK_FAULT(hash->hash_session_key(*hash->context().gen_key(CALG_RC4, 0), 0),
                Fault::bad_hash_state);
}

BOOST_AUTO_TEST_CASE(checks_its_arguments)
{
    const ContextPtr context = strong();
    const HashPtr hash = context->create_hash(CALG_MD5, nullptr, CRYPT_SECRETDIGEST); // U-53
    CHECK_FAULT(hash->hash_data(bytes_of("x"), 2), Fault::bad_flags);
    hash->hash_data(bytes_of("x"), CRYPT_USERDATA);
    hash->hash_data({}, 0); // U-55
    CHECK_FAULT(hash->hash_data(ByteView(static_cast<const std::uint8_t*>(nullptr), 1), 0),
                Fault::invalid_parameter);
    CHECK_FAULT(context->create_hash(CALG_MD5, nullptr, 2), Fault::bad_flags);
    CHECK_FAULT(context->create_hash(CALG_RC4, nullptr, 0), Fault::bad_algorithm);
    CHECK_FAULT(context->create_hash(CALG_SHA_256, nullptr, 0), Fault::bad_algorithm);
    CHECK_FAULT(context->create_hash(CALG_MD5, context->gen_key(CALG_RC4, 0), 0),
                Fault::bad_key); // U-52
    CHECK_FAULT(u32_param(*hash, HP_HMAC_INFO), Fault::bad_type);
    CHECK_FAULT(u32_param(*hash, 99), Fault::bad_type);
    CHECK_FAULT(hash->set_param(HP_ALGID, counting(4).data()), Fault::bad_type);
    CHECK_FAULT(hash->set_param(HP_HASHVAL, nullptr), Fault::invalid_parameter);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptHashSessionKey)

BOOST_AUTO_TEST_CASE(hashes_the_base_key_reversed_or_not) // 12.1-D, 7.3
{
    const ContextPtr context = base();
    const KeyPtr key = imported(*context, CALG_RC4, from_hex("4a3aee7737"));
    const auto hash = [&](std::uint32_t algorithm, std::uint32_t flags) {
        const HashPtr made = context->create_hash(algorithm, nullptr, 0);
        made->hash_session_key(*key, flags);
        return value_of(*made);
    };
    CHECK_HEX(hash(CALG_MD5, 0), "0b15550aa003f93f7582f7e79132bc8c");
    CHECK_HEX(hash(CALG_SHA1, 0), "3c37729353ff2a4fef1254185b3ac46303fd075d");
    CHECK_HEX(hash(CALG_MD5, CRYPT_LITTLE_ENDIAN), "2e304c88edb9ca658168e4bf00ceb0f6");
    CHECK_HEX(hash(CALG_SHA1, CRYPT_LITTLE_ENDIAN), "56a99d4e1c83791bc4b492067a84db9e68b1b32b");
    CHECK_FAULT(hash(CALG_MD5, 2), Fault::bad_flags);
    const HashPtr made = context->create_hash(CALG_MD5, nullptr, 0);
    CHECK_FAULT(made->hash_session_key(*sample_pair(*context), 0), Fault::bad_key); // U-57
    CHECK_FAULT(made->hash_session_key(*strong()->gen_key(CALG_RC4, 0), 0), Fault::bad_key);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptDuplicateHash)

BOOST_AUTO_TEST_CASE(goes_on_from_the_same_data_apart) // 12.1-G
{
    using namespace std::string_view_literals;
    const HashPtr hash = hash_of(*strong(), CALG_SHA1, "Some Common Data\0"sv);
    const HashPtr peek = hash->duplicate();
    CHECK_HEX(value_of(*peek), "a3c74d3632f5838d76c45a0523f3738e2f043c94");
    const HashPtr copy = hash->duplicate();
    hash->hash_data(bytes_of("x"), 0);
    BOOST_CHECK(value_of(*copy) == value_of(*peek));
    BOOST_CHECK(value_of(*hash) != value_of(*copy));
    CHECK_FAULT(peek->duplicate()->hash_data(bytes_of("x"), 0), Fault::bad_hash_state);
    BOOST_CHECK(value_of(*peek->duplicate()) == value_of(*peek));
}

BOOST_AUTO_TEST_CASE(copies_keyed_hashes_in_any_state)
{
    const ContextPtr context = strong();
    const KeyPtr key = imported(*context, CALG_DES, from_hex("0123456789abcdef"));
    const HashPtr mac = context->create_hash(CALG_MAC, key, 0);
    mac->hash_data(bytes_of("7654321 Now is"), 0);
    const HashPtr copy = mac->duplicate();
    copy->hash_data(bytes_of(" the time for "), 0);
    CHECK_HEX(value_of(*copy), "7045eecdcde48ff2");
    const HashPtr bare = context->create_hash(CALG_HMAC, key, 0)->duplicate();
    CHECK_FAULT(bare->hash_data(bytes_of("x"), 0), Fault::bad_hash_state);
    set_hmac(*bare, CALG_MD5);
    const HashPtr twin = bare->duplicate();
    bare->hash_data(bytes_of("x"), 0);
    twin->hash_data(bytes_of("x"), 0);
    BOOST_CHECK(value_of(*bare) == value_of(*twin));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptSetHashParam)

BOOST_AUTO_TEST_CASE(sets_a_value_once_and_only_on_a_fresh_hash) // 7.1, U-137
{
    const ContextPtr context = strong();
    const HashPtr hash = context->create_hash(CALG_SHA1, nullptr, 0);
    const Bytes value = counting(20);
    hash->set_param(HP_HASHVAL, value.data());
    BOOST_CHECK(value_of(*hash) == value);
    CHECK_FAULT(hash->hash_data(bytes_of("x"), 0), Fault::bad_hash_state);
    CHECK_FAULT(hash->set_param(HP_HASHVAL, value.data()), Fault::bad_hash_state);
    CHECK_FAULT(hash_of(*context, CALG_SHA1, "x")->set_param(HP_HASHVAL, value.data()),
                Fault::bad_hash_state);
    const KeyPtr key = context->gen_key(CALG_RC4, 0);
    CHECK_FAULT(hmac_with(*context, key, CALG_SHA1)->set_param(HP_HASHVAL, value.data()),
                Fault::bad_type); // U-139
}

BOOST_AUTO_TEST_CASE(fills_md5_sha1_pairs_by_value_only) // U-56, U-140, observed.md
{
    const HashPtr hash = strong()->create_hash(CALG_SSL3_SHAMD5, nullptr, 0);
    CHECK_FAULT(hash->hash_data(bytes_of("abc"), 0), Fault::bad_algorithm);
    BOOST_CHECK_EQUAL(u32_param(*hash, HP_HASHSIZE), 36U);
    CHECK_FAULT(value_of(*hash), Fault::bad_hash_state);
    const Bytes both = from_hex("900150983cd24fb0d6963f7d28e17f72"
                                "a9993e364706816aba3e25717850c26c9cd0d89d");
    hash->set_param(HP_HASHVAL, both.data());
    BOOST_CHECK(value_of(*hash) == both);
    BOOST_CHECK(value_of(*hash->duplicate()) == both);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CALG_HMAC_)

struct HmacVector {
    std::uint32_t algorithm;
    Bytes key;
    const char* data;
    const char* value;
};

BOOST_AUTO_TEST_CASE(agrees_with_the_rfcs) // 12.5
{
    const char* const jefe = "what do ya want for nothing?";
    const char* const large = "Test Using Larger Than Block-Size Key - Hash Key First";
    const HmacVector vectors[] = {
        {CALG_MD5, Bytes(16, 0x0b), "Hi There", "9294727a3638bb1c13f48ef8158bfc9d"},
        {CALG_SHA1, Bytes(20, 0x0b), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"},
        {CALG_SHA_256, Bytes(20, 0x0b), "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {CALG_MD5, bytes_of("Jefe"), jefe, "750c783e6ab0b503eaa86e310a5db738"},
        {CALG_SHA1, bytes_of("Jefe"), jefe, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
        {CALG_SHA_256, bytes_of("Jefe"), jefe,
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {CALG_SHA_384, bytes_of("Jefe"), jefe,
         "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
         "8e2240ca5e69e2c78b3239ecfab21649"},
        {CALG_SHA_512, bytes_of("Jefe"), jefe,
         "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
         "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
        {CALG_MD5, Bytes(80, 0xaa), large, "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"},
        {CALG_SHA1, Bytes(80, 0xaa), large, "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
        {CALG_SHA_256, Bytes(131, 0xaa), large,
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    };
    const ContextPtr context = rsa_aes();
    for (const HmacVector& vector : vectors) {
        const KeyPtr key = imported(*context, CALG_RC2, vector.key, CRYPT_IPSEC_HMAC_KEY);
        const HashPtr hash = hmac_with(*context, key, vector.algorithm);
        hash->hash_data(bytes_of(vector.data), 0);
        CHECK_HEX(value_of(*hash), vector.value);
    }
}

BOOST_AUTO_TEST_CASE(takes_rc4_keys_without_their_salt) // 12.1-F, U-54, U-142
{
    const auto value = [](const ContextPtr& context) {
        const KeyPtr key = derived(*context, CALG_SHA1, "password", CALG_RC4, 0);
        const HashPtr hash = hmac_with(*context, key, CALG_SHA1);
        hash->hash_data(bytes_of("message"), 0);
        return value_of(*hash);
    };
    CHECK_HEX(value(strong()), "48f2573829294316fdf4db5831e10c74488ed4e2");
    CHECK_HEX(value(base()), "2c88cc1875bd94be8227bd0589b9f9bb3599ddb7");
}

BOOST_AUTO_TEST_CASE(takes_pad_strings_of_any_length) // observed.md: HMAC_INFO custom strings
{
    const ContextPtr context = strong();
    const Bytes secret = counting(17, 1);
    const KeyPtr key = imported(*context, CALG_RC2, secret, CRYPT_IPSEC_HMAC_KEY);
    for (const std::size_t size : {64U, 136U, 1024U}) {
        const HashPtr hash = context->create_hash(CALG_HMAC, key, 0);
        set_hmac(*hash, CALG_MD5, Bytes(size), Bytes(size));
        hash->hash_data(bytes_of("data"), 0);
        Bytes inner(size);
        std::ranges::copy(secret, inner.begin());
        const HashPtr h1 = context->create_hash(CALG_MD5, nullptr, 0);
        h1->hash_data(inner, 0);
        h1->hash_data(bytes_of("data"), 0);
        const HashPtr h2 = context->create_hash(CALG_MD5, nullptr, 0);
        h2->hash_data(inner, 0);
        h2->hash_data(value_of(*h1), 0);
        BOOST_CHECK(value_of(*hash) == value_of(*h2));
    }
    const HashPtr standard = context->create_hash(CALG_HMAC, key, 0);
    set_hmac(*standard, CALG_MD5, Bytes(64, 0x36), Bytes(64, 0x5C));
    const HashPtr plain = hmac_with(*context, key, CALG_MD5);
    BOOST_CHECK(value_of(*standard) == value_of(*plain));
}

BOOST_AUTO_TEST_CASE(wants_its_info_once_and_first) // U-144, U-145, U-146
{
    const ContextPtr context = strong();
    const KeyPtr key = context->gen_key(CALG_RC4, 0);
    const HashPtr hash = context->create_hash(CALG_HMAC, key, 0);
    CHECK_FAULT(hash->hash_data(bytes_of("x"), 0), Fault::bad_hash_state);
    CHECK_FAULT(value_of(*hash), Fault::bad_hash_state);
    CHECK_FAULT(set_hmac(*hash, CALG_SHA_256), Fault::bad_algorithm);
    CHECK_FAULT(set_hmac(*hash, CALG_MAC), Fault::bad_algorithm);
    CHECK_FAULT(set_hmac(*hash, CALG_MD2), Fault::bad_algorithm); // observed.md: HMAC over MD2
    const HMAC_INFO hostile{CALG_MD5, nullptr, 7, nullptr, 0};
    CHECK_FAULT(hash->set_param(HP_HMAC_INFO, reinterpret_cast<const std::uint8_t*>(&hostile)),
                Fault::invalid_parameter);
    set_hmac(*hash, CALG_MD5);
    CHECK_FAULT(set_hmac(*hash, CALG_MD5), Fault::bad_hash_state);
    BOOST_CHECK_EQUAL(u32_param(*hash, HP_HASHSIZE), 16U);
    CHECK_FAULT(set_hmac(*context->create_hash(CALG_MD5, nullptr, 0), CALG_MD5), Fault::bad_type);
    CHECK_FAULT(context->create_hash(CALG_HMAC, nullptr, 0), Fault::bad_key);
    CHECK_FAULT(context->create_hash(CALG_HMAC, sample_pair(*context), 0), Fault::bad_key);
    CHECK_FAULT(context->create_hash(CALG_HMAC, enhanced()->gen_key(CALG_RC4, 0), 0),
                Fault::bad_key); // U-07
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CALG_MAC_)

BOOST_AUTO_TEST_CASE(pads_by_pkcs5_and_gives_the_last_block) // 12.6, U-141
{
    const ContextPtr context = strong();
    const KeyPtr key = imported(*context, CALG_DES, from_hex("0123456789abcdef"));
    const auto mac = [&](std::string_view text) {
        const HashPtr hash = context->create_hash(CALG_MAC, key, 0);
        for (const char c : text)
            hash->hash_data(bytes_of({&c, 1}), 0);
        BOOST_CHECK_EQUAL(u32_param(*hash, HP_HASHSIZE), 8U);
        return value_of(*hash);
    };
    CHECK_HEX(mac("7654321 Now is the time for "), "7045eecdcde48ff2");
    CHECK_HEX(mac("Now is the time for all "), "11b27d834a55577b");
}

BOOST_AUTO_TEST_CASE(equals_the_last_block_of_one_encryption)
{
    const ContextPtr context = rsa_aes();
    const KeyPtr key = context->gen_key(CALG_AES_256, 0);
    set_bytes(*key, KP_IV, counting(16));
    for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 255U, 256U, 511U, 512U, 1500U}) {
        const Bytes data = counting(size);
        const HashPtr hash = context->create_hash(CALG_MAC, key, 0);
        hash->hash_data(ByteView(data).first(size / 3), 0);
        hash->hash_data(ByteView(data).subspan(size / 3), 0);
        const Bytes ciphertext = encrypted(*key, data);
        CHECK_HEX(value_of(*hash), to_hex(ByteView(ciphertext).last(16)));
    }
}

BOOST_AUTO_TEST_CASE(begins_from_the_iv_whatever_the_key_does) // observed.md: CALG_MAC
{
    const ContextPtr context = rsa_aes();
    const KeyPtr key = context->gen_key(CALG_AES_128, 0);
    const Bytes expected = encrypted(*key, counting(20));
    encrypted(*key, counting(16), false);
    const HashPtr hash = context->create_hash(CALG_MAC, key, 0);
    hash->hash_data(counting(10), 0);
    encrypted(*key, counting(16), false);
    hash->hash_data(counting(10, 10), 0);
    encrypted(*key, {}, true);
    CHECK_HEX(value_of(*hash), to_hex(ByteView(expected).last(16)));
}

BOOST_AUTO_TEST_CASE(wants_a_block_cipher_in_cbc) // 1.22
{
    const ContextPtr context = rsa_aes();
    CHECK_FAULT(context->create_hash(CALG_MAC, context->gen_key(CALG_RC4, 0), 0), Fault::bad_key);
    const KeyPtr key = context->gen_key(CALG_AES_128, 0);
    set_u32(*key, KP_MODE, CRYPT_MODE_ECB);
    CHECK_FAULT(context->create_hash(CALG_MAC, key, 0), Fault::bad_key);
    CHECK_FAULT(context->create_hash(CALG_MAC, nullptr, 0), Fault::bad_key);
}

BOOST_AUTO_TEST_CASE(needs_the_keys_handle_until_the_last_data) // lifetime.md 3, U-37
{
    const ContextPtr context = rsa_aes();
    KeyPtr key = context->gen_key(CALG_AES_128, 0);
    const HashPtr mac = context->create_hash(CALG_MAC, key, 0);
    const HashPtr hmac = hmac_with(*context, key, CALG_SHA1);
    const KeyPtr other = context->gen_key(CALG_RC4, 0);
    mac->hash_data(bytes_of("x"), 0);
    hmac->hash_data(bytes_of("x"), 0);
    const Bytes mac_value = value_of(*mac->duplicate());
    const Bytes hmac_value = value_of(*hmac->duplicate());
    key.reset();
    for (const HashPtr& hash : {mac, hmac}) {
        CHECK_FAULT(hash->hash_data(bytes_of("y"), 0), Fault::bad_key);
        CHECK_FAULT(hash->hash_session_key(*other, 0), Fault::bad_key);
    }
    BOOST_CHECK(value_of(*mac) == mac_value);
    BOOST_CHECK(value_of(*hmac) == hmac_value);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace capishim::csp::test
