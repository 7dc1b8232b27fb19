// SPDX-License-Identifier: BSD-2-Clause
// Published answers on elliptic curves, through BCrypt*.
#include "ec_keys.h"
#include "support/vectors.h"

using namespace capishim_test;

namespace {

ByteVector reversed_octets(const ByteVector& bytes)
{
    return {bytes.rbegin(), bytes.rend()};
}

KeyHandle public_key(BCRYPT_ALG_HANDLE algorithm, bool signs, const Vector& vector,
                     const std::string& prefix = "")
{
    return imported_pair(algorithm, BCRYPT_ECCPUBLIC_BLOB,
                         ecc_blob(signs, false, vector.text("curve"),
                                  {vector.bytes(prefix + "x"), vector.bytes(prefix + "y")}));
}

/// Its point left to be computed (N-147).
KeyHandle private_key(BCRYPT_ALG_HANDLE algorithm, bool signs, const Vector& vector)
{
    const ByteVector scalar = vector.bytes("scalar"), zero(scalar.size());
    return imported_pair(algorithm, BCRYPT_ECCPRIVATE_BLOB,
                         ecc_blob(signs, true, vector.text("curve"), {zero, zero, scalar}));
}

} // namespace

BOOST_AUTO_TEST_SUITE(ec_vectors)

BOOST_AUTO_TEST_CASE(published_signatures_verify_and_ours_do_beside_them)
{
    for (const Vector& vector : read_vectors("ecdsa.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const NamedCurve algorithm(BCRYPT_ECDSA_ALGORITHM, vector.text("curve"));
            const KeyHandle shown = public_key(algorithm, true, vector);
            const ByteVector hash = vector.bytes("hash");
            ByteVector signature = vector.bytes("signature");
            CHECK_STATUS(verify_status(shown, hash, signature), STATUS_SUCCESS);
            signature[signature.size() / 2] ^= 1;
            CHECK_STATUS(verify_status(shown, hash, signature), STATUS_INVALID_SIGNATURE);
            const KeyHandle key = private_key(algorithm, true, vector);
            const ByteVector blob =
                ecc_blob(true, true, vector.text("curve"),
                         {vector.bytes("x"), vector.bytes("y"), vector.bytes("scalar")});
            BOOST_TEST(to_hex(exported(key, BCRYPT_ECCPRIVATE_BLOB)) == to_hex(blob));
            CHECK_STATUS(verify_status(shown, hash, signature_of(key, hash)), STATUS_SUCCESS);
        }
    }
}

BOOST_AUTO_TEST_CASE(signatures_verify_or_not_as_published)
{
    for (const Vector& vector : read_vectors("ecdsa_verify.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const NamedCurve algorithm(BCRYPT_ECDSA_ALGORITHM, vector.text("curve"));
            const KeyHandle key = public_key(algorithm, true, vector);
            const NTSTATUS status =
                verify_status(key, vector.bytes("hash"), vector.bytes("signature"));
            const bool good = vector.number("valid") == 1;
            CHECK_STATUS(status, good ? STATUS_SUCCESS : STATUS_INVALID_SIGNATURE);
        }
    }
}

BOOST_AUTO_TEST_CASE(secrets_are_agreed_as_published)
{
    for (const Vector& vector : read_vectors("ecdh_curves.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const NamedCurve algorithm(BCRYPT_ECDH_ALGORITHM, vector.text("curve"));
            const KeyHandle own = private_key(algorithm, false, vector);
            const KeyHandle peer = public_key(algorithm, false, vector, "peer_");
            BOOST_TEST(agreed_value(own, peer) == vector.text("secret"));
        }
    }
}

// The numbers of curve25519 are the RFC's octets turned round (N-150).
BOOST_AUTO_TEST_CASE(curve25519_agrees_as_published)
{
    const AlgorithmHandle algorithm(BCRYPT_ECDH_ALGORITHM);
    REQUIRE_STATUS(set_text(algorithm, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_25519),
                   STATUS_SUCCESS);
    const ByteVector zero(32);
    for (const Vector& vector : read_vectors("x25519.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const KeyHandle own =
                imported_pair(algorithm, BCRYPT_ECCPRIVATE_BLOB,
                              ecc_blob(false, true, "curve25519",
                                       {zero, zero, reversed_octets(vector.bytes("scalar"))}));
            const KeyHandle peer =
                imported_pair(algorithm, BCRYPT_ECCPUBLIC_BLOB,
                              ecc_blob(false, false, "curve25519",
                                       {reversed_octets(vector.bytes("peer")), zero}));
            const ByteVector secret = reversed_octets(vector.bytes("secret"));
            if (secret == zero) { // a point of small order
                BCRYPT_SECRET_HANDLE none = nullptr;
                CHECK_STATUS(BCryptSecretAgreement(own, peer, &none, 0), STATUS_INVALID_PARAMETER);
            } else {
                BOOST_TEST(agreed_value(own, peer) == to_hex(secret));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(points_are_the_published_multiples)
{
    for (const Vector& vector : read_vectors("ec_points.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const NamedCurve algorithm(BCRYPT_ECDSA_ALGORITHM, vector.text("curve"));
            const KeyHandle key = private_key(algorithm, true, vector);
            BOOST_TEST(to_hex(exported(key, BCRYPT_ECCPUBLIC_BLOB)).substr(16) ==
                       vector.text("x") + vector.text("y"));
        }
    }
}

BOOST_AUTO_TEST_CASE(points_off_the_curve_are_refused)
{
    for (const Vector& vector : read_vectors("ec_invalid.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            for (const LPCWSTR id : {BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECDH_ALGORITHM}) {
                const NamedCurve algorithm(id, vector.text("curve"));
                CHECK_STATUS(
                    import_status(algorithm, BCRYPT_ECCPUBLIC_BLOB,
                                  ecc_blob(narrow(id) == "ECDSA", false, vector.text("curve"),
                                           {vector.bytes("x"), vector.bytes("y")})),
                    STATUS_INVALID_PARAMETER);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
