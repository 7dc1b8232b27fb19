// SPDX-License-Identifier: BSD-2-Clause
// Making, exporting, importing and duplicating symmetric keys: cng.md 1.10 to 1.13, 5.1.
#include "bcrypt_fixtures.h"

using namespace capishim_test;

namespace {

const std::string aes128 = "2b7e151628aed2a6abf7158809cf4f3c";
const std::string aes128_blob = "4b44424d0100000010000000" + aes128;

NTSTATUS import_status(BCRYPT_ALG_HANDLE algorithm, LPCWSTR type, const ByteVector& blob)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    const NTSTATUS status = BCryptImportKey(algorithm, nullptr, type, &key, nullptr, 0,
                                            data_of(blob), size_of(blob), 0);
    BOOST_TEST((key != nullptr) == (status == STATUS_SUCCESS));
    if (key)
        BCryptDestroyKey(key);
    return status;
}

ByteVector patched(ByteVector blob, std::size_t offset, UCHAR value)
{
    blob.at(offset) = value;
    return blob;
}

} // namespace

BOOST_AUTO_TEST_SUITE(symmetric_key_blobs)

BOOST_AUTO_TEST_CASE(statuses_of_BCryptGenerateSymmetricKey)
{
    UCHAR secret[64] = {};
    BCRYPT_KEY_HANDLE key = nullptr;
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        BCRYPT_KEY_HANDLE* out;
        PUCHAR secret;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_AES_CBC_ALG_HANDLE, &key, secret, 33, 0, STATUS_SUCCESS}, // cut to 32
        {BCRYPT_AES_CBC_ALG_HANDLE, &key, secret, 17, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, &key, secret, 1, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, &key, nullptr, 16, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, &key, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, nullptr, secret, 16, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, &key, secret, 16, 1, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA256_ALG_HANDLE, &key, secret, 16, 0, STATUS_NOT_SUPPORTED}, // N-39
        {BCRYPT_RSA_ALG_HANDLE, &key, secret, 16, 0, STATUS_NOT_SUPPORTED},
        {nullptr, &key, secret, 16, 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows) {
        key = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(BCryptGenerateSymmetricKey(row.algorithm, row.out, nullptr, 0, row.secret,
                                              row.size, row.flags) == row.status);
        if (key) {
            BOOST_TEST(dword_property(key, BCRYPT_KEY_LENGTH) == 256u);
            BCryptDestroyKey(key);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_key_data_blob_is_header_and_key)
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, aes128);
    BOOST_TEST(to_hex(exported(key, BCRYPT_KEY_DATA_BLOB)) == aes128_blob);
    CHECK_STATUS(
        import_status(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, from_hex(aes128_blob)),
        STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(an_opaque_blob_travels_between_handle_and_pseudo_handle)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM);
    const KeyHandle key = symmetric_key(aes, aes128);
    const ByteVector blob = exported(key, BCRYPT_OPAQUE_KEY_BLOB); // observed.md part 2 B
    KeyHandle back;
    REQUIRE_STATUS(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, nullptr, BCRYPT_OPAQUE_KEY_BLOB,
                                   &back.handle, nullptr, 0, data_of(blob), size_of(blob), 0),
                   STATUS_SUCCESS);
    BOOST_TEST(to_hex(exported(back, BCRYPT_KEY_DATA_BLOB)) == aes128_blob);
    CHECK_STATUS(import_status(BCRYPT_RC4_ALG_HANDLE, BCRYPT_OPAQUE_KEY_BLOB, blob),
                 STATUS_INVALID_PARAMETER);
    UCHAR byte = 0;
    ULONG size = 0;
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_OPAQUE_KEY_BLOB, &byte, 0, &size, 0),
                 STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == blob.size());
}

BOOST_AUTO_TEST_CASE(bad_blobs_are_invalid_parameters)
{
    const ByteVector blob = from_hex(aes128_blob);
    for (const auto& bad : {patched(blob, 0, 0), patched(blob, 4, 2), patched(blob, 8, 17),
                            patched(blob, 8, 15), patched(blob, 11, 0xFF)})
        CHECK_STATUS(import_status(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, bad),
                     STATUS_INVALID_PARAMETER); // N-45
    for (std::size_t size = 1; size < blob.size(); ++size)
        CHECK_STATUS(import_status(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB,
                                   {blob.begin(), blob.begin() + static_cast<long>(size)}),
                     STATUS_INVALID_PARAMETER);
    ByteVector long_key = from_hex("4b44424d0100000021000000"); // no cutting here (N-46)
    long_key.resize(12 + 33);
    CHECK_STATUS(import_status(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, long_key),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(statuses_of_other_arguments)
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, aes128);
    const ByteVector blob = from_hex(aes128_blob);
    BCRYPT_KEY_HANDLE made = nullptr;
    ULONG size = 0;
    CHECK_STATUS(import_status(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_RSAPUBLIC_BLOB, blob),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(import_status(BCRYPT_SHA1_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, blob),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, key, BCRYPT_KEY_DATA_BLOB, &made,
                                 nullptr, 0, data_of(blob), size_of(blob), 0),
                 STATUS_INVALID_PARAMETER); // N-44
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_RSAPUBLIC_BLOB, nullptr, 0, &size, 0),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptExportKey(key, nullptr, nullptr, nullptr, 0, &size, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_KEY_DATA_BLOB, nullptr, 0, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDuplicateKey(key, nullptr, nullptr, 0, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDuplicateKey(key, &made, nullptr, 0, 1), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(a_key_pair_cannot_be_duplicated)
{
    const KeyHandle pair =
        imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPUBLIC_BLOB, from_hex(rsa_public_blob));
    BCRYPT_KEY_HANDLE copy = nullptr;
    CHECK_STATUS(BCryptDuplicateKey(pair, &copy, nullptr, 0, 0), STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_SUITE_END()
