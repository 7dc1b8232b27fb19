// SPDX-License-Identifier: BSD-2-Clause
// Key derivation and ECDH with random input: what BCrypt* answers is what OpenSSL 3 answers.
#include "api/bcrypt/kdf_fixtures.h"

#include <memory>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <random>

using namespace capishim_test;

namespace {

constexpr unsigned random_seed = 5869; // of every case, printed with a failure
constexpr int rounds = 60;

class Random {
  public:
    std::size_t number(std::size_t least, std::size_t most)
    {
        return least + source_() % (most - least + 1);
    }

    ByteVector bytes(std::size_t least, std::size_t most)
    {
        ByteVector bytes(number(least, most));
        for (UCHAR& byte : bytes)
            byte = static_cast<UCHAR>(source_());
        return bytes;
    }

  private:
    std::mt19937 source_{random_seed};
};

template <auto release>
struct Release {
    void operator()(auto* object) const { release(object); }
};
template <class Object, auto release>
using Owned = std::unique_ptr<Object, Release<release>>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;

/// A hash by CNG's name, its handle for HMAC, and OpenSSL's name.
struct HashRow {
    LPCWSTR id;
    BCRYPT_ALG_HANDLE hmac;
    const char* openssl;
};

const HashRow hashes[] = {
    {BCRYPT_MD5_ALGORITHM, BCRYPT_HMAC_MD5_ALG_HANDLE, "MD5"},
    {BCRYPT_SHA1_ALGORITHM, BCRYPT_HMAC_SHA1_ALG_HANDLE, "SHA1"},
    {BCRYPT_SHA256_ALGORITHM, BCRYPT_HMAC_SHA256_ALG_HANDLE, "SHA256"},
    {BCRYPT_SHA384_ALGORITHM, BCRYPT_HMAC_SHA384_ALG_HANDLE, "SHA384"},
    {BCRYPT_SHA512_ALGORITHM, BCRYPT_HMAC_SHA512_ALG_HANDLE, "SHA512"},
    {BCRYPT_SHA3_256_ALGORITHM, BCRYPT_HMAC_SHA3_256_ALG_HANDLE, "SHA3-256"},
    {BCRYPT_SHA3_512_ALGORITHM, BCRYPT_HMAC_SHA3_512_ALG_HANDLE, "SHA3-512"},
};

const HashRow& any_hash(Random& random)
{
    return hashes[random.number(0, std::size(hashes) - 1)];
}

/// One of OpenSSL's functions with its parameters.
class OpenSslKdf {
  public:
    explicit OpenSslKdf(const char* name)
        : kdf_(EVP_KDF_fetch(nullptr, name, nullptr)), context_(EVP_KDF_CTX_new(kdf_.get())),
          parameters_(OSSL_PARAM_BLD_new())
    {
        BOOST_REQUIRE(context_);
    }

    OpenSslKdf& text(const char* name, const char* value)
    {
        OSSL_PARAM_BLD_push_utf8_string(parameters_.get(), name, value, 0);
        return *this;
    }
    OpenSslKdf& bytes(const char* name, const ByteVector& value)
    {
        OSSL_PARAM_BLD_push_octet_string(parameters_.get(), name, value.data(), value.size());
        return *this;
    }
    OpenSslKdf& number(const char* name, int value)
    {
        OSSL_PARAM_BLD_push_int(parameters_.get(), name, value);
        return *this;
    }

    std::string derive(std::size_t size)
    {
        const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(
            OSSL_PARAM_BLD_to_param(parameters_.get()));
        ByteVector out(size);
        BOOST_REQUIRE(EVP_KDF_derive(context_.get(), out.data(), out.size(), parameters.get()) ==
                      1);
        return to_hex(out);
    }

  private:
    Owned<EVP_KDF, EVP_KDF_free> kdf_;
    Owned<EVP_KDF_CTX, EVP_KDF_CTX_free> context_;
    Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> parameters_;
};

void for_each_round(void (*check)(Random&))
{
    Random random;
    for (int round = 0; round < rounds; ++round)
        BOOST_TEST_CONTEXT("seed " << random_seed << ", round " << round)
        {
            check(random);
        }
}

ULONG any_size(Random& random)
{
    return static_cast<ULONG>(random.number(1, 200));
}

} // namespace

BOOST_AUTO_TEST_SUITE(key_derivation_as_openssl_does_it)

BOOST_AUTO_TEST_CASE(pbkdf2)
{
    for_each_round([](Random& random) {
        const HashRow& hash = any_hash(random);
        const ByteVector password = random.bytes(0, 150), salt = random.bytes(1, 80);
        const int iterations = static_cast<int>(random.number(1, 50));
        const ULONG size = any_size(random);
        const std::string expected = OpenSslKdf("PBKDF2")
                                         .text(OSSL_KDF_PARAM_DIGEST, hash.openssl)
                                         .bytes(OSSL_KDF_PARAM_PASSWORD, password)
                                         .bytes(OSSL_KDF_PARAM_SALT, salt)
                                         .number(OSSL_KDF_PARAM_ITER, iterations)
                                         .number(OSSL_KDF_PARAM_PKCS5, 1)
                                         .derive(size);
        ByteVector out(size);
        CHECK_STATUS(BCryptDeriveKeyPBKDF2(hash.hmac, data_of(password), size_of(password),
                                           data_of(salt), size_of(salt),
                                           static_cast<ULONGLONG>(iterations), out.data(), size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(to_hex(out) == expected);
        const KeyHandle key = kdf_key(BCRYPT_PBKDF2_ALG_HANDLE, password);
        BOOST_TEST(derived_by(key,
                              {hash_parameter(hash.id),
                               {KDF_SALT, salt},
                               number_parameter(KDF_ITERATION_COUNT, ULONG(iterations))},
                              size) == expected);
    });
}

BOOST_AUTO_TEST_CASE(hkdf)
{
    for_each_round([](Random& random) {
        const HashRow& hash = any_hash(random);
        const bool salted = random.number(0, 2) != 0;
        const ByteVector secret = random.bytes(salted ? 1 : 64, 150);
        const ByteVector salt = random.bytes(1, 80), info = random.bytes(1, 80);
        const ULONG size = any_size(random);
        OpenSslKdf theirs("HKDF");
        theirs.text(OSSL_KDF_PARAM_DIGEST, hash.openssl)
            .bytes(OSSL_KDF_PARAM_KEY, secret)
            .bytes(OSSL_KDF_PARAM_INFO, info);
        if (salted)
            theirs.bytes(OSSL_KDF_PARAM_SALT, salt);
        else
            theirs.text(OSSL_KDF_PARAM_MODE, "EXPAND_ONLY");
        const KeyHandle key = kdf_key(BCRYPT_HKDF_ALG_HANDLE, secret);
        REQUIRE_STATUS(set_text(key, BCRYPT_HKDF_HASH_ALGORITHM, hash.id), STATUS_SUCCESS);
        REQUIRE_STATUS(
            set_bytes(key, salted ? BCRYPT_HKDF_SALT_AND_FINALIZE : BCRYPT_HKDF_PRK_AND_FINALIZE,
                      salted ? salt : ByteVector()),
            STATUS_SUCCESS);
        BOOST_TEST(derived_by(key, {{KDF_HKDF_INFO, info}}, size) == theirs.derive(size));
    });
}

BOOST_AUTO_TEST_CASE(sp800_108_in_counter_mode)
{
    for_each_round([](Random& random) {
        const HashRow& hash = any_hash(random);
        const ByteVector secret = random.bytes(1, 150);
        const ByteVector label = random.bytes(1, 80), context = random.bytes(1, 80);
        const ULONG size = any_size(random);
        OpenSslKdf theirs("KBKDF");
        theirs.text(OSSL_KDF_PARAM_MAC, "HMAC")
            .text(OSSL_KDF_PARAM_DIGEST, hash.openssl)
            .text(OSSL_KDF_PARAM_MODE, "counter")
            .bytes(OSSL_KDF_PARAM_KEY, secret)
            .bytes(OSSL_KDF_PARAM_SALT, label)
            .bytes(OSSL_KDF_PARAM_INFO, context);
        const KeyHandle key = kdf_key(BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, secret);
        BOOST_TEST(derived_by(key,
                              {hash_parameter(hash.id), {KDF_LABEL, label}, {KDF_CONTEXT, context}},
                              size) == theirs.derive(size));
    });
}

BOOST_AUTO_TEST_CASE(sp800_56a_concatenation)
{
    for_each_round([](Random& random) {
        const HashRow& hash = any_hash(random);
        const ByteVector secret = random.bytes(1, 150);
        ByteVector parts[5], all;
        for (ByteVector& part : parts) {
            part = random.bytes(0, 40);
            all.insert(all.end(), part.begin(), part.end());
        }
        const ULONG size = any_size(random);
        OpenSslKdf theirs("SSKDF");
        theirs.text(OSSL_KDF_PARAM_DIGEST, hash.openssl)
            .bytes(OSSL_KDF_PARAM_SECRET, secret)
            .bytes(OSSL_KDF_PARAM_INFO, all);
        const KeyHandle key = kdf_key(BCRYPT_SP80056A_CONCAT_ALG_HANDLE, secret);
        BOOST_TEST(derived_by(key,
                              {hash_parameter(hash.id),
                               {KDF_ALGORITHMID, parts[0]},
                               {KDF_PARTYUINFO, parts[1]},
                               {KDF_PARTYVINFO, parts[2]},
                               {KDF_SUPPPUBINFO, parts[3]},
                               {KDF_SUPPPRIVINFO, parts[4]}},
                              size) == theirs.derive(size));
    });
}

BOOST_AUTO_TEST_CASE(tls_pseudo_random_functions)
{
    for_each_round([](Random& random) {
        const HashRow& hash = any_hash(random);
        const bool old = random.number(0, 1) == 0;
        const ByteVector secret = random.bytes(1, 150);
        const ByteVector label = random.bytes(1, 30), seed = random.bytes(1, 80);
        const ULONG size = any_size(random);
        ByteVector all = label;
        all.insert(all.end(), seed.begin(), seed.end());
        OpenSslKdf theirs("TLS1-PRF");
        theirs.text(OSSL_KDF_PARAM_DIGEST, old ? "MD5-SHA1" : hash.openssl)
            .bytes(OSSL_KDF_PARAM_SECRET, secret)
            .bytes(OSSL_KDF_PARAM_SEED, all);
        const KeyHandle key =
            kdf_key(old ? BCRYPT_TLS1_1_KDF_ALG_HANDLE : BCRYPT_TLS1_2_KDF_ALG_HANDLE, secret);
        BOOST_TEST(
            derived_by(
                key,
                {hash_parameter(hash.id), {KDF_TLS_PRF_LABEL, label}, {KDF_TLS_PRF_SEED, seed}},
                size) == theirs.derive(size));
    });
}

BOOST_AUTO_TEST_SUITE_END()

// ---- Agreement ---------------------------------------------------------------------------------

namespace {

struct CurveRow {
    BCRYPT_ALG_HANDLE algorithm;
    const char* openssl;
    ULONG bits;
    std::size_t size;
    std::string public_header;
};

OwnedKey generated_by_openssl(const CurveRow& curve)
{
    return OwnedKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.openssl));
}

/// Our public key for OpenSSL: 04 || X || Y.
OwnedKey public_key_for_openssl(const CurveRow& curve, BCRYPT_KEY_HANDLE pair)
{
    ByteVector point = exported(pair, BCRYPT_ECCPUBLIC_BLOB);
    point.erase(point.begin(), point.begin() + 7);
    point[0] = 4;
    const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.openssl, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                     point.size());
    const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    BOOST_REQUIRE(EVP_PKEY_fromdata_init(context.get()) == 1);
    BOOST_REQUIRE(EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) ==
                  1);
    return OwnedKey(key);
}

KeyHandle public_key_of_openssl(const CurveRow& curve, EVP_PKEY* key)
{
    ByteVector point(1 + 2 * curve.size);
    std::size_t size = 0;
    BOOST_REQUIRE(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                                  point.size(), &size) == 1);
    ByteVector blob = from_hex(curve.public_header);
    blob.insert(blob.end(), point.begin() + 1, point.end());
    return imported_pair(curve.algorithm, BCRYPT_ECCPUBLIC_BLOB, blob);
}

ByteVector agreed_by_openssl(EVP_PKEY* own, EVP_PKEY* peer)
{
    const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new(own, nullptr));
    std::size_t size = 0;
    BOOST_REQUIRE(EVP_PKEY_derive_init(context.get()) == 1);
    BOOST_REQUIRE(EVP_PKEY_derive_set_peer(context.get(), peer) == 1);
    BOOST_REQUIRE(EVP_PKEY_derive(context.get(), nullptr, &size) == 1);
    ByteVector secret(size);
    BOOST_REQUIRE(EVP_PKEY_derive(context.get(), secret.data(), &size) == 1);
    return secret;
}

/// TRUNCATE gives the secret itself, least byte first.
std::string agreed_by_us(BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer)
{
    BCRYPT_SECRET_HANDLE secret = nullptr;
    REQUIRE_STATUS(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_SUCCESS);
    const std::string value = derived_from(secret, BCRYPT_KDF_RAW_SECRET, {}, 100);
    BCryptDestroySecret(secret);
    return value;
}

} // namespace

BOOST_AUTO_TEST_SUITE(agreement_as_openssl_does_it)

BOOST_AUTO_TEST_CASE(ecdh_on_the_nist_curves)
{
    const CurveRow curves[] = {
        {BCRYPT_ECDH_P256_ALG_HANDLE, "P-256", 256, 32, "45434b3120000000"},
        {BCRYPT_ECDH_P384_ALG_HANDLE, "P-384", 384, 48, "45434b3330000000"},
        {BCRYPT_ECDH_P521_ALG_HANDLE, "P-521", 521, 66, "45434b3542000000"},
    };
    for (const CurveRow& curve : curves) {
        for (int round = 0; round < 10; ++round) {
            BOOST_TEST_CONTEXT(curve.openssl << ", round " << round)
            {
                const KeyHandle ours = generated_pair(curve.algorithm, curve.bits);
                const OwnedKey theirs = generated_by_openssl(curve);
                const ByteVector secret =
                    agreed_by_openssl(theirs.get(), public_key_for_openssl(curve, ours).get());
                BOOST_TEST(agreed_by_us(ours, public_key_of_openssl(curve, theirs.get())) ==
                           to_hex(ByteVector(secret.rbegin(), secret.rend())));
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
