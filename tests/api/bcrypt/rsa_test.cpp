// SPDX-License-Identifier: BSD-2-Clause
// RSA pairs: making, blobs, encryption, signatures: cng.md 5.2, 6.1 to 6.4; observed.md 2 D and E.
#include "bcrypt_fixtures.h"

using namespace capishim_test;

namespace {

KeyHandle public_key()
{
    return imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPUBLIC_BLOB, from_hex(rsa_public_blob));
}

KeyHandle private_key()
{
    return imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPRIVATE_BLOB, from_hex(rsa_private_blob));
}

NTSTATUS import_status(LPCWSTR type, const ByteVector& blob)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    const NTSTATUS status = BCryptImportKeyPair(BCRYPT_RSA_ALG_HANDLE, nullptr, type, &key,
                                                data_of(blob), size_of(blob), 0);
    BOOST_TEST((key != nullptr) == (status == STATUS_SUCCESS));
    if (key)
        BCryptDestroyKey(key);
    return status;
}

ByteVector encrypted(BCRYPT_KEY_HANDLE key, const ByteVector& message, void* info, ULONG flags)
{
    ByteVector out(64);
    ULONG size = 0;
    REQUIRE_STATUS(BCryptEncrypt(key, data_of(message), size_of(message), info, nullptr, 0,
                                 out.data(), 64, &size, flags),
                   STATUS_SUCCESS);
    BOOST_TEST(size == 64u);
    return out;
}

std::string sha1_abc()
{
    return hash_of(BCRYPT_SHA1_ALG_HANDLE, bytes_of("abc"), 20);
}
std::string sha256_abc()
{
    return hash_of(BCRYPT_SHA256_ALG_HANDLE, bytes_of("abc"), 32);
}

std::string signature(BCRYPT_KEY_HANDLE key, LPCWSTR id, const std::string& hash)
{
    BCRYPT_PKCS1_PADDING_INFO info{id};
    const ByteVector value = from_hex(hash);
    ByteVector out(64);
    ULONG size = 0;
    REQUIRE_STATUS(BCryptSignHash(key, &info, data_of(value), size_of(value), out.data(), 64, &size,
                                  BCRYPT_PAD_PKCS1),
                   STATUS_SUCCESS);
    return to_hex(out);
}

NTSTATUS verify(BCRYPT_KEY_HANDLE key, LPCWSTR id, const std::string& hash, const std::string& sig,
                ULONG flags = BCRYPT_PAD_PKCS1)
{
    BCRYPT_PKCS1_PADDING_INFO info{id};
    const ByteVector value = from_hex(hash), bytes = from_hex(sig);
    return BCryptVerifySignature(key, &info, data_of(value), size_of(value), data_of(bytes),
                                 size_of(bytes), flags);
}

const std::string sha1_signature =
    "938004b0637400ad4210d1bf056046448006efaece97289ffe2de2aa3101c9ac"
    "c3a6feb581831fa5ed8ee37d99b2bb8b20a2345b0a2543b1780b9970f9da4b5f";
const std::string sha256_signature =
    "3b84fcd25b13219b0ba368401a32eaa593c5e9b058ba74017e7011d35cd82f09"
    "742b82a387cca46f0663c75f74261ca55f60273f8d0145d9f88eb31cd533d019";
const std::string bare_signature =
    "7088630c5d374f38abfdc6e42200befe2ba73a21de38176f8af5337417c061d7"
    "954ff427d4ab307e5659bfde035cf007f3ea1452dfaa4c3a238b2db0b5a9a495";

} // namespace

BOOST_AUTO_TEST_SUITE(rsa_pairs)

BOOST_AUTO_TEST_CASE(a_pair_is_of_no_use_before_it_is_finalized)
{
    KeyHandle pair;
    UCHAR data[128] = {};
    ULONG size = 0;
    REQUIRE_STATUS(BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &pair.handle, 512, 0),
                   STATUS_SUCCESS);
    CHECK_STATUS(
        BCryptEncrypt(pair, data, 1, nullptr, nullptr, 0, data, 128, &size, BCRYPT_PAD_PKCS1),
        STATUS_INVALID_HANDLE); // N-12
    CHECK_STATUS(BCryptExportKey(pair, nullptr, BCRYPT_RSAPUBLIC_BLOB, nullptr, 0, &size, 0),
                 STATUS_INVALID_HANDLE);
    BOOST_TEST(dword_property(pair, BCRYPT_KEY_LENGTH) == 512u);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 1), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_INVALID_HANDLE); // observed.md part 2 D
    CHECK_STATUS(BCryptFinalizeKeyPair(private_key(), 0), STATUS_INVALID_HANDLE);
    BOOST_TEST(exported(pair, BCRYPT_RSAPRIVATE_BLOB).size() == 24 + 3 + 64 + 64u);
}

BOOST_AUTO_TEST_CASE(the_length_of_an_open_pair_may_be_changed)
{
    // observed.md part 2 A
    KeyHandle pair;
    REQUIRE_STATUS(BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &pair.handle, 512, 0),
                   STATUS_SUCCESS);
    UCHAR half[2] = {0, 4};
    CHECK_STATUS(BCryptSetProperty(pair, BCRYPT_KEY_LENGTH, half, 2, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 1024), STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    BOOST_TEST(dword_property(pair, BCRYPT_KEY_STRENGTH) == 1024u);
    BOOST_TEST(dword_property(pair, BCRYPT_SIGNATURE_LENGTH) == 128u);
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 1024), STATUS_SUCCESS);
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 512), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(lengths_out_of_range_are_refused)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    for (const ULONG bits : {0, 448, 513, 16448})
        CHECK_STATUS(BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &key, bits, 0),
                     STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptGenerateKeyPair(BCRYPT_AES_CBC_ALG_HANDLE, &key, 128, 0),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, nullptr, 512, 0),
                 STATUS_INVALID_PARAMETER);
    BOOST_TEST(key == nullptr);
}

BOOST_AUTO_TEST_CASE(blobs_come_back_byte_for_byte)
{
    const struct {
        LPCWSTR type;
        std::string blob;
    } rows[] = {
        {BCRYPT_RSAPUBLIC_BLOB, rsa_public_blob},    {BCRYPT_PUBLIC_KEY_BLOB, rsa_public_blob},
        {LEGACY_RSAPUBLIC_BLOB, capi_public_blob},   {BCRYPT_RSAPRIVATE_BLOB, rsa_private_blob},
        {BCRYPT_PRIVATE_KEY_BLOB, rsa_private_blob}, {BCRYPT_RSAFULLPRIVATE_BLOB, rsa_full_blob},
    };
    const KeyHandle whole = private_key();
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(narrow(row.type))
        {
            const KeyHandle key =
                imported_pair(BCRYPT_RSA_ALG_HANDLE, row.type, from_hex(row.blob));
            BOOST_TEST(to_hex(exported(key, row.type)) == row.blob);
            BOOST_TEST(to_hex(exported(whole, row.type)) == row.blob);
            BOOST_TEST(to_hex(exported(key, BCRYPT_RSAPUBLIC_BLOB)) == rsa_public_blob);
        }
    }
    const ByteVector legacy = exported(whole, LEGACY_RSAPRIVATE_BLOB);
    BOOST_TEST(to_hex(exported(imported_pair(BCRYPT_RSA_ALG_HANDLE, LEGACY_RSAPRIVATE_BLOB, legacy),
                               BCRYPT_RSAFULLPRIVATE_BLOB)) == rsa_full_blob);
}

BOOST_AUTO_TEST_CASE(bad_blobs_have_their_statuses)
{
    const ByteVector blob = from_hex(rsa_public_blob);
    ByteVector shorter(blob.begin(), blob.end() - 1), longer = blob, nine = blob;
    longer.push_back(0);
    nine[8] = 9;
    CHECK_STATUS(import_status(BCRYPT_RSAPUBLIC_BLOB, shorter), STATUS_INVALID_BUFFER_SIZE);
    CHECK_STATUS(import_status(BCRYPT_RSAPUBLIC_BLOB, longer), STATUS_INVALID_BUFFER_SIZE);
    CHECK_STATUS(import_status(BCRYPT_RSAPUBLIC_BLOB, nine), NTE_BAD_DATA); // observed.md 2 D
    CHECK_STATUS(import_status(BCRYPT_RSAPRIVATE_BLOB, blob), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(import_status(BCRYPT_KEY_DATA_BLOB, blob), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(import_status(LEGACY_RSAPRIVATE_BLOB, from_hex(capi_public_blob)),
                 STATUS_INVALID_PARAMETER);
    ByteVector legacy = from_hex(capi_public_blob);
    legacy.push_back(0);
    CHECK_STATUS(import_status(LEGACY_RSAPUBLIC_BLOB, legacy), STATUS_INVALID_BUFFER_SIZE);
}

BOOST_AUTO_TEST_CASE(a_public_key_has_no_private_blob)
{
    const KeyHandle key = public_key();
    ULONG size = 0;
    for (const LPCWSTR type : {BCRYPT_RSAPRIVATE_BLOB, BCRYPT_RSAFULLPRIVATE_BLOB,
                               BCRYPT_PRIVATE_KEY_BLOB, LEGACY_RSAPRIVATE_BLOB})
        CHECK_STATUS(BCryptExportKey(key, nullptr, type, nullptr, 0, &size, 0),
                     STATUS_INVALID_PARAMETER); // observed.md part 2 D
}

BOOST_AUTO_TEST_CASE(paddings_round_trip_and_a_size_query_tells_the_messages_length)
{
    const KeyHandle key = private_key();
    BCRYPT_OAEP_PADDING_INFO oaep{BCRYPT_SHA1_ALGORITHM, data_of(bytes_of("L")), 1};
    UCHAR label = 'L';
    oaep.pbLabel = &label;
    for (const auto& [info, flags] :
         {std::pair<void*, ULONG>{nullptr, BCRYPT_PAD_PKCS1}, {&oaep, BCRYPT_PAD_OAEP}}) {
        ByteVector cipher = encrypted(public_key(), bytes_of("message"), info, flags);
        ULONG size = 0;
        CHECK_STATUS(
            BCryptDecrypt(key, cipher.data(), 64, info, nullptr, 0, nullptr, 0, &size, flags),
            STATUS_SUCCESS);
        BOOST_TEST(size == 7u); // observed.md part 2 E
        UCHAR out[7];
        CHECK_STATUS(BCryptDecrypt(key, cipher.data(), 64, info, nullptr, 0, out, 6, &size, flags),
                     STATUS_BUFFER_TOO_SMALL);
        BOOST_TEST(size == 7u);
        CHECK_STATUS(BCryptDecrypt(key, cipher.data(), 64, info, nullptr, 0, out, 7, &size, flags),
                     STATUS_SUCCESS);
        BOOST_TEST(std::string(out, out + 7) == "message");
        cipher[63] ^= 1;
        CHECK_STATUS(BCryptDecrypt(key, cipher.data(), 64, info, nullptr, 0, out, 7, &size, flags),
                     STATUS_DATA_ERROR); // N-71
        CHECK_STATUS(BCryptDecrypt(key, cipher.data(), 63, info, nullptr, 0, out, 7, &size, flags),
                     STATUS_INVALID_BUFFER_SIZE); // N-168
        CHECK_STATUS(
            BCryptDecrypt(public_key(), cipher.data(), 64, info, nullptr, 0, out, 7, &size, flags),
            STATUS_NOT_SUPPORTED); // N-51
    }
}

BOOST_AUTO_TEST_CASE(no_padding_takes_exactly_one_block)
{
    const KeyHandle key = private_key();
    ByteVector block(64, 0x11);
    const ByteVector cipher = encrypted(key, block, nullptr, BCRYPT_PAD_NONE);
    ByteVector out(64);
    ULONG size = 0;
    CHECK_STATUS(BCryptDecrypt(key, data_of(cipher), 64, nullptr, nullptr, 0, out.data(), 64, &size,
                               BCRYPT_PAD_NONE),
                 STATUS_SUCCESS);
    BOOST_TEST(to_hex(out) == to_hex(block));
    CHECK_STATUS(BCryptEncrypt(key, block.data(), 13, nullptr, nullptr, 0, out.data(), 64, &size,
                               BCRYPT_PAD_NONE),
                 STATUS_INVALID_PARAMETER); // observed.md part 2 E
    size = 0;
    CHECK_STATUS(BCryptEncrypt(key, block.data(), 64, nullptr, nullptr, 0, out.data(), 63, &size,
                               BCRYPT_PAD_NONE),
                 STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == 64u);
    block.assign(64, 0xFF); // not below the modulus
    CHECK_STATUS(BCryptEncrypt(key, block.data(), 64, nullptr, nullptr, 0, out.data(), 64, &size,
                               BCRYPT_PAD_NONE),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptEncrypt)
{
    const KeyHandle key = public_key();
    ByteVector data(64);
    BCRYPT_OAEP_PADDING_INFO unknown{BCRYPT_RNG_ALGORITHM, nullptr, 0};
    BCRYPT_OAEP_PADDING_INFO sha1{BCRYPT_SHA1_ALGORITHM, nullptr, 0};
    const struct {
        ULONG size;
        void* info;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {53, nullptr, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {54, nullptr, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER}, // N-164
        {22, &sha1, BCRYPT_PAD_OAEP, STATUS_SUCCESS},
        {23, &sha1, BCRYPT_PAD_OAEP, STATUS_INVALID_PARAMETER},
        {1, nullptr, BCRYPT_PAD_OAEP, STATUS_INVALID_PARAMETER},
        {1, &unknown, BCRYPT_PAD_OAEP, STATUS_NOT_SUPPORTED}, // N-165
        {1, nullptr, 0, STATUS_INVALID_PARAMETER},            // N-167
        {1, nullptr, BCRYPT_PAD_PSS, STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows) {
        ByteVector out(64);
        ULONG size = 0;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(BCryptEncrypt(key, data.data(), row.size, row.info, nullptr, 0, out.data(), 64,
                                 &size, row.flags) == row.status);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptSignHash_and_BCryptVerifySignature)

BOOST_AUTO_TEST_CASE(pkcs1_signatures_agree_with_known_answers)
{
    const KeyHandle key = private_key(), verifier = public_key();
    BOOST_TEST(signature(key, BCRYPT_SHA1_ALGORITHM, sha1_abc()) == sha1_signature);
    BOOST_TEST(signature(key, BCRYPT_SHA256_ALGORITHM, sha256_abc()) == sha256_signature);
    BOOST_TEST(signature(key, nullptr, sha1_abc()) == bare_signature);
    CHECK_STATUS(verify(verifier, BCRYPT_SHA1_ALGORITHM, sha1_abc(), sha1_signature),
                 STATUS_SUCCESS);
    CHECK_STATUS(verify(key, BCRYPT_SHA256_ALGORITHM, sha256_abc(), sha256_signature),
                 STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(the_oid_must_be_as_asked_for)
{
    const KeyHandle key = public_key();
    const ULONG optional = BCRYPT_PAD_PKCS1 | BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID;
    const struct {
        LPCWSTR id;
        const std::string& signature;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {nullptr, bare_signature, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {nullptr, sha1_signature, BCRYPT_PAD_PKCS1, STATUS_INVALID_SIGNATURE}, // N-171
        {BCRYPT_SHA1_ALGORITHM, bare_signature, BCRYPT_PAD_PKCS1, STATUS_INVALID_SIGNATURE},
        {BCRYPT_SHA1_ALGORITHM, bare_signature, optional, STATUS_SUCCESS},
        {BCRYPT_SHA1_ALGORITHM, sha1_signature, optional, STATUS_SUCCESS},
        {BCRYPT_SHA1_ALGORITHM, sha256_signature, optional, STATUS_INVALID_SIGNATURE},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(verify(key, row.id, sha1_abc(), row.signature, row.flags) == row.status);
}

BOOST_AUTO_TEST_CASE(pss_signatures_verify_with_their_salt_length_only)
{
    const KeyHandle key = private_key();
    const ByteVector hash = from_hex(sha1_abc());
    for (const ULONG salt : {0, 20, 42}) {
        BCRYPT_PSS_PADDING_INFO info{BCRYPT_SHA1_ALGORITHM, salt};
        ByteVector sig(64);
        ULONG size = 0;
        CHECK_STATUS(
            BCryptSignHash(key, &info, data_of(hash), 20, sig.data(), 64, &size, BCRYPT_PAD_PSS),
            STATUS_SUCCESS);
        CHECK_STATUS(
            BCryptVerifySignature(key, &info, data_of(hash), 20, sig.data(), 64, BCRYPT_PAD_PSS),
            STATUS_SUCCESS);
        info.cbSalt = salt == 0 ? 1 : salt - 1;
        CHECK_STATUS(
            BCryptVerifySignature(key, &info, data_of(hash), 20, sig.data(), 64, BCRYPT_PAD_PSS),
            STATUS_INVALID_SIGNATURE);
    }
    BCRYPT_PSS_PADDING_INFO info{BCRYPT_SHA1_ALGORITHM, 43}; // beyond k - hLen - 2 (N-172)
    ByteVector sig(64);
    ULONG size = 0;
    CHECK_STATUS(
        BCryptSignHash(key, &info, data_of(hash), 20, sig.data(), 64, &size, BCRYPT_PAD_PSS),
        STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(a_size_query_looks_neither_at_the_hash_nor_for_the_private_part)
{
    // observed.md part 2 D
    const KeyHandle key = public_key();
    BCRYPT_PKCS1_PADDING_INFO info{BCRYPT_SHA1_ALGORITHM};
    UCHAR hash[20] = {}, out[64];
    ULONG size = 0;
    CHECK_STATUS(BCryptSignHash(key, &info, nullptr, 0, nullptr, 0, &size, BCRYPT_PAD_PKCS1),
                 STATUS_SUCCESS);
    BOOST_TEST(size == 64u);
    CHECK_STATUS(BCryptSignHash(key, &info, hash, 20, out, 64, &size, BCRYPT_PAD_PKCS1),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(statuses_of_wrong_arguments)
{
    const KeyHandle key = private_key();
    BCRYPT_PKCS1_PADDING_INFO sha1{BCRYPT_SHA1_ALGORITHM}, rng{BCRYPT_RNG_ALGORITHM};
    ByteVector hash(20), out(64);
    const struct {
        void* info;
        ULONG hash_size, room, flags;
        NTSTATUS status;
    } rows[] = {
        {nullptr, 20, 64, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {nullptr, 20, 64, 0, STATUS_INVALID_PARAMETER}, // N-174
        {&sha1, 20, 64, 0, STATUS_INVALID_PARAMETER},
        {&sha1, 20, 64, BCRYPT_PAD_NONE, STATUS_INVALID_PARAMETER},
        {&sha1, 19, 64, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER}, // N-170
        {&rng, 20, 64, BCRYPT_PAD_PKCS1, STATUS_NOT_SUPPORTED},      // N-165
        {&sha1, 20, 63, BCRYPT_PAD_PKCS1, STATUS_BUFFER_TOO_SMALL},
    };
    for (const auto& row : rows) {
        ULONG size = 0;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(BCryptSignHash(key, row.info, hash.data(), row.hash_size, out.data(), row.room,
                                  &size, row.flags) == row.status);
    }
    CHECK_STATUS(
        BCryptVerifySignature(key, nullptr, hash.data(), 20, out.data(), 64, BCRYPT_PAD_PKCS1),
        STATUS_INVALID_PARAMETER);
    CHECK_STATUS(verify(key, BCRYPT_SHA1_ALGORITHM, sha1_abc(), sha1_signature.substr(2)),
                 STATUS_INVALID_SIGNATURE); // N-61
}

BOOST_AUTO_TEST_CASE(RSA_SIGN_signs_but_does_not_encrypt)
{
    const AlgorithmHandle rsa_sign(BCRYPT_RSA_SIGN_ALGORITHM);
    const KeyHandle key =
        imported_pair(rsa_sign, BCRYPT_RSAPRIVATE_BLOB, from_hex(rsa_private_blob));
    BOOST_TEST(signature(key, BCRYPT_SHA1_ALGORITHM, sha1_abc()) == sha1_signature);
    UCHAR data[64] = {};
    ULONG size = 0;
    CHECK_STATUS(
        BCryptEncrypt(key, data, 1, nullptr, nullptr, 0, data, 64, &size, BCRYPT_PAD_PKCS1),
        STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(keys_that_do_not_sign_say_so)
{
    const KeyHandle aes = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    UCHAR data[64] = {};
    ULONG size = 0;
    CHECK_STATUS(BCryptSignHash(aes, nullptr, data, 20, data, 64, &size, 0), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptFinalizeKeyPair(aes, 0), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_SUITE_END()
