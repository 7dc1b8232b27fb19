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

// ---- Rfc3565KeyWrapBlob -------------------------------------------------------------------------

NTSTATUS wrap_status(BCRYPT_KEY_HANDLE key, BCRYPT_KEY_HANDLE kek)
{
    UCHAR blob[600];
    ULONG size = 0;
    return BCryptExportKey(key, kek, BCRYPT_AES_WRAP_KEY_BLOB, blob, sizeof blob, &size, 0);
}

NTSTATUS unwrap_status(BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE kek, const ByteVector& blob)
{
    KeyHandle key;
    return BCryptImportKey(algorithm, kek, BCRYPT_AES_WRAP_KEY_BLOB, &key.handle, nullptr, 0,
                           data_of(blob), size_of(blob), 0);
}

BOOST_AUTO_TEST_CASE(a_wrapped_key_agrees_with_rfc_3394)
{
    const struct {
        const char *kek, *key, *blob;
    } rows[] = {
        {"000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff",
         "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"},
        {"000102030405060708090a0b0c0d0e0f1011121314151617", "00112233445566778899aabbccddeeff",
         "96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d"},
        {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
         "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
         "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"},
    };
    for (const auto& row : rows) {
        // the mode of neither key matters
        const KeyHandle kek = symmetric_key(BCRYPT_AES_ECB_ALG_HANDLE, row.kek);
        const KeyHandle key = symmetric_key(BCRYPT_AES_GCM_ALG_HANDLE, row.key);
        ULONG size = 0;
        CHECK_STATUS(BCryptExportKey(key, kek, BCRYPT_AES_WRAP_KEY_BLOB, nullptr, 0, &size, 0),
                     STATUS_SUCCESS);
        ByteVector blob(size);
        BOOST_TEST(size == from_hex(row.blob).size());
        CHECK_STATUS(
            BCryptExportKey(key, kek, BCRYPT_AES_WRAP_KEY_BLOB, blob.data(), size - 1, &size, 0),
            STATUS_BUFFER_TOO_SMALL);
        CHECK_STATUS(
            BCryptExportKey(key, kek, BCRYPT_AES_WRAP_KEY_BLOB, blob.data(), size, &size, 0),
            STATUS_SUCCESS);
        BOOST_TEST(to_hex(blob) == row.blob);
        KeyHandle back;
        REQUIRE_STATUS(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, kek, BCRYPT_AES_WRAP_KEY_BLOB,
                                       &back.handle, nullptr, 0, blob.data(), size, 0),
                       STATUS_SUCCESS);
        BOOST_TEST(exported(back, BCRYPT_KEY_DATA_BLOB) == exported(key, BCRYPT_KEY_DATA_BLOB));
    }
}

BOOST_AUTO_TEST_CASE(keys_of_every_kind_are_wrapped_if_their_length_allows)
{
    const AlgorithmHandle chacha(BCRYPT_CHACHA20_POLY1305_ALGORITHM), rc4(BCRYPT_RC4_ALGORITHM);
    const KeyHandle kek = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, aes128);
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        std::size_t size;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_XTS_AES_ALG_HANDLE, 64, STATUS_SUCCESS},
        {BCRYPT_3DES_CBC_ALG_HANDLE, 24, STATUS_SUCCESS},
        {BCRYPT_DESX_CBC_ALG_HANDLE, 24, STATUS_SUCCESS},
        {chacha, 32, STATUS_SUCCESS},
        {rc4, 40, STATUS_SUCCESS},
        {rc4, 17, STATUS_INVALID_PARAMETER}, // N-142
        {rc4, 8, STATUS_INVALID_PARAMETER},
        {BCRYPT_DES_CBC_ALG_HANDLE, 8, STATUS_INVALID_PARAMETER},
    };
    for (const auto& row : rows) {
        const KeyHandle key = symmetric_key(row.algorithm, std::string(2 * row.size, '7'));
        BOOST_TEST(wrap_status(key, kek) == row.status);
        if (row.status != STATUS_SUCCESS)
            continue;
        ByteVector blob(row.size + 8);
        ULONG size = 0;
        CHECK_STATUS(BCryptExportKey(key, kek, BCRYPT_AES_WRAP_KEY_BLOB, blob.data(), size_of(blob),
                                     &size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(size == row.size + 8);
        CHECK_STATUS(unwrap_status(row.algorithm, kek, blob), STATUS_SUCCESS);
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_wrapping)
{
    const KeyHandle kek = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, aes128);
    const KeyHandle des = symmetric_key(BCRYPT_3DES_CBC_ALG_HANDLE, std::string(48, '3'));
    const KeyHandle xts = symmetric_key(BCRYPT_XTS_AES_ALG_HANDLE, std::string(64, '3'));
    const KeyHandle pair =
        imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPUBLIC_BLOB, from_hex(rsa_public_blob));
    const BCRYPT_KEY_HANDLE none[] = {nullptr, number(0x1000), BCRYPT_AES_CBC_ALG_HANDLE, des, xts,
                                      pair};
    const ByteVector blob = from_hex("1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5");
    for (const BCRYPT_KEY_HANDLE bad : none) { // N-47
        CHECK_STATUS(wrap_status(kek, bad), STATUS_INVALID_HANDLE);
        CHECK_STATUS(unwrap_status(BCRYPT_AES_CBC_ALG_HANDLE, bad, blob), STATUS_INVALID_HANDLE);
    }
    CHECK_STATUS(wrap_status(nullptr, kek), STATUS_INVALID_HANDLE);
    CHECK_STATUS(wrap_status(pair, kek), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(unwrap_status(nullptr, kek, blob), STATUS_INVALID_HANDLE);
    CHECK_STATUS(unwrap_status(BCRYPT_SHA1_ALG_HANDLE, kek, blob), STATUS_NOT_SUPPORTED);
    ULONG size = 0;
    CHECK_STATUS(BCryptExportKey(kek, kek, BCRYPT_KEY_DATA_BLOB, nullptr, 0, &size, 0),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(bad_wrapped_keys_are_invalid_parameters)
{
    const KeyHandle kek =
        symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, "000102030405060708090a0b0c0d0e0f");
    const ByteVector good = from_hex("1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5");
    CHECK_STATUS(unwrap_status(BCRYPT_AES_CBC_ALG_HANDLE, kek, good), STATUS_SUCCESS);
    for (std::size_t i = 0; i < good.size(); ++i)
        CHECK_STATUS(unwrap_status(BCRYPT_AES_CBC_ALG_HANDLE, kek,
                                   patched(good, i, static_cast<UCHAR>(good[i] ^ 1))),
                     STATUS_INVALID_PARAMETER); // N-45
    for (std::size_t size = 0; size < 40; ++size) {
        if (size == good.size())
            continue;
        ByteVector bad = good;
        bad.resize(size);
        bad.reserve(40); // never a null pointer
        CHECK_STATUS(unwrap_status(BCRYPT_AES_CBC_ALG_HANDLE, kek, bad), STATUS_INVALID_PARAMETER);
    }
    CHECK_STATUS(unwrap_status(BCRYPT_3DES_CBC_ALG_HANDLE, kek, good),
                 STATUS_INVALID_PARAMETER); // 16 bytes are no key of 3DES
}

// ---- Duplicates ---------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(every_kind_of_symmetric_key_has_its_blobs_and_duplicates)
{
    const AlgorithmHandle chacha(BCRYPT_CHACHA20_POLY1305_ALGORITHM);
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        std::size_t size;
    } rows[] = {
        {BCRYPT_AES_CBC_ALG_HANDLE, 16},      {BCRYPT_AES_GCM_ALG_HANDLE, 32},
        {BCRYPT_AES_CCM_ALG_HANDLE, 24},      {BCRYPT_XTS_AES_ALG_HANDLE, 32},
        {BCRYPT_XTS_AES_ALG_HANDLE, 64},      {BCRYPT_DES_CBC_ALG_HANDLE, 8},
        {BCRYPT_DESX_CBC_ALG_HANDLE, 24},     {BCRYPT_3DES_CBC_ALG_HANDLE, 24},
        {BCRYPT_3DES_112_CBC_ALG_HANDLE, 16}, {BCRYPT_RC2_CBC_ALG_HANDLE, 5},
        {BCRYPT_RC4_ALG_HANDLE, 7},           {chacha, 32},
    };
    for (const auto& row : rows) {
        const std::string secret(2 * row.size, '9');
        const KeyHandle key = symmetric_key(row.algorithm, secret);
        const ByteVector data = exported(key, BCRYPT_KEY_DATA_BLOB);
        BOOST_TEST(to_hex(data).substr(24) == secret);
        const ByteVector opaque = exported(key, BCRYPT_OPAQUE_KEY_BLOB);
        BOOST_TEST(opaque.size() == 20 + row.size); // N-113
        for (const auto& [type, blob] : {std::pair<LPCWSTR, ByteVector>{BCRYPT_KEY_DATA_BLOB, data},
                                         {BCRYPT_OPAQUE_KEY_BLOB, opaque}}) {
            KeyHandle back;
            REQUIRE_STATUS(BCryptImportKey(row.algorithm, nullptr, type, &back.handle, nullptr, 0,
                                           data_of(blob), size_of(blob), 0),
                           STATUS_SUCCESS);
            BOOST_TEST(exported(back, BCRYPT_KEY_DATA_BLOB) == data);
        }
        KeyHandle copy;
        REQUIRE_STATUS(BCryptDuplicateKey(key, &copy.handle, nullptr, 0, 0), STATUS_SUCCESS);
        BOOST_TEST(exported(copy, BCRYPT_KEY_DATA_BLOB) == data);
        BOOST_TEST(exported(copy, BCRYPT_OPAQUE_KEY_BLOB) == opaque);
        CHECK_STATUS(import_status(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_OPAQUE_KEY_BLOB,
                                   patched(opaque, 8, static_cast<UCHAR>(opaque[8] ^ 0x40))),
                     STATUS_INVALID_PARAMETER); // another algorithm's
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptDuplicateKey_and_BCryptDestroyKey)
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, aes128);
    const KeyHandle pair =
        imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPUBLIC_BLOB, from_hex(rsa_public_blob));
    ByteVector memory(704);
    BCRYPT_KEY_HANDLE made = nullptr;
    const struct {
        BCRYPT_KEY_HANDLE key;
        BCRYPT_KEY_HANDLE* out;
        PUCHAR memory;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {key, &made, nullptr, 0, 0, STATUS_SUCCESS},
        {key, &made, memory.data(), 704, 0, STATUS_SUCCESS},
        {key, &made, memory.data(), 703, 0, STATUS_BUFFER_TOO_SMALL},
        {key, &made, memory.data(), 0, 0, STATUS_BUFFER_TOO_SMALL}, // N-15
        {key, &made, nullptr, 704, 0, STATUS_INVALID_PARAMETER},    // N-14
        {key, &made, nullptr, 0, 1, STATUS_INVALID_PARAMETER},
        {key, nullptr, nullptr, 0, 0, STATUS_INVALID_PARAMETER},
        {pair, &made, nullptr, 0, 0, STATUS_INVALID_HANDLE},
        {nullptr, &made, nullptr, 0, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_AES_CBC_ALG_HANDLE, &made, nullptr, 0, 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows) {
        made = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(BCryptDuplicateKey(row.key, row.out, row.memory, row.size, row.flags) ==
                   row.status);
        if (!made)
            continue;
        CHECK_STATUS(BCryptDestroyKey(made), STATUS_SUCCESS);
        CHECK_STATUS(BCryptDestroyKey(made), STATUS_INVALID_HANDLE);
    }
    const AlgorithmHandle algorithm(BCRYPT_AES_ALGORITHM);
    for (const BCRYPT_HANDLE bad :
         {BCRYPT_HANDLE{}, number(0xDEADBEEF), BCRYPT_AES_CBC_ALG_HANDLE, algorithm.handle})
        CHECK_STATUS(BCryptDestroyKey(bad), STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptImportKey_and_BCryptExportKey)
{
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, aes128);
    const ByteVector blob = from_hex(aes128_blob);
    BCRYPT_KEY_HANDLE made = nullptr;
    UCHAR memory[704], out[64];
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        LPCWSTR type;
        BCRYPT_KEY_HANDLE* out;
        PUCHAR memory;
        ULONG memory_size;
        PUCHAR blob;
        ULONG size, flags;
        NTSTATUS status;
    } imports[] = {
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, &made, memory, 704, data_of(blob), 28, 0,
         STATUS_SUCCESS},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, &made, memory, 703, data_of(blob), 28, 0,
         STATUS_BUFFER_TOO_SMALL},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, &made, nullptr, 704, data_of(blob), 28, 0,
         STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, &made, nullptr, 0, data_of(blob), 28, 1,
         STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, &made, nullptr, 0, nullptr, 28, 0,
         STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, nullptr, nullptr, 0, data_of(blob), 28, 0,
         STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, nullptr, &made, nullptr, 0, data_of(blob), 28, 0,
         STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, L"keydatablob", &made, nullptr, 0, data_of(blob), 28, 0,
         STATUS_NOT_SUPPORTED},
        {BCRYPT_RSA_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, &made, nullptr, 0, data_of(blob), 28, 0,
         STATUS_NOT_SUPPORTED},
        {BCRYPT_DES_CBC_ALG_HANDLE, BCRYPT_KEY_DATA_BLOB, &made, nullptr, 0, data_of(blob), 28, 0,
         STATUS_INVALID_PARAMETER},
        {nullptr, BCRYPT_KEY_DATA_BLOB, &made, nullptr, 0, data_of(blob), 28, 0,
         STATUS_INVALID_HANDLE},
        {key, BCRYPT_KEY_DATA_BLOB, &made, nullptr, 0, data_of(blob), 28, 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : imports) {
        made = nullptr;
        BOOST_TEST_CONTEXT("import " << &row - imports)
        BOOST_TEST(BCryptImportKey(row.algorithm, nullptr, row.type, row.out, row.memory,
                                   row.memory_size, row.blob, row.size, row.flags) == row.status);
        if (made)
            BCryptDestroyKey(made);
    }
    ULONG size = 0;
    const struct {
        BCRYPT_KEY_HANDLE key, kek;
        LPCWSTR type;
        PUCHAR out;
        ULONG room;
        ULONG* size;
        ULONG flags;
        NTSTATUS status;
    } exports[] = {
        {key, nullptr, BCRYPT_KEY_DATA_BLOB, nullptr, 0, &size, 0, STATUS_SUCCESS},
        {key, nullptr, BCRYPT_KEY_DATA_BLOB, out, 28, &size, 0, STATUS_SUCCESS},
        {key, nullptr, BCRYPT_KEY_DATA_BLOB, out, 27, &size, 0, STATUS_BUFFER_TOO_SMALL},
        {key, nullptr, BCRYPT_KEY_DATA_BLOB, out, 28, nullptr, 0, STATUS_INVALID_PARAMETER},
        {key, nullptr, BCRYPT_KEY_DATA_BLOB, out, 28, &size, 1, STATUS_INVALID_PARAMETER},
        {key, nullptr, nullptr, out, 28, &size, 0, STATUS_INVALID_PARAMETER},
        {key, key, BCRYPT_KEY_DATA_BLOB, out, 28, &size, 0, STATUS_INVALID_PARAMETER},
        {key, nullptr, BCRYPT_PUBLIC_KEY_BLOB, out, 28, &size, 0, STATUS_NOT_SUPPORTED},
        {nullptr, nullptr, BCRYPT_KEY_DATA_BLOB, out, 28, &size, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_AES_CBC_ALG_HANDLE, nullptr, BCRYPT_KEY_DATA_BLOB, out, 28, &size, 0,
         STATUS_INVALID_HANDLE},
    };
    for (const auto& row : exports) {
        size = 0;
        BOOST_TEST_CONTEXT("export " << &row - exports)
        BOOST_TEST(BCryptExportKey(row.key, row.kek, row.type, row.out, row.room, row.size,
                                   row.flags) == row.status);
        if (row.status == STATUS_SUCCESS || row.status == STATUS_BUFFER_TOO_SMALL)
            BOOST_TEST(size == 28u);
    }
}

BOOST_AUTO_TEST_CASE(a_key_pair_cannot_be_duplicated)
{
    const KeyHandle pair =
        imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPUBLIC_BLOB, from_hex(rsa_public_blob));
    BCRYPT_KEY_HANDLE copy = nullptr;
    CHECK_STATUS(BCryptDuplicateKey(pair, &copy, nullptr, 0, 0), STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_SUITE_END()
