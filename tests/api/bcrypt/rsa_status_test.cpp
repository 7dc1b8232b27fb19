// SPDX-License-Identifier: BSD-2-Clause
// Each status of the functions on pairs, for RSA, and RSA blobs whose headers lie: cng.md 1.15 to
// 1.21, 5.2, 5.8, 6.2 to 6.4; observed.md part 2 D and E.
#include "bcrypt_fixtures.h"

#include <algorithm>

using namespace capishim_test;

namespace {

constexpr ULONG key_size = 64; // of the key of cng.md 10.8

struct Pairs {
    KeyHandle whole =
        imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPRIVATE_BLOB, from_hex(rsa_private_blob));
    KeyHandle public_only =
        imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPUBLIC_BLOB, from_hex(rsa_public_blob));
    KeyHandle open = unfinished();
    KeyHandle aes = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));

    static KeyHandle unfinished()
    {
        BCRYPT_KEY_HANDLE pair = nullptr;
        REQUIRE_STATUS(BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &pair, 512, 0), STATUS_SUCCESS);
        return KeyHandle(pair);
    }
};

struct Paddings {
    BCRYPT_PKCS1_PADDING_INFO pkcs1{BCRYPT_SHA1_ALGORITHM}, bare{nullptr}, no_hash{L"RNG"},
        sha512{BCRYPT_SHA512_ALGORITHM};
    BCRYPT_PSS_PADDING_INFO pss{BCRYPT_SHA1_ALGORITHM, 20}, longest{BCRYPT_SHA1_ALGORITHM, 42},
        too_long{BCRYPT_SHA1_ALGORITHM, 43}, endless{BCRYPT_SHA1_ALGORITHM, 0xFFFFFFFF},
        unnamed{nullptr, 20}, unknown{L"SHA0", 20};
    BCRYPT_OAEP_PADDING_INFO oaep{BCRYPT_SHA1_ALGORITHM, nullptr, 0}, no_name{nullptr, nullptr, 0},
        wide{BCRYPT_SHA256_ALGORITHM, nullptr, 0}, rng{BCRYPT_RNG_ALGORITHM, nullptr, 0};
};

/// BCryptEncrypt and BCryptDecrypt take the same arguments.
struct CipherCall {
    BCRYPT_KEY_HANDLE key;
    PUCHAR input;
    ULONG input_size;
    void* info;
    ULONG room;
    ULONG* size;
    ULONG flags;
    NTSTATUS status;
};

template <class Function, std::size_t count>
void check_calls(Function function, const CipherCall (&calls)[count])
{
    UCHAR out[key_size];
    for (const CipherCall& call : calls)
        BOOST_TEST_CONTEXT("row " << &call - calls)
    BOOST_TEST(function(call.key, call.input, call.input_size, call.info, nullptr, 0, out,
                        call.room, call.size, call.flags) == call.status);
}

NTSTATUS import_status(LPCWSTR type, const ByteVector& blob)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    const NTSTATUS status = BCryptImportKeyPair(BCRYPT_RSA_ALG_HANDLE, nullptr, type, &key,
                                                data_of(blob), size_of(blob), 0);
    BOOST_TEST((key != nullptr) == (status == STATUS_SUCCESS)); // N-03
    if (key)
        BCryptDestroyKey(key);
    return status;
}

struct BlobRow {
    LPCWSTR type;
    ByteVector blob;
    std::size_t header_size; // of 32-bit fields
};

std::vector<BlobRow> every_blob()
{
    const Pairs pairs;
    return {
        {BCRYPT_RSAPUBLIC_BLOB, from_hex(rsa_public_blob), 24},
        {BCRYPT_RSAPRIVATE_BLOB, from_hex(rsa_private_blob), 24},
        {BCRYPT_RSAFULLPRIVATE_BLOB, from_hex(rsa_full_blob), 24},
        {BCRYPT_PRIVATE_KEY_BLOB, from_hex(rsa_full_blob), 24},
        {LEGACY_RSAPUBLIC_BLOB, exported(pairs.whole, LEGACY_RSAPUBLIC_BLOB), 20},
        {LEGACY_RSAPRIVATE_BLOB, exported(pairs.whole, LEGACY_RSAPRIVATE_BLOB), 20},
    };
}

std::uint32_t field(const ByteVector& blob, std::size_t offset)
{
    return blob[offset] | blob[offset + 1] << 8 | blob[offset + 2] << 16 |
           static_cast<std::uint32_t>(blob[offset + 3]) << 24;
}

ByteVector with_field(ByteVector blob, std::size_t offset, std::uint32_t value)
{
    for (int i = 0; i < 4; ++i)
        blob[offset + i] = static_cast<UCHAR>(value >> 8 * i);
    return blob;
}

/// Where more than one value is right: CryptoAPI's algorithm and exponent; the primes' sizes of a
/// public blob, which are not looked at.
bool may_differ(const BlobRow& row, std::size_t offset)
{
    const bool is_legacy = row.header_size == 20;
    const bool has_primes = field(row.blob, 16) != 0;
    return is_legacy ? offset == 4 || offset == 16 : offset >= 16 && !has_primes;
}

bool is_documented(NTSTATUS status)
{
    return status == STATUS_INVALID_PARAMETER || status == STATUS_INVALID_BUFFER_SIZE ||
           status == static_cast<NTSTATUS>(NTE_BAD_DATA);
}

} // namespace

BOOST_AUTO_TEST_SUITE(RSA_statuses)

BOOST_AUTO_TEST_CASE(of_BCryptGenerateKeyPair)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    const KeyHandle aes = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        BCRYPT_KEY_HANDLE* key;
        ULONG bits, flags;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_RSA_ALG_HANDLE, &key, 512, 0, STATUS_SUCCESS},
        {BCRYPT_RSA_ALG_HANDLE, &key, 576, 0, STATUS_SUCCESS},
        {BCRYPT_RSA_ALG_HANDLE, &key, 16384, 0, STATUS_SUCCESS},
        {BCRYPT_RSA_ALG_HANDLE, &key, 512, BCRYPT_NO_KEY_VALIDATION, STATUS_SUCCESS}, // N-55
        {BCRYPT_RSA_ALG_HANDLE, &key, 512, 1, STATUS_INVALID_PARAMETER},
        {BCRYPT_RSA_ALG_HANDLE, &key, 448, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_RSA_ALG_HANDLE, &key, 520, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_RSA_ALG_HANDLE, &key, 16448, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_RSA_ALG_HANDLE, &key, 0xFFFFFFC0, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_RSA_ALG_HANDLE, nullptr, 512, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_SHA1_ALG_HANDLE, &key, 512, 0, STATUS_NOT_SUPPORTED},
        {nullptr, &key, 512, 0, STATUS_INVALID_HANDLE},
        {aes, &key, 512, 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows) {
        key = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(BCryptGenerateKeyPair(row.algorithm, row.key, row.bits, row.flags) ==
                   row.status);
        BOOST_TEST((key != nullptr) == (row.status == STATUS_SUCCESS));
        if (key)
            BCryptDestroyKey(key);
    }
}

BOOST_AUTO_TEST_CASE(of_BCryptFinalizeKeyPair)
{
    const Pairs pairs;
    const struct {
        BCRYPT_KEY_HANDLE key;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {pairs.open, 1, STATUS_INVALID_PARAMETER},
        {pairs.open, 0, STATUS_SUCCESS},
        {pairs.open, 0, STATUS_INVALID_HANDLE}, // observed.md part 2 D
        {pairs.whole, 0, STATUS_INVALID_HANDLE},
        {pairs.public_only, 0, STATUS_INVALID_HANDLE},
        {pairs.aes, 0, STATUS_NOT_SUPPORTED},
        {nullptr, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_RSA_ALG_HANDLE, 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptFinalizeKeyPair(row.key, row.flags) == row.status);
}

BOOST_AUTO_TEST_CASE(of_BCryptImportKeyPair)
{
    const Pairs pairs;
    ByteVector blob = from_hex(rsa_public_blob);
    const ULONG size = size_of(blob);
    BCRYPT_KEY_HANDLE key = nullptr;
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        BCRYPT_KEY_HANDLE import_key;
        LPCWSTR type;
        BCRYPT_KEY_HANDLE* key;
        PUCHAR input;
        ULONG size, flags;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_RSA_ALG_HANDLE, nullptr, BCRYPT_RSAPUBLIC_BLOB, &key, blob.data(), size, 0,
         STATUS_SUCCESS},
        {BCRYPT_RSA_SIGN_ALG_HANDLE, nullptr, BCRYPT_RSAPUBLIC_BLOB, &key, blob.data(), size, 0,
         STATUS_SUCCESS}, // observed.md part 2 D uses RSA_SIGN
        {BCRYPT_RSA_ALG_HANDLE, nullptr, BCRYPT_RSAPUBLIC_BLOB, &key, blob.data(), size,
         BCRYPT_NO_KEY_VALIDATION, STATUS_SUCCESS},
        {BCRYPT_RSA_ALG_HANDLE, nullptr, BCRYPT_RSAPUBLIC_BLOB, &key, blob.data(), size, 1,
         STATUS_INVALID_PARAMETER},
        {BCRYPT_RSA_ALG_HANDLE, pairs.aes, BCRYPT_RSAPUBLIC_BLOB, &key, blob.data(), size, 0,
         STATUS_INVALID_PARAMETER}, // N-58
        {BCRYPT_RSA_ALG_HANDLE, nullptr, nullptr, &key, blob.data(), size, 0,
         STATUS_INVALID_PARAMETER},
        {BCRYPT_RSA_ALG_HANDLE, nullptr, BCRYPT_RSAPUBLIC_BLOB, nullptr, blob.data(), size, 0,
         STATUS_INVALID_PARAMETER},
        {BCRYPT_RSA_ALG_HANDLE, nullptr, BCRYPT_RSAPUBLIC_BLOB, &key, nullptr, size, 0,
         STATUS_INVALID_PARAMETER},
        {BCRYPT_RSA_ALG_HANDLE, nullptr, BCRYPT_RSAPUBLIC_BLOB, &key, blob.data(), 0, 0,
         STATUS_INVALID_BUFFER_SIZE},
        {BCRYPT_RSA_ALG_HANDLE, nullptr, BCRYPT_ECCPUBLIC_BLOB, &key, blob.data(), size, 0,
         STATUS_NOT_SUPPORTED},
        {BCRYPT_AES_CBC_ALG_HANDLE, nullptr, BCRYPT_RSAPUBLIC_BLOB, &key, blob.data(), size, 0,
         STATUS_NOT_SUPPORTED},
        {nullptr, nullptr, BCRYPT_RSAPUBLIC_BLOB, &key, blob.data(), size, 0,
         STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows) {
        key = nullptr;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(BCryptImportKeyPair(row.algorithm, row.import_key, row.type, row.key, row.input,
                                       row.size, row.flags) == row.status);
        BOOST_TEST((key != nullptr) == (row.status == STATUS_SUCCESS));
        if (key)
            BCryptDestroyKey(key);
    }
}

BOOST_AUTO_TEST_CASE(of_BCryptExportKey)
{
    const Pairs pairs;
    UCHAR room[400];
    ULONG size = 0;
    const struct {
        BCRYPT_KEY_HANDLE key, export_key;
        LPCWSTR type;
        ULONG room;
        ULONG* size;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {pairs.whole, nullptr, BCRYPT_RSAFULLPRIVATE_BLOB, sizeof room, &size, 0, STATUS_SUCCESS},
        {pairs.whole, nullptr, BCRYPT_RSAFULLPRIVATE_BLOB, 50, &size, 0, STATUS_BUFFER_TOO_SMALL},
        {pairs.whole, nullptr, BCRYPT_RSAFULLPRIVATE_BLOB, sizeof room, nullptr, 0,
         STATUS_INVALID_PARAMETER},
        {pairs.whole, nullptr, BCRYPT_RSAFULLPRIVATE_BLOB, sizeof room, &size, 1,
         STATUS_INVALID_PARAMETER},
        {pairs.whole, nullptr, nullptr, sizeof room, &size, 0, STATUS_INVALID_PARAMETER},
        {pairs.whole, nullptr, BCRYPT_KEY_DATA_BLOB, sizeof room, &size, 0, STATUS_NOT_SUPPORTED},
        {pairs.whole, nullptr, BCRYPT_ECCPUBLIC_BLOB, sizeof room, &size, 0, STATUS_NOT_SUPPORTED},
        {pairs.public_only, nullptr, BCRYPT_RSAPRIVATE_BLOB, sizeof room, &size, 0,
         STATUS_INVALID_PARAMETER}, // observed.md part 2 D
        {pairs.open, nullptr, BCRYPT_RSAPUBLIC_BLOB, sizeof room, &size, 0, STATUS_INVALID_HANDLE},
        {nullptr, nullptr, BCRYPT_RSAPUBLIC_BLOB, sizeof room, &size, 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptExportKey(row.key, row.export_key, row.type, room, row.room, row.size,
                               row.flags) == row.status);
}

BOOST_AUTO_TEST_CASE(of_BCryptEncrypt)
{
    const Pairs pairs;
    Paddings paddings;
    UCHAR message[100] = {};
    ULONG size = 0;
    const CipherCall calls[] = {
        {pairs.public_only, message, 0, nullptr, 64, &size, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {pairs.public_only, message, 53, nullptr, 64, &size, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {pairs.public_only, message, 54, nullptr, 64, &size, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_PARAMETER}, // N-164
        {pairs.public_only, message, 1, nullptr, 63, &size, BCRYPT_PAD_PKCS1,
         STATUS_BUFFER_TOO_SMALL},
        {pairs.public_only, nullptr, 1, nullptr, 64, &size, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_PARAMETER},
        {pairs.public_only, message, 1, nullptr, 64, nullptr, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_PARAMETER},
        {pairs.public_only, message, 1, nullptr, 64, &size,
         BCRYPT_PAD_PKCS1 | BCRYPT_BUFFERS_LOCKED_FLAG, STATUS_SUCCESS},
        {pairs.public_only, message, 22, &paddings.oaep, 64, &size, BCRYPT_PAD_OAEP,
         STATUS_SUCCESS},
        {pairs.public_only, message, 23, &paddings.oaep, 64, &size, BCRYPT_PAD_OAEP,
         STATUS_INVALID_PARAMETER},
        {pairs.public_only, message, 1, nullptr, 64, &size, BCRYPT_PAD_OAEP,
         STATUS_INVALID_PARAMETER},
        {pairs.public_only, message, 1, &paddings.no_name, 64, &size, BCRYPT_PAD_OAEP,
         STATUS_INVALID_PARAMETER},
        {pairs.public_only, message, 1, &paddings.rng, 64, &size, BCRYPT_PAD_OAEP,
         STATUS_NOT_SUPPORTED}, // N-165
        {pairs.public_only, message, 0, &paddings.wide, 64, &size, BCRYPT_PAD_OAEP,
         STATUS_INVALID_PARAMETER}, // two hashes of 32 and 2 bytes are more than the key has
        {pairs.public_only, message, 64, nullptr, 64, &size, BCRYPT_PAD_NONE, STATUS_SUCCESS},
        {pairs.public_only, message, 63, nullptr, 64, &size, BCRYPT_PAD_NONE,
         STATUS_INVALID_PARAMETER}, // observed.md part 2 E
        {pairs.public_only, message, 65, nullptr, 64, &size, BCRYPT_PAD_NONE,
         STATUS_INVALID_BUFFER_SIZE},                                                     // N-166
        {pairs.public_only, message, 1, nullptr, 64, &size, 0, STATUS_INVALID_PARAMETER}, // N-167
        {pairs.public_only, message, 1, &paddings.pss, 64, &size, BCRYPT_PAD_PSS,
         STATUS_INVALID_PARAMETER},
        {pairs.open, message, 1, nullptr, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_HANDLE},
        {nullptr, message, 1, nullptr, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_HANDLE},
        {BCRYPT_RSA_ALG_HANDLE, message, 1, nullptr, 64, &size, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_HANDLE},
    };
    check_calls(BCryptEncrypt, calls);
}

BOOST_AUTO_TEST_CASE(of_BCryptDecrypt)
{
    const Pairs pairs;
    Paddings paddings;
    UCHAR message[7] = {1, 2, 3, 4, 5, 6, 7}, cipher[key_size], beyond[key_size];
    ULONG size = 0;
    REQUIRE_STATUS(BCryptEncrypt(pairs.whole, message, 7, nullptr, nullptr, 0, cipher, key_size,
                                 &size, BCRYPT_PAD_PKCS1),
                   STATUS_SUCCESS);
    std::fill_n(beyond, key_size, UCHAR{0xFF}); // not below the modulus
    const CipherCall calls[] = {
        {pairs.whole, cipher, 64, nullptr, 64, &size, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {pairs.whole, cipher, 64, nullptr, 7, &size, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {pairs.whole, cipher, 64, nullptr, 6, &size, BCRYPT_PAD_PKCS1, STATUS_BUFFER_TOO_SMALL},
        {pairs.whole, cipher, 64, nullptr, 64, &size, BCRYPT_PAD_NONE, STATUS_SUCCESS},
        {pairs.whole, cipher, 64, nullptr, 63, &size, BCRYPT_PAD_NONE, STATUS_BUFFER_TOO_SMALL},
        {pairs.whole, beyond, 64, nullptr, 64, &size, BCRYPT_PAD_NONE, STATUS_INVALID_PARAMETER},
        {pairs.whole, cipher, 64, &paddings.oaep, 64, &size, BCRYPT_PAD_OAEP,
         STATUS_DATA_ERROR}, // N-71: it is padded otherwise
        {pairs.whole, cipher, 64, nullptr, 64, &size, BCRYPT_PAD_OAEP, STATUS_INVALID_PARAMETER},
        {pairs.whole, cipher, 64, &paddings.rng, 64, &size, BCRYPT_PAD_OAEP, STATUS_NOT_SUPPORTED},
        {pairs.whole, cipher, 63, nullptr, 64, &size, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_BUFFER_SIZE}, // N-168
        {pairs.whole, cipher, 0, nullptr, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_BUFFER_SIZE},
        {pairs.whole, nullptr, 64, nullptr, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {pairs.whole, cipher, 64, nullptr, 64, nullptr, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {pairs.whole, cipher, 64, nullptr, 64, &size, 0, STATUS_INVALID_PARAMETER},
        {pairs.public_only, cipher, 64, nullptr, 64, &size, BCRYPT_PAD_PKCS1,
         STATUS_NOT_SUPPORTED}, // N-51
        {pairs.open, cipher, 64, nullptr, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_HANDLE},
        {nullptr, cipher, 64, nullptr, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_HANDLE},
    };
    check_calls(BCryptDecrypt, calls);
}

BOOST_AUTO_TEST_CASE(of_BCryptSignHash)
{
    const Pairs pairs;
    Paddings paddings;
    UCHAR hash[64] = {}, signature[key_size];
    ULONG size = 0;
    const struct {
        BCRYPT_KEY_HANDLE key;
        void* info;
        ULONG hash_size, room;
        ULONG* size;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {pairs.whole, &paddings.pkcs1, 20, 64, &size, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {pairs.whole, &paddings.bare, 36, 64, &size, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {pairs.whole, &paddings.bare, 53, 64, &size, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {pairs.whole, &paddings.bare, 54, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {pairs.whole, &paddings.pkcs1, 21, 64, &size, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_PARAMETER}, // N-170
        {pairs.whole, &paddings.sha512, 64, 64, &size, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_PARAMETER}, // the key is too short for the DigestInfo
        {pairs.whole, &paddings.no_hash, 20, 64, &size, BCRYPT_PAD_PKCS1,
         STATUS_NOT_SUPPORTED}, // N-165
        {pairs.whole, &paddings.pkcs1, 20, 63, &size, BCRYPT_PAD_PKCS1, STATUS_BUFFER_TOO_SMALL},
        {pairs.whole, &paddings.pkcs1, 20, 64, nullptr, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {pairs.whole, &paddings.pkcs1, 20, 64, &size,
         BCRYPT_PAD_PKCS1 | BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID, STATUS_INVALID_PARAMETER},
        {pairs.whole, nullptr, 20, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {pairs.whole, nullptr, 20, 64, &size, 0, STATUS_INVALID_PARAMETER}, // N-174
        {pairs.whole, &paddings.pss, 20, 64, &size, BCRYPT_PAD_PSS, STATUS_SUCCESS},
        {pairs.whole, &paddings.longest, 20, 64, &size, BCRYPT_PAD_PSS, STATUS_SUCCESS},
        {pairs.whole, &paddings.too_long, 20, 64, &size, BCRYPT_PAD_PSS,
         STATUS_INVALID_PARAMETER}, // N-172
        {pairs.whole, &paddings.endless, 20, 64, &size, BCRYPT_PAD_PSS, STATUS_INVALID_PARAMETER},
        {pairs.whole, &paddings.unnamed, 20, 64, &size, BCRYPT_PAD_PSS, STATUS_INVALID_PARAMETER},
        {pairs.whole, &paddings.unknown, 20, 64, &size, BCRYPT_PAD_PSS, STATUS_NOT_SUPPORTED},
        {pairs.whole, &paddings.pss, 32, 64, &size, BCRYPT_PAD_PSS, STATUS_INVALID_PARAMETER},
        {pairs.whole, nullptr, 20, 64, &size, BCRYPT_PAD_PSS, STATUS_INVALID_PARAMETER},
        {pairs.public_only, &paddings.pkcs1, 20, 64, &size, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_PARAMETER}, // observed.md part 2 D
        {pairs.aes, nullptr, 20, 64, &size, 0, STATUS_NOT_SUPPORTED},
        {pairs.open, &paddings.pkcs1, 20, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_HANDLE},
        {nullptr, &paddings.pkcs1, 20, 64, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptSignHash(row.key, row.info, hash, row.hash_size, signature, row.room, row.size,
                              row.flags) == row.status);
}

BOOST_AUTO_TEST_CASE(of_BCryptVerifySignature)
{
    const Pairs pairs;
    Paddings paddings;
    UCHAR hash[64] = {}, pkcs1[key_size], pss[key_size], beyond[key_size];
    ULONG size = 0;
    REQUIRE_STATUS(BCryptSignHash(pairs.whole, &paddings.pkcs1, hash, 20, pkcs1, key_size, &size,
                                  BCRYPT_PAD_PKCS1),
                   STATUS_SUCCESS);
    REQUIRE_STATUS(
        BCryptSignHash(pairs.whole, &paddings.pss, hash, 20, pss, key_size, &size, BCRYPT_PAD_PSS),
        STATUS_SUCCESS);
    std::fill_n(beyond, key_size, UCHAR{0xFF});
    const struct {
        BCRYPT_KEY_HANDLE key;
        void* info;
        ULONG hash_size;
        PUCHAR signature;
        ULONG signature_size, flags;
        NTSTATUS status;
    } rows[] = {
        {pairs.public_only, &paddings.pkcs1, 20, pkcs1, 64, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {pairs.whole, &paddings.pkcs1, 20, pkcs1, 64, BCRYPT_PAD_PKCS1, STATUS_SUCCESS},
        {pairs.public_only, &paddings.pss, 20, pss, 64, BCRYPT_PAD_PSS, STATUS_SUCCESS},
        {pairs.public_only, &paddings.pkcs1, 20, pss, 64, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_SIGNATURE},
        {pairs.public_only, &paddings.pkcs1, 20, beyond, 64, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_SIGNATURE},
        {pairs.public_only, &paddings.pkcs1, 20, pkcs1, 63, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_SIGNATURE}, // N-61
        {pairs.public_only, &paddings.pkcs1, 20, pkcs1, 0, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_SIGNATURE},
        {pairs.public_only, &paddings.pss, 20, pkcs1, 64, BCRYPT_PAD_PSS, STATUS_INVALID_SIGNATURE},
        {pairs.public_only, &paddings.longest, 20, pss, 64, BCRYPT_PAD_PSS,
         STATUS_INVALID_SIGNATURE},
        {pairs.public_only, &paddings.too_long, 20, pss, 64, BCRYPT_PAD_PSS,
         STATUS_INVALID_PARAMETER}, // N-172
        {pairs.public_only, &paddings.endless, 20, pss, 64, BCRYPT_PAD_PSS,
         STATUS_INVALID_PARAMETER},
        {pairs.public_only, &paddings.unnamed, 20, pss, 64, BCRYPT_PAD_PSS,
         STATUS_INVALID_PARAMETER},
        {pairs.public_only, &paddings.pss, 32, pss, 64, BCRYPT_PAD_PSS, STATUS_INVALID_PARAMETER},
        {pairs.public_only, &paddings.pkcs1, 21, pkcs1, 64, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_PARAMETER}, // N-170
        {pairs.public_only, &paddings.no_hash, 20, pkcs1, 64, BCRYPT_PAD_PKCS1,
         STATUS_NOT_SUPPORTED}, // N-165
        {pairs.public_only, nullptr, 20, pkcs1, 64, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {pairs.public_only, nullptr, 20, pkcs1, 64, 0, STATUS_INVALID_PARAMETER}, // N-174
        {pairs.aes, nullptr, 20, pkcs1, 64, 0, STATUS_NOT_SUPPORTED},
        {pairs.open, &paddings.pkcs1, 20, pkcs1, 64, BCRYPT_PAD_PKCS1, STATUS_INVALID_HANDLE},
        {nullptr, &paddings.pkcs1, 20, pkcs1, 64, BCRYPT_PAD_PKCS1, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
    BOOST_TEST(BCryptVerifySignature(row.key, row.info, hash, row.hash_size, row.signature,
                                     row.signature_size, row.flags) == row.status);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(hostile_RSA_blobs)

BOOST_AUTO_TEST_CASE(a_header_field_that_lies_is_refused)
{
    for (const BlobRow& row : every_blob())
        for (std::size_t offset = 0; offset < row.header_size; offset += 4) {
            if (may_differ(row, offset))
                continue;
            const std::uint32_t honest = field(row.blob, offset);
            for (const std::uint32_t lie :
                 {0U, 1U, honest - 8, honest + 1, honest + 8, honest * 2, honest / 2, 0x7FFFFFFFU,
                  0x80000000U, 0xFFFFFFF8U, 0xFFFFFFFFU}) {
                if (lie == honest)
                    continue;
                const NTSTATUS status = import_status(row.type, with_field(row.blob, offset, lie));
                BOOST_TEST_CONTEXT(narrow(row.type) << " at " << offset << ": " << lie)
                BOOST_TEST(is_documented(status));
            }
        }
}

BOOST_AUTO_TEST_CASE(what_need_not_be_right_is_put_right)
{
    const struct {
        LPCWSTR type;
        std::size_t offset;
        std::uint32_t value;
    } rows[] = {
        {BCRYPT_RSAPUBLIC_BLOB, 16, 0xFFFFFFFF}, // the primes' sizes are for private blobs
        {BCRYPT_RSAPUBLIC_BLOB, 20, 1},
        {LEGACY_RSAPUBLIC_BLOB, 12, 511}, // fills the same bytes
        {LEGACY_RSAPRIVATE_BLOB, 12, 511},
        {LEGACY_RSAPRIVATE_BLOB, 4, CALG_RSA_SIGN}, // N-157
    };
    const Pairs pairs;
    for (const auto& row : rows) {
        const ByteVector right = exported(pairs.whole, row.type);
        const KeyHandle key = imported_pair(BCRYPT_RSA_ALG_HANDLE, row.type,
                                            with_field(right, row.offset, row.value));
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(to_hex(exported(key, row.type)) == to_hex(right));
    }
}

BOOST_AUTO_TEST_CASE(two_header_fields_that_lie_together_are_refused)
{
    // sizes whose sum comes out right, or right modulo 2^32
    const ByteVector blob = from_hex(rsa_private_blob);
    const struct {
        std::size_t up, down;
        std::uint32_t by;
    } rows[] = {{12, 16, 1}, {12, 8, 1}, {16, 20, 32}, {20, 12, 0x80000000}, {16, 20, 0x80000000}};
    for (const auto& row : rows) {
        ByteVector lying = with_field(blob, row.up, field(blob, row.up) + row.by);
        lying = with_field(lying, row.down, field(lying, row.down) - row.by);
        BOOST_TEST_CONTEXT("row " << &row - rows)
        BOOST_TEST(is_documented(import_status(BCRYPT_RSAPRIVATE_BLOB, lying)));
    }
}

BOOST_AUTO_TEST_CASE(a_blob_cut_anywhere_is_refused)
{
    for (const BlobRow& row : every_blob())
        for (std::size_t size = 0; size < row.blob.size(); ++size) {
            const ByteVector cut(row.blob.begin(), row.blob.begin() + static_cast<long>(size));
            const NTSTATUS status = import_status(row.type, cut);
            BOOST_TEST_CONTEXT(narrow(row.type) << " of " << size)
            BOOST_TEST((status == STATUS_INVALID_BUFFER_SIZE ||
                        (size == 0 && status == STATUS_INVALID_PARAMETER)));
        }
}

BOOST_AUTO_TEST_CASE(numbers_that_do_not_belong_together_are_refused) // N-143
{
    const struct {
        LPCWSTR type;
        const std::string& blob;
        std::size_t offset; // of a byte to change
        UCHAR flip;
    } rows[] = {
        {BCRYPT_RSAPUBLIC_BLOB, rsa_public_blob, 26, 1},     // an even exponent
        {BCRYPT_RSAPUBLIC_BLOB, rsa_public_blob, 90, 1},     // an even modulus
        {BCRYPT_RSAPUBLIC_BLOB, rsa_public_blob, 27, 0x80},  // a modulus of fewer bits
        {BCRYPT_RSAPRIVATE_BLOB, rsa_private_blob, 60, 4},   // p * q is not n
        {BCRYPT_RSAPRIVATE_BLOB, rsa_private_blob, 100, 4},  // a p of another modulus
        {BCRYPT_RSAPRIVATE_BLOB, rsa_private_blob, 154, 4},  // a q of another modulus
        {BCRYPT_RSAFULLPRIVATE_BLOB, rsa_full_blob, 160, 4}, // d mod (p - 1)
        {BCRYPT_RSAFULLPRIVATE_BLOB, rsa_full_blob, 200, 4}, // d mod (q - 1)
        {BCRYPT_RSAFULLPRIVATE_BLOB, rsa_full_blob, 230, 4}, // q^-1 mod p
        {BCRYPT_RSAFULLPRIVATE_BLOB, rsa_full_blob, 300, 4}, // d
    };
    for (const auto& row : rows) {
        ByteVector blob = from_hex(row.blob);
        BOOST_REQUIRE(row.offset < blob.size());
        blob[row.offset] ^= row.flip;
        BOOST_TEST_CONTEXT("row " << &row - rows)
        CHECK_STATUS(import_status(row.type, blob), STATUS_INVALID_PARAMETER);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(RSA_with_SHA3)

BOOST_AUTO_TEST_CASE(signs_and_encrypts_under_every_padding)
{
    const KeyHandle pair = generated_pair(BCRYPT_RSA_ALG_HANDLE, 1152);
    const ByteVector message = bytes_of("message");
    const struct {
        LPCWSTR id;
        ULONG hash_size;
    } rows[] = {{BCRYPT_SHA3_256_ALGORITHM, 32},
                {BCRYPT_SHA3_384_ALGORITHM, 48},
                {BCRYPT_SHA3_512_ALGORITHM, 64}};
    for (const auto& row : rows) {
        UCHAR hash[64] = {1}, out[144], plain[144];
        ULONG size = 0;
        BCRYPT_PKCS1_PADDING_INFO pkcs1{row.id};
        BCRYPT_PSS_PADDING_INFO pss{row.id, 7};
        BCRYPT_OAEP_PADDING_INFO oaep{row.id, nullptr, 0};
        BOOST_TEST_CONTEXT(narrow(row.id))
        {
            for (const auto& [info, flags] :
                 {std::pair<void*, ULONG>{&pkcs1, BCRYPT_PAD_PKCS1}, {&pss, BCRYPT_PAD_PSS}}) {
                CHECK_STATUS(
                    BCryptSignHash(pair, info, hash, row.hash_size, out, sizeof out, &size, flags),
                    STATUS_SUCCESS);
                CHECK_STATUS(
                    BCryptVerifySignature(pair, info, hash, row.hash_size, out, size, flags),
                    STATUS_SUCCESS);
                hash[0] ^= 1;
                CHECK_STATUS(
                    BCryptVerifySignature(pair, info, hash, row.hash_size, out, size, flags),
                    STATUS_INVALID_SIGNATURE);
            }
            CHECK_STATUS(BCryptEncrypt(pair, data_of(message), 7, &oaep, nullptr, 0, out,
                                       sizeof out, &size, BCRYPT_PAD_OAEP),
                         STATUS_SUCCESS);
            CHECK_STATUS(BCryptDecrypt(pair, out, size, &oaep, nullptr, 0, plain, sizeof plain,
                                       &size, BCRYPT_PAD_OAEP),
                         STATUS_SUCCESS);
            BOOST_TEST(std::string(plain, plain + size) == "message");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
