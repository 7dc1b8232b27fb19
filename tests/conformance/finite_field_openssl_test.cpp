// SPDX-License-Identifier: BSD-2-Clause
// DH, DSA and RSA with keys that are made anew: what BCrypt* signs and locks OpenSSL 3 takes and
// opens, and the other way round.
#include "finite_field_blobs.h"
#include "openssl_keys.h"

#include <openssl/dh.h>
#include <openssl/rsa.h>
#include <random>

using namespace capishim_test;

namespace {

constexpr unsigned random_seed = 6979; // of the data; the keys come from the library
constexpr int rounds = 25;

ByteVector random_bytes(std::size_t size)
{
    static std::mt19937 source(random_seed);
    ByteVector bytes(size);
    for (UCHAR& byte : bytes)
        byte = static_cast<UCHAR>(source());
    return bytes;
}

ByteVector part(const ByteVector& blob, std::size_t offset, std::size_t size)
{
    const auto begin = blob.begin() + static_cast<std::ptrdiff_t>(offset);
    return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

// ---- DSA ---------------------------------------------------------------------------------------

OwnedKey openssl_dsa(const ByteVector& blob)
{
    const std::size_t size = word_at(blob, 4);
    const bool version_1 = size <= 128;
    const std::size_t order_size = version_1 ? 20 : word_at(blob, 20);
    const std::size_t order = version_1 ? 32 : 28 + word_at(blob, 16);
    const std::size_t prime = order + order_size;
    return openssl_key("DSA",
                       {{OSSL_PKEY_PARAM_FFC_P, part(blob, prime, size)},
                        {OSSL_PKEY_PARAM_FFC_Q, part(blob, order, order_size)},
                        {OSSL_PKEY_PARAM_FFC_G, part(blob, prime + size, size)},
                        {OSSL_PKEY_PARAM_PUB_KEY, part(blob, prime + 2 * size, size)},
                        {OSSL_PKEY_PARAM_PRIV_KEY, part(blob, prime + 3 * size, order_size)}});
}

void check_dsa(ULONG bits, std::size_t order_size)
{
    const KeyHandle pair = generated_pair(BCRYPT_DSA_ALG_HANDLE, bits);
    const OwnedKey theirs = openssl_dsa(exported(pair, BCRYPT_DSA_PRIVATE_BLOB));
    const OwnedContext context(EVP_PKEY_CTX_new(theirs.get(), nullptr));
    for (int round = 0; round < rounds; ++round) {
        const ByteVector hash = random_bytes(order_size);
        ByteVector ours(2 * order_size);
        ULONG size = 0;
        REQUIRE_STATUS(BCryptSignHash(pair, nullptr, data_of(hash), size_of(hash), ours.data(),
                                      size_of(ours), &size, 0),
                       STATUS_SUCCESS);
        const ByteVector der = der_of(ours);
        BOOST_REQUIRE(EVP_PKEY_verify_init(context.get()) == 1);
        BOOST_TEST(
            EVP_PKEY_verify(context.get(), der.data(), der.size(), hash.data(), hash.size()) == 1);
        BOOST_REQUIRE(EVP_PKEY_sign_init(context.get()) == 1);
        const ByteVector made =
            plain_of(openssl_result(EVP_PKEY_sign, context.get(), hash), order_size);
        CHECK_STATUS(BCryptVerifySignature(pair, nullptr, data_of(hash), size_of(hash),
                                           data_of(made), size_of(made), 0),
                     STATUS_SUCCESS);
    }
}

// ---- DH ----------------------------------------------------------------------------------------

OwnedKey openssl_dh(const ByteVector& blob)
{
    const std::size_t size = word_at(blob, 4);
    return openssl_key("DH", {{OSSL_PKEY_PARAM_FFC_P, part(blob, 8, size)},
                              {OSSL_PKEY_PARAM_FFC_G, part(blob, 8 + size, size)},
                              {OSSL_PKEY_PARAM_PUB_KEY, part(blob, 8 + 2 * size, size)},
                              {OSSL_PKEY_PARAM_PRIV_KEY, part(blob, 8 + 3 * size, size)}});
}

std::string openssl_agreed(EVP_PKEY* own, EVP_PKEY* peer)
{
    const OwnedContext context(EVP_PKEY_CTX_new(own, nullptr));
    BOOST_REQUIRE(EVP_PKEY_derive_init(context.get()) == 1);
    BOOST_REQUIRE(EVP_PKEY_CTX_set_dh_pad(context.get(), 1) == 1);
    BOOST_REQUIRE(EVP_PKEY_derive_set_peer(context.get(), peer) == 1);
    std::size_t size = 0;
    BOOST_REQUIRE(EVP_PKEY_derive(context.get(), nullptr, &size) == 1);
    ByteVector secret(size);
    BOOST_REQUIRE(EVP_PKEY_derive(context.get(), secret.data(), &size) == 1);
    return to_hex(secret);
}

// ---- RSA ---------------------------------------------------------------------------------------

OwnedKey openssl_rsa(const ByteVector& blob)
{
    const std::size_t exponent = word_at(blob, 8), modulus = word_at(blob, 12);
    const std::size_t primes = 24 + exponent + modulus;
    const std::size_t prime1 = word_at(blob, 16), prime2 = word_at(blob, 20);
    const std::size_t last = primes + 2 * prime1 + 2 * prime2 + prime1;
    return openssl_key("RSA", {{OSSL_PKEY_PARAM_RSA_E, part(blob, 24, exponent)},
                               {OSSL_PKEY_PARAM_RSA_N, part(blob, 24 + exponent, modulus)},
                               {OSSL_PKEY_PARAM_RSA_D, part(blob, last, modulus)}});
}

/// One padding in both worlds.
struct RsaPadding {
    const char* name;
    ULONG flags;
    int openssl;
};

struct RsaKeys {
    KeyHandle ours = generated_pair(BCRYPT_RSA_ALG_HANDLE, 1024);
    OwnedKey theirs = openssl_rsa(exported(ours, BCRYPT_RSAFULLPRIVATE_BLOB));
    OwnedContext context{EVP_PKEY_CTX_new(theirs.get(), nullptr)};
};

} // namespace

BOOST_AUTO_TEST_SUITE(finite_field_openssl)

BOOST_AUTO_TEST_CASE(DSA_signatures_go_both_ways)
{
    check_dsa(512, 20);
    check_dsa(1024, 20);
    check_dsa(1088, 32);
}

BOOST_AUTO_TEST_CASE(DH_secrets_are_the_same)
{
    for (const ULONG bits : {768u, 1024u})
        for (int round = 0; round < rounds; ++round) {
            const KeyHandle a = generated_pair(BCRYPT_DH_ALG_HANDLE, bits);
            const KeyHandle b = generated_pair(BCRYPT_DH_ALG_HANDLE, bits);
            const OwnedKey their_a = openssl_dh(exported(a, BCRYPT_DH_PRIVATE_BLOB));
            const OwnedKey their_b = openssl_dh(exported(b, BCRYPT_DH_PRIVATE_BLOB));
            BOOST_TEST(openssl_agreed(their_a.get(), their_b.get()) == shared_value(a, b));
        }
}

BOOST_AUTO_TEST_CASE(RSA_signatures_go_both_ways)
{
    const RsaPadding paddings[] = {{"PKCS1", BCRYPT_PAD_PKCS1, RSA_PKCS1_PADDING},
                                   {"PSS", BCRYPT_PAD_PSS, RSA_PKCS1_PSS_PADDING}};
    RsaKeys keys;
    BCRYPT_PKCS1_PADDING_INFO pkcs1{BCRYPT_SHA256_ALGORITHM};
    BCRYPT_PSS_PADDING_INFO pss{BCRYPT_SHA256_ALGORITHM, 32};
    EVP_PKEY_CTX* const context = keys.context.get();
    const auto prepare = [&](int (*init)(EVP_PKEY_CTX*), const RsaPadding& padding) {
        BOOST_REQUIRE(init(context) == 1);
        BOOST_REQUIRE(EVP_PKEY_CTX_set_rsa_padding(context, padding.openssl) == 1);
        BOOST_REQUIRE(EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1);
        if (padding.flags == BCRYPT_PAD_PSS)
            BOOST_REQUIRE(EVP_PKEY_CTX_set_rsa_pss_saltlen(context, 32) == 1);
    };
    for (const RsaPadding& padding : paddings)
        for (int round = 0; round < rounds; ++round)
            BOOST_TEST_CONTEXT(padding.name)
            {
                VOID* const info =
                    padding.flags == BCRYPT_PAD_PSS ? static_cast<VOID*>(&pss) : &pkcs1;
                const ByteVector hash = random_bytes(32);
                ByteVector ours(128);
                ULONG size = 0;
                REQUIRE_STATUS(BCryptSignHash(keys.ours, info, data_of(hash), 32, ours.data(), 128,
                                              &size, padding.flags),
                               STATUS_SUCCESS);
                prepare(EVP_PKEY_verify_init, padding);
                BOOST_TEST(EVP_PKEY_verify(context, ours.data(), 128, hash.data(), 32) == 1);
                prepare(EVP_PKEY_sign_init, padding);
                const ByteVector theirs = openssl_result(EVP_PKEY_sign, context, hash);
                CHECK_STATUS(BCryptVerifySignature(keys.ours, info, data_of(hash), 32,
                                                   data_of(theirs), size_of(theirs), padding.flags),
                             STATUS_SUCCESS);
            }
}

BOOST_AUTO_TEST_CASE(RSA_ciphertexts_go_both_ways)
{
    const RsaPadding paddings[] = {{"PKCS1", BCRYPT_PAD_PKCS1, RSA_PKCS1_PADDING},
                                   {"OAEP", BCRYPT_PAD_OAEP, RSA_PKCS1_OAEP_PADDING}};
    RsaKeys keys;
    BCRYPT_OAEP_PADDING_INFO oaep{BCRYPT_SHA256_ALGORITHM, nullptr, 0};
    EVP_PKEY_CTX* const context = keys.context.get();
    const auto prepare = [&](int (*init)(EVP_PKEY_CTX*), const RsaPadding& padding) {
        BOOST_REQUIRE(init(context) == 1);
        BOOST_REQUIRE(EVP_PKEY_CTX_set_rsa_padding(context, padding.openssl) == 1);
        if (padding.flags == BCRYPT_PAD_OAEP)
            BOOST_REQUIRE(EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) == 1);
    };
    for (const RsaPadding& padding : paddings)
        for (std::size_t size = 1; size <= 62; size += 3)
            BOOST_TEST_CONTEXT(padding.name << ", " << size << " bytes")
            {
                VOID* const info = padding.flags == BCRYPT_PAD_OAEP ? &oaep : nullptr;
                const ByteVector message = random_bytes(size);
                prepare(EVP_PKEY_decrypt_init, padding);
                const ByteVector ours = rsa_encrypted(keys.ours, info, padding.flags, message);
                BOOST_TEST(to_hex(openssl_result(EVP_PKEY_decrypt, context, ours)) ==
                           to_hex(message));
                prepare(EVP_PKEY_encrypt_init, padding);
                const ByteVector theirs = openssl_result(EVP_PKEY_encrypt, context, message);
                BOOST_TEST(to_hex(rsa_decrypted(keys.ours, info, padding.flags, theirs)) ==
                           to_hex(message));
            }
}

BOOST_AUTO_TEST_SUITE_END()
