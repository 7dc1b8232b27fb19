// SPDX-License-Identifier: BSD-2-Clause
// ML-KEM and ML-DSA through BCrypt* against published answers (tests/vectors).
#include "api/bcrypt/post_quantum_keys.h"
#include "support/vectors.h"

#include <map>

using namespace capishim_test;
namespace utf = boost::unit_test;

namespace {

ByteVector bytes(const Vector& vector, const char* name)
{
    return capishim_test::from_hex(vector.text(name));
}

KeyHandle imported(BCRYPT_ALG_HANDLE algorithm, LPCWSTR type, ULONG magic, const Vector& vector,
                   const char* key)
{
    const std::string& hex = vector.text(key);
    return imported_pair(algorithm, type,
                         from_hex(pq_head(magic, vector.text("set"), hex.size() / 2) + hex));
}

std::string hash_of_key(BCRYPT_KEY_HANDLE key, LPCWSTR type, BCRYPT_ALG_HANDLE algorithm,
                        ULONG size)
{
    return hash_of(algorithm, key_bytes(exported(key, type)), size);
}

} // namespace

BOOST_AUTO_TEST_SUITE(post_quantum_vectors, *utf::precondition(has_post_quantum))

BOOST_AUTO_TEST_CASE(ML_KEM_expands_seeds_and_rejects_as_published)
{
    const AlgorithmHandle shake(BCRYPT_SHAKE256_ALGORITHM);
    for (const Vector& vector : read_vectors("ml_kem.vec"))
        BOOST_TEST_CONTEXT(vector.where())
        {
            const KeyHandle key = imported(BCRYPT_MLKEM_ALG_HANDLE, BCRYPT_MLKEM_PRIVATE_SEED_BLOB,
                                           BCRYPT_MLKEM_PRIVATE_SEED_MAGIC, vector, "seed");
            BOOST_TEST(hash_of_key(key, BCRYPT_MLKEM_PUBLIC_BLOB, shake, 16) ==
                       vector.text("ek_hash"));
            if (!vector.has("ciphertext"))
                continue;
            const ByteVector ciphertext = bytes(vector, "ciphertext");
            const KeyHandle expanded =
                imported_pair(BCRYPT_MLKEM_ALG_HANDLE, BCRYPT_MLKEM_PRIVATE_BLOB,
                              exported(key, BCRYPT_MLKEM_PRIVATE_BLOB));
            for (const BCRYPT_KEY_HANDLE each : {key.handle, expanded.handle}) {
                ByteVector secret(32);
                ULONG size = 0;
                CHECK_STATUS(BCryptDecapsulate(each, data_of(ciphertext), size_of(ciphertext),
                                               secret.data(), 32, &size, 0),
                             STATUS_SUCCESS);
                BOOST_TEST(to_hex(secret) == vector.text("secret"));
            }
        }
}

BOOST_AUTO_TEST_CASE(ML_DSA_expands_seeds_and_verifies_as_published)
{
    std::map<std::string, KeyHandle> keys;
    for (const Vector& vector : read_vectors("ml_dsa.vec"))
        BOOST_TEST_CONTEXT(vector.where())
        {
            if (vector.has("seed")) {
                const KeyHandle key =
                    imported(BCRYPT_MLDSA_ALG_HANDLE, BCRYPT_PQDSA_PRIVATE_SEED_BLOB,
                             BCRYPT_MLDSA_PRIVATE_SEED_MAGIC, vector, "seed");
                BOOST_TEST(hash_of_key(key, BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_SHA3_256_ALG_HANDLE,
                                       32) == vector.text("public_hash"));
            } else if (vector.has("name")) {
                keys.emplace(vector.text("name"),
                             imported(BCRYPT_MLDSA_ALG_HANDLE, BCRYPT_PQDSA_PUBLIC_BLOB,
                                      BCRYPT_MLDSA_PUBLIC_MAGIC, vector, "public"));
            } else {
                const ByteVector message = bytes(vector, "message");
                const ByteVector signature = bytes(vector, "signature");
                const NTSTATUS status = BCryptVerifySignature(
                    keys.at(vector.text("key")), nullptr, data_of(message), size_of(message),
                    data_of(signature), size_of(signature), 0);
                BOOST_TEST((status == STATUS_SUCCESS) == (vector.text("valid") == "1"));
                BOOST_TEST((status == STATUS_SUCCESS || status == STATUS_INVALID_SIGNATURE));
            }
        }
}

BOOST_AUTO_TEST_SUITE_END()
