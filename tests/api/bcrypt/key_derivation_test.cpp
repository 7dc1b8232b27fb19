// SPDX-License-Identifier: BSD-2-Clause
// Keys of the key derivation algorithms, BCryptKeyDerivation and BCryptDeriveKeyPBKDF2: cng.md
// 1.25, 1.27, 6.10 to 6.12. Their values are in tests/conformance.
#include "kdf_fixtures.h"

using namespace capishim_test;

namespace {

const struct {
    LPCWSTR id;
    BCRYPT_ALG_HANDLE handle;
} kdf_algorithms[] = {
    {BCRYPT_CAPI_KDF_ALGORITHM, BCRYPT_CAPI_KDF_ALG_HANDLE},
    {BCRYPT_SP800108_CTR_HMAC_ALGORITHM, BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE},
    {BCRYPT_SP80056A_CONCAT_ALGORITHM, BCRYPT_SP80056A_CONCAT_ALG_HANDLE},
    {BCRYPT_PBKDF2_ALGORITHM, BCRYPT_PBKDF2_ALG_HANDLE},
    {BCRYPT_TLS1_1_KDF_ALGORITHM, BCRYPT_TLS1_1_KDF_ALG_HANDLE},
    {BCRYPT_TLS1_2_KDF_ALGORITHM, BCRYPT_TLS1_2_KDF_ALG_HANDLE},
    {BCRYPT_HKDF_ALGORITHM, BCRYPT_HKDF_ALG_HANDLE},
};

const ByteVector one_to_four = {1, 2, 3, 4};
const Parameter sha256 = hash_parameter(BCRYPT_SHA256_ALGORITHM);
const Parameter salt = {KDF_SALT, {5, 6, 7, 8}};
const Parameter label = {KDF_LABEL, {1}}, context = {KDF_CONTEXT, {2}};
const Parameter algorithm_id = {KDF_ALGORITHMID, {1}}, party_u = {KDF_PARTYUINFO, {2}},
                party_v = {KDF_PARTYVINFO, {3}};
const Parameter tls_label = {KDF_TLS_PRF_LABEL, {1}}, tls_seed = {KDF_TLS_PRF_SEED, {2}};

Parameter generic(const ByteVector& bytes)
{
    return {KDF_GENERIC_PARAMETER, bytes};
}

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptKeyDerivation_keys)

BOOST_AUTO_TEST_CASE(a_kdf_algorithm_opens_and_tells_what_it_is)
{
    for (const auto& row : kdf_algorithms) {
        BOOST_TEST_CONTEXT(narrow(row.id))
        {
            const AlgorithmHandle opened(row.id);
            for (const BCRYPT_ALG_HANDLE algorithm : {opened.handle, row.handle}) {
                BOOST_TEST(dword_property(algorithm, BCRYPT_OBJECT_LENGTH) == 464u); // N-112
                BOOST_TEST(dword_property(algorithm, BCRYPT_PRIMITIVE_TYPE) ==
                           BCRYPT_KEY_DERIVATION_INTERFACE);
                BCRYPT_KEY_LENGTHS_STRUCT lengths = {};
                ULONG size = 0;
                CHECK_STATUS(BCryptGetProperty(algorithm, BCRYPT_KEY_LENGTHS,
                                               reinterpret_cast<PUCHAR>(&lengths), sizeof lengths,
                                               &size, 0),
                             STATUS_SUCCESS);
                BOOST_TEST(lengths.dwMinLength == 0u); // N-43
                BOOST_TEST(lengths.dwMaxLength == 0xFFFFFFF8u);
                CHECK_STATUS(get_property_status(algorithm, BCRYPT_BLOCK_LENGTH),
                             STATUS_NOT_SUPPORTED);
                CHECK_STATUS(get_property_status(algorithm, BCRYPT_CHAINING_MODE),
                             STATUS_NOT_SUPPORTED);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_kdf_algorithm_takes_no_flag_of_hashes_and_ciphers)
{
    for (const ULONG flag : {BCRYPT_ALG_HANDLE_HMAC_FLAG, BCRYPT_HASH_REUSABLE_FLAG,
                             BCRYPT_EXTENDED_KEYSIZE, BCRYPT_CAPI_AES_FLAG}) {
        BCRYPT_ALG_HANDLE handle = nullptr;
        CHECK_STATUS(BCryptOpenAlgorithmProvider(&handle, BCRYPT_PBKDF2_ALGORITHM, nullptr, flag),
                     STATUS_NOT_SUPPORTED);
    }
}

BOOST_AUTO_TEST_CASE(a_kdf_key_may_have_any_length)
{
    for (const ULONG length : {0u, 1u, 7u, 64u, 65u, 1000u}) {
        const ByteVector secret(length, 0x5A);
        const KeyHandle key = kdf_key(BCRYPT_HKDF_ALG_HANDLE, secret);
        BOOST_TEST(dword_property(key, BCRYPT_KEY_LENGTH) == 8 * length);
        BOOST_TEST(dword_property(key, BCRYPT_KEY_STRENGTH) == 8 * length);
        BOOST_TEST(dword_property(key, BCRYPT_OBJECT_LENGTH) == 464u); // N-106
        const ByteVector blob = exported(key, BCRYPT_KEY_DATA_BLOB);
        BOOST_TEST(blob.size() == 12 + length);
        BOOST_TEST(to_hex(blob).substr(24) == to_hex(secret));
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptGenerateSymmetricKey_for_kdf_algorithms)
{
    UCHAR object[464], secret[4] = {};
    const BCRYPT_ALG_HANDLE kdf = BCRYPT_PBKDF2_ALG_HANDLE;
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        PUCHAR object;
        ULONG object_size;
        PUCHAR secret;
        ULONG secret_size, flags;
        NTSTATUS status;
    } rows[] = {
        {kdf, nullptr, 0, secret, 4, 0, STATUS_SUCCESS},
        {kdf, object, 464, secret, 4, 0, STATUS_SUCCESS},
        {kdf, nullptr, 0, nullptr, 0, 0, STATUS_SUCCESS},
        {kdf, nullptr, 0, secret, 0, 0, STATUS_SUCCESS},
        {nullptr, nullptr, 0, secret, 4, 0, STATUS_INVALID_HANDLE},
        {number(0x3A1), nullptr, 0, secret, 4, 0, STATUS_INVALID_HANDLE}, // N-89
        {kdf, object, 463, secret, 4, 0, STATUS_BUFFER_TOO_SMALL},
        {kdf, object, 0, secret, 4, 0, STATUS_BUFFER_TOO_SMALL},     // N-15
        {kdf, nullptr, 464, secret, 4, 0, STATUS_INVALID_PARAMETER}, // N-14
        {kdf, nullptr, 0, nullptr, 4, 0, STATUS_INVALID_PARAMETER},
        {kdf, nullptr, 0, secret, 4, 1, STATUS_INVALID_PARAMETER}, // N-38
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            KeyHandle key;
            CHECK_STATUS(BCryptGenerateSymmetricKey(row.algorithm, &key.handle, row.object,
                                                    row.object_size, row.secret, row.secret_size,
                                                    row.flags),
                         row.status);
            BOOST_TEST((key.handle != nullptr) == (row.status == STATUS_SUCCESS));
        }
    }
    CHECK_STATUS(BCryptGenerateSymmetricKey(kdf, nullptr, nullptr, 0, secret, 4, 0),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(blobs_of_kdf_keys_come_back)
{
    for (const auto& row : kdf_algorithms) {
        const KeyHandle key = kdf_key(row.handle, one_to_four);
        for (const LPCWSTR type : {BCRYPT_KEY_DATA_BLOB, BCRYPT_OPAQUE_KEY_BLOB}) {
            const ByteVector blob = exported(key, type);
            KeyHandle copy;
            CHECK_STATUS(BCryptImportKey(row.handle, nullptr, type, &copy.handle, nullptr, 0,
                                         data_of(blob), size_of(blob), 0),
                         STATUS_SUCCESS);
            BOOST_TEST(exported(copy, BCRYPT_KEY_DATA_BLOB) == exported(key, BCRYPT_KEY_DATA_BLOB));
        }
    }
}

BOOST_AUTO_TEST_CASE(kdf_keys_can_be_wrapped)
{
    const KeyHandle kek = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '1'));
    const KeyHandle key = kdf_key(BCRYPT_HKDF_ALG_HANDLE, ByteVector(24, 9));
    UCHAR blob[32];
    ULONG size = 0;
    CHECK_STATUS(BCryptExportKey(key, kek, BCRYPT_AES_WRAP_KEY_BLOB, blob, sizeof blob, &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(size == 32u);
    KeyHandle copy;
    CHECK_STATUS(BCryptImportKey(BCRYPT_HKDF_ALG_HANDLE, kek, BCRYPT_AES_WRAP_KEY_BLOB,
                                 &copy.handle, nullptr, 0, blob, size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(exported(copy, BCRYPT_KEY_DATA_BLOB) == exported(key, BCRYPT_KEY_DATA_BLOB));
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptImportKey_and_BCryptExportKey_for_kdf_keys)
{
    const KeyHandle key = kdf_key(BCRYPT_PBKDF2_ALG_HANDLE, one_to_four);
    const std::string good = to_hex(exported(key, BCRYPT_KEY_DATA_BLOB));
    const std::string opaque = to_hex(exported(key, BCRYPT_OPAQUE_KEY_BLOB));
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        LPCWSTR type;
        std::string blob;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, good, STATUS_SUCCESS},
        {BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, "4b44424d0100000000000000",
         STATUS_SUCCESS}, // no bytes at all
        {nullptr, BCRYPT_KEY_DATA_BLOB, good, STATUS_INVALID_HANDLE},
        {BCRYPT_PBKDF2_ALG_HANDLE, L"NoSuchBlob", good, STATUS_NOT_SUPPORTED},
        {BCRYPT_PBKDF2_ALG_HANDLE, nullptr, good, STATUS_INVALID_PARAMETER},
        {BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, good + "00", STATUS_INVALID_PARAMETER},
        {BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, "4b44424d01000000ffffffff",
         STATUS_INVALID_PARAMETER},
        {BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, "4b44424d0200000000000000",
         STATUS_INVALID_PARAMETER},
        {BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, opaque, STATUS_INVALID_PARAMETER},
        {BCRYPT_HKDF_ALG_HANDLE, BCRYPT_OPAQUE_KEY_BLOB, opaque, STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            const ByteVector blob = from_hex(row.blob);
            KeyHandle imported;
            CHECK_STATUS(BCryptImportKey(row.algorithm, nullptr, row.type, &imported.handle,
                                         nullptr, 0, data_of(blob), size_of(blob), 0),
                         row.status);
        }
    }
    UCHAR out[64];
    ULONG size = 0;
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_KEY_DATA_BLOB, out, 15, &size, 0),
                 STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == 16u);
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_KEY_DATA_BLOB, nullptr, 0, &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(size == 16u);
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_PUBLIC_KEY_BLOB, out, 64, &size, 0),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_KEY_DATA_BLOB, out, 64, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_KEY_DATA_BLOB, out, 64, &size, 1),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptExportKey(nullptr, nullptr, BCRYPT_KEY_DATA_BLOB, out, 64, &size, 0),
                 STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_CASE(a_kdf_key_neither_encrypts_nor_signs_nor_has_cipher_properties)
{
    const KeyHandle key = kdf_key(BCRYPT_PBKDF2_ALG_HANDLE, one_to_four);
    UCHAR bytes[32] = {};
    ULONG size = 0;
    CHECK_STATUS(BCryptEncrypt(key, bytes, 16, nullptr, nullptr, 0, bytes, 32, &size, 0),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptDecrypt(key, bytes, 16, nullptr, nullptr, 0, bytes, 32, &size, 0),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptSignHash(key, nullptr, bytes, 16, bytes, 32, &size, 0),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptFinalizeKeyPair(key, 0), STATUS_NOT_SUPPORTED);
    for (const LPCWSTR name : {BCRYPT_BLOCK_LENGTH, BCRYPT_CHAINING_MODE, BCRYPT_PUBLIC_KEY_LENGTH,
                               BCRYPT_INITIALIZATION_VECTOR, BCRYPT_HKDF_HASH_ALGORITHM})
        CHECK_STATUS(get_property_status(key, name), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_text(key, BCRYPT_CHAINING_MODE, BCRYPT_CHAIN_MODE_ECB), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(a_duplicate_of_a_kdf_key_derives_the_same)
{
    const KeyHandle key = kdf_key(BCRYPT_PBKDF2_ALG_HANDLE, one_to_four);
    UCHAR object[464];
    KeyHandle copy;
    CHECK_STATUS(BCryptDuplicateKey(key, &copy.handle, object, 463, 0), STATUS_BUFFER_TOO_SMALL);
    CHECK_STATUS(BCryptDuplicateKey(key, nullptr, nullptr, 0, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDuplicateKey(key, &copy.handle, nullptr, 0, 1), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDuplicateKey(nullptr, &copy.handle, nullptr, 0, 0), STATUS_INVALID_HANDLE);
    REQUIRE_STATUS(BCryptDuplicateKey(key, &copy.handle, object, 464, 0), STATUS_SUCCESS);
    BOOST_TEST(derived_by(copy, {sha256, salt}, 40) == derived_by(key, {sha256, salt}, 40));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptKeyDerivation_statuses)

BOOST_AUTO_TEST_CASE(statuses_by_algorithm_and_parameters)
{
    const Parameter aes = hash_parameter(BCRYPT_AES_ALGORITHM);
    const Parameter count_8 = number_parameter(KDF_ITERATION_COUNT, ULONGLONG{2});
    const Parameter count_4 = number_parameter(KDF_ITERATION_COUNT, ULONG{2});
    const auto none = number_parameter(KDF_ITERATION_COUNT, ULONGLONG{0});
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        std::vector<Parameter> parameters;
        NTSTATUS status;
        ULONG size = 32;
    } rows[] = {
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {sha256}, STATUS_SUCCESS},
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {sha256}, STATUS_SUCCESS, 64},
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {sha256}, STATUS_INVALID_PARAMETER, 65}, // twice the hash
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {}, STATUS_INVALID_PARAMETER},
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {hash_parameter(L"NONE")}, STATUS_NOT_SUPPORTED}, // N-65
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {aes}, STATUS_NOT_SUPPORTED},
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {{KDF_HASH_ALGORITHM, {}}}, STATUS_NOT_SUPPORTED},
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {sha256, generic({1})}, STATUS_SUCCESS}, // not used there
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {aes, sha256}, STATUS_SUCCESS},          // the last counts
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {sha256, {0x15, {1}}}, STATUS_SUCCESS},  // N-184
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {sha256, {0xFFFFFFFF, {1}}}, STATUS_SUCCESS},
        {BCRYPT_CAPI_KDF_ALG_HANDLE, {sha256, {KDF_SECRET_HANDLE, {1}}}, STATUS_NOT_SUPPORTED},

        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, {label, context, sha256}, STATUS_SUCCESS},
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, {label, sha256}, STATUS_INVALID_PARAMETER},
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, {context, sha256}, STATUS_INVALID_PARAMETER},
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, {label, context}, STATUS_INVALID_PARAMETER},
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE,
         {{KDF_LABEL, {}}, {KDF_CONTEXT, {}}, sha256},
         STATUS_SUCCESS}, // there, and empty
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, {generic({1}), sha256}, STATUS_SUCCESS},
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, {generic({1})}, STATUS_INVALID_PARAMETER},
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE,
         {generic({1}), label, sha256},
         STATUS_INVALID_PARAMETER}, // N-198
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE,
         {generic({1}), context, sha256},
         STATUS_INVALID_PARAMETER},
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE,
         {label, context, sha256, number_parameter(KDF_KEYBITLENGTH, ULONG{256})},
         STATUS_SUCCESS},
        {BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE,
         {label, context, sha256, number_parameter(KDF_KEYBITLENGTH, ULONGLONG{256})},
         STATUS_INVALID_PARAMETER},

        {BCRYPT_SP80056A_CONCAT_ALG_HANDLE,
         {algorithm_id, party_u, party_v, sha256},
         STATUS_SUCCESS},
        {BCRYPT_SP80056A_CONCAT_ALG_HANDLE, {party_u, party_v, sha256}, STATUS_INVALID_PARAMETER},
        {BCRYPT_SP80056A_CONCAT_ALG_HANDLE,
         {algorithm_id, party_v, sha256},
         STATUS_INVALID_PARAMETER},
        {BCRYPT_SP80056A_CONCAT_ALG_HANDLE,
         {algorithm_id, party_u, sha256},
         STATUS_INVALID_PARAMETER},
        {BCRYPT_SP80056A_CONCAT_ALG_HANDLE,
         {algorithm_id, party_u, party_v},
         STATUS_INVALID_PARAMETER},
        {BCRYPT_SP80056A_CONCAT_ALG_HANDLE, {generic({}), sha256}, STATUS_SUCCESS},
        {BCRYPT_SP80056A_CONCAT_ALG_HANDLE,
         {generic({}), {KDF_SUPPPRIVINFO, {1}}, sha256},
         STATUS_INVALID_PARAMETER}, // N-198

        {BCRYPT_PBKDF2_ALG_HANDLE, {sha256, salt, count_8}, STATUS_SUCCESS},
        {BCRYPT_PBKDF2_ALG_HANDLE, {sha256, salt, count_4}, STATUS_SUCCESS}, // N-181
        {BCRYPT_PBKDF2_ALG_HANDLE, {sha256, count_8}, STATUS_SUCCESS},       // N-195
        {BCRYPT_PBKDF2_ALG_HANDLE, {sha256, salt}, STATUS_SUCCESS},          // 10000 times
        {BCRYPT_PBKDF2_ALG_HANDLE, {salt, count_8}, STATUS_INVALID_PARAMETER},
        {BCRYPT_PBKDF2_ALG_HANDLE, {sha256, salt, none}, STATUS_INVALID_PARAMETER},
        {BCRYPT_PBKDF2_ALG_HANDLE,
         {sha256, salt, {KDF_ITERATION_COUNT, {1, 0}}},
         STATUS_INVALID_PARAMETER},
        {BCRYPT_PBKDF2_ALG_HANDLE,
         {sha256, salt, {KDF_ITERATION_COUNT, {}}},
         STATUS_INVALID_PARAMETER},
        {BCRYPT_PBKDF2_ALG_HANDLE, {sha256, generic({1}), count_8}, STATUS_SUCCESS},
        {BCRYPT_PBKDF2_ALG_HANDLE, {sha256, generic({1}), salt}, STATUS_INVALID_PARAMETER},

        {BCRYPT_TLS1_1_KDF_ALG_HANDLE, {tls_label, tls_seed}, STATUS_SUCCESS},
        {BCRYPT_TLS1_1_KDF_ALG_HANDLE, {tls_label, tls_seed, aes}, STATUS_SUCCESS}, // no hash there
        {BCRYPT_TLS1_1_KDF_ALG_HANDLE, {tls_label}, STATUS_INVALID_PARAMETER},
        {BCRYPT_TLS1_1_KDF_ALG_HANDLE, {tls_seed}, STATUS_INVALID_PARAMETER},
        {BCRYPT_TLS1_1_KDF_ALG_HANDLE, {generic({1})}, STATUS_INVALID_PARAMETER}, // N-196
        {BCRYPT_TLS1_1_KDF_ALG_HANDLE, {tls_label, tls_seed}, STATUS_SUCCESS, 1}, // N-197
        {BCRYPT_TLS1_1_KDF_ALG_HANDLE, {tls_label, tls_seed}, STATUS_SUCCESS, 1000},

        {BCRYPT_TLS1_2_KDF_ALG_HANDLE, {tls_label, tls_seed, sha256}, STATUS_SUCCESS},
        {BCRYPT_TLS1_2_KDF_ALG_HANDLE, {tls_label, tls_seed}, STATUS_INVALID_PARAMETER},
        {BCRYPT_TLS1_2_KDF_ALG_HANDLE, {tls_label, sha256}, STATUS_INVALID_PARAMETER},
        {BCRYPT_TLS1_2_KDF_ALG_HANDLE, {tls_seed, sha256}, STATUS_INVALID_PARAMETER},

        {BCRYPT_HKDF_ALG_HANDLE, {sha256}, STATUS_INVALID_PARAMETER}, // N-194: no phase ended
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            const KeyHandle key = kdf_key(row.algorithm, one_to_four);
            CHECK_STATUS(key_derivation_status(key, row.parameters, row.size), row.status);
        }
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_the_other_arguments)
{
    const KeyHandle kdf = kdf_key(BCRYPT_CAPI_KDF_ALG_HANDLE, one_to_four);
    const KeyHandle pbkdf2 = kdf_key(BCRYPT_PBKDF2_ALG_HANDLE, one_to_four);
    const KeyHandle aes = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    const AlgorithmHandle algorithm(BCRYPT_CAPI_KDF_ALGORITHM);
    const std::vector<Parameter> parameters = {sha256};
    ParameterList list(parameters);
    UCHAR out[32];
    ULONG size = 77;
    const struct {
        BCRYPT_KEY_HANDLE key;
        BCryptBufferDesc* list;
        PUCHAR out;
        ULONG room;
        ULONG* size;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {nullptr, list, out, 32, &size, 0, STATUS_INVALID_HANDLE},
        {algorithm.handle, list, out, 32, &size, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_CAPI_KDF_ALG_HANDLE, list, out, 32, &size, 0, STATUS_INVALID_HANDLE},
        {kdf, nullptr, out, 32, &size, 0, STATUS_INVALID_PARAMETER}, // the hash is missing
        {kdf, list, nullptr, 32, &size, 0, STATUS_INVALID_PARAMETER},
        {kdf, list, nullptr, 0, &size, 0, STATUS_INVALID_PARAMETER}, // no size query
        {kdf, list, out, 0, &size, 0, STATUS_INVALID_PARAMETER},
        {kdf, list, out, 32, nullptr, 0, STATUS_INVALID_PARAMETER},
        {kdf, list, out, 32, &size, 1, STATUS_INVALID_PARAMETER},
        {pbkdf2, list, out, 32, &size, BCRYPT_CAPI_AES_FLAG, STATUS_INVALID_PARAMETER},
        {aes, list, out, 32, &size, 0, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            CHECK_STATUS(
                BCryptKeyDerivation(row.key, row.list, row.out, row.room, row.size, row.flags),
                row.status);
            BOOST_TEST(size == 77u); // N-03
        }
    }
    CHECK_STATUS(BCryptKeyDerivation(kdf, list, out, 32, &size, BCRYPT_CAPI_AES_FLAG),
                 STATUS_SUCCESS);
    BOOST_TEST(size == 32u);
}

BOOST_AUTO_TEST_CASE(hostile_lists_are_refused)
{
    const KeyHandle key = kdf_key(BCRYPT_CAPI_KDF_ALG_HANDLE, one_to_four);
    UCHAR out[32];
    ULONG size = 0;
    BCryptBuffer buffers[] = {{size_of(sha256.bytes), KDF_HASH_ALGORITHM, data_of(sha256.bytes)},
                              {0, KDF_SALT, nullptr}};
    BCryptBufferDesc good = {0, 2, buffers}, odd_version = {99, 1, buffers};
    BCryptBufferDesc no_array = {0, 1, nullptr}, nothing = {0, 0, nullptr};
    CHECK_STATUS(BCryptKeyDerivation(key, &good, out, 32, &size, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptKeyDerivation(key, &odd_version, out, 32, &size, 0),
                 STATUS_SUCCESS); // observed.md part 2 F
    CHECK_STATUS(BCryptKeyDerivation(key, &no_array, out, 32, &size, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptKeyDerivation(key, &nothing, out, 32, &size, 0), STATUS_INVALID_PARAMETER);
    for (const ULONG type : {ULONG{KDF_HASH_ALGORITHM}, ULONG{KDF_SALT}, ULONG{0x15}, ~ULONG{0}}) {
        buffers[1] = {4, type, nullptr}; // a size and no bytes, whatever the type
        CHECK_STATUS(BCryptKeyDerivation(key, &good, out, 32, &size, 0), STATUS_INVALID_PARAMETER);
    }
    buffers[1] = {0, KDF_HASH_ALGORITHM, nullptr};
    CHECK_STATUS(BCryptKeyDerivation(key, &good, out, 32, &size, 0), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(a_hash_name_is_read_up_to_its_NUL_but_not_beyond_its_buffer)
{
    const KeyHandle key = kdf_key(BCRYPT_CAPI_KDF_ALG_HANDLE, one_to_four);
    Parameter cut = hash_parameter(L"SHA256 and more");
    cut.bytes.resize(6 * sizeof(WCHAR));
    Parameter odd = cut;
    odd.bytes.push_back('x'); // half a character
    std::vector<WCHAR> letters(500, L'A');
    letters.push_back(0);
    const Parameter long_name = hash_parameter(letters.data());
    BOOST_TEST(derived_by(key, {cut}, 20) == derived_by(key, {sha256}, 20));
    BOOST_TEST(derived_by(key, {odd}, 20) == derived_by(key, {sha256}, 20));
    CHECK_STATUS(key_derivation_status(key, {long_name}), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(HKDF_in_two_phases)

BOOST_AUTO_TEST_CASE(steps_out_of_order_are_refused)
{
    enum Step { hash, salted, prk, prk_with_bytes, unknown_hash, no_hash_name, derive };
    const struct {
        std::vector<Step> before;
        Step step;
        NTSTATUS status;
    } rows[] = {
        {{}, hash, STATUS_SUCCESS},
        {{hash}, hash, STATUS_SUCCESS}, // it may be thought over
        {{}, unknown_hash, STATUS_NOT_SUPPORTED},
        {{}, no_hash_name, STATUS_INVALID_PARAMETER},
        {{}, salted, STATUS_INVALID_PARAMETER},
        {{}, prk, STATUS_INVALID_PARAMETER},
        {{}, derive, STATUS_INVALID_PARAMETER},
        {{hash}, derive, STATUS_INVALID_PARAMETER},
        {{hash}, salted, STATUS_SUCCESS},
        {{hash}, prk, STATUS_SUCCESS},
        {{hash}, prk_with_bytes, STATUS_INVALID_PARAMETER},
        {{hash, salted}, derive, STATUS_SUCCESS},
        {{hash, salted, derive}, derive, STATUS_SUCCESS},
        {{hash, prk}, derive, STATUS_SUCCESS},
        {{hash, salted}, hash, STATUS_INVALID_PARAMETER},
        {{hash, salted}, salted, STATUS_INVALID_PARAMETER},
        {{hash, salted}, prk, STATUS_INVALID_PARAMETER},
        {{hash, prk}, salted, STATUS_INVALID_PARAMETER},
    };
    const auto run = [](BCRYPT_KEY_HANDLE key, Step step) {
        switch (step) {
        case hash:
            return set_text(key, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA256_ALGORITHM);
        case unknown_hash:
            return set_text(key, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_AES_ALGORITHM);
        case no_hash_name:
            return BCryptSetProperty(key, BCRYPT_HKDF_HASH_ALGORITHM, nullptr, 0, 0);
        case salted:
            return BCryptSetProperty(key, BCRYPT_HKDF_SALT_AND_FINALIZE, nullptr, 0, 0);
        case prk:
            return BCryptSetProperty(key, BCRYPT_HKDF_PRK_AND_FINALIZE, nullptr, 0, 0);
        case prk_with_bytes:
            return set_bytes(key, BCRYPT_HKDF_PRK_AND_FINALIZE, one_to_four);
        default:
            return key_derivation_status(key, {});
        }
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            const KeyHandle key = kdf_key(BCRYPT_HKDF_ALG_HANDLE, ByteVector(32, 7));
            for (const Step step : row.before)
                REQUIRE_STATUS(run(key, step), STATUS_SUCCESS);
            CHECK_STATUS(run(key, row.step), row.status);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_pseudo_random_key_is_at_least_as_long_as_the_hash)
{
    for (const ULONG length : {31u, 32u, 33u}) {
        const KeyHandle key = kdf_key(BCRYPT_HKDF_ALG_HANDLE, ByteVector(length, 7));
        REQUIRE_STATUS(set_text(key, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA256_ALGORITHM),
                       STATUS_SUCCESS);
        CHECK_STATUS(set_bytes(key, BCRYPT_HKDF_PRK_AND_FINALIZE, {}),
                     length < 32 ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS); // N-194
    }
}

BOOST_AUTO_TEST_CASE(the_output_is_at_most_255_hashes_long)
{
    const KeyHandle key = kdf_key(BCRYPT_HKDF_ALG_HANDLE, one_to_four);
    set_text(key, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA1_ALGORITHM);
    set_bytes(key, BCRYPT_HKDF_SALT_AND_FINALIZE, {});
    CHECK_STATUS(key_derivation_status(key, {}, 255 * 20), STATUS_SUCCESS);
    CHECK_STATUS(key_derivation_status(key, {}, 255 * 20 + 1), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(a_duplicate_takes_the_phase_over)
{
    const KeyHandle key = kdf_key(BCRYPT_HKDF_ALG_HANDLE, one_to_four);
    KeyHandle before, between, after;
    REQUIRE_STATUS(BCryptDuplicateKey(key, &before.handle, nullptr, 0, 0), STATUS_SUCCESS);
    set_text(key, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA1_ALGORITHM);
    REQUIRE_STATUS(BCryptDuplicateKey(key, &between.handle, nullptr, 0, 0), STATUS_SUCCESS);
    set_bytes(key, BCRYPT_HKDF_SALT_AND_FINALIZE, {9});
    REQUIRE_STATUS(BCryptDuplicateKey(key, &after.handle, nullptr, 0, 0), STATUS_SUCCESS);
    CHECK_STATUS(set_bytes(before, BCRYPT_HKDF_SALT_AND_FINALIZE, {9}), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_bytes(between, BCRYPT_HKDF_SALT_AND_FINALIZE, {9}), STATUS_SUCCESS);
    const std::vector<Parameter> info = {{KDF_HKDF_INFO, {1}}};
    BOOST_TEST(derived_by(after, info, 50) == derived_by(key, info, 50));
    BOOST_TEST(derived_by(between, info, 50) == derived_by(key, info, 50));
}

BOOST_AUTO_TEST_CASE(the_salt_of_the_list_is_passed_over)
{
    const KeyHandle key = kdf_key(BCRYPT_HKDF_ALG_HANDLE, one_to_four);
    set_text(key, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA1_ALGORITHM);
    set_bytes(key, BCRYPT_HKDF_SALT_AND_FINALIZE, {9});
    BOOST_TEST(derived_by(key, {{KDF_HKDF_SALT, {1}}}, 20) == derived_by(key, {}, 20)); // N-183
}

BOOST_AUTO_TEST_CASE(only_hkdf_keys_have_its_properties)
{
    for (const auto& row : kdf_algorithms) {
        if (row.handle == BCRYPT_HKDF_ALG_HANDLE)
            continue;
        const KeyHandle key = kdf_key(row.handle, one_to_four);
        CHECK_STATUS(set_text(key, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA1_ALGORITHM),
                     STATUS_NOT_SUPPORTED);
        CHECK_STATUS(set_bytes(key, BCRYPT_HKDF_SALT_AND_FINALIZE, {}), STATUS_NOT_SUPPORTED);
        CHECK_STATUS(set_bytes(key, BCRYPT_HKDF_PRK_AND_FINALIZE, {}), STATUS_NOT_SUPPORTED);
    }
    const AlgorithmHandle algorithm(BCRYPT_HKDF_ALGORITHM);
    CHECK_STATUS(set_text(algorithm, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA1_ALGORITHM),
                 STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptDeriveKeyPBKDF2_)

BOOST_AUTO_TEST_CASE(statuses)
{
    const AlgorithmHandle hmac(BCRYPT_SHA1_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    const AlgorithmHandle plain(BCRYPT_SHA1_ALGORITHM);
    const KeyHandle key = kdf_key(BCRYPT_PBKDF2_ALG_HANDLE, one_to_four);
    UCHAR bytes[4] = {}, out[32];
    const struct {
        BCRYPT_ALG_HANDLE prf;
        PUCHAR password;
        ULONG password_size;
        PUCHAR salt;
        ULONG salt_size;
        ULONGLONG iterations;
        PUCHAR out;
        ULONG room, flags;
        NTSTATUS status;
    } rows[] = {
        {hmac, bytes, 4, bytes, 4, 1, out, 32, 0, STATUS_SUCCESS},
        {BCRYPT_HMAC_SHA256_ALG_HANDLE, bytes, 4, bytes, 4, 1, out, 1, 0, STATUS_SUCCESS},
        {hmac, nullptr, 0, nullptr, 0, 1, out, 32, 0, STATUS_SUCCESS},
        {nullptr, bytes, 4, bytes, 4, 1, out, 32, 0, STATUS_INVALID_HANDLE},
        {key, bytes, 4, bytes, 4, 1, out, 32, 0, STATUS_INVALID_HANDLE},
        {plain, bytes, 4, bytes, 4, 1, out, 32, 0, STATUS_INVALID_PARAMETER}, // N-66: not keyed
        {BCRYPT_SHA1_ALG_HANDLE, bytes, 4, bytes, 4, 1, out, 32, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, bytes, 4, bytes, 4, 1, out, 32, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_PBKDF2_ALG_HANDLE, bytes, 4, bytes, 4, 1, out, 32, 0, STATUS_INVALID_PARAMETER},
        {hmac, nullptr, 4, bytes, 4, 1, out, 32, 0, STATUS_INVALID_PARAMETER},
        {hmac, bytes, 4, nullptr, 4, 1, out, 32, 0, STATUS_INVALID_PARAMETER},
        {hmac, bytes, 4, bytes, 4, 0, out, 32, 0, STATUS_INVALID_PARAMETER}, // N-66
        {hmac, bytes, 4, bytes, 4, 1, nullptr, 32, 0, STATUS_INVALID_PARAMETER},
        {hmac, bytes, 4, bytes, 4, 1, out, 0, 0, STATUS_INVALID_PARAMETER},
        {hmac, bytes, 4, bytes, 4, 1, out, 32, 1, STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            std::fill(std::begin(out), std::end(out), UCHAR{0xAA});
            CHECK_STATUS(BCryptDeriveKeyPBKDF2(row.prf, row.password, row.password_size, row.salt,
                                               row.salt_size, row.iterations, row.out, row.room,
                                               row.flags),
                         row.status);
            if (row.status != STATUS_SUCCESS)
                BOOST_TEST(std::count(std::begin(out), std::end(out), 0xAA) == 32); // N-03
        }
    }
}

BOOST_AUTO_TEST_CASE(it_agrees_with_BCryptKeyDerivation)
{
    const KeyHandle key = kdf_key(BCRYPT_PBKDF2_ALG_HANDLE, one_to_four);
    UCHAR out[70];
    CHECK_STATUS(BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA256_ALG_HANDLE, data_of(one_to_four), 4,
                                       data_of(salt.bytes), size_of(salt.bytes), 10000, out, 70, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(derived_by(key, {sha256, salt}, 70) == to_hex(out, 70)); // 10000 is the default
}

BOOST_AUTO_TEST_CASE(every_keyed_function_serves)
{
    const ByteVector key = from_hex("2b7e151628aed2a6abf7158809cf4f3c");
    const ByteVector first = {5, 6, 7, 8, 0, 0, 0, 1}; // the salt and the first block's number
    const struct {
        BCRYPT_ALG_HANDLE prf;
        ULONG size;
    } rows[] = {{BCRYPT_AES_CMAC_ALG_HANDLE, 16},
                {BCRYPT_KMAC128_ALG_HANDLE, 32},
                {BCRYPT_HMAC_SHA3_256_ALG_HANDLE, 32}};
    for (const auto& row : rows) {
        ByteVector out(row.size), over(row.size + 5);
        CHECK_STATUS(BCryptDeriveKeyPBKDF2(row.prf, data_of(key), size_of(key), data_of(salt.bytes),
                                           size_of(salt.bytes), 1, out.data(), size_of(out), 0),
                     STATUS_SUCCESS);
        BOOST_TEST(to_hex(out) == hash_of(row.prf, first, row.size, key));
        CHECK_STATUS(BCryptDeriveKeyPBKDF2(row.prf, data_of(key), size_of(key), data_of(salt.bytes),
                                           size_of(salt.bytes), 3, over.data(), size_of(over), 0),
                     STATUS_SUCCESS);
    }
    UCHAR out[16];
    CHECK_STATUS(BCryptDeriveKeyPBKDF2(BCRYPT_AES_CMAC_ALG_HANDLE, data_of(key), 15, nullptr, 0, 1,
                                       out, 16, 0),
                 STATUS_INVALID_PARAMETER); // no key of AES
}

BOOST_AUTO_TEST_CASE(the_output_may_lie_over_the_password)
{
    UCHAR apart[32], shared[32] = {1, 2, 3, 4};
    CHECK_STATUS(BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, data_of(one_to_four), 4,
                                       nullptr, 0, 3, apart, 32, 0),
                 STATUS_SUCCESS);
    CHECK_STATUS(
        BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, shared, 4, nullptr, 0, 3, shared, 32, 0),
        STATUS_SUCCESS);
    BOOST_TEST(to_hex(shared, 32) == to_hex(apart, 32));
}

BOOST_AUTO_TEST_SUITE_END()
