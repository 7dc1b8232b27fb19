// SPDX-License-Identifier: BSD-2-Clause
// Published vectors through Crypt* and through BCrypt*: both faces give the same, right answer.
#include "faces.h"
#include "support/checks.h"
#include "support/interop_keys.h"
#include "support/vectors.h"

#include <algorithm>
#include <random>

using namespace capishim_test;

namespace {

void check_cipher(const Vector& vector, const CipherSetup& setup)
{
    const VectorBytes plaintext = vector.bytes("plaintext");
    const VectorBytes ciphertext = vector.bytes("ciphertext");
    for (const Face* face : faces)
        BOOST_TEST_CONTEXT(face->name() << ", " << vector.where())
        {
            BOOST_CHECK_EQUAL(to_hex(face->encrypt(setup, plaintext, false)), to_hex(ciphertext));
            BOOST_CHECK_EQUAL(to_hex(face->decrypt(setup, ciphertext, false)), to_hex(plaintext));
        }
}

/// CryptoAPI knows these modes, and takes whole blocks where nothing is padded.
bool is_for_both(const Vector& vector, std::size_t block)
{
    const std::string mode = vector.text("mode");
    return (mode == "CBC" || mode == "ECB" || mode == "CFB8") &&
           vector.bytes("plaintext").size() % block == 0;
}

CipherSetup setup_of(const Vector& vector, std::string algorithm)
{
    return {std::move(algorithm), vector.text("mode"), vector.bytes("key"),
            vector.has("iv") ? vector.bytes("iv") : VectorBytes()};
}

VectorBytes random_bytes(std::mt19937& source, std::size_t size)
{
    VectorBytes bytes(size);
    for (auto& byte : bytes)
        byte = static_cast<std::uint8_t>(source());
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(both_faces)

BOOST_AUTO_TEST_CASE(hash_as_published)
{
    for (const Vector& vector : read_vectors("hash.vec"))
        for (const Face* face : faces)
            BOOST_TEST_CONTEXT(face->name() << ", " << vector.where())
    BOOST_CHECK_EQUAL(to_hex(face->hash(vector.text("hash"), vector.bytes("message"))),
                      vector.text("digest"));
}

BOOST_AUTO_TEST_CASE(authenticate_as_published)
{
    for (const Vector& vector : read_vectors("hmac.vec"))
        for (const Face* face : faces)
            BOOST_TEST_CONTEXT(face->name() << ", " << vector.where())
    BOOST_CHECK_EQUAL(
        to_hex(face->hmac(vector.text("hash"), vector.bytes("key"), vector.bytes("data"))),
        vector.text("mac"));
}

BOOST_AUTO_TEST_CASE(encrypt_with_AES_as_published)
{
    int met = 0;
    for (const Vector& vector : read_vectors("aes.vec"))
        if (is_for_both(vector, 16)) {
            check_cipher(vector, setup_of(vector, "AES"));
            ++met;
        }
    BOOST_CHECK_GE(met, 4);
}

BOOST_AUTO_TEST_CASE(encrypt_with_the_DES_family_as_published)
{
    int met = 0;
    for (const Vector& vector : read_vectors("des.vec"))
        if (is_for_both(vector, 8)) {
            const std::size_t key_size = vector.bytes("key").size();
            check_cipher(vector, setup_of(vector, key_size == 8    ? "DES"
                                                  : key_size == 16 ? "3DES_112"
                                                                   : "3DES"));
            ++met;
        }
    BOOST_CHECK_GE(met, 5);
}

BOOST_AUTO_TEST_CASE(encrypt_with_RC2_as_published)
{
    int met = 0;
    for (const Vector& vector : read_vectors("rc2.vec")) {
        const VectorBytes key = vector.bytes("key");
        if (key.size() < 5 || key.size() > 16)
            continue;
        check_cipher(
            vector,
            {"RC2", "ECB", key, {}, static_cast<std::uint32_t>(vector.number("effective_bits"))});
        ++met;
    }
    BOOST_CHECK_GE(met, 5);
}

BOOST_AUTO_TEST_CASE(encrypt_with_RC4_as_published)
{
    int met = 0;
    for (const Vector& vector : read_vectors("rc4.vec")) {
        const VectorBytes key = vector.bytes("key");
        if (key.size() > 16)
            continue;
        for (const Face* face : faces) {
            const VectorBytes stream =
                face->encrypt({"RC4", "", key, {}}, VectorBytes(4112), false);
            for (const std::size_t offset : {0, 16, 240, 1024, 4096})
                BOOST_TEST_CONTEXT(face->name() << ", " << vector.where() << ", at " << offset)
            BOOST_CHECK_EQUAL(to_hex(stream.data() + offset, 16),
                              vector.text("offset_" + std::to_string(offset)));
        }
        ++met;
    }
    BOOST_CHECK_GE(met, 3);
}

BOOST_AUTO_TEST_CASE(derive_keys_alike)
{
    const struct {
        const char* hash;
        const char* key; // cryptoapi.md 12.2
    } rows[] = {
        {"MD5", "9181a42f85ca981b6e71333dd231aa3c0febe61d54a40b733d5555856ff65b7c"},
        {"SHA1", "a3bc508753274827cf2515600eaea32c226a7895c0533fcc0a67de054e4822f0"},
        {"SHA256", "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"},
        {"SHA384", "a8b64babd0aca91a59bdbb7761b421d4f2bb38280d3a75ba0f21f2bebc45583d"},
        {"SHA512", "b109f3bbbc244eb82441917ed06d618b9008dd09b3befd1b5e07394c706a8bb9"},
    };
    const std::string password = "password";
    for (const auto& row : rows)
        for (const std::size_t size : {16, 24, 32})
            for (const Face* face : faces)
                BOOST_TEST_CONTEXT(face->name() << ", " << row.hash << ", " << size << " bytes")
    BOOST_CHECK_EQUAL(
        to_hex(face->derived_aes_key(row.hash, {password.begin(), password.end()}, size)),
        std::string(row.key).substr(0, 2 * size));
}

BOOST_AUTO_TEST_CASE(sign_alike)
{
    const struct {
        const char* hash;
        const char* signature; // cryptoapi.md 12.10, little-endian there
    } rows[] = {
        {"SHA1", "dc164ca66fe6fb57d0283706aca8422d2ebeaf56a2b78ae79b582cc1ab82c70d"
                 "1ba3e089e3077131a153f6cf13745566ea628101adda71b5fb019d00da31185a"},
        {"MD5", "ed8eba09e5fb045fdbf8f6f952f49aa892384d0f4a6267f024b46e205a1adfd8"
                "126ab26522e8814ff1fa89483c9fabbfcb093fec33fc2455d02620711718c16c"},
        {"SHA256", "70002180b6f94a548a4f5dfc85831ce2b7db7d672a04f8470b6a843e5104bf37"
                   "9d62c431fbab3c70ca01bf147b2ce16167c78630ead2d972335eebab9c4a2a55"},
    };
    for (const auto& row : rows)
        for (const Face* face : faces) {
            VectorBytes signature =
                face->sign(from_hex(interop_private_blob), row.hash, {'a', 'b', 'c'});
            std::reverse(signature.begin(), signature.end());
            BOOST_TEST_CONTEXT(face->name()) BOOST_CHECK_EQUAL(to_hex(signature), row.signature);
        }
}

BOOST_AUTO_TEST_CASE(open_what_was_encrypted_for_the_pair)
{
    int met = 0;
    for (const Vector& vector : read_vectors("rsa_decryption.vec")) {
        const bool oaep = vector.text("padding") == "OAEP";
        if (vector.text("key") != "capi-512" ||
            (oaep && (vector.text("hash") != "SHA1" || !vector.text("label").empty())))
            continue;
        for (const Face* face : faces)
            BOOST_TEST_CONTEXT(face->name() << ", " << vector.where())
        BOOST_CHECK_EQUAL(to_hex(face->rsa_decrypt(from_hex(interop_private_blob), oaep,
                                                   vector.bytes("ciphertext"))),
                          vector.text("message"));
        ++met;
    }
    BOOST_CHECK_GE(met, 2);
}

// Each face opens what the other has locked, at every length up to a few blocks.
BOOST_AUTO_TEST_CASE(understand_each_other)
{
    std::mt19937 source(1996);
    const struct {
        const char* algorithm;
        std::size_t key, block;
    } rows[] = {{"AES", 16, 16},     {"AES", 24, 16}, {"AES", 32, 16}, {"DES", 8, 8},
                {"3DES_112", 16, 8}, {"3DES", 24, 8}, {"RC2", 16, 8}};
    for (const auto& row : rows)
        for (const char* mode : {"CBC", "ECB", "CFB8"})
            for (std::size_t size = 0; size <= 40; ++size) {
                const CipherSetup setup = {row.algorithm, mode, random_bytes(source, row.key),
                                           random_bytes(source, row.block)};
                const VectorBytes text = random_bytes(source, size);
                const VectorBytes secret = crypt_face().encrypt(setup, text, true);
                BOOST_TEST_CONTEXT(row.algorithm << " " << mode << ", " << size << " bytes")
                {
                    BOOST_CHECK(bcrypt_face().encrypt(setup, text, true) == secret);
                    BOOST_CHECK(bcrypt_face().decrypt(setup, secret, true) == text);
                    BOOST_CHECK(crypt_face().decrypt(setup, secret, true) == text);
                }
            }
}

BOOST_AUTO_TEST_SUITE_END()
