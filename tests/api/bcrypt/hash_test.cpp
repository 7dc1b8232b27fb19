// SPDX-License-Identifier: BSD-2-Clause
// Hashes, HMACs and BCryptDeriveKeyCapi: cng.md 1.26 to 1.33, section 7; observed.md part 2 C.
#include "hash_fixtures.h"

#include <wincrypt.h>

using namespace capishim_test;

namespace {

const char* const sha1_abc = "a9993e364706816aba3e25717850c26c9cd0d89d";

struct DigestRow {
    BCRYPT_ALG_HANDLE pseudo;
    LPCWSTR id;
    ULONG size;
    const char* abc;
};

const DigestRow digests[] = {
    {BCRYPT_MD2_ALG_HANDLE, BCRYPT_MD2_ALGORITHM, 16, "da853b0d3f88d99b30283a69e6ded6bb"},
    {BCRYPT_MD4_ALG_HANDLE, BCRYPT_MD4_ALGORITHM, 16, "a448017aaf21d8525fc10ae87aa6729d"},
    {BCRYPT_MD5_ALG_HANDLE, BCRYPT_MD5_ALGORITHM, 16, "900150983cd24fb0d6963f7d28e17f72"},
    {BCRYPT_SHA1_ALG_HANDLE, BCRYPT_SHA1_ALGORITHM, 20, sha1_abc},
    {BCRYPT_SHA256_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM, 32,
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {BCRYPT_SHA384_ALG_HANDLE, BCRYPT_SHA384_ALGORITHM, 48,
     "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
     "8086072ba1e7cc2358baeca134c825a7"},
    {BCRYPT_SHA512_ALG_HANDLE, BCRYPT_SHA512_ALGORITHM, 64,
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
    {BCRYPT_SHA3_256_ALG_HANDLE, BCRYPT_SHA3_256_ALGORITHM, 32,
     "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"},
    {BCRYPT_SHA3_384_ALG_HANDLE, BCRYPT_SHA3_384_ALGORITHM, 48,
     "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2"
     "98d88cea927ac7f539f1edf228376d25"},
    {BCRYPT_SHA3_512_ALG_HANDLE, BCRYPT_SHA3_512_ALGORITHM, 64,
     "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
     "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptHash_and_its_parts)

BOOST_AUTO_TEST_CASE(every_hash_agrees_through_handle_pseudo_handle_and_parts)
{
    for (const DigestRow& row : digests) {
        BOOST_TEST_CONTEXT(narrow(row.id))
        {
            const AlgorithmHandle opened(row.id);
            BOOST_TEST(hash_of(row.pseudo, bytes_of("abc"), row.size) == row.abc);
            BOOST_TEST(hash_of(opened, bytes_of("abc"), row.size) == row.abc);
            const HashHandle hash(opened);
            hash.add("a");
            hash.add("bc");
            BOOST_TEST(hash.finish(row.size) == row.abc);
        }
    }
}

BOOST_AUTO_TEST_CASE(hmacs_agree_with_rfc_2202_and_4231)
{
    const ByteVector key = bytes_of("Jefe"), data = bytes_of("what do ya want for nothing?");
    BOOST_TEST(hash_of(BCRYPT_HMAC_MD5_ALG_HANDLE, data, 16, key) ==
               "750c783e6ab0b503eaa86e310a5db738");
    BOOST_TEST(hash_of(BCRYPT_HMAC_SHA1_ALG_HANDLE, data, 20, key) ==
               "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    const AlgorithmHandle hmac(BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    BOOST_TEST(hash_of(hmac, data, 32, key) ==
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

BOOST_AUTO_TEST_CASE(an_hmac_without_secret_has_the_empty_key)
{
    const std::string none = hash_of(BCRYPT_HMAC_SHA1_ALG_HANDLE, bytes_of("abc"), 20);
    BOOST_TEST(none == hash_of(BCRYPT_HMAC_SHA1_ALG_HANDLE, bytes_of("abc"), 20, {0}));
}

BOOST_AUTO_TEST_CASE(a_finished_hash_is_good_for_destroy_and_properties_only)
{
    const HashHandle hash(BCRYPT_SHA1_ALG_HANDLE);
    hash.add("abc");
    BOOST_TEST(hash.finish(20) == sha1_abc);
    UCHAR value[20];
    BCRYPT_HASH_HANDLE copy = nullptr;
    CHECK_STATUS(BCryptFinishHash(hash, value, 20, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptHashData(hash, value, 20, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptHashData(hash, nullptr, 0, 0), STATUS_INVALID_HANDLE); // observed.md C
    CHECK_STATUS(BCryptDuplicateHash(hash, &copy, nullptr, 0, 0), STATUS_INVALID_HANDLE);
    BOOST_TEST(dword_property(hash, BCRYPT_HASH_LENGTH) == 20u);
}

BOOST_AUTO_TEST_CASE(a_reusable_hash_starts_again_by_flag_of_either_call)
{
    const AlgorithmHandle opened(BCRYPT_SHA1_ALGORITHM, BCRYPT_HASH_REUSABLE_FLAG);
    const HashHandle by_provider(opened);
    const HashHandle by_create(BCRYPT_SHA1_ALG_HANDLE, BCRYPT_HASH_REUSABLE_FLAG);
    for (const BCRYPT_HASH_HANDLE handle : {by_provider.handle, by_create.handle}) {
        BOOST_TEST(dword_property(handle, BCRYPT_IS_REUSABLE_HASH) == 1u);
        for (int round = 0; round < 2; ++round) {
            UCHAR value[20];
            CHECK_STATUS(BCryptHashData(handle, data_of(bytes_of("abc")), 3, 0), STATUS_SUCCESS);
            CHECK_STATUS(BCryptFinishHash(handle, value, 20, 0), STATUS_SUCCESS);
            BOOST_TEST(to_hex({value, value + 20}) == sha1_abc);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_output_size_is_refused_and_does_not_finish)
{
    const HashHandle hash(BCRYPT_SHA1_ALG_HANDLE);
    hash.add("abc");
    UCHAR value[64] = {};
    CHECK_STATUS(BCryptFinishHash(hash, value, 21, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptFinishHash(hash, value, 19, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptFinishHash(hash, nullptr, 20, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptFinishHash(hash, value, 20, 1), STATUS_INVALID_PARAMETER);
    BOOST_TEST(hash.finish(20) == sha1_abc); // observed.md part 2 C
}

BOOST_AUTO_TEST_CASE(a_duplicate_hash_shares_nothing)
{
    const HashHandle hash(BCRYPT_SHA1_ALG_HANDLE);
    hash.add("ab");
    BCRYPT_HASH_HANDLE copy = nullptr;
    REQUIRE_STATUS(BCryptDuplicateHash(hash, &copy, nullptr, 0, 0), STATUS_SUCCESS);
    hash.add("c");
    BOOST_TEST(hash.finish(20) == sha1_abc);
    UCHAR value[20];
    CHECK_STATUS(BCryptHashData(copy, data_of(bytes_of("c")), 1, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinishHash(copy, value, 20, 0), STATUS_SUCCESS);
    BOOST_TEST(to_hex({value, value + 20}) == sha1_abc);
    CHECK_STATUS(BCryptDestroyHash(copy), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(hmacs_are_made_of_the_hash)
{
    for (const DigestRow& row : digests) { // RFC 2104 section 2
        const AlgorithmHandle hmac(row.id, BCRYPT_ALG_HANDLE_HMAC_FLAG);
        const ULONG block = dword_property(hmac, BCRYPT_HASH_BLOCK_LENGTH);
        for (const ULONG key_size : {ULONG{1}, block - 1, block, block + 1, 200u}) {
            const ByteVector key(key_size, 0x2B), data = bytes_of("what do ya want");
            ByteVector inner =
                key_size > block ? from_hex(hash_of(row.pseudo, key, row.size)) : key;
            inner.resize(block);
            ByteVector outer = inner;
            std::transform(inner.begin(), inner.end(), inner.begin(),
                           [](UCHAR byte) { return static_cast<UCHAR>(byte ^ 0x36); });
            std::transform(outer.begin(), outer.end(), outer.begin(),
                           [](UCHAR byte) { return static_cast<UCHAR>(byte ^ 0x5C); });
            inner.insert(inner.end(), data.begin(), data.end());
            const ByteVector digest = from_hex(hash_of(row.pseudo, inner, row.size));
            outer.insert(outer.end(), digest.begin(), digest.end());
            BOOST_TEST(hash_of(hmac, data, row.size, key) == hash_of(row.pseudo, outer, row.size));
            const HashHandle object(hmac, 0, key);
            object.add("what do ya want");
            BOOST_TEST(object.finish(row.size) == hash_of(hmac, data, row.size, key));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptDeriveKeyCapi_)

BOOST_AUTO_TEST_CASE(keys_agree_with_CryptDeriveKey)
{
    const struct {
        BCRYPT_ALG_HANDLE hash, target;
        const char* key;
    } rows[] = {
        {BCRYPT_SHA1_ALG_HANDLE, BCRYPT_RC4_ALG_HANDLE, "a9993e364706816aba3e25717850c26c"},
        {BCRYPT_SHA1_ALG_HANDLE, nullptr, "a9993e364706816aba3e25717850c26c"},
        {BCRYPT_SHA1_ALG_HANDLE, BCRYPT_AES_CBC_ALG_HANDLE, "d6149aa6dc73c57f300e5e86175c3c3e"},
        {BCRYPT_SHA1_ALG_HANDLE, number(CALG_AES_128), "d6149aa6dc73c57f300e5e86175c3c3e"},
        {BCRYPT_SHA1_ALG_HANDLE, number(CALG_3DES),
         "d6149aa6dc73c57f300e5e86175c3c3e731024ad6dcd8a68"},
        {BCRYPT_SHA1_ALG_HANDLE, number(CALG_3DES_112), "a9993e364706816aba3e25717850c26c"},
        {BCRYPT_SHA1_ALG_HANDLE, nullptr, // longer than the hash: expanded (N-200)
         "d6149aa6dc73c57f300e5e86175c3c3e731024ad6dcd8a68ad523cb0de34b320"},
        {BCRYPT_MD5_ALG_HANDLE, BCRYPT_AES_CBC_ALG_HANDLE,
         "e556b0c9c217576dc503b6eb040a67aa7ea937187c8a6ce8acaae09c0bb19893"},
        {BCRYPT_SHA256_ALG_HANDLE, number(CALG_AES_256),
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            const HashHandle hash(row.hash);
            hash.add("abc");
            ByteVector key(std::string(row.key).size() / 2);
            CHECK_STATUS(BCryptDeriveKeyCapi(hash, row.target, key.data(), size_of(key), 0),
                         STATUS_SUCCESS);
            BOOST_TEST(to_hex(key) == row.key);
            CHECK_STATUS(BCryptDeriveKeyCapi(hash, row.target, key.data(), size_of(key), 0),
                         STATUS_INVALID_HANDLE); // finished: observed.md part 2 C
        }
    }
}

BOOST_AUTO_TEST_CASE(refusals_leave_the_hash_running)
{
    const HashHandle hash(BCRYPT_SHA1_ALG_HANDLE);
    hash.add("abc");
    UCHAR key[64];
    CHECK_STATUS(BCryptDeriveKeyCapi(hash, nullptr, key, 41, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDeriveKeyCapi(hash, nullptr, nullptr, 16, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDeriveKeyCapi(hash, nullptr, key, 0, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDeriveKeyCapi(hash, nullptr, key, 16, 1), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDeriveKeyCapi(hash, number(0xdeadbeef), key, 16, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptDeriveKeyCapi(nullptr, nullptr, nullptr, 0, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDeriveKeyCapi(nullptr, nullptr, key, 16, 0), STATUS_INVALID_HANDLE);
    BOOST_TEST(hash.finish(20) == sha1_abc);
}

BOOST_AUTO_TEST_SUITE_END()
