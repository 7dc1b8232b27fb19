// SPDX-License-Identifier: BSD-2-Clause
// AES-CMAC, AES-GMAC, SHAKE, cSHAKE and KMAC through the hash functions: cng.md 7.3, 7.4.
#include "hash_fixtures.h"

using namespace capishim_test;

namespace {

const ByteVector gmac_key = from_hex("feffe9928665731c6d6a8f9467308308"); // cng.md 10.1
const ByteVector gmac_nonce = from_hex("cafebabefacedbaddecaf888");
const ByteVector gmac_data = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
const char* const gmac_value = "346434fd51d5cd0c5887ec63e39b907a";

NTSTATUS set_nonce(BCRYPT_HASH_HANDLE hash, const ByteVector& nonce)
{
    return BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, data_of(nonce), size_of(nonce), 0);
}

NTSTATUS add(BCRYPT_HASH_HANDLE hash, const ByteVector& data)
{
    return BCryptHashData(hash, data_of(data), size_of(data), 0);
}

const char* const shake128_abc = "5881092dd818bf5cf8a3ddb793fbcba74097d5c526a6d35f97b83351940f2cc8";

} // namespace

BOOST_AUTO_TEST_SUITE(AES_GMAC)

BOOST_AUTO_TEST_CASE(takes_its_nonce_as_a_property_before_the_data)
{
    const AlgorithmHandle gmac(BCRYPT_AES_GMAC_ALGORITHM);
    const HashHandle hash(gmac, 0, gmac_key);
    CHECK_STATUS(set_nonce(hash, gmac_nonce), STATUS_SUCCESS);
    CHECK_STATUS(add(hash, gmac_data), STATUS_SUCCESS);
    BOOST_TEST(hash.finish(16) == gmac_value);
}

BOOST_AUTO_TEST_CASE(wants_a_new_nonce_for_each_value)
{
    const HashHandle hash(BCRYPT_AES_GMAC_ALG_HANDLE, BCRYPT_HASH_REUSABLE_FLAG, gmac_key);
    for (int round = 0; round < 2; ++round) {
        UCHAR value[16];
        CHECK_STATUS(BCryptFinishHash(hash, value, 16, 0), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(get_property_status(hash, BCRYPT_INITIALIZATION_VECTOR), STATUS_NOT_SUPPORTED);
        CHECK_STATUS(set_nonce(hash, gmac_nonce), STATUS_SUCCESS);
        CHECK_STATUS(add(hash, gmac_data), STATUS_SUCCESS);
        BOOST_TEST(hash.finish(16) == gmac_value);
    }
}

BOOST_AUTO_TEST_CASE(refuses_nonces_of_other_lengths_and_after_data)
{
    const HashHandle hash(BCRYPT_AES_GMAC_ALG_HANDLE, 0, gmac_key);
    CHECK_STATUS(set_nonce(hash, ByteVector(11)), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_nonce(hash, ByteVector(16)), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_nonce(hash, {}), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_nonce(hash, ByteVector(12)), STATUS_SUCCESS);
    CHECK_STATUS(set_nonce(hash, gmac_nonce), STATUS_SUCCESS); // still before the data
    CHECK_STATUS(add(hash, gmac_data), STATUS_SUCCESS);
    CHECK_STATUS(set_nonce(hash, ByteVector(12)), STATUS_INVALID_PARAMETER);
    BOOST_TEST(hash.finish(16) == gmac_value);
    CHECK_STATUS(set_nonce(hash, gmac_nonce), STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_CASE(tells_its_nonce_and_hands_it_to_a_duplicate)
{
    const HashHandle hash(BCRYPT_AES_GMAC_ALG_HANDLE, 0, gmac_key);
    CHECK_STATUS(set_nonce(hash, gmac_nonce), STATUS_SUCCESS);
    HashHandle copy;
    CHECK_STATUS(BCryptDuplicateHash(hash, &copy.handle, nullptr, 0, 0), STATUS_SUCCESS);
    ByteVector nonce(12);
    ULONG size = 0;
    CHECK_STATUS(BCryptGetProperty(copy, BCRYPT_INITIALIZATION_VECTOR, nonce.data(), 12, &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST((size == 12u && nonce == gmac_nonce));
    CHECK_STATUS(add(copy, gmac_data), STATUS_SUCCESS);
    BOOST_TEST(copy.finish(16) == gmac_value);
}

BOOST_AUTO_TEST_CASE(alone_has_a_nonce)
{
    const HashHandle sha(BCRYPT_SHA1_ALG_HANDLE), cmac(BCRYPT_AES_CMAC_ALG_HANDLE, 0, gmac_key);
    for (const BCRYPT_HASH_HANDLE hash : {sha.handle, cmac.handle}) {
        CHECK_STATUS(set_nonce(hash, gmac_nonce), STATUS_NOT_SUPPORTED);
        CHECK_STATUS(get_property_status(hash, BCRYPT_INITIALIZATION_VECTOR), STATUS_NOT_SUPPORTED);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(AES_CMAC)

BOOST_AUTO_TEST_CASE(agrees_with_SP_800_38B)
{
    const ByteVector key = from_hex("2b7e151628aed2a6abf7158809cf4f3c");
    BOOST_TEST(hash_of(BCRYPT_AES_CMAC_ALG_HANDLE, {}, 16, key) ==
               "bb1d6929e95937287fa37d129b756746");
    const ByteVector message = from_hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45"
                                        "af8e5130c81c46a35ce411");
    BOOST_TEST(hash_of(BCRYPT_AES_CMAC_ALG_HANDLE, message, 16, key) ==
               "dfa66747de9ae63030ca32611497c827");
}

BOOST_AUTO_TEST_CASE(is_keyed_and_never_an_hmac)
{
    BOOST_TEST(dword_property(BCRYPT_AES_CMAC_ALG_HANDLE, BCRYPT_IS_KEYED_HASH) == 1u);
    BCRYPT_ALG_HANDLE opened = nullptr;
    for (const LPCWSTR id :
         {BCRYPT_AES_CMAC_ALGORITHM, BCRYPT_AES_GMAC_ALGORITHM, BCRYPT_SHAKE128_ALGORITHM,
          BCRYPT_CSHAKE256_ALGORITHM, BCRYPT_KMAC128_ALGORITHM})
        CHECK_STATUS(BCryptOpenAlgorithmProvider(&opened, id, nullptr, BCRYPT_ALG_HANDLE_HMAC_FLAG),
                     STATUS_NOT_SUPPORTED); // N-207
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(Functions_of_any_length)

BOOST_AUTO_TEST_CASE(give_what_is_asked_for)
{
    const AlgorithmHandle shake(BCRYPT_SHAKE128_ALGORITHM);
    for (const ULONG size : {0u, 1u, 16u, 32u})
        BOOST_TEST(hash_of(shake, bytes_of("abc"), size) ==
                   std::string(shake128_abc).substr(0, 2 * size));
    BOOST_TEST(hash_of(BCRYPT_CSHAKE128_ALG_HANDLE, bytes_of("abc"), 32) == shake128_abc); // N-209
    BOOST_TEST(dword_property(shake, BCRYPT_HASH_LENGTH) == 32u);                          // N-85
    BOOST_TEST(dword_property(BCRYPT_KMAC256_ALG_HANDLE, BCRYPT_HASH_LENGTH) == 64u);
}

BOOST_AUTO_TEST_CASE(squeeze_on_with_the_flag_and_end_without)
{
    const HashHandle hash(BCRYPT_CSHAKE128_ALG_HANDLE);
    hash.add("abc");
    std::string output;
    for (const ULONG size : {1u, 0u, 7u, 4u})
        output += hash.finish(size, BCRYPT_HASH_DONT_RESET_FLAG);
    HashHandle copy;
    REQUIRE_STATUS(BCryptDuplicateHash(hash, &copy.handle, nullptr, 0, 0), STATUS_SUCCESS);
    BOOST_TEST(output + hash.finish(20) == shake128_abc);
    BOOST_TEST(output + copy.finish(20) == shake128_abc); // squeezing, like its source
    UCHAR byte;
    CHECK_STATUS(BCryptFinishHash(hash, &byte, 1, 0), STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_CASE(start_again_where_the_hash_is_reusable)
{
    const HashHandle hash(BCRYPT_CSHAKE128_ALG_HANDLE, BCRYPT_HASH_REUSABLE_FLAG);
    for (int round = 0; round < 2; ++round) {
        hash.add("abc");
        const std::string first = hash.finish(5, BCRYPT_HASH_DONT_RESET_FLAG);
        BOOST_TEST(first + hash.finish(27) == shake128_abc);
    }
}

// SP 800-185: KMAC samples 1 and KMACXOF sample 1
BOOST_AUTO_TEST_CASE(KMAC_depends_on_the_length_unless_squeezed)
{
    ByteVector key(32);
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<UCHAR>(0x40 + i);
    const ByteVector data = {0, 1, 2, 3};
    BOOST_TEST(hash_of(BCRYPT_KMAC128_ALG_HANDLE, data, 32, key) ==
               "e5780b0d3ea6f7d3a429c5706aa43a00fadbd7d49628839e3187243f456ee14e");
    const HashHandle hash(BCRYPT_KMAC128_ALG_HANDLE, BCRYPT_HASH_REUSABLE_FLAG, key);
    for (int round = 0; round < 2; ++round) {
        CHECK_STATUS(add(hash, data), STATUS_SUCCESS);
        const std::string first = hash.finish(10, BCRYPT_HASH_DONT_RESET_FLAG);
        BOOST_TEST(first + hash.finish(22) ==
                   "cd83740bbd92ccc8cf032b1481a0f4460e7ca9dd12b08a0c4031178bacd6ec35");
    }
}

BOOST_AUTO_TEST_CASE(are_no_hashes_where_one_of_a_fixed_length_is_named)
{
    const AlgorithmHandle rsa(BCRYPT_RSA_ALGORITHM);
    const KeyHandle key = imported_pair(rsa, BCRYPT_RSAPRIVATE_BLOB, from_hex(rsa_private_blob));
    UCHAR digest[32] = {}, signature[64];
    ULONG size = 0;
    for (const LPCWSTR id :
         {BCRYPT_SHAKE128_ALGORITHM, BCRYPT_KMAC128_ALGORITHM, BCRYPT_AES_CMAC_ALGORITHM}) {
        BCRYPT_PKCS1_PADDING_INFO padding = {id};
        CHECK_STATUS(
            BCryptSignHash(key, &padding, digest, 32, signature, 64, &size, BCRYPT_PAD_PKCS1),
            STATUS_NOT_SUPPORTED);
    }
    BCRYPT_PKCS1_PADDING_INFO padding = {BCRYPT_SHA3_256_ALGORITHM};
    CHECK_STATUS(BCryptSignHash(key, &padding, digest, 32, signature, 64, &size, BCRYPT_PAD_PKCS1),
                 STATUS_SUCCESS);
}

BOOST_AUTO_TEST_SUITE_END()
