// SPDX-License-Identifier: BSD-2-Clause
// ECDSA and ECDH against OpenSSL on every curve that both know: random keys and hashes, there and
// back.
#include "ec_keys.h"

#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <random>

// EC_KEY is deprecated in OpenSSL 3, but the only way to a signature on numbers without DER.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

using namespace capishim_test;

namespace {

struct SharedCurve {
    const char* ours;
    int theirs;
};

const SharedCurve shared_curves[] = {
    {"nistP192", NID_X9_62_prime192v1},
    {"nistP224", NID_secp224r1},
    {"nistP256", NID_X9_62_prime256v1},
    {"nistP384", NID_secp384r1},
    {"nistP521", NID_secp521r1},
    {"secP160k1", NID_secp160k1},
    {"secP160r1", NID_secp160r1},
    {"secP160r2", NID_secp160r2},
    {"secP192k1", NID_secp192k1},
    {"secP224k1", NID_secp224k1},
    {"secP256k1", NID_secp256k1},
    {"wtls7", NID_wap_wsg_idm_ecid_wtls7},
    {"wtls9", NID_wap_wsg_idm_ecid_wtls9},
    {"wtls12", NID_wap_wsg_idm_ecid_wtls12},
    {"x962P192v2", NID_X9_62_prime192v2},
    {"x962P192v3", NID_X9_62_prime192v3},
    {"x962P239v1", NID_X9_62_prime239v1},
    {"x962P239v2", NID_X9_62_prime239v2},
    {"x962P239v3", NID_X9_62_prime239v3},
    {"brainpoolP160r1", NID_brainpoolP160r1},
    {"brainpoolP160t1", NID_brainpoolP160t1},
    {"brainpoolP192r1", NID_brainpoolP192r1},
    {"brainpoolP192t1", NID_brainpoolP192t1},
    {"brainpoolP224r1", NID_brainpoolP224r1},
    {"brainpoolP224t1", NID_brainpoolP224t1},
    {"brainpoolP256r1", NID_brainpoolP256r1},
    {"brainpoolP256t1", NID_brainpoolP256t1},
    {"brainpoolP320r1", NID_brainpoolP320r1},
    {"brainpoolP320t1", NID_brainpoolP320t1},
    {"brainpoolP384r1", NID_brainpoolP384r1},
    {"brainpoolP384t1", NID_brainpoolP384t1},
    {"brainpoolP512r1", NID_brainpoolP512r1},
    {"brainpoolP512t1", NID_brainpoolP512t1},
};

template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const
    {
        release(object);
    }
};

using Number = std::unique_ptr<BIGNUM, Release<BN_clear_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Release<ECDSA_SIG_free>>;

using TheirKey = std::unique_ptr<EC_KEY, Release<EC_KEY_free>>;

Number number_of(const ByteVector& bytes)
{
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

ByteVector bytes_of(const BIGNUM* number, std::size_t size)
{
    ByteVector bytes(size);
    BOOST_REQUIRE(BN_bn2binpad(number, bytes.data(), static_cast<int>(size)) ==
                  static_cast<int>(size));
    return bytes;
}

/// One key on both sides.
struct Pair {
    Pair(const SharedCurve& curve, LPCWSTR algorithm_id)
        : algorithm(algorithm_id, curve.ours), ours(generated_pair(algorithm, 0)),
          theirs(EC_KEY_new_by_curve_name(curve.theirs))
    {
        BOOST_REQUIRE(theirs);
        const EC_GROUP* const group = EC_KEY_get0_group(theirs.get());
        const ByteVector blob = exported(ours, BCRYPT_ECCPRIVATE_BLOB);
        const auto size = static_cast<std::ptrdiff_t>((blob.size() - 8) / 3);
        const auto part = [&](std::ptrdiff_t index) {
            return number_of(
                {blob.begin() + 8 + index * size, blob.begin() + 8 + (index + 1) * size});
        };
        BOOST_REQUIRE(EC_KEY_set_private_key(theirs.get(), part(2).get()) == 1);
        BOOST_REQUIRE(EC_KEY_set_public_key_affine_coordinates(theirs.get(), part(0).get(),
                                                               part(1).get()) == 1);
        order_size = (static_cast<std::size_t>(EC_GROUP_order_bits(group)) + 7) / 8;
        field_size = static_cast<std::size_t>(size);
    }

    NamedCurve algorithm;
    KeyHandle ours;
    TheirKey theirs;
    std::size_t order_size = 0, field_size = 0;
};

ByteVector random_bytes(std::mt19937& source, std::size_t size)
{
    ByteVector bytes(size);
    for (UCHAR& byte : bytes)
        byte = static_cast<UCHAR>(source());
    return bytes;
}

constexpr unsigned seed = 20260921;

} // namespace

BOOST_AUTO_TEST_SUITE(ec_openssl)

BOOST_AUTO_TEST_CASE(signatures_go_there_and_back)
{
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 source(seed);
    for (const SharedCurve& curve : shared_curves) {
        BOOST_TEST_CONTEXT(curve.ours)
        {
            const Pair pair(curve, BCRYPT_ECDSA_ALGORITHM);
            for (const std::size_t size : {1, 16, 20, 28, 32, 48, 64, 100}) {
                const ByteVector hash = random_bytes(source, size);
                const ByteVector made = signature_of(pair.ours, hash);
                const auto middle = made.begin() + static_cast<std::ptrdiff_t>(pair.order_size);
                const Signature shown(ECDSA_SIG_new());
                BOOST_REQUIRE(ECDSA_SIG_set0(shown.get(),
                                             number_of({made.begin(), middle}).release(),
                                             number_of({middle, made.end()}).release()) == 1);
                BOOST_TEST(ECDSA_do_verify(hash.data(), static_cast<int>(size), shown.get(),
                                           pair.theirs.get()) == 1);
                const Signature back(
                    ECDSA_do_sign(hash.data(), static_cast<int>(size), pair.theirs.get()));
                BOOST_REQUIRE(back);
                ByteVector signature = bytes_of(ECDSA_SIG_get0_r(back.get()), pair.order_size);
                const ByteVector s = bytes_of(ECDSA_SIG_get0_s(back.get()), pair.order_size);
                signature.insert(signature.end(), s.begin(), s.end());
                CHECK_STATUS(verify_status(pair.ours, hash, signature), STATUS_SUCCESS);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(secrets_agree_both_ways)
{
    for (const SharedCurve& curve : shared_curves) {
        BOOST_TEST_CONTEXT(curve.ours)
        {
            const Pair first(curve, BCRYPT_ECDH_ALGORITHM), second(curve, BCRYPT_ECDH_ALGORITHM);
            const std::string secret = agreed_value(first.ours, second.ours);
            for (const auto& [own, peer] : {std::pair{&first, &second}, {&second, &first}}) {
                ByteVector theirs(own->field_size);
                const int size = ECDH_compute_key(theirs.data(), theirs.size(),
                                                  EC_KEY_get0_public_key(peer->theirs.get()),
                                                  own->theirs.get(), nullptr);
                BOOST_TEST(size == static_cast<int>(own->field_size));
                BOOST_TEST(to_hex(theirs) == secret);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(curve25519_agrees_both_ways)
{
    const NamedCurve algorithm(BCRYPT_ECDH_ALGORITHM, "curve25519");
    using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
    using Context = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
    const auto octets = [](const ByteVector& blob, std::ptrdiff_t index) {
        const ByteVector number(blob.begin() + 8 + 32 * index, blob.begin() + 40 + 32 * index);
        return ByteVector(number.rbegin(), number.rend());
    };
    for (int round = 0; round < 20; ++round) {
        const KeyHandle own = generated_pair(algorithm, 0), peer = generated_pair(algorithm, 255);
        const ByteVector scalar = octets(exported(own, BCRYPT_ECCPRIVATE_BLOB), 2);
        const ByteVector point = octets(exported(peer, BCRYPT_ECCPUBLIC_BLOB), 0);
        const Key secret_key(
            EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, scalar.data(), 32));
        const Key public_key(
            EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, point.data(), 32));
        const Context context(EVP_PKEY_CTX_new(secret_key.get(), nullptr));
        ByteVector secret(32);
        std::size_t size = secret.size();
        BOOST_REQUIRE(EVP_PKEY_derive_init(context.get()) == 1);
        BOOST_REQUIRE(EVP_PKEY_derive_set_peer(context.get(), public_key.get()) == 1);
        BOOST_REQUIRE(EVP_PKEY_derive(context.get(), secret.data(), &size) == 1);
        BOOST_TEST(to_hex({secret.rbegin(), secret.rend()}) == agreed_value(own, peer));
    }
}

BOOST_AUTO_TEST_SUITE_END()
