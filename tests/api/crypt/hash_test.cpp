// SPDX-License-Identifier: BSD-2-Clause
// CryptCreateHash, CryptHashData, CryptHashSessionKey, CryptGetHashParam and CryptSetHashParam
// (cryptoapi.md 1.22 to 1.26, 7; observed.md). Known answers: ../../conformance.
#include "crypt_fixtures.h"

using namespace capishim_test;

namespace {

BOOL create_hash(HCRYPTPROV provider, ALG_ID algorithm, HCRYPTKEY key = 0, DWORD flags = 0)
{
    HCRYPTHASH hash = 0;
    return CryptCreateHash(provider, algorithm, key, flags, &hash);
}

BOOL add(HCRYPTHASH hash, const std::string& text, DWORD flags = 0)
{
    return CryptHashData(hash, reinterpret_cast<const BYTE*>(text.data()),
                         static_cast<DWORD>(text.size()), flags);
}

BOOL get(HCRYPTHASH hash, DWORD param, BYTE* data, DWORD* size, DWORD flags = 0)
{
    return CryptGetHashParam(hash, param, data, size, flags);
}

BOOL set(HCRYPTHASH hash, DWORD param, const void* data, DWORD flags = 0)
{
    return CryptSetHashParam(hash, param, static_cast<const BYTE*>(data), flags);
}

DWORD number(HCRYPTHASH hash, DWORD param)
{
    return number_in(
        check_buffer_rules([&](BYTE* data, DWORD* size) { return get(hash, param, data, size); }));
}

const struct HashSize {
    ALG_ID algorithm;
    DWORD size;
} plain_hashes[] = {{CALG_MD2, 16},     {CALG_MD4, 16},     {CALG_MD5, 16},    {CALG_SHA1, 20},
                    {CALG_SHA_256, 32}, {CALG_SHA_384, 48}, {CALG_SHA_512, 64}};

} // namespace

BOOST_AUTO_TEST_SUITE(CryptCreateHash_rules)

BOOST_AUTO_TEST_CASE(makes_the_hashes_of_the_provider)
{
    for (const ProviderName& which : rsa_providers) {
        const Provider context(which);
        for (const ALG_ID algorithm : {CALG_MD2, CALG_MD4, CALG_MD5, CALG_SHA1, CALG_SSL3_SHAMD5})
            CHECK_SUCCEEDS(create_hash(context.provider, algorithm));
        for (const ALG_ID algorithm : {CALG_SHA_256, CALG_SHA_384, CALG_SHA_512}) {
            if (which.type == PROV_RSA_AES)
                CHECK_SUCCEEDS(create_hash(context.provider, algorithm));
            else
                CHECK_FAILS_WITH(create_hash(context.provider, algorithm), NTE_BAD_ALGID);
        }
        for (const ALG_ID algorithm :
             {CALG_TLS1PRF, CALG_SCHANNEL_MASTER_HASH, CALG_HASH_REPLACE_OWF, CALG_RC4,
              CALG_RSA_SIGN, 0x8006, 0x8007, 0, -1})
            CHECK_FAILS_WITH(create_hash(context.provider, algorithm), NTE_BAD_ALGID);
    }
}

BOOST_AUTO_TEST_CASE(wants_a_key_for_keyed_hashes_and_none_for_others)
{
    const Provider context(strong_provider);
    const HCRYPTKEY rc4 = context.make_key(CALG_RC4);
    const HCRYPTKEY des = context.make_key(CALG_DES);
    const HCRYPTKEY ecb = context.make_key(CALG_DES);
    REQUIRE_SUCCEEDS(set_key_number(ecb, KP_MODE, CRYPT_MODE_ECB));
    const HCRYPTKEY pair = context.make_key(AT_KEYEXCHANGE, 512u << 16);
    const struct {
        ALG_ID algorithm;
        HCRYPTKEY key;
        DWORD code;
    } rows[] = {
        {CALG_MAC, 0, NTE_BAD_KEY},   {CALG_HMAC, 0, NTE_BAD_KEY},   {CALG_MAC, rc4, NTE_BAD_KEY},
        {CALG_MAC, ecb, NTE_BAD_KEY}, {CALG_MAC, pair, NTE_BAD_KEY}, {CALG_HMAC, pair, NTE_BAD_KEY},
        {CALG_MD5, des, NTE_BAD_KEY},                                                     // U-52
        {CALG_MAC, des, 0},           {CALG_HMAC, des, 0},           {CALG_HMAC, rc4, 0}, // U-54
        {CALG_HMAC, ecb, 0},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("algorithm " << std::hex << row.algorithm)
        {
            if (row.code)
                CHECK_FAILS_WITH(create_hash(context.provider, row.algorithm, row.key), row.code);
            else
                CHECK_SUCCEEDS(create_hash(context.provider, row.algorithm, row.key));
        }
}

BOOST_AUTO_TEST_CASE(refuses_null_pointers_wrong_handles_and_flags)
{
    const Provider context(strong_provider);
    HCRYPTHASH hash = 99;
    CHECK_FAILS_WITH(CryptCreateHash(context.provider, CALG_MD5, 0, 0, nullptr),
                     ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptCreateHash(context.make_key(CALG_RC4), CALG_MD5, 0, 0, &hash),
                     ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptCreateHash(context.provider, CALG_HMAC, context.make_hash(), 0, &hash),
                     ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptCreateHash(context.provider, CALG_MD5, 0, 2, &hash), NTE_BAD_FLAGS);
    BOOST_CHECK_EQUAL(hash, 99u);                                                   // U-09
    CHECK_SUCCEEDS(create_hash(context.provider, CALG_MD5, 0, CRYPT_SECRETDIGEST)); // U-53
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptHashData_rules)

BOOST_AUTO_TEST_CASE(pieces_hash_like_the_whole)
{
    const Provider context(aes_provider);
    for (const HashSize& row : plain_hashes) {
        const HCRYPTHASH pieces = context.make_hash(row.algorithm);
        std::string whole;
        for (int size = 0; size < 140; ++size) {
            const std::string piece(static_cast<std::size_t>(size),
                                    static_cast<char>('a' + size % 26));
            CHECK_SUCCEEDS(add(pieces, piece));
            whole += piece;
        }
        BOOST_CHECK(value_of(pieces) == value_of(hash_with(context, row.algorithm, whole)));
    }
}

BOOST_AUTO_TEST_CASE(takes_nothing_and_the_flags_that_Microsofts_providers_ignore)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = context.make_hash();
    CHECK_SUCCEEDS(CryptHashData(hash, nullptr, 0, 0)); // U-55
    CHECK_SUCCEEDS(add(hash, "abc", CRYPT_USERDATA));
    CHECK_FAILS_WITH(add(hash, "abc", 2), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(CryptHashData(hash, nullptr, 1, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptHashData(hash, nullptr, 0xFFFFFFFF, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(add(0, "abc"), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(add(context.make_key(CALG_RC4), "abc"), ERROR_INVALID_HANDLE);
    BOOST_CHECK_EQUAL(to_hex(value_of(hash)), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

BOOST_AUTO_TEST_CASE(refuses_a_finished_hash_however_it_was_finished)
{
    const Provider context(strong_provider);
    context.make_key(AT_SIGNATURE, 512u << 16);
    HCRYPTHASH hash = context.make_hash();
    value_of(hash);
    CHECK_FAILS_WITH(add(hash, "abc"), NTE_BAD_HASH_STATE);
    CHECK_FAILS_WITH(CryptHashSessionKey(hash, context.make_key(CALG_RC4), 0), NTE_BAD_HASH_STATE);
    hash = context.make_hash();
    ByteVector signature(64);
    DWORD size = 64;
    REQUIRE_SUCCEEDS(CryptSignHashA(hash, AT_SIGNATURE, nullptr, 0, signature.data(), &size));
    CHECK_FAILS_WITH(add(hash, "abc"), NTE_BAD_HASH_STATE);
    hash = context.make_hash();
    REQUIRE_SUCCEEDS(set(hash, HP_HASHVAL, counting(20).data()));
    CHECK_FAILS_WITH(add(hash, "abc"), NTE_BAD_HASH_STATE);
}

BOOST_AUTO_TEST_CASE(refuses_SSL3_SHAMD5_data_and_leaves_the_hash_usable)
{
    const Provider context(strong_provider); // observed.md
    const HCRYPTHASH hash = context.make_hash(CALG_SSL3_SHAMD5);
    CHECK_FAILS_WITH(add(hash, "abc"), NTE_BAD_ALGID);
    BYTE value[36];
    CHECK_FAILS_AND_ZEROES((size = 36, get(hash, HP_HASHVAL, value, &size)),
                           NTE_BAD_HASH_STATE); // U-140
    CHECK_SUCCEEDS(set(hash, HP_HASHVAL, counting(36).data()));
    BOOST_CHECK(value_of(hash) == counting(36));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptHashSessionKey_rules)

BOOST_AUTO_TEST_CASE(hashes_the_key_reversed_or_in_its_stored_order_without_salt)
{
    const Provider context(strong_provider);
    const HCRYPTKEY key = key_of(context.provider, CALG_RC4, counting(5));
    REQUIRE_SUCCEEDS(set_salt_ex(key, counting(9)));
    for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_LITTLE_ENDIAN}}) {
        const HCRYPTHASH hash = context.make_hash();
        const HCRYPTHASH expected = context.make_hash();
        CHECK_SUCCEEDS(CryptHashSessionKey(hash, key, flags));
        add_data(expected, flags ? counting(5) : reversed(counting(5)));
        BOOST_CHECK(value_of(hash) == value_of(expected));
    }
}

BOOST_AUTO_TEST_CASE(refuses_pairs_flags_and_wrong_handles)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = context.make_hash();
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    const HCRYPTKEY pair = context.make_key(AT_KEYEXCHANGE, 512u << 16);
    CHECK_FAILS_WITH(CryptHashSessionKey(hash, pair, 0), NTE_BAD_KEY); // U-57
    CHECK_FAILS_WITH(CryptHashSessionKey(hash, key, 2), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(CryptHashSessionKey(hash, 0, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptHashSessionKey(0, key, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptHashSessionKey(key, key, 0), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptHashSessionKey(hash, hash, 0), ERROR_INVALID_HANDLE);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptGetHashParam_rules)

BOOST_AUTO_TEST_CASE(tells_algorithm_size_and_value)
{
    const Provider context(aes_provider);
    for (const HashSize& row : plain_hashes) {
        const HCRYPTHASH hash = context.make_hash(row.algorithm);
        BOOST_CHECK_EQUAL(number(hash, HP_ALGID), row.algorithm);
        BOOST_CHECK_EQUAL(number(hash, HP_HASHSIZE), row.size);
        const ByteVector value = check_buffer_rules(
            [&](BYTE* data, DWORD* size) { return get(hash, HP_HASHVAL, data, size); });
        BOOST_CHECK_EQUAL(value.size(), row.size);
        BOOST_CHECK(value_of(hash) == value); // again and again
    }
    BOOST_CHECK_EQUAL(number(context.make_hash(CALG_SSL3_SHAMD5), HP_HASHSIZE), 36u);
    const HCRYPTKEY des = context.make_key(CALG_DES);
    const HCRYPTKEY aes = context.make_key(CALG_AES_128);
    BOOST_CHECK_EQUAL(number(keyed_hash(context.provider, CALG_MAC, des), HP_HASHSIZE), 8u);
    BOOST_CHECK_EQUAL(number(keyed_hash(context.provider, CALG_MAC, aes), HP_HASHSIZE), 16u);
}

BOOST_AUTO_TEST_CASE(a_size_query_or_a_short_buffer_does_not_finish_the_hash)
{
    const Provider context(strong_provider); // U-04
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "ab");
    BYTE value[20];
    DWORD size = 0;
    CHECK_SUCCEEDS(get(hash, HP_HASHVAL, nullptr, &size));
    BOOST_CHECK_EQUAL(size, 20u);
    size = 19;
    CHECK_FAILS_WITH(get(hash, HP_HASHVAL, value, &size), ERROR_MORE_DATA);
    CHECK_SUCCEEDS(add(hash, "c"));
    BOOST_CHECK_EQUAL(to_hex(value_of(hash)), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

BOOST_AUTO_TEST_CASE(answers_refusals_with_their_code_and_a_length_of_zero)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = context.make_hash();
    BYTE data[100];
    for (const DWORD param : {0, 3, HP_HMAC_INFO, HP_TLS1PRF_LABEL, HP_TLS1PRF_SEED, 99, -1})
        CHECK_FAILS_AND_ZEROES(get(hash, param, data, &size), NTE_BAD_TYPE); // U-138
    CHECK_FAILS_AND_ZEROES(get(hash, HP_ALGID, data, &size, 1), NTE_BAD_FLAGS);
    DWORD size = 0;
    CHECK_FAILS_WITH(get(0, HP_ALGID, data, &size), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(get(context.make_key(CALG_RC4), HP_ALGID, data, &size), ERROR_INVALID_HANDLE);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptSetHashParam_rules)

BOOST_AUTO_TEST_CASE(HP_HASHVAL_sets_the_value_of_a_fresh_hash_only)
{
    const Provider context(aes_provider);
    for (const HashSize& row : plain_hashes) {
        HCRYPTHASH hash = context.make_hash(row.algorithm);
        CHECK_SUCCEEDS(set(hash, HP_HASHVAL, counting(row.size).data()));
        BOOST_CHECK(value_of(hash) == counting(row.size));
        hash = hash_with(context, row.algorithm, "abc");
        CHECK_FAILS_WITH(set(hash, HP_HASHVAL, counting(row.size).data()),
                         NTE_BAD_HASH_STATE); // U-137
        value_of(hash);
        CHECK_FAILS_WITH(set(hash, HP_HASHVAL, counting(row.size).data()), NTE_BAD_HASH_STATE);
    }
    const HCRYPTHASH mac = keyed_hash(context.provider, CALG_MAC, context.make_key(CALG_DES));
    CHECK_FAILS_WITH(set(mac, HP_HASHVAL, counting(8).data()), NTE_BAD_TYPE); // U-139
}

BOOST_AUTO_TEST_CASE(refuses_null_pointers_wrong_handles_flags_and_what_cannot_be_set)
{
    const Provider context(strong_provider);
    const HCRYPTHASH hash = context.make_hash();
    const ByteVector data = counting(64);
    CHECK_FAILS_WITH(set(hash, HP_HASHVAL, nullptr), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(set(hash, HP_HASHVAL, data.data(), 1), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(set(0, HP_HASHVAL, data.data()), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(set(context.make_key(CALG_RC4), HP_HASHVAL, data.data()),
                     ERROR_INVALID_HANDLE);
    for (const DWORD param : {HP_ALGID, HP_HASHSIZE, 0, 3, 99, -1})
        CHECK_FAILS_WITH(set(hash, param, data.data()), NTE_BAD_TYPE);
    HMAC_INFO info = {};
    info.HashAlgid = CALG_SHA1;
    CHECK_FAILS_WITH(set(hash, HP_HMAC_INFO, &info), NTE_BAD_TYPE);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(keyed_hashes)

BOOST_AUTO_TEST_CASE(HMAC_wants_its_info_once_and_before_any_data)
{
    const Provider context(strong_provider);
    const HCRYPTHASH mac = keyed_hash(context.provider, CALG_HMAC, context.make_key(CALG_RC4));
    BYTE value[20];
    DWORD size = sizeof value;
    CHECK_FAILS_WITH(add(mac, "abc"), NTE_BAD_HASH_STATE); // U-144
    CHECK_FAILS_WITH(get(mac, HP_HASHVAL, value, &size), NTE_BAD_HASH_STATE);
    for (const ALG_ID algorithm : {CALG_MAC, CALG_HMAC, CALG_RC4, CALG_SHA_256, 0}) // U-145
        CHECK_FAILS_WITH(set_hmac_info(mac, algorithm), NTE_BAD_ALGID);
    CHECK_SUCCEEDS(set_hmac_info(mac, CALG_SHA1));
    CHECK_FAILS_WITH(set_hmac_info(mac, CALG_SHA1), NTE_BAD_HASH_STATE); // U-146
    CHECK_SUCCEEDS(add(mac, "abc"));
    CHECK_FAILS_WITH(set_hmac_info(mac, CALG_SHA1), NTE_BAD_HASH_STATE);
    BOOST_CHECK_EQUAL(number(mac, HP_HASHSIZE), 20u);
}

/// H((outer xor K) || H((inner xor K) || data)), from plain hashes.
ByteVector hmac_by_hand(const Provider& context, ALG_ID algorithm, ByteVector inner,
                        ByteVector outer, const ByteVector& key, const std::string& data)
{
    for (std::size_t i = 0; i < key.size(); ++i) {
        inner[i] ^= key[i];
        outer[i] ^= key[i];
    }
    const HCRYPTHASH first = context.make_hash(algorithm);
    add_data(first, inner);
    add_data(first, bytes_of(data));
    const HCRYPTHASH second = context.make_hash(algorithm);
    add_data(second, outer);
    add_data(second, value_of(first));
    return value_of(second);
}

BOOST_AUTO_TEST_CASE(HMAC_takes_inner_and_outer_strings_of_any_length)
{
    const Provider context(aes_provider);
    const struct {
        ALG_ID algorithm;
        std::size_t size, effective;
    } rows[] = {{CALG_MD5, 64, 64},   {CALG_MD5, 20, 64},     // zero-extended: U-143
                {CALG_MD5, 136, 136}, {CALG_MD5, 1024, 1024}, // observed.md
                {CALG_SHA1, 64, 64},  {CALG_SHA_512, 128, 128}};
    const ByteVector bytes = counting(16);
    const HCRYPTKEY key = key_of(context.provider, CALG_RC4, bytes);
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("algorithm " << std::hex << row.algorithm << std::dec << ", " << row.size
                                        << " bytes")
        {
            ByteVector inner(row.size, 0x11);
            ByteVector outer(row.size, 0x22);
            const HCRYPTHASH mac = keyed_hash(context.provider, CALG_HMAC, key);
            CHECK_SUCCEEDS(set_hmac_info(mac, row.algorithm, inner, outer));
            CHECK_SUCCEEDS(add(mac, "message"));
            inner.resize(row.effective);
            outer.resize(row.effective);
            BOOST_CHECK(value_of(mac) ==
                        hmac_by_hand(context, row.algorithm, inner, outer, bytes, "message"));
        }
}

BOOST_AUTO_TEST_CASE(HMAC_uses_the_key_without_its_salt)
{
    const Provider context(strong_provider); // U-142
    const HCRYPTKEY salted = key_of(context.provider, CALG_RC4, counting(5));
    const HCRYPTKEY plain = key_of(context.provider, CALG_RC4, counting(5), CRYPT_NO_SALT);
    REQUIRE_SUCCEEDS(set_salt_ex(salted, counting(11)));
    ByteVector values[2];
    for (int i = 0; i < 2; ++i) {
        const HCRYPTHASH mac = keyed_hash(context.provider, CALG_HMAC, i ? plain : salted);
        REQUIRE_SUCCEEDS(set_hmac_info(mac, CALG_MD5));
        CHECK_SUCCEEDS(add(mac, "message"));
        values[i] = value_of(mac);
    }
    BOOST_CHECK(values[0] == values[1]);
}

BOOST_AUTO_TEST_CASE(MAC_is_the_last_block_of_CBC_whatever_the_key_does_meanwhile)
{
    const Provider context(aes_provider);
    for (const ALG_ID algorithm : {CALG_DES, CALG_RC2, CALG_3DES, CALG_AES_256})
        for (const std::size_t size : {0, 7, 17, 32, 256}) {
            const HCRYPTKEY key = context.make_key(algorithm);
            REQUIRE_SUCCEEDS(CryptSetKeyParam(key, KP_IV, counting(16).data(), 0));
            const ByteVector secret = encrypted_part(key, counting(size), TRUE);
            encrypted_part(key, counting(16), FALSE); // observed.md: the MAC begins from the IV
            const HCRYPTHASH mac = keyed_hash(context.provider, CALG_MAC, key);
            for (std::size_t i = 0; i < size; ++i) {
                const BYTE byte = static_cast<BYTE>(i);
                CHECK_SUCCEEDS(CryptHashData(mac, &byte, 1, 0));
                if (i % 50 == 0)
                    encrypted_part(key, counting(16), FALSE);
            }
            const ByteVector value = value_of(mac);
            BOOST_CHECK(std::equal(value.rbegin(), value.rend(), secret.rbegin()));
        }
}

BOOST_AUTO_TEST_SUITE_END()
