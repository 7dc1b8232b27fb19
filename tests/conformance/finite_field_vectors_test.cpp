// SPDX-License-Identifier: BSD-2-Clause
// DH, DSA and RSA through BCrypt* against published answers (tests/vectors).
#include "finite_field_blobs.h"
#include "support/vectors.h"

#include <map>

using namespace capishim_test;

namespace {

RsaNumbers rsa_numbers(const Vector& vector)
{
    return {vector.text("exponent"), vector.text("modulus"), vector.text("prime1"),
            vector.text("prime2")};
}

/// The padding of a signature vector, held together with what it points to.
struct SignaturePadding {
    explicit SignaturePadding(const Vector& vector)
        : flags(vector.has("salt") ? BCRYPT_PAD_PSS : BCRYPT_PAD_PKCS1)
    {
        if (vector.has("algorithm"))
            for (const char character : vector.text("algorithm"))
                name += static_cast<WCHAR>(character);
        pss = {name.c_str(), static_cast<ULONG>(pss_salt(vector))};
        pkcs1 = {vector.has("algorithm") ? name.c_str() : nullptr};
    }
    SignaturePadding(const SignaturePadding&) = delete;

    VOID* info() { return flags == BCRYPT_PAD_PSS ? static_cast<VOID*>(&pss) : &pkcs1; }

    ULONG flags;
    std::basic_string<WCHAR> name;
    BCRYPT_PSS_PADDING_INFO pss{};
    BCRYPT_PKCS1_PADDING_INFO pkcs1{};

  private:
    static std::size_t pss_salt(const Vector& vector)
    {
        return vector.has("salt") ? vector.number("salt") : 0;
    }
};

ByteVector signed_with(BCRYPT_KEY_HANDLE key, VOID* info, ULONG flags, const ByteVector& hash)
{
    ULONG size = 0;
    REQUIRE_STATUS(
        BCryptSignHash(key, info, data_of(hash), size_of(hash), nullptr, 0, &size, flags),
        STATUS_SUCCESS);
    ByteVector signature(size);
    REQUIRE_STATUS(BCryptSignHash(key, info, data_of(hash), size_of(hash), signature.data(), size,
                                  &size, flags),
                   STATUS_SUCCESS);
    return signature;
}

NTSTATUS verify_status(BCRYPT_KEY_HANDLE key, VOID* info, ULONG flags, const ByteVector& hash,
                       const ByteVector& signature)
{
    return BCryptVerifySignature(key, info, data_of(hash), size_of(hash), data_of(signature),
                                 size_of(signature), flags);
}

/// Good as it is, bad with a bit turned in the hash or in the signature.
void check_signature(BCRYPT_KEY_HANDLE key, VOID* info, ULONG flags, ByteVector hash,
                     ByteVector signature)
{
    CHECK_STATUS(verify_status(key, info, flags, hash, signature), STATUS_SUCCESS);
    hash[0] ^= 1;
    CHECK_STATUS(verify_status(key, info, flags, hash, signature), STATUS_INVALID_SIGNATURE);
    hash[0] ^= 1;
    signature.back() ^= 1;
    CHECK_STATUS(verify_status(key, info, flags, hash, signature), STATUS_INVALID_SIGNATURE);
}

ByteVector bytes(const Vector& vector, const char* name)
{
    return capishim_test::from_hex(vector.text(name));
}

} // namespace

BOOST_AUTO_TEST_SUITE(finite_field_vectors)

BOOST_AUTO_TEST_CASE(DH_agrees_on_published_secrets)
{
    for (const Vector& vector : read_vectors("dh.vec"))
        BOOST_TEST_CONTEXT(vector.where())
        {
            const DhNumbers numbers{vector.text("prime"), vector.text("generator")};
            const KeyHandle own =
                dh_private_key(numbers, vector.text("public"), vector.text("secret"));
            const KeyHandle peer = dh_public_key(numbers, vector.text("peer"));
            BOOST_TEST(shared_value(own, peer) == vector.text("agreed"));
        }
}

BOOST_AUTO_TEST_CASE(DSA_takes_published_signatures_and_makes_its_own)
{
    std::map<std::string, DsaNumbers> groups;
    for (const Vector& vector : read_vectors("dsa.vec"))
        BOOST_TEST_CONTEXT(vector.where())
        {
            if (vector.has("name")) {
                groups[vector.text("name")] = {vector.text("prime"), vector.text("order"),
                                               vector.text("generator")};
                continue;
            }
            const DsaNumbers& numbers = groups.at(vector.text("group"));
            const KeyHandle shown = dsa_key(numbers, vector.text("public"), {});
            const ByteVector hash = bytes(vector, "hash");
            check_signature(shown, nullptr, 0, hash, bytes(vector, "signature"));
            if (!vector.has("secret"))
                continue;
            const KeyHandle pair = dsa_key(numbers, vector.text("public"), vector.text("secret"));
            CHECK_STATUS(
                verify_status(shown, nullptr, 0, hash, signed_with(pair, nullptr, 0, hash)),
                STATUS_SUCCESS);
        }
}

BOOST_AUTO_TEST_CASE(RSA_makes_and_takes_published_signatures)
{
    for (const Vector& vector : read_vectors("rsa_cng_signature.vec"))
        BOOST_TEST_CONTEXT(vector.where())
        {
            const RsaNumbers numbers = rsa_numbers(vector);
            const KeyHandle pair = rsa_private_key(numbers), shown = rsa_public_key(numbers);
            SignaturePadding padding(vector);
            const ByteVector hash = bytes(vector, "hash");
            check_signature(shown, padding.info(), padding.flags, hash, bytes(vector, "signature"));
            const ByteVector made = signed_with(pair, padding.info(), padding.flags, hash);
            if (vector.has("salt") && vector.number("salt") != 0)
                CHECK_STATUS(verify_status(shown, padding.info(), padding.flags, hash, made),
                             STATUS_SUCCESS);
            else // there is nothing random in it
                BOOST_TEST(to_hex(made) == vector.text("signature"));
        }
}

BOOST_AUTO_TEST_CASE(RSA_opens_published_ciphertexts_and_its_own)
{
    BCRYPT_OAEP_PADDING_INFO oaep{BCRYPT_SHA1_ALGORITHM, nullptr, 0};
    for (const Vector& vector : read_vectors("rsa_cng_encryption.vec"))
        BOOST_TEST_CONTEXT(vector.where())
        {
            const std::string& name = vector.text("padding");
            const ULONG flags = name == "OAEP"    ? BCRYPT_PAD_OAEP
                                : name == "PKCS1" ? BCRYPT_PAD_PKCS1
                                                  : BCRYPT_PAD_NONE;
            VOID* const info = name == "OAEP" ? &oaep : nullptr;
            const RsaNumbers numbers = rsa_numbers(vector);
            const KeyHandle pair = rsa_private_key(numbers), shown = rsa_public_key(numbers);
            const ByteVector message = bytes(vector, "message");
            BOOST_TEST(to_hex(rsa_decrypted(pair, info, flags, bytes(vector, "ciphertext"))) ==
                       vector.text("message"));
            const ByteVector made = rsa_encrypted(shown, info, flags, message);
            BOOST_TEST(to_hex(rsa_decrypted(pair, info, flags, made)) == vector.text("message"));
            if (flags == BCRYPT_PAD_NONE)
                BOOST_TEST(to_hex(made) == vector.text("ciphertext"));
        }
}

BOOST_AUTO_TEST_SUITE_END()
