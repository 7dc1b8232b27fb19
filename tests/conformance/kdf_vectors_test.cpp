// SPDX-License-Identifier: BSD-2-Clause
// Key derivation through BCryptKeyDerivation, BCryptDeriveKeyPBKDF2, BCryptDeriveKeyCapi and
// BCryptDeriveKey, against the known answers of kdf_*.vec.
#include "conformance/kdf_parameters.h"

using namespace capishim_test;

namespace {

ULONG output_size(const Vector& vector)
{
    return static_cast<ULONG>(vector.bytes("output").size());
}

void check_key_derivation(const Vector& vector)
{
    const AlgorithmHandle algorithm(widened(vector.text("algorithm")).c_str());
    const KeyHandle key = kdf_key(algorithm, vector.bytes("secret"));
    lead_through_hkdf(key, vector);
    const ULONG flags = vector.has("aes_target") ? BCRYPT_CAPI_AES_FLAG : 0;
    BOOST_TEST(derived_by(key, parameters_of(vector), output_size(vector), flags) ==
               vector.text("output"));
}

void check_pbkdf2_at_once(const Vector& vector)
{
    const AlgorithmHandle prf(widened(vector.text("hash")).c_str(), BCRYPT_ALG_HANDLE_HMAC_FLAG);
    const ByteVector password = vector.bytes("secret");
    const ByteVector salt = vector.bytes(vector.has("salt") ? "salt" : "generic");
    ByteVector out(output_size(vector));
    CHECK_STATUS(BCryptDeriveKeyPBKDF2(prf, data_of(password), size_of(password), data_of(salt),
                                       size_of(salt), vector.number("iterations"), out.data(),
                                       size_of(out), 0),
                 STATUS_SUCCESS);
    BOOST_TEST(to_hex(out) == vector.text("output"));
}

/// CAPI_KDF's value is what BCryptDeriveKeyCapi makes of the hash of the same bytes.
void check_derive_key_capi(const Vector& vector)
{
    const AlgorithmHandle algorithm(widened(vector.text("hash")).c_str());
    const ByteVector data = vector.bytes("secret");
    BCRYPT_HASH_HANDLE hash = nullptr;
    REQUIRE_STATUS(BCryptCreateHash(algorithm, &hash, nullptr, 0, nullptr, 0, 0), STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptHashData(hash, data_of(data), size_of(data), 0), STATUS_SUCCESS);
    ByteVector out(output_size(vector));
    const BCRYPT_ALG_HANDLE target =
        vector.has("aes_target") ? BCRYPT_AES_CBC_ALG_HANDLE : BCRYPT_RC4_ALG_HANDLE;
    CHECK_STATUS(BCryptDeriveKeyCapi(hash, target, out.data(), size_of(out), 0), STATUS_SUCCESS);
    BOOST_TEST(to_hex(out) == vector.text("output"));
    BCryptDestroyHash(hash);
}

void check_each(const char* file, std::size_t at_least)
{
    const auto vectors = read_vectors(file);
    BOOST_TEST(vectors.size() >= at_least);
    for (const Vector& vector : vectors) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            check_key_derivation(vector);
            if (vector.text("algorithm") == "PBKDF2")
                check_pbkdf2_at_once(vector);
            if (vector.text("algorithm") == "CAPI_KDF")
                check_derive_key_capi(vector);
        }
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(key_derivation_known_answers)

BOOST_AUTO_TEST_CASE(the_samples_of_the_documentation)
{
    check_each("kdf_cng.vec", 19);
}

BOOST_AUTO_TEST_CASE(sp800_108_in_counter_mode)
{
    check_each("kdf_sp800_108.vec", 124);
}

BOOST_AUTO_TEST_CASE(sp800_56a_concatenation)
{
    check_each("kdf_concat.vec", 160);
}

BOOST_AUTO_TEST_CASE(hkdf_of_rfc_5869)
{
    check_each("kdf_hkdf.vec", 25);
}

BOOST_AUTO_TEST_CASE(pbkdf2_of_rfc_6070)
{
    check_each("kdf_pbkdf2.vec", 19);
}

BOOST_AUTO_TEST_CASE(tls_pseudo_random_functions)
{
    check_each("kdf_tls_prf.vec", 35);
}

BOOST_AUTO_TEST_CASE(functions_of_an_agreed_secret)
{
    for (const Vector& vector : read_vectors("kdf_secret.vec")) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            const Agreement agreed;
            lead_through_hkdf(agreed.secret, vector);
            const ULONG flags = vector.has("secret_is_key") ? KDF_USE_SECRET_AS_HMAC_KEY_FLAG : 0;
            BOOST_TEST(derived_from(agreed.secret, widened(vector.text("algorithm")).c_str(),
                                    parameters_of(vector), output_size(vector),
                                    flags) == vector.text("output"));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
