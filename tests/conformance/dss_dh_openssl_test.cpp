// SPDX-License-Identifier: BSD-2-Clause
// The DSS and Diffie-Hellman providers against OpenSSL 3 and against BCrypt*: what one signs the
// others verify, what two agree on the third computes too, and blobs go from face to face.
#include "api/crypt/finite_field_fixtures.h"
#include "openssl_keys.h"

#include <random>

using namespace capishim_test;

namespace {

constexpr unsigned random_seed = 186; // of the data; the keys come from the library
constexpr int rounds = 25;

ByteVector random_bytes(std::size_t size)
{
    static std::mt19937 source(random_seed);
    ByteVector bytes(size);
    for (BYTE& byte : bytes)
        byte = static_cast<BYTE>(source());
    return bytes;
}

/// Big-endian, as OpenSSL wants numbers.
ByteVector part(const ByteVector& blob, std::size_t offset, std::size_t size)
{
    const auto begin = blob.begin() + static_cast<std::ptrdiff_t>(offset);
    return reversed({begin, begin + static_cast<std::ptrdiff_t>(size)});
}

/// CryptoAPI's signature as everybody else's, or the other way round.
ByteVector with_halves_reversed(ByteVector signature)
{
    std::reverse(signature.begin(), signature.begin() + 20);
    std::reverse(signature.begin() + 20, signature.end());
    return signature;
}

/// Of a version 3 private blob: P, Q, G, Y and X behind the 52 bytes of head.
OwnedKey openssl_dss(const ByteVector& blob, std::size_t size)
{
    const std::size_t prime = 52, order = prime + size, generator = order + 20;
    return openssl_key("DSA", {{OSSL_PKEY_PARAM_FFC_P, part(blob, prime, size)},
                               {OSSL_PKEY_PARAM_FFC_Q, part(blob, order, 20)},
                               {OSSL_PKEY_PARAM_FFC_G, part(blob, generator, size)},
                               {OSSL_PKEY_PARAM_PUB_KEY, part(blob, generator + size, size)},
                               {OSSL_PKEY_PARAM_PRIV_KEY, part(blob, generator + 2 * size, 20)}});
}

void check_dss(DWORD bits)
{
    const Provider context(enhanced_dh_provider);
    const HCRYPTKEY pair =
        generated(context.provider, AT_SIGNATURE, key_bits(bits) | CRYPT_EXPORTABLE);
    const OwnedKey theirs =
        openssl_dss(exported(pair, PRIVATEKEYBLOB, 0, CRYPT_BLOB_VER3), bits / 8);
    const OwnedContext openssl(EVP_PKEY_CTX_new(theirs.get(), nullptr));
    for (int round = 0; round < rounds; ++round) {
        const ByteVector value = random_bytes(20);
        const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
        REQUIRE_SUCCEEDS(CryptSetHashParam(hash, HP_HASHVAL, value.data(), 0));
        const ByteVector der = der_of(with_halves_reversed(signature_of(hash)));
        BOOST_REQUIRE(EVP_PKEY_verify_init(openssl.get()) == 1);
        BOOST_TEST(EVP_PKEY_verify(openssl.get(), der.data(), der.size(), value.data(),
                                   value.size()) == 1);
        BOOST_REQUIRE(EVP_PKEY_sign_init(openssl.get()) == 1);
        const ByteVector made = plain_of(openssl_result(EVP_PKEY_sign, openssl.get(), value), 20);
        CHECK_SUCCEEDS(verify(hash, with_halves_reversed(made), pair));
    }
}

/// y^x mod p, all big-endian; the result as long as p.
ByteVector power(const ByteVector& y, const ByteVector& x, const ByteVector& p)
{
    const auto number = [](const ByteVector& bytes) {
        return OwnedNumber(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    };
    const Owned<BN_CTX, BN_CTX_free> scratch(BN_CTX_new());
    const OwnedNumber base = number(y), exponent = number(x), modulus = number(p), z(BN_new());
    BOOST_REQUIRE(BN_mod_exp(z.get(), base.get(), exponent.get(), modulus.get(), scratch.get()));
    ByteVector bytes(p.size());
    BN_bn2binpad(z.get(), bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
}

/// Both secrets of a version 2 private blob's pair: P and X.
struct DhSecret {
    explicit DhSecret(HCRYPTKEY pair)
    {
        const ByteVector blob = exported(pair, PRIVATEKEYBLOB);
        const std::size_t size = (blob.size() - 16) / 3;
        p = part(blob, 16, size);
        x = part(blob, 16 + 2 * size, size);
    }
    ByteVector p, x;
};

ByteVector public_value(HCRYPTKEY pair)
{
    const ByteVector blob = exported(pair, PUBLICKEYBLOB);
    return part(blob, 16, blob.size() - 16);
}

struct Algorithm {
    explicit Algorithm(LPCWSTR name)
    {
        REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&handle, name, nullptr, 0), STATUS_SUCCESS);
    }
    ~Algorithm() { BCryptCloseAlgorithmProvider(handle, 0); }
    BCRYPT_ALG_HANDLE handle = nullptr;
};

struct CngKey {
    CngKey(const Algorithm& algorithm, LPCWSTR type, ByteVector blob)
    {
        REQUIRE_STATUS(BCryptImportKeyPair(algorithm.handle, nullptr, type, &handle, blob.data(),
                                           size_of(blob), 0),
                       STATUS_SUCCESS);
    }
    ~CngKey() { BCryptDestroyKey(handle); }

    ByteVector exported(LPCWSTR type) const
    {
        ByteVector blob(4096);
        ULONG size = 0;
        REQUIRE_STATUS(BCryptExportKey(handle, nullptr, type, blob.data(), 4096, &size, 0),
                       STATUS_SUCCESS);
        blob.resize(size);
        return blob;
    }
    BCRYPT_KEY_HANDLE handle = nullptr;
};

/// Little-endian, as CryptoAPI takes session keys from it.
ByteVector raw_secret(const CngKey& own, const CngKey& peer)
{
    BCRYPT_SECRET_HANDLE agreement = nullptr;
    REQUIRE_STATUS(BCryptSecretAgreement(own.handle, peer.handle, &agreement, 0), STATUS_SUCCESS);
    ByteVector raw(128);
    ULONG size = 0;
    CHECK_STATUS(
        BCryptDeriveKey(agreement, BCRYPT_KDF_RAW_SECRET, nullptr, raw.data(), 128, &size, 0),
        STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroySecret(agreement), STATUS_SUCCESS);
    return raw;
}

} // namespace

BOOST_AUTO_TEST_SUITE(DSS_and_DH_providers)

BOOST_AUTO_TEST_CASE(sign_what_OpenSSL_verifies_and_verify_what_it_signs)
{
    BOOST_TEST_MESSAGE("random data from seed " << random_seed);
    check_dss(512);
    check_dss(1024);
}

BOOST_AUTO_TEST_CASE(agree_on_what_OpenSSL_computes)
{
    for (const DWORD bits : {768u, 1024u, 2048u}) {
        const Provider context(enhanced_dh_provider);
        const HCRYPTKEY a =
            generated(context.provider, CALG_DH_EPHEM, key_bits(bits) | CRYPT_EXPORTABLE);
        for (int round = 0; round < 5; ++round) {
            const HCRYPTKEY b =
                pair_in_group(context.provider, key_param(a, KP_P), key_param(a, KP_G));
            const HCRYPTKEY key =
                agreed_as(CALG_RC4, context.provider, a, exported(b, PUBLICKEYBLOB),
                          key_bits(128) | CRYPT_EXPORTABLE);
            const DhSecret mine(a), theirs(b);
            const ByteVector z = power(public_value(b), mine.x, mine.p);
            BOOST_TEST(z == power(public_value(a), theirs.x, theirs.p));
            const ByteVector little = reversed(z);
            BOOST_TEST(bytes_of_key(key) == ByteVector(little.begin(), little.begin() + 16));
        }
    }
}

BOOST_AUTO_TEST_CASE(share_their_DSS_keys_with_BCrypt)
{
    const Provider context(dss_provider);
    const Algorithm dsa(BCRYPT_DSA_ALGORITHM);
    const HCRYPTKEY pair =
        generated(context.provider, AT_SIGNATURE, key_bits(1024) | CRYPT_EXPORTABLE);
    const ByteVector secret = exported(pair, PRIVATEKEYBLOB);
    const CngKey key(dsa, LEGACY_DSA_V2_PRIVATE_BLOB, secret);
    BOOST_TEST(key.exported(LEGACY_DSA_V2_PRIVATE_BLOB) == secret);
    BOOST_TEST(key.exported(LEGACY_DSA_V2_PUBLIC_BLOB) == exported(pair, PUBLICKEYBLOB));
    // the seed turned round, as each face has it
    const ByteVector cng = key.exported(BCRYPT_DSA_PUBLIC_BLOB);
    BOOST_TEST(ByteVector(cng.begin() + 12, cng.begin() + 32) ==
               reversed(ByteVector(secret.end() - 20, secret.end())));
    for (int round = 0; round < rounds; ++round) {
        ByteVector value = random_bytes(20), signature(40);
        const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
        REQUIRE_SUCCEEDS(CryptSetHashParam(hash, HP_HASHVAL, value.data(), 0));
        ByteVector ours = with_halves_reversed(signature_of(hash));
        CHECK_STATUS(
            BCryptVerifySignature(key.handle, nullptr, value.data(), 20, ours.data(), 40, 0),
            STATUS_SUCCESS);
        ULONG size = 0;
        CHECK_STATUS(
            BCryptSignHash(key.handle, nullptr, value.data(), 20, signature.data(), 40, &size, 0),
            STATUS_SUCCESS);
        CHECK_SUCCEEDS(verify(hash, with_halves_reversed(signature), pair));
    }
}

BOOST_AUTO_TEST_CASE(share_their_DH_keys_with_BCrypt)
{
    const Provider context(enhanced_dh_provider);
    const Algorithm dh(BCRYPT_DH_ALGORITHM);
    const HCRYPTKEY a = generated(context.provider, CALG_DH_SF, key_bits(1024) | CRYPT_EXPORTABLE);
    const HCRYPTKEY b =
        pair_in_group(context.provider, key_param(a, KP_P), key_param(a, KP_G), CALG_DH_SF);
    const ByteVector secret = exported(a, PRIVATEKEYBLOB, 0, CRYPT_BLOB_VER3);
    const CngKey own(dh, LEGACY_DH_PRIVATE_BLOB, secret);
    BOOST_TEST(own.exported(LEGACY_DH_PRIVATE_BLOB) == secret);
    const ByteVector shown = exported(b, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3);
    const CngKey peer(dh, LEGACY_DH_PUBLIC_BLOB, shown);
    BOOST_TEST(exported(imported(context.provider, peer.exported(LEGACY_DH_PUBLIC_BLOB)),
                        PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3) == shown);
    const ByteVector raw = raw_secret(own, peer);
    const HCRYPTKEY key = agreed_as(CALG_RC4, context.provider, a, shown);
    BOOST_TEST(bytes_of_key(key) == ByteVector(raw.begin(), raw.begin() + 16));
}

// cryptoapi.md 12.11: the whole secret of the known pairs, which session keys show the start of
BOOST_AUTO_TEST_CASE(agree_on_the_secret_of_the_known_answer)
{
    const Provider context(enhanced_dh_provider);
    const Algorithm dh(BCRYPT_DH_ALGORITHM);
    const OakleyExample group;
    const HCRYPTKEY a = imported(context.provider, group.private_blob(group.xa));
    const CngKey own(dh, LEGACY_DH_PRIVATE_BLOB, exported(a, PRIVATEKEYBLOB, 0, CRYPT_BLOB_VER3));
    const HCRYPTKEY b = imported(context.provider, group.private_blob(group.xb));
    const CngKey peer(dh, LEGACY_DH_PUBLIC_BLOB, exported(b, PUBLICKEYBLOB, 0, CRYPT_BLOB_VER3));
    const ByteVector raw = raw_secret(own, peer);
    const HCRYPTHASH hash = context.make_hash();
    add_data(hash, raw);
    BOOST_TEST(to_hex(value_of(hash)) == "7d3247b7152a236ffcd47e48bd728fb0fd3dcadd");
    BOOST_TEST(to_hex(reversed(raw)).substr(0, 32) == "9fb8869e9d3e84a24d6d2ce7b252ad71");
}

BOOST_AUTO_TEST_SUITE_END()
