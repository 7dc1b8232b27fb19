// SPDX-License-Identifier: BSD-2-Clause
// ML-DSA: cng.md 1.20, 1.21, 5.9, 6.14, 10.10. Contexts and expanded private keys are not there.
#include "post_quantum_keys.h"

using namespace capishim_test;
namespace utf = boost::unit_test;

namespace {

const BCRYPT_ALG_HANDLE ml_dsa = BCRYPT_MLDSA_ALG_HANDLE;

const struct Set {
    LPCWSTR name;
    ULONG public_key, private_key, signature;
    const char* public_hash; // of the key out of the seed 00 .. 1f: cng.md 10.10
} sets[] = {
    {BCRYPT_MLDSA_PARAMETER_SET_44, 1312, 2560, 2420,
     "9f107644c1084526af3bc8098680b05499a2325a644e388fb4f970e058d19d46"},
    {BCRYPT_MLDSA_PARAMETER_SET_65, 1952, 4032, 3309,
     "d666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9"},
    {BCRYPT_MLDSA_PARAMETER_SET_87, 2592, 4896, 4627,
     "91dc389cfaa01470b7f66eee45a4ae9026d154817c754dfe22298b3fa241ffcd"},
};

KeyHandle seeded(const Set& set)
{
    return imported_pair(
        ml_dsa, BCRYPT_PQDSA_PRIVATE_SEED_BLOB,
        from_hex(pq_head(BCRYPT_MLDSA_PRIVATE_SEED_MAGIC, narrow(set.name), 32) + counted(32)));
}

KeyHandle shown_part(BCRYPT_KEY_HANDLE pair)
{
    return imported_pair(ml_dsa, BCRYPT_PQDSA_PUBLIC_BLOB,
                         exported(pair, BCRYPT_PQDSA_PUBLIC_BLOB));
}

ByteVector signed_by(BCRYPT_KEY_HANDLE key, const ByteVector& message, ULONG expected_size)
{
    ByteVector signature(expected_size);
    ULONG size = 0;
    REQUIRE_STATUS(BCryptSignHash(key, nullptr, data_of(message), size_of(message),
                                  signature.data(), expected_size, &size, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(size == expected_size);
    return signature;
}

NTSTATUS verify_status(BCRYPT_KEY_HANDLE key, const ByteVector& message,
                       const ByteVector& signature, VOID* info = nullptr, ULONG flags = 0)
{
    return BCryptVerifySignature(key, info, data_of(message), size_of(message), data_of(signature),
                                 size_of(signature), flags);
}

} // namespace

BOOST_AUTO_TEST_SUITE(ML_DSA, *utf::precondition(has_post_quantum))

BOOST_AUTO_TEST_CASE(signs_messages_of_any_length)
{
    for (const Set& set : sets)
        BOOST_TEST_CONTEXT(narrow(set.name))
        {
            const KeyHandle pair = pair_of_set(ml_dsa, set.name);
            const KeyHandle shown = shown_part(pair);
            BOOST_TEST(dword_property(pair, BCRYPT_SIGNATURE_LENGTH) == set.signature);
            BOOST_TEST(dword_property(pair, BCRYPT_PUBLIC_KEY_LENGTH) == 8 * set.public_key);
            for (const std::size_t size : {0, 1, 32, 5000}) {
                const ByteVector message(size, 0x77);
                const ByteVector signature = signed_by(pair, message, set.signature);
                CHECK_STATUS(verify_status(shown, message, signature), STATUS_SUCCESS);
                BOOST_TEST(to_hex(signed_by(pair, message, set.signature)) !=
                           to_hex(signature)); // N-205: hedged
                ByteVector other = message;
                other.push_back(0);
                CHECK_STATUS(verify_status(shown, other, signature), STATUS_INVALID_SIGNATURE);
            }
        }
}

BOOST_AUTO_TEST_CASE(keys_out_of_a_seed_are_the_standards)
{
    for (const Set& set : sets)
        BOOST_TEST(sha256(key_bytes(exported(seeded(set), BCRYPT_PQDSA_PUBLIC_BLOB))) ==
                   set.public_hash);
    BOOST_TEST(to_hex(exported(seeded(sets[0]), BCRYPT_PQDSA_PUBLIC_BLOB)).substr(0, 36) ==
               "4453504b0600000020050000340034000000"); // cng.md 10.10
}

BOOST_AUTO_TEST_CASE(blobs_come_back_byte_for_byte)
{
    for (const Set& set : sets) {
        const KeyHandle pair = pair_of_set(ml_dsa, set.name);
        for (const LPCWSTR type : {BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_SEED_BLOB,
                                   BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB}) {
            const ByteVector blob = exported(pair, type);
            BOOST_TEST(to_hex(exported(imported_pair(ml_dsa, type, blob), type)) == to_hex(blob));
        }
        CHECK_STATUS(export_status(pair, BCRYPT_PQDSA_PRIVATE_BLOB), STATUS_NOT_SUPPORTED);
        for (const LPCWSTR type :
             {BCRYPT_PQDSA_PRIVATE_BLOB, BCRYPT_PQDSA_PRIVATE_SEED_BLOB, BCRYPT_PRIVATE_KEY_BLOB})
            CHECK_STATUS(export_status(shown_part(pair), type), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(export_status(pair, BCRYPT_MLKEM_PUBLIC_BLOB), STATUS_NOT_SUPPORTED);
    }
}

BOOST_AUTO_TEST_CASE(hostile_blobs_are_refused)
{
    const KeyHandle pair = pair_of_set(ml_dsa, BCRYPT_MLDSA_PARAMETER_SET_44);
    for (const LPCWSTR type : {BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_SEED_BLOB}) {
        const ByteVector blob = exported(pair, type);
        for (const std::size_t offset : {0, 4, 8})
            check_hostile_word(ml_dsa, type, blob, offset);
        ByteVector other = blob;
        other.pop_back();
        CHECK_STATUS(import_status(ml_dsa, type, other), STATUS_INVALID_BUFFER_SIZE);
        other = with_word(other, 8, word_at(blob, 8) - 1);
        CHECK_STATUS(import_status(ml_dsa, type, other), STATUS_INVALID_PARAMETER);
    }
    const auto expanded = [](std::size_t size) {
        return from_hex(pq_head(BCRYPT_MLDSA_PRIVATE_MAGIC, "44", size) +
                        std::string(2 * size, '1'));
    };
    CHECK_STATUS(import_status(ml_dsa, BCRYPT_PQDSA_PRIVATE_BLOB, expanded(2560)),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(import_status(ml_dsa, BCRYPT_PQDSA_PRIVATE_BLOB, expanded(2559)),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(the_parameter_set_comes_first)
{
    const AlgorithmHandle opened(BCRYPT_MLDSA_ALGORITHM);
    BCRYPT_KEY_HANDLE none = nullptr;
    CHECK_STATUS(BCryptGenerateKeyPair(opened, &none, 44, 0), STATUS_INVALID_PARAMETER); // N-54
    const KeyHandle pair = open_pair(opened, 0);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_INVALID_PARAMETER); // N-57
    CHECK_STATUS(get_property_status(pair, BCRYPT_SIGNATURE_LENGTH), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_text(pair, BCRYPT_PARAMETER_SET_NAME, L"512"), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_text(pair, BCRYPT_PARAMETER_SET_NAME, L"65"), STATUS_SUCCESS);
    BOOST_TEST(dword_property(pair, BCRYPT_SIGNATURE_LENGTH) == 3309u);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    CHECK_STATUS(get_property_status(pair, BCRYPT_KEM_SHARED_SECRET_LENGTH), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(padding_and_states_answer_the_documented_codes)
{
    const KeyHandle pair = seeded(sets[0]), shown = shown_part(pair), open = open_pair(ml_dsa, 0);
    const ByteVector message(10, 1);
    UCHAR context[256] = {};
    BCRYPT_PQDSA_PADDING_INFO pure{nullptr, 0, nullptr}, with_context{context, 255, nullptr},
        long_context{context, 256, nullptr}, empty_context{context, 0, nullptr},
        no_context{nullptr, 1, nullptr}, hashed{nullptr, 0, BCRYPT_SHA256_ALGORITHM},
        no_hash{nullptr, 0, L"AES"};
    const struct {
        const char* what;
        BCRYPT_KEY_HANDLE key;
        VOID* info;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {"nothing", pair, nullptr, 0, STATUS_SUCCESS},
        {"pure", pair, &pure, BCRYPT_PAD_PQDSA, STATUS_SUCCESS},
        {"context", pair, &with_context, BCRYPT_PAD_PQDSA, STATUS_NOT_SUPPORTED},
        {"long context", pair, &long_context, BCRYPT_PAD_PQDSA, STATUS_INVALID_PARAMETER},
        {"empty context", pair, &empty_context, BCRYPT_PAD_PQDSA, STATUS_INVALID_PARAMETER},
        {"null context", pair, &no_context, BCRYPT_PAD_PQDSA, STATUS_INVALID_PARAMETER},
        {"hash", pair, &hashed, BCRYPT_PAD_PQDSA, STATUS_NOT_SUPPORTED},
        {"no hash", pair, &no_hash, BCRYPT_PAD_PQDSA, STATUS_NOT_SUPPORTED},
        {"no structure", pair, nullptr, BCRYPT_PAD_PQDSA, STATUS_INVALID_PARAMETER},
        {"structure alone", pair, &pure, 0, STATUS_INVALID_PARAMETER},
        {"PKCS 1", pair, &pure, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {"open", open, nullptr, 0, STATUS_INVALID_HANDLE},
        {"null", nullptr, nullptr, 0, STATUS_INVALID_HANDLE},
    };
    const ByteVector good = signed_by(pair, message, 2420);
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            ByteVector out(2420);
            ULONG size = 0;
            CHECK_STATUS(BCryptSignHash(row.key, row.info, data_of(message), 10, out.data(), 2420,
                                        &size, row.flags),
                         row.status);
            CHECK_STATUS(verify_status(row.key, message, good, row.info, row.flags), row.status);
        }
    ByteVector out(2420);
    ULONG size = 0;
    CHECK_STATUS(BCryptSignHash(pair, nullptr, nullptr, 0, nullptr, 0, &size, 0), STATUS_SUCCESS);
    BOOST_TEST(size == 2420u);
    CHECK_STATUS(BCryptSignHash(shown, nullptr, data_of(message), 10, out.data(), 2420, &size, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptSignHash(pair, nullptr, data_of(message), 10, out.data(), 2419, &size, 0),
                 STATUS_BUFFER_TOO_SMALL);
    for (const std::size_t other_size : {0, 1, 2419, 2421})
        CHECK_STATUS(verify_status(shown, message, ByteVector(other_size)),
                     STATUS_INVALID_SIGNATURE); // N-61
    ByteVector wrong = good;
    wrong[100] ^= 1;
    CHECK_STATUS(verify_status(shown, message, wrong), STATUS_INVALID_SIGNATURE);
}

BOOST_AUTO_TEST_SUITE_END()
