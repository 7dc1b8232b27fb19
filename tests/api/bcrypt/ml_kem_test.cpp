// SPDX-License-Identifier: BSD-2-Clause
// ML-KEM: cng.md 1.37, 1.38, 5.9, 6.14, 10.10.
#include "post_quantum_keys.h"

using namespace capishim_test;
namespace utf = boost::unit_test;

namespace {

const BCRYPT_ALG_HANDLE kem = BCRYPT_MLKEM_ALG_HANDLE;

/// A parameter set: its sizes, and what cng.md 10.10 says of the key out of the seed 00 .. 3f.
const struct Set {
    LPCWSTR name;
    ULONG public_key, private_key, ciphertext;
    const char *public_hash, *private_hash, *zero_secret;
} sets[] = {
    {BCRYPT_MLKEM_PARAMETER_SET_512, 800, 1632, 768,
     "3ae268dccc5456ac0d0f9b39257dc48fe081383b97c400512d712b739762daee",
     "17fb29b8c4baf74fb81eea15ffd583b3e37f5a5b8dcf6db96c72c3b3751d6f17",
     "fc3ccf20a37dd91d9f511da5e6cb92039b1414db5b0880741178ccfb143212ff"},
    {BCRYPT_MLKEM_PARAMETER_SET_768, 1184, 2400, 1088,
     "0b7934c83125c788995e2ba6bd761e33046b3e40571be53e023309a29f398cc9",
     "dac268bde6a8dd238e9887117d6b664e7a7a9350ad6b7c08a948e504809572a5",
     "c8fbeddafdacef2ffeb8b354ea644f11b5c150f3e2c4a74ce38abba8f854ae16"},
    {BCRYPT_MLKEM_PARAMETER_SET_1024, 1568, 3168, 1568,
     "c7b8fa0aa471d5ae18922d6ccad5b31e1d84f92ae723abfd13747018740a8530",
     "3a2a676c5a242ee683cb6097c8f3e64fbef4d90267f9250ec2beab8f99621fad",
     "294cb5b6b0f37a047745a2a69991f66ac85936e1b077e717eaeb26bb0ba42c68"},
};

KeyHandle seeded(const Set& set)
{
    return imported_pair(
        kem, BCRYPT_MLKEM_PRIVATE_SEED_BLOB,
        from_hex(pq_head(BCRYPT_MLKEM_PRIVATE_SEED_MAGIC, narrow(set.name), 64) + counted(64)));
}

struct Shared {
    ByteVector secret = ByteVector(32);
    ByteVector ciphertext;
};

Shared encapsulated(BCRYPT_KEY_HANDLE key, ULONG size)
{
    Shared made;
    made.ciphertext.resize(size + 5); // N-76: more room is no fault
    ULONG secret_size = 0, ciphertext_size = 0;
    REQUIRE_STATUS(BCryptEncapsulate(key, made.secret.data(), 32, &secret_size,
                                     made.ciphertext.data(), size + 5, &ciphertext_size, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(secret_size == 32u);
    BOOST_TEST(ciphertext_size == size);
    made.ciphertext.resize(size);
    return made;
}

std::string decapsulated(BCRYPT_KEY_HANDLE key, const ByteVector& ciphertext)
{
    ByteVector secret(32);
    ULONG size = 0;
    REQUIRE_STATUS(BCryptDecapsulate(key, data_of(ciphertext), size_of(ciphertext), secret.data(),
                                     32, &size, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(size == 32u);
    return to_hex(secret);
}

} // namespace

BOOST_AUTO_TEST_SUITE(ML_KEM, *utf::precondition(has_post_quantum))

BOOST_AUTO_TEST_CASE(both_sides_share_a_secret)
{
    for (const Set& set : sets)
        BOOST_TEST_CONTEXT(narrow(set.name))
        {
            const KeyHandle pair = pair_of_set(kem, set.name);
            const KeyHandle shown = imported_pair(kem, BCRYPT_MLKEM_ENCAPSULATION_BLOB,
                                                  exported(pair, BCRYPT_MLKEM_ENCAPSULATION_BLOB));
            BOOST_TEST(dword_property(shown, BCRYPT_KEM_SHARED_SECRET_LENGTH) == 32u);
            BOOST_TEST(dword_property(shown, BCRYPT_KEM_CIPHERTEXT_LENGTH) == set.ciphertext);
            BOOST_TEST(dword_property(shown, BCRYPT_PUBLIC_KEY_LENGTH) == 8 * set.public_key);
            for (const BCRYPT_KEY_HANDLE sender : {shown.handle, pair.handle}) {
                const Shared made = encapsulated(sender, set.ciphertext);
                BOOST_TEST(decapsulated(pair, made.ciphertext) == to_hex(made.secret));
            }
            const Shared one = encapsulated(shown, set.ciphertext);
            BOOST_TEST(to_hex(one.secret) != to_hex(encapsulated(shown, set.ciphertext).secret));
        }
}

BOOST_AUTO_TEST_CASE(keys_out_of_a_seed_are_the_standards)
{
    for (const Set& set : sets)
        BOOST_TEST_CONTEXT(narrow(set.name))
        {
            const KeyHandle pair = seeded(set);
            const ByteVector shown = exported(pair, BCRYPT_MLKEM_PUBLIC_BLOB);
            const ByteVector expanded = exported(pair, BCRYPT_MLKEM_PRIVATE_BLOB);
            BOOST_TEST(sha256(key_bytes(shown)) == set.public_hash);
            BOOST_TEST(sha256(key_bytes(expanded)) == set.private_hash);
            BOOST_TEST(
                to_hex(shown).substr(0, 24) ==
                pq_head(BCRYPT_MLKEM_PUBLIC_MAGIC, narrow(set.name), set.public_key).substr(0, 24));
            BOOST_TEST(decapsulated(pair, ByteVector(set.ciphertext)) == set.zero_secret);
        }
    BOOST_TEST(to_hex(exported(seeded(sets[1]), BCRYPT_MLKEM_PUBLIC_BLOB)).substr(0, 40) ==
               "4d4c4b5008000000a00400003700360038000000"); // cng.md 10.10
    BOOST_TEST(to_hex(exported(seeded(sets[2]), BCRYPT_MLKEM_PRIVATE_SEED_BLOB)).substr(0, 44) ==
               "4d4c4b530a0000004000000031003000320034000000");
}

BOOST_AUTO_TEST_CASE(expanded_keys_decapsulate_as_their_seed_does)
{
    for (const Set& set : sets)
        BOOST_TEST_CONTEXT(narrow(set.name))
        {
            const KeyHandle pair = seeded(set);
            const ByteVector blob = exported(pair, BCRYPT_MLKEM_DECAPSULATION_BLOB);
            const KeyHandle expanded = imported_pair(kem, BCRYPT_MLKEM_DECAPSULATION_BLOB, blob);
            for (int i = 0; i < 20; ++i) {
                const Shared made = encapsulated(pair, set.ciphertext);
                BOOST_TEST(decapsulated(expanded, made.ciphertext) == to_hex(made.secret));
                ByteVector wrong = made.ciphertext;
                wrong[static_cast<std::size_t>(i) * 37] ^= 1; // implicit rejection, the same twice
                const std::string rejected = decapsulated(expanded, wrong);
                BOOST_TEST(rejected != to_hex(made.secret));
                BOOST_TEST(rejected == decapsulated(pair, wrong));
            }
            BOOST_TEST(to_hex(exported(expanded, BCRYPT_MLKEM_PRIVATE_BLOB)) == to_hex(blob));
            CHECK_STATUS(export_status(expanded, BCRYPT_MLKEM_PRIVATE_SEED_BLOB),
                         STATUS_NOT_SUPPORTED); // it can't be found again
        }
}

BOOST_AUTO_TEST_CASE(blobs_come_back_byte_for_byte)
{
    const KeyHandle pair = pair_of_set(kem, BCRYPT_MLKEM_PARAMETER_SET_512);
    for (const LPCWSTR type :
         {BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_BLOB,
          BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB}) {
        const ByteVector blob = exported(pair, type);
        BOOST_TEST(to_hex(exported(imported_pair(kem, type, blob), type)) == to_hex(blob));
    }
    const ByteVector seed = exported(pair, BCRYPT_MLKEM_PRIVATE_SEED_BLOB);
    CHECK_STATUS(import_status(kem, BCRYPT_PRIVATE_KEY_BLOB, seed), STATUS_SUCCESS);
    CHECK_STATUS(import_status(kem, BCRYPT_PUBLIC_KEY_BLOB, seed), STATUS_INVALID_PARAMETER);
    const KeyHandle shown =
        imported_pair(kem, BCRYPT_PUBLIC_KEY_BLOB, exported(pair, BCRYPT_PUBLIC_KEY_BLOB));
    for (const LPCWSTR type :
         {BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_BLOB, BCRYPT_PRIVATE_KEY_BLOB})
        CHECK_STATUS(export_status(shown, type), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(export_status(pair, BCRYPT_PQDSA_PUBLIC_BLOB), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(hostile_blobs_are_refused)
{
    const KeyHandle pair = pair_of_set(kem, BCRYPT_MLKEM_PARAMETER_SET_512);
    for (const LPCWSTR type :
         {BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_BLOB}) {
        const ByteVector blob = exported(pair, type);
        for (const std::size_t offset : {0, 4, 8})
            check_hostile_word(kem, type, blob, offset);
        ByteVector other = blob;
        other.pop_back();
        CHECK_STATUS(import_status(kem, type, other), STATUS_INVALID_BUFFER_SIZE);
        other = with_word(other, 8, word_at(blob, 8) - 1); // consistent, but no key of the set
        CHECK_STATUS(import_status(kem, type, other), STATUS_INVALID_PARAMETER);
        other = blob;
        other[12] = '6'; // "612"
        CHECK_STATUS(import_status(kem, type, other), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(import_status(kem, type, ByteVector(blob.begin(), blob.begin() + 11)),
                     STATUS_INVALID_BUFFER_SIZE);
        CHECK_STATUS(import_status(kem, BCRYPT_PQDSA_PUBLIC_BLOB, blob), STATUS_NOT_SUPPORTED);
    }
    ByteVector beyond_modulus = exported(pair, BCRYPT_MLKEM_PUBLIC_BLOB);
    beyond_modulus[20] = beyond_modulus[21] = 0xFF; // FIPS 203 7.2
    CHECK_STATUS(import_status(kem, BCRYPT_MLKEM_PUBLIC_BLOB, beyond_modulus),
                 STATUS_INVALID_PARAMETER);
    ByteVector other_hash = exported(pair, BCRYPT_MLKEM_PRIVATE_BLOB);
    other_hash[other_hash.size() - 33] ^= 1; // FIPS 203 7.3
    CHECK_STATUS(import_status(kem, BCRYPT_MLKEM_PRIVATE_BLOB, other_hash),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(
        import_status(kem, BCRYPT_MLKEM_PRIVATE_BLOB, other_hash, BCRYPT_NO_KEY_VALIDATION),
        STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(the_parameter_set_comes_first)
{
    const AlgorithmHandle opened(BCRYPT_MLKEM_ALGORITHM);
    BOOST_TEST(dword_property(opened, BCRYPT_KEM_SHARED_SECRET_LENGTH) == 32u);
    CHECK_STATUS(get_property_status(opened, BCRYPT_KEM_CIPHERTEXT_LENGTH), STATUS_NOT_SUPPORTED);
    BCRYPT_KEY_HANDLE none = nullptr;
    CHECK_STATUS(BCryptGenerateKeyPair(opened, &none, 768, 0), STATUS_INVALID_PARAMETER); // N-54
    const KeyHandle pair = open_pair(opened, 0);
    for (const LPCWSTR name : {BCRYPT_PARAMETER_SET_NAME, BCRYPT_KEM_CIPHERTEXT_LENGTH,
                               BCRYPT_PUBLIC_KEY_LENGTH, BCRYPT_KEY_LENGTH})
        CHECK_STATUS(get_property_status(pair, name), STATUS_NOT_SUPPORTED); // N-98
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_INVALID_PARAMETER);  // N-57
    CHECK_STATUS(set_text(pair, BCRYPT_PARAMETER_SET_NAME, L"44"), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_text(pair, BCRYPT_PARAMETER_SET_NAME, L"512"), STATUS_SUCCESS);
    CHECK_STATUS(set_text(pair, BCRYPT_PARAMETER_SET_NAME, L"768"), STATUS_SUCCESS);
    BOOST_TEST(dword_property(pair, BCRYPT_KEM_CIPHERTEXT_LENGTH) == 1088u);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(set_text(pair, BCRYPT_PARAMETER_SET_NAME, L"768"), STATUS_NOT_SUPPORTED); // N-35
    const ByteVector name = bytes_property(pair, BCRYPT_PARAMETER_SET_NAME);
    BOOST_TEST(name.size() == 4 * sizeof(WCHAR));
    BOOST_TEST(name[0] == '7');
    CHECK_STATUS(get_property_status(pair, BCRYPT_SIGNATURE_LENGTH), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(BCryptEncapsulate_answers_its_documented_codes)
{
    const KeyHandle pair = seeded(sets[0]), open = open_pair(kem, 0);
    const KeyHandle agreement = generated_pair(BCRYPT_DH_ALG_HANDLE, 768);
    ByteVector secret(32), text(768);
    const struct {
        const char* what;
        BCRYPT_KEY_HANDLE key;
        PUCHAR secret;
        ULONG secret_room;
        PUCHAR text;
        ULONG text_room, flags;
        NTSTATUS status;
        ULONG secret_size, text_size;
    } rows[] = {
        {"good", pair, secret.data(), 32, text.data(), 768, 0, STATUS_SUCCESS, 32, 768},
        {"sizes", pair, nullptr, 0, nullptr, 0, 0, STATUS_SUCCESS, 32, 768},
        {"secret alone", pair, secret.data(), 32, nullptr, 0, 0, STATUS_INVALID_PARAMETER, 0, 0},
        {"text alone", pair, nullptr, 0, text.data(), 768, 0, STATUS_INVALID_PARAMETER, 0, 0},
        {"short", pair, secret.data(), 31, text.data(), 768, 0, STATUS_BUFFER_TOO_SMALL, 32, 768},
        {"short text", pair, secret.data(), 32, text.data(), 767, 0, STATUS_BUFFER_TOO_SMALL, 32,
         768},
        {"flags", pair, secret.data(), 32, text.data(), 768, 1, STATUS_INVALID_PARAMETER, 0, 0},
        {"null", nullptr, secret.data(), 32, text.data(), 768, 0, STATUS_INVALID_PARAMETER, 0, 0},
        {"stale", kem, secret.data(), 32, text.data(), 768, 0, STATUS_INVALID_HANDLE, 0, 0},
        {"open", open, secret.data(), 32, text.data(), 768, 0, STATUS_INVALID_HANDLE, 0, 0},
        {"DH", agreement, secret.data(), 32, text.data(), 768, 0, STATUS_NOT_SUPPORTED, 0, 0},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            ULONG secret_size = 0, text_size = 0;
            CHECK_STATUS(BCryptEncapsulate(row.key, row.secret, row.secret_room, &secret_size,
                                           row.text, row.text_room, &text_size, row.flags),
                         row.status);
            BOOST_TEST(secret_size == row.secret_size);
            BOOST_TEST(text_size == row.text_size);
        }
    ULONG size = 0;
    CHECK_STATUS(BCryptEncapsulate(pair, nullptr, 0, nullptr, nullptr, 0, &size, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptEncapsulate(pair, nullptr, 0, &size, nullptr, 0, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(BCryptDecapsulate_answers_its_documented_codes)
{
    const KeyHandle pair = seeded(sets[0]), open = open_pair(kem, 0);
    const KeyHandle shown =
        imported_pair(kem, BCRYPT_MLKEM_PUBLIC_BLOB, exported(pair, BCRYPT_MLKEM_PUBLIC_BLOB));
    const KeyHandle agreement = generated_pair(BCRYPT_DH_ALG_HANDLE, 768);
    ByteVector secret(40), text(769);
    const struct {
        const char* what;
        BCRYPT_KEY_HANDLE key;
        PUCHAR text;
        ULONG text_size;
        PUCHAR secret;
        ULONG room, flags;
        NTSTATUS status;
        ULONG size;
    } rows[] = {
        {"good", pair, text.data(), 768, secret.data(), 32, 0, STATUS_SUCCESS, 32},
        {"more room", pair, text.data(), 768, secret.data(), 40, 0, STATUS_SUCCESS, 32},
        {"size", pair, text.data(), 768, nullptr, 0, 0, STATUS_SUCCESS, 32},
        {"short", pair, text.data(), 768, secret.data(), 31, 0, STATUS_BUFFER_TOO_SMALL, 32},
        {"text short", pair, text.data(), 767, secret.data(), 32, 0, STATUS_INVALID_BUFFER_SIZE, 0},
        {"text long", pair, text.data(), 769, secret.data(), 32, 0, STATUS_INVALID_BUFFER_SIZE, 0},
        {"no text", pair, nullptr, 768, secret.data(), 32, 0, STATUS_INVALID_PARAMETER, 0},
        {"flags", pair, text.data(), 768, secret.data(), 32, 1, STATUS_INVALID_PARAMETER, 0},
        {"public", shown, text.data(), 768, secret.data(), 32, 0, STATUS_INVALID_PARAMETER, 0},
        {"null", nullptr, text.data(), 768, secret.data(), 32, 0, STATUS_INVALID_PARAMETER, 0},
        {"stale", kem, text.data(), 768, secret.data(), 32, 0, STATUS_INVALID_HANDLE, 0},
        {"open", open, text.data(), 768, secret.data(), 32, 0, STATUS_INVALID_HANDLE, 0},
        {"DH", agreement, text.data(), 768, secret.data(), 32, 0, STATUS_NOT_SUPPORTED, 0},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            ULONG size = 0;
            CHECK_STATUS(BCryptDecapsulate(row.key, row.text, row.text_size, row.secret, row.room,
                                           &size, row.flags),
                         row.status);
            BOOST_TEST(size == row.size);
        }
    CHECK_STATUS(BCryptDecapsulate(pair, text.data(), 768, secret.data(), 32, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()
