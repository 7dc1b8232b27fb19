// SPDX-License-Identifier: BSD-2-Clause
// Key blobs of elliptic curves, good and hostile: cng.md 1.12, 1.19, 5.3 to 5.5, 5.10.
#include "ec_keys.h"

#include <cstring>

using namespace capishim_test;

namespace {

ULONG field_at(const ByteVector& blob, std::size_t at)
{
    ULONG value;
    std::memcpy(&value, blob.data() + at, sizeof value);
    return value;
}

ByteVector with_field(ByteVector blob, std::size_t at, ULONG value)
{
    std::memcpy(blob.data() + at, &value, sizeof value);
    return blob;
}

NTSTATUS export_status(BCRYPT_KEY_HANDLE key, LPCWSTR type)
{
    ULONG size = 0;
    return BCryptExportKey(key, nullptr, type, nullptr, 0, &size, 0);
}

struct Generic {
    LPCWSTR id;
    ULONG public_magic, private_magic;
};

const Generic generic_algorithms[] = {
    {BCRYPT_ECDH_ALGORITHM, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC},
    {BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC},
};

const LPCWSTR private_types[] = {BCRYPT_ECCPRIVATE_BLOB, BCRYPT_ECCFULLPRIVATE_BLOB,
                                 BCRYPT_PRIVATE_KEY_BLOB};
const LPCWSTR public_types[] = {BCRYPT_ECCPUBLIC_BLOB, BCRYPT_ECCFULLPUBLIC_BLOB,
                                BCRYPT_PUBLIC_KEY_BLOB};

} // namespace

BOOST_AUTO_TEST_SUITE(elliptic_curve_blobs)

BOOST_AUTO_TEST_CASE(known_bytes_come_back)
{
    const KeyHandle key = ecdsa_key(), shown = ecdsa_public_key();
    for (const LPCWSTR type : {BCRYPT_ECCPRIVATE_BLOB, BCRYPT_PRIVATE_KEY_BLOB})
        BOOST_TEST(to_hex(exported(key, type)) == ecdsa_private_blob);
    for (const KeyHandle* pair : {&key, &shown})
        for (const LPCWSTR type : {BCRYPT_ECCPUBLIC_BLOB, BCRYPT_PUBLIC_KEY_BLOB})
            BOOST_TEST(to_hex(exported(*pair, type)) == ecdsa_public_blob);
    const std::string full = "45434456"
                             "01000000"
                             "01000000"
                             "00000000"
                             "20000000"
                             "20000000"
                             "01000000"
                             "00000000"
                             "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"
                             "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc"
                             "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"
                             "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                             "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
                             "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
                             "01";
    BOOST_TEST(to_hex(exported(key, BCRYPT_ECCFULLPRIVATE_BLOB)) ==
               full + ecdsa_point + ecdsa_scalar);
    BOOST_TEST(to_hex(exported(shown, BCRYPT_ECCFULLPUBLIC_BLOB)) ==
               "45434450" + full.substr(8) + ecdsa_point);
    const KeyHandle computed = imported_pair( // X = Y = 0 (N-147)
        BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCPRIVATE_BLOB,
        from_hex("4543533220000000" + std::string(128, '0') + ecdsa_scalar));
    BOOST_TEST(to_hex(exported(computed, BCRYPT_ECCPRIVATE_BLOB)) == ecdsa_private_blob);
}

BOOST_AUTO_TEST_CASE(every_curve_and_type_makes_the_round_trip)
{
    for (const Generic& row : generic_algorithms) {
        for (const LPCWSTR curve :
             {BCRYPT_ECC_CURVE_NISTP192, BCRYPT_ECC_CURVE_NISTP256, BCRYPT_ECC_CURVE_NISTP384,
              BCRYPT_ECC_CURVE_NISTP521, BCRYPT_ECC_CURVE_SECP160R1, BCRYPT_ECC_CURVE_SECP224K1,
              BCRYPT_ECC_CURVE_X962P239V3, BCRYPT_ECC_CURVE_BRAINPOOLP512T1,
              BCRYPT_ECC_CURVE_WTLS9}) {
            const CurveHandle algorithm(row.id, curve);
            const KeyHandle key = generated_pair(algorithm, 0);
            for (const LPCWSTR type : private_types) {
                const ByteVector blob = exported(key, type);
                BOOST_TEST((exported(imported_pair(algorithm, type, blob), type) == blob));
            }
            for (const LPCWSTR type : public_types) {
                const ByteVector blob = exported(key, type);
                const KeyHandle shown = imported_pair(algorithm, type, blob);
                BOOST_TEST((exported(shown, type) == blob));
                for (const LPCWSTR refused : private_types) // observed.md part 2 D
                    CHECK_STATUS(export_status(shown, refused), STATUS_INVALID_PARAMETER);
            }
        }
    }
}

// N-149, N-148, N-92
BOOST_AUTO_TEST_CASE(nist_curves_have_magics_of_their_own)
{
    const struct {
        LPCWSTR curve;
        BCRYPT_ALG_HANDLE fixed;
        ULONG public_magic, private_magic;
        const char* name;
    } rows[] = {
        {BCRYPT_ECC_CURVE_SECP256R1, BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECDSA_PUBLIC_P256_MAGIC,
         BCRYPT_ECDSA_PRIVATE_P256_MAGIC, "nistP256"},
        {BCRYPT_ECC_CURVE_NISTP384, BCRYPT_ECDSA_P384_ALG_HANDLE, BCRYPT_ECDSA_PUBLIC_P384_MAGIC,
         BCRYPT_ECDSA_PRIVATE_P384_MAGIC, "nistP384"},
        {BCRYPT_ECC_CURVE_NISTP521, BCRYPT_ECDSA_P521_ALG_HANDLE, BCRYPT_ECDSA_PUBLIC_P521_MAGIC,
         BCRYPT_ECDSA_PRIVATE_P521_MAGIC, "nistP521"},
    };
    for (const auto& row : rows) {
        const CurveHandle algorithm(BCRYPT_ECDSA_ALGORITHM, row.curve);
        const KeyHandle key = generated_pair(algorithm, 0);
        const ByteVector shown = exported(key, BCRYPT_ECCPUBLIC_BLOB);
        const ByteVector secret = exported(key, BCRYPT_ECCPRIVATE_BLOB);
        BOOST_TEST(field_at(shown, 0) == row.public_magic);
        BOOST_TEST(field_at(secret, 0) == row.private_magic);
        for (const BCRYPT_ALG_HANDLE other : {row.fixed, BCRYPT_ECDSA_ALG_HANDLE}) {
            const KeyHandle imported = imported_pair(other, BCRYPT_ECCPRIVATE_BLOB, secret);
            BOOST_TEST(text_property(imported, BCRYPT_ECC_CURVE_NAME) == row.name);
        }
        const ByteVector generic = with_field(shown, 0, BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC);
        CHECK_STATUS(import_status(algorithm, BCRYPT_ECCPUBLIC_BLOB, generic), STATUS_SUCCESS);
        CHECK_STATUS(import_status(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB, generic),
                     STATUS_INVALID_PARAMETER); // which curve?
        CHECK_STATUS(import_status(row.fixed, BCRYPT_ECCPUBLIC_BLOB, generic),
                     STATUS_INVALID_PARAMETER);
        const CurveHandle another(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_SECP256K1);
        CHECK_STATUS(import_status(another, BCRYPT_ECCPUBLIC_BLOB, shown),
                     STATUS_INVALID_PARAMETER);
        // the full blob says its curve, so that the handle need not
        const ByteVector full = exported(key, BCRYPT_ECCFULLPRIVATE_BLOB);
        for (const BCRYPT_ALG_HANDLE other : {row.fixed, BCRYPT_ECDSA_ALG_HANDLE, another.handle})
            BOOST_TEST(text_property(imported_pair(other, BCRYPT_ECCFULLPRIVATE_BLOB, full),
                                     BCRYPT_ECC_CURVE_NAME) == row.name);
        CHECK_STATUS(import_status(BCRYPT_ECDH_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, full),
                     STATUS_INVALID_PARAMETER);
        for (const auto& other : rows)
            if (&other != &row)
                CHECK_STATUS(import_status(other.fixed, BCRYPT_ECCFULLPRIVATE_BLOB, full),
                             STATUS_INVALID_PARAMETER);
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptImportKeyPair)
{
    const ByteVector good = from_hex(ecdsa_private_blob);
    const auto changed = [&](const std::string& hex) { return from_hex(hex); };
    const std::string header = "4543533220000000", zero(64, '0');
    const std::string order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    const std::string other_point =
        "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
    const struct {
        LPCWSTR type;
        ByteVector blob;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_ECCPRIVATE_BLOB, good, STATUS_SUCCESS},
        {BCRYPT_PRIVATE_KEY_BLOB, good, STATUS_SUCCESS},
        {BCRYPT_ECCPUBLIC_BLOB, good, STATUS_INVALID_PARAMETER},
        {BCRYPT_ECCPRIVATE_BLOB, from_hex(ecdsa_public_blob), STATUS_INVALID_PARAMETER},
        {SSL_ECCPUBLIC_BLOB, from_hex(ecdsa_public_blob), STATUS_NOT_SUPPORTED}, // N-151
        {BCRYPT_RSAPUBLIC_BLOB, good, STATUS_NOT_SUPPORTED},
        {BCRYPT_KEY_DATA_BLOB, good, STATUS_NOT_SUPPORTED},
        {L"eccprivateblob", good, STATUS_NOT_SUPPORTED},
        {BCRYPT_ECCPRIVATE_BLOB, changed(header + ecdsa_point + zero), STATUS_INVALID_PARAMETER},
        {BCRYPT_ECCPRIVATE_BLOB, changed(header + ecdsa_point + order), STATUS_INVALID_PARAMETER},
        {BCRYPT_ECCPRIVATE_BLOB, changed(header + zero + zero + order), STATUS_INVALID_PARAMETER},
        {BCRYPT_ECCPRIVATE_BLOB, changed(header + other_point + ecdsa_scalar), // N-147
         STATUS_INVALID_PARAMETER},
        {BCRYPT_ECCPUBLIC_BLOB, changed("4543533120000000" + zero + zero),
         STATUS_INVALID_PARAMETER},
        {BCRYPT_ECCPUBLIC_BLOB, changed("4543533120000000" + order + zero),
         STATUS_INVALID_PARAMETER},
        {BCRYPT_ECCPRIVATE_BLOB, changed(header + ecdsa_point + ecdsa_scalar + "00"),
         STATUS_INVALID_BUFFER_SIZE},
        {BCRYPT_ECCPRIVATE_BLOB, {good.begin(), good.end() - 1}, STATUS_INVALID_BUFFER_SIZE},
        {BCRYPT_ECCPRIVATE_BLOB, {good.begin(), good.begin() + 8}, STATUS_INVALID_BUFFER_SIZE},
        {BCRYPT_ECCPRIVATE_BLOB, {good.begin(), good.begin() + 7}, STATUS_INVALID_BUFFER_SIZE},
        {BCRYPT_ECCPRIVATE_BLOB, {good.begin(), good.begin() + 1}, STATUS_INVALID_BUFFER_SIZE},
        {BCRYPT_ECCPRIVATE_BLOB, with_field(good, 4, 2), STATUS_INVALID_PARAMETER}, // observed D
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            CHECK_STATUS(import_status(BCRYPT_ECDSA_P256_ALG_HANDLE, row.type, row.blob),
                         row.status);
        }

    BCRYPT_KEY_HANDLE key = nullptr;
    const KeyHandle other = ecdsa_key();
    CHECK_STATUS(BCryptImportKeyPair(nullptr, nullptr, BCRYPT_ECCPRIVATE_BLOB, &key, data_of(good),
                                     size_of(good), 0),
                 STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptImportKeyPair(other, nullptr, BCRYPT_ECCPRIVATE_BLOB, &key, data_of(good),
                                     size_of(good), 0),
                 STATUS_INVALID_HANDLE);
    const BCRYPT_ALG_HANDLE algorithm = BCRYPT_ECDSA_P256_ALG_HANDLE;
    CHECK_STATUS(BCryptImportKeyPair(algorithm, other, BCRYPT_ECCPRIVATE_BLOB, &key, data_of(good),
                                     size_of(good), 0),
                 STATUS_INVALID_PARAMETER); // N-58
    CHECK_STATUS(
        BCryptImportKeyPair(algorithm, nullptr, nullptr, &key, data_of(good), size_of(good), 0),
        STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptImportKeyPair(algorithm, nullptr, BCRYPT_ECCPRIVATE_BLOB, nullptr,
                                     data_of(good), size_of(good), 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptImportKeyPair(algorithm, nullptr, BCRYPT_ECCPRIVATE_BLOB, &key, nullptr,
                                     size_of(good), 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptImportKeyPair(algorithm, nullptr, BCRYPT_ECCPRIVATE_BLOB, &key,
                                     data_of(good), size_of(good), 0x10),
                 STATUS_INVALID_PARAMETER);
    BOOST_TEST(key == nullptr);
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptExportKey)
{
    const KeyHandle key = ecdsa_key();
    ULONG size = 0;
    ByteVector room(104, 0xAA);
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_ECCPRIVATE_BLOB, room.data(), 103, &size, 0),
                 STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == 104u);
    BOOST_TEST((room == ByteVector(104, 0xAA)));
    for (const LPCWSTR type :
         {SSL_ECCPUBLIC_BLOB, BCRYPT_RSAPUBLIC_BLOB, BCRYPT_OPAQUE_KEY_BLOB, L"NONE"})
        CHECK_STATUS(export_status(key, type), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(export_status(key, nullptr), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(export_status(nullptr, BCRYPT_ECCPUBLIC_BLOB), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_ECCPUBLIC_BLOB, nullptr, 0, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptExportKey(key, nullptr, BCRYPT_ECCPUBLIC_BLOB, nullptr, 0, &size, 1),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptExportKey(key, key, BCRYPT_ECCPUBLIC_BLOB, nullptr, 0, &size, 0),
                 STATUS_INVALID_PARAMETER);
    BCRYPT_KEY_HANDLE open = nullptr;
    REQUIRE_STATUS(BCryptGenerateKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, &open, 256, 0),
                   STATUS_SUCCESS);
    const KeyHandle owner(open);
    CHECK_STATUS(export_status(open, BCRYPT_ECCPUBLIC_BLOB), STATUS_INVALID_HANDLE); // N-12
}

// A point that nobody has looked at: the key is taken, exported as it came, and works for nothing.
BOOST_AUTO_TEST_CASE(without_validation_the_point_is_looked_at_when_it_is_used)
{
    const ByteVector stray = from_hex("45434b3120000000" + std::string(128, '1'));
    const BCRYPT_ALG_HANDLE ecdh = BCRYPT_ECDH_P256_ALG_HANDLE;
    CHECK_STATUS(import_status(ecdh, BCRYPT_ECCPUBLIC_BLOB, stray), STATUS_INVALID_PARAMETER);
    BCRYPT_KEY_HANDLE key = nullptr;
    REQUIRE_STATUS(BCryptImportKeyPair(ecdh, nullptr, BCRYPT_ECCPUBLIC_BLOB, &key, data_of(stray),
                                       size_of(stray), BCRYPT_NO_KEY_VALIDATION),
                   STATUS_SUCCESS);
    const KeyHandle peer(key), own = generated_pair(ecdh, 256);
    BOOST_TEST((exported(peer, BCRYPT_ECCPUBLIC_BLOB) == stray));
    BCRYPT_SECRET_HANDLE secret = nullptr;
    CHECK_STATUS(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_INVALID_PARAMETER);
    BOOST_TEST(secret == nullptr);

    const ByteVector lone = with_field(stray, 0, BCRYPT_ECDSA_PUBLIC_P256_MAGIC);
    REQUIRE_STATUS(BCryptImportKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, nullptr, BCRYPT_ECCPUBLIC_BLOB,
                                       &key, data_of(lone), size_of(lone),
                                       BCRYPT_NO_KEY_VALIDATION),
                   STATUS_SUCCESS);
    const KeyHandle verifier(key);
    CHECK_STATUS(verify_status(verifier, from_hex(ecdsa_hash), from_hex(ecdsa_signature)),
                 STATUS_INVALID_SIGNATURE);
    // lengths, magics and secret numbers are checked all the same
    CHECK_STATUS(import_status(ecdh, BCRYPT_ECCPUBLIC_BLOB, lone, BCRYPT_NO_KEY_VALIDATION),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(import_status(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCPRIVATE_BLOB,
                               from_hex("4543533220000000" + ecdsa_point + std::string(64, '0')),
                               BCRYPT_NO_KEY_VALIDATION),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(import_status(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCPRIVATE_BLOB,
                               from_hex("4543533220000000" + std::string(128, '1') + ecdsa_scalar),
                               BCRYPT_NO_KEY_VALIDATION),
                 STATUS_SUCCESS);
}

// ---- Hostile headers ---------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(hostile_headers_of_key_blobs)
{
    for (const bool is_private : {false, true}) {
        const LPCWSTR type = is_private ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB;
        const ByteVector good = from_hex(is_private ? ecdsa_private_blob : ecdsa_public_blob);
        for (const std::size_t at : {0, 4}) {
            const ULONG right = field_at(good, at);
            for (const ULONG value : {ULONG{0}, right - 1, right + 1, ULONG{0x7FFFFFFF},
                                      ULONG{0x80000000}, ULONG{0xFFFFFFFF}})
                CHECK_STATUS(
                    import_status(BCRYPT_ECDSA_P256_ALG_HANDLE, type, with_field(good, at, value)),
                    STATUS_INVALID_PARAMETER);
        }
        for (std::size_t size = 1; size < good.size(); ++size)
            CHECK_STATUS(import_status(BCRYPT_ECDSA_P256_ALG_HANDLE, type,
                                       {good.begin(), good.begin() + static_cast<long>(size)}),
                         STATUS_INVALID_BUFFER_SIZE);
    }
}

BOOST_AUTO_TEST_CASE(hostile_headers_of_full_blobs_and_parameters)
{
    const CurveHandle named(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NISTP256);
    const AlgorithmHandle fresh(BCRYPT_ECDSA_ALGORITHM);
    const KeyHandle key = ecdsa_key();
    struct Form {
        LPCWSTR type; // null: the property
        ByteVector good;
    };
    const Form forms[] = {
        {BCRYPT_ECCFULLPRIVATE_BLOB, exported(key, BCRYPT_ECCFULLPRIVATE_BLOB)},
        {BCRYPT_ECCFULLPUBLIC_BLOB, exported(key, BCRYPT_ECCFULLPUBLIC_BLOB)},
        {nullptr, bytes_property(named, BCRYPT_ECC_PARAMETERS)},
    };
    const struct {
        std::size_t at;
        ULONG value;
        NTSTATUS status;
    } rows[] = {
        {0, 0, STATUS_INVALID_PARAMETER},
        {0, BCRYPT_ECDSA_PUBLIC_P256_MAGIC, STATUS_INVALID_PARAMETER},
        {0, 0xFFFFFFFF, STATUS_INVALID_PARAMETER},
        {4, 0, STATUS_INVALID_PARAMETER},
        {4, 2, STATUS_INVALID_PARAMETER},
        {4, 0xFFFFFFFF, STATUS_INVALID_PARAMETER},
        {8, 0, STATUS_INVALID_PARAMETER},
        {8, BCRYPT_ECC_PRIME_TWISTED_EDWARDS_CURVE, STATUS_NOT_SUPPORTED}, // N-152
        {8, BCRYPT_ECC_PRIME_MONTGOMERY_CURVE, STATUS_NOT_SUPPORTED},
        {8, 4, STATUS_INVALID_PARAMETER},
        {8, 0xFFFFFFFF, STATUS_INVALID_PARAMETER},
        {12, 0xFFFFFFFF, STATUS_SUCCESS}, // how the curve was found
        {16, 0, STATUS_INVALID_BUFFER_SIZE},
        {16, 31, STATUS_INVALID_BUFFER_SIZE},
        {16, 33, STATUS_INVALID_BUFFER_SIZE},
        {16, 0x33333333, STATUS_INVALID_BUFFER_SIZE}, // five times that: 0xFFFFFFFF
        {16, 0x33333353, STATUS_INVALID_BUFFER_SIZE}, // ... and 0x20 * 5 + 0xFFFFFFFF
        {16, 0xFFFFFFFF, STATUS_INVALID_BUFFER_SIZE},
        {20, 0, STATUS_INVALID_BUFFER_SIZE},
        {20, 31, STATUS_INVALID_BUFFER_SIZE},
        {20, 33, STATUS_INVALID_BUFFER_SIZE},
        {20, 0xFFFFFFFF, STATUS_INVALID_BUFFER_SIZE},
        {24, 0, STATUS_INVALID_BUFFER_SIZE},
        {24, 2, STATUS_INVALID_BUFFER_SIZE},
        {24, 0xFFFFFFFF, STATUS_INVALID_BUFFER_SIZE},
        {28, 1, STATUS_INVALID_BUFFER_SIZE},
        {28, 0xFFFFFFFF, STATUS_INVALID_BUFFER_SIZE},
    };
    for (const Form& form : forms) {
        const auto status = [&](const ByteVector& blob) {
            return form.type ? import_status(fresh, form.type, blob)
                             : set_bytes(fresh, BCRYPT_ECC_PARAMETERS, blob);
        };
        CHECK_STATUS(status(form.good), STATUS_SUCCESS);
        for (const auto& row : rows)
            BOOST_TEST_CONTEXT("row " << &row - rows << " of form " << &form - forms)
            {
                CHECK_STATUS(status(with_field(form.good, row.at, row.value)), row.status);
            }
        for (std::size_t size = 0; size < form.good.size(); size += 1 + size / 40)
            if (size > 0)
                CHECK_STATUS(
                    status({form.good.begin(), form.good.begin() + static_cast<long>(size)}),
                    STATUS_INVALID_BUFFER_SIZE);
        ByteVector longer = form.good;
        longer.push_back(0);
        CHECK_STATUS(status(longer), STATUS_INVALID_BUFFER_SIZE);
        // a seed of 20 bytes behind the cofactor is passed over
        ByteVector seeded = with_field(form.good, 28, 20);
        seeded.insert(seeded.begin() + 32 + 5 * 32 + 32 + 1, 20, 0x77);
        CHECK_STATUS(status(seeded), STATUS_SUCCESS);
        // every number of the curve, changed in its last bit and in its first byte
        const std::size_t numbers_end = 32 + 6 * 32;
        for (std::size_t at = 32; at < numbers_end; at += 32) {
            ByteVector other = form.good;
            other[at + 31] ^= 1;
            CHECK_STATUS(status(other), STATUS_INVALID_PARAMETER);
            other = form.good;
            other[at] ^= 0xFF;
            CHECK_STATUS(status(other), STATUS_INVALID_PARAMETER);
        }
        ByteVector cofactor = form.good;
        cofactor[numbers_end] = 0;
        CHECK_STATUS(status(cofactor), STATUS_INVALID_PARAMETER);
        cofactor[numbers_end] = 8;
        CHECK_STATUS(status(cofactor), STATUS_NOT_SUPPORTED);
    }
}

// Numbers in fewer or more bytes than the prime has, in a blob whose lengths agree.
BOOST_AUTO_TEST_CASE(padded_and_huge_numbers_are_refused)
{
    const CurveHandle named(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NISTP256);
    const AlgorithmHandle fresh(BCRYPT_ECDSA_ALGORITHM);
    const ByteVector good = bytes_property(named, BCRYPT_ECC_PARAMETERS);
    for (const std::size_t field : {0u, 1u, 33u, 66u, 67u, 68u, 100000u}) {
        ByteVector blob(good.begin(), good.begin() + 32);
        for (std::size_t part = 0; part < 5; ++part) {
            ByteVector number(good.begin() + 32 + 32 * static_cast<long>(part),
                              good.begin() + 64 + 32 * static_cast<long>(part));
            number.insert(number.begin(), field > 32 ? field - 32 : 0, 0);
            number.resize(field);
            blob.insert(blob.end(), number.begin(), number.end());
        }
        blob.insert(blob.end(), good.begin() + 32 + 5 * 32, good.end());
        CHECK_STATUS(set_bytes(fresh, BCRYPT_ECC_PARAMETERS,
                               with_field(blob, 16, static_cast<ULONG>(field))),
                     STATUS_INVALID_PARAMETER);
    }
}

BOOST_AUTO_TEST_SUITE_END()
