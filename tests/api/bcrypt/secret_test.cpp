// SPDX-License-Identifier: BSD-2-Clause
// ECDH pairs, agreement and BCryptDeriveKey: cng.md 5.3, 6.6, 6.8, 10.5, 10.6; observed.md 2 D, F.
#include "kdf_fixtures.h"

using namespace capishim_test;

namespace {

BCryptBuffer buffer_of(ULONG type, const ByteVector& bytes)
{
    return {size_of(bytes), type, data_of(bytes)};
}

BCryptBuffer buffer_of(LPCWSTR hash)
{
    const ULONG size = static_cast<ULONG>((narrow(hash).size() + 1) * sizeof(WCHAR));
    return {size, KDF_HASH_ALGORITHM, bytes_of(hash)};
}

NTSTATUS derive(BCRYPT_SECRET_HANDLE secret, LPCWSTR kdf, std::vector<BCryptBuffer> buffers,
                ULONG flags, std::string& derived)
{
    BCryptBufferDesc list{77, static_cast<ULONG>(buffers.size()), buffers.data()}; // any version
    ByteVector out(64, 0xAA);
    ULONG size = 0;
    const NTSTATUS status = BCryptDeriveKey(secret, kdf, &list, out.data(), 64, &size, flags);
    out.resize(size);
    derived = to_hex(out);
    return status;
}

NTSTATUS import_status(LPCWSTR type, const std::string& hex)
{
    const ByteVector blob = from_hex(hex);
    BCRYPT_KEY_HANDLE key = nullptr;
    const NTSTATUS status = BCryptImportKeyPair(BCRYPT_ECDH_P256_ALG_HANDLE, nullptr, type, &key,
                                                data_of(blob), size_of(blob), 0);
    if (key)
        BCryptDestroyKey(key);
    return status;
}

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptSecretAgreement_and_BCryptDeriveKey)

BOOST_AUTO_TEST_CASE(derived_keys_agree_with_known_answers)
{
    const Agreement agreed;
    const ByteVector one = {1}, tail = {0x10, 0x11, 0x12}, four = {4, 5};
    const ByteVector twenty = {0x20, 0x21, 0x22, 0x23}, key = from_hex("00112233");
    const struct {
        LPCWSTR kdf;
        std::vector<BCryptBuffer> buffers;
        ULONG flags;
        const char* derived;
    } rows[] = {
        {BCRYPT_KDF_RAW_SECRET,
         {},
         0,
         "de42944bd064248103ce7dce9e8eef2f206525e1e01631d1afedf6426b0f84d6"},
        {BCRYPT_KDF_HASH, {}, 0, "f18d89be1f0206d14f29f942842be1c516670180"},
        {BCRYPT_KDF_HASH,
         {buffer_of(BCRYPT_SHA256_ALGORITHM)},
         0,
         "0519dc09b36efad1d00aef1d5b53b100202eb910b5de0dede75f190a357a367d"},
        {BCRYPT_KDF_HASH, // the page's own array
         {buffer_of(BCRYPT_SHA256_ALGORITHM), buffer_of(KDF_SECRET_APPEND, one),
          buffer_of(KDF_SECRET_PREPEND, four), buffer_of(KDF_SECRET_APPEND, tail),
          buffer_of(KDF_SECRET_PREPEND, twenty)},
         0,
         "03323175aea7415009abba34d3cd9876864dc811e13c65c2052d33b591b2c243"},
        {BCRYPT_KDF_HMAC,
         {buffer_of(BCRYPT_SHA256_ALGORITHM), buffer_of(KDF_HMAC_KEY, key)},
         0,
         "604c5c8546a07841bcf1a88c219918519c3ec6591cc6917714115e095cf5c0fa"},
        {BCRYPT_KDF_HMAC,
         {buffer_of(BCRYPT_SHA256_ALGORITHM)},
         KDF_USE_SECRET_AS_HMAC_KEY_FLAG,
         "b9c2111a0f8acbea3b0f785758a464774cb250c7095d3ce60a745f8fd616d659"},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            std::string derived;
            CHECK_STATUS(derive(agreed.secret, row.kdf, row.buffers, row.flags, derived),
                         STATUS_SUCCESS);
            BOOST_TEST(derived == row.derived);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_output_is_cut_or_left_alone_behind_the_hash)
{
    const Agreement agreed;
    ByteVector out(32, 0xAA);
    ULONG size = 0;
    CHECK_STATUS(BCryptDeriveKey(agreed.secret, BCRYPT_KDF_HASH, nullptr, nullptr, 0, &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(size == 20u);
    CHECK_STATUS(BCryptDeriveKey(agreed.secret, BCRYPT_KDF_HASH, nullptr, out.data(), 10, &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(size == 10u);
    BOOST_TEST(to_hex(out) == "f18d89be1f0206d14f29" + std::string(44, 'a'));
    CHECK_STATUS(BCryptDeriveKey(agreed.secret, BCRYPT_KDF_HASH, nullptr, out.data(), 32, &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST(size == 20u);
    BOOST_TEST(to_hex(out) == "f18d89be1f0206d14f29f942842be1c516670180" + std::string(24, 'a'));
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptDeriveKey)
{
    const Agreement agreed;
    const KeyHandle key = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    std::string derived;
    UCHAR out[32];
    ULONG size = 0;
    const ByteVector bytes = {1};
    CHECK_STATUS(BCryptDeriveKey(agreed.secret, nullptr, nullptr, out, 32, &size, 0),
                 STATUS_INVALID_PARAMETER); // observed.md part 2 F
    CHECK_STATUS(BCryptDeriveKey(key, BCRYPT_KDF_HASH, nullptr, out, 32, &size, 0),
                 STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptDeriveKey(nullptr, BCRYPT_KDF_HASH, nullptr, out, 32, &size, 0),
                 STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptDeriveKey(agreed.secret, BCRYPT_KDF_HASH, nullptr, out, 32, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(derive(agreed.secret, L"NO_SUCH_KDF", {}, 0, derived), STATUS_NOT_SUPPORTED);
    for (const LPCWSTR hash : {L"NONE", BCRYPT_RNG_ALGORITHM})
        CHECK_STATUS(derive(agreed.secret, BCRYPT_KDF_HASH, {buffer_of(hash)}, 0, derived),
                     STATUS_NOT_SUPPORTED); // observed.md part 2 F
    CHECK_STATUS(derive(agreed.secret, BCRYPT_KDF_HMAC, {buffer_of(KDF_HMAC_KEY, bytes)},
                        KDF_USE_SECRET_AS_HMAC_KEY_FLAG, derived),
                 STATUS_INVALID_PARAMETER); // N-189
    CHECK_STATUS(
        derive(agreed.secret, BCRYPT_KDF_HASH, {{4, KDF_SECRET_APPEND, nullptr}}, 0, derived),
        STATUS_INVALID_PARAMETER);
    CHECK_STATUS(get_property_status(agreed.secret, BCRYPT_ALGORITHM_NAME),
                 STATUS_NOT_SUPPORTED); // N-33
}

BOOST_AUTO_TEST_CASE(both_sides_agree_on_every_curve)
{
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        ULONG bits, size;
    } rows[] = {{BCRYPT_ECDH_P256_ALG_HANDLE, 256, 32},
                {BCRYPT_ECDH_P384_ALG_HANDLE, 384, 48},
                {BCRYPT_ECDH_P521_ALG_HANDLE, 521, 66}};
    for (const auto& row : rows) {
        const KeyHandle first = generated_pair(row.algorithm, row.bits);
        const KeyHandle second = generated_pair(row.algorithm, row.bits);
        const ByteVector point = exported(second, BCRYPT_ECCPUBLIC_BLOB);
        BOOST_TEST(point.size() == 8 + 2 * row.size);
        BOOST_TEST(exported(second, BCRYPT_PRIVATE_KEY_BLOB).size() == 8 + 3 * row.size);
        const KeyHandle peer = imported_pair(row.algorithm, BCRYPT_PUBLIC_KEY_BLOB, point);
        BCRYPT_SECRET_HANDLE ours = nullptr, theirs = nullptr;
        REQUIRE_STATUS(BCryptSecretAgreement(first, peer, &ours, 0), STATUS_SUCCESS);
        REQUIRE_STATUS(BCryptSecretAgreement(second, first, &theirs, 0), STATUS_SUCCESS);
        std::string here, there;
        CHECK_STATUS(derive(ours, BCRYPT_KDF_HASH, {}, 0, here), STATUS_SUCCESS);
        CHECK_STATUS(derive(theirs, BCRYPT_KDF_HASH, {}, 0, there), STATUS_SUCCESS);
        BOOST_TEST(here == there);
        BCryptDestroySecret(ours);
        BCryptDestroySecret(theirs);
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptSecretAgreement)
{
    const KeyHandle p256 = generated_pair(BCRYPT_ECDH_P256_ALG_HANDLE, 256);
    const KeyHandle p384 = generated_pair(BCRYPT_ECDH_P384_ALG_HANDLE, 384);
    const KeyHandle peer =
        imported_pair(BCRYPT_ECDH_P256_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB, from_hex(peer_blob));
    const KeyHandle rsa =
        imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPRIVATE_BLOB, from_hex(rsa_private_blob));
    BCRYPT_SECRET_HANDLE secret = nullptr;
    CHECK_STATUS(BCryptSecretAgreement(p256, p384, &secret, 0), STATUS_INVALID_PARAMETER); // N-62
    CHECK_STATUS(BCryptSecretAgreement(p256, rsa, &secret, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptSecretAgreement(rsa, p256, &secret, 0), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptSecretAgreement(peer, p256, &secret, 0), STATUS_NOT_SUPPORTED); // N-51
    CHECK_STATUS(BCryptSecretAgreement(nullptr, p256, &secret, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptSecretAgreement(p256, nullptr, &secret, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptSecretAgreement(p256, peer, nullptr, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptSecretAgreement(p256, peer, &secret, 1), STATUS_INVALID_PARAMETER);
    BOOST_TEST(secret == nullptr);
}

BOOST_AUTO_TEST_CASE(ecc_blobs_are_checked)
{
    CHECK_STATUS(import_status(BCRYPT_ECCPRIVATE_BLOB, own_blob), STATUS_SUCCESS);
    CHECK_STATUS(import_status(BCRYPT_ECCPRIVATE_BLOB, // X = Y = 0: compute it (N-147)
                               "45434b3220000000" + std::string(128, '0') + own_scalar),
                 STATUS_SUCCESS);
    CHECK_STATUS(
        import_status(BCRYPT_ECCPRIVATE_BLOB, "45434b3220000000" + peer_point + own_scalar),
        STATUS_INVALID_PARAMETER); // N-147
    CHECK_STATUS(import_status(BCRYPT_ECCPRIVATE_BLOB,
                               "45434b3220000000" + own_point + std::string(64, '0')),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(import_status(BCRYPT_ECCPUBLIC_BLOB, "4543533120000000" + peer_point),
                 STATUS_INVALID_PARAMETER); // ECDSA's magic (N-146)
    CHECK_STATUS(import_status(BCRYPT_ECCPUBLIC_BLOB, "45434b3102000000" + peer_point),
                 STATUS_INVALID_PARAMETER); // observed.md part 2 D
    CHECK_STATUS(import_status(BCRYPT_ECCPUBLIC_BLOB, peer_blob + "00"),
                 STATUS_INVALID_BUFFER_SIZE);
    CHECK_STATUS(import_status(BCRYPT_ECCPUBLIC_BLOB, "45434b3120000000" + std::string(128, '1')),
                 STATUS_INVALID_PARAMETER); // not on the curve
    const KeyHandle peer =
        imported_pair(BCRYPT_ECDH_P256_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB, from_hex(peer_blob));
    ULONG size = 0;
    CHECK_STATUS(BCryptExportKey(peer, nullptr, BCRYPT_ECCPRIVATE_BLOB, nullptr, 0, &size, 0),
                 STATUS_INVALID_PARAMETER); // observed.md part 2 D
    BCRYPT_KEY_HANDLE key = nullptr;
    CHECK_STATUS(BCryptGenerateKeyPair(BCRYPT_ECDH_P256_ALG_HANDLE, &key, 0, 0),
                 STATUS_INVALID_PARAMETER); // N-52
}

BOOST_AUTO_TEST_SUITE_END()
