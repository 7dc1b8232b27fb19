// SPDX-License-Identifier: BSD-2-Clause
// DSA pairs: cng.md 1.17 to 1.21, 5.7, 5.8, 6.1, 6.5, 10.9; observed.md part 2 D.
#include "finite_field_keys.h"

using namespace capishim_test;

namespace {

const BCRYPT_ALG_HANDLE dsa = BCRYPT_DSA_ALG_HANDLE;

KeyHandle private_key()
{
    return imported_pair(dsa, BCRYPT_DSA_PRIVATE_BLOB, from_hex(dsa_private_blob));
}

KeyHandle public_key()
{
    return imported_pair(dsa, BCRYPT_DSA_PUBLIC_BLOB, from_hex(dsa_public_blob));
}

ByteVector signed_by(BCRYPT_KEY_HANDLE key, const ByteVector& hash, ULONG expected_size)
{
    ByteVector signature(expected_size);
    ULONG size = 0;
    REQUIRE_STATUS(BCryptSignHash(key, nullptr, data_of(hash), size_of(hash), signature.data(),
                                  expected_size, &size, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(size == expected_size);
    return signature;
}

NTSTATUS verify_status(BCRYPT_KEY_HANDLE key, const ByteVector& hash, const ByteVector& signature)
{
    return BCryptVerifySignature(key, nullptr, data_of(hash), size_of(hash), data_of(signature),
                                 size_of(signature), 0);
}

/// The DSAPARAMETERS blob of a key, out of its public blob.
ByteVector parameters_of(const ByteVector& blob)
{
    const bool version_1 = word_at(blob, 0) == BCRYPT_DSA_PUBLIC_MAGIC;
    const std::size_t key_size = word_at(blob, 4);
    ByteVector parameters(blob.begin() + 4, blob.end() - static_cast<std::ptrdiff_t>(key_size));
    const ByteVector magic = from_hex(words(
        {version_1 ? ULONG{BCRYPT_DSA_PARAMETERS_MAGIC} : ULONG{BCRYPT_DSA_PARAMETERS_MAGIC_V2}}));
    parameters.insert(parameters.begin(), magic.begin(), magic.end());
    const ByteVector length = from_hex(words({static_cast<ULONG>(parameters.size() + 4)}));
    parameters.insert(parameters.begin(), length.begin(), length.end());
    return parameters;
}

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptFinalizeKeyPair_of_DSA)

BOOST_AUTO_TEST_CASE(makes_parameters_when_none_were_set)
{
    const struct {
        ULONG bits, magic, order_offset, order_size;
    } rows[] = {
        {512, BCRYPT_DSA_PUBLIC_MAGIC, 32, 20},
        {768, BCRYPT_DSA_PUBLIC_MAGIC, 32, 20},
        {1088, BCRYPT_DSA_PUBLIC_MAGIC_V2, 60, 32},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.bits << " bits")
        {
            const KeyHandle pair = generated_pair(dsa, row.bits);
            const ByteVector blob = exported(pair, BCRYPT_DSA_PUBLIC_BLOB);
            BOOST_TEST(word_at(blob, 0) == row.magic);
            BOOST_TEST(word_at(blob, 4) == row.bits / 8);
            BOOST_TEST(blob.size() == row.order_offset + row.order_size + 3 * row.bits / 8);
            BOOST_TEST((blob[row.order_offset] & 0x80) != 0);
            BOOST_TEST((blob[row.order_offset + row.order_size] & 0x80) != 0); // P's first byte
            BOOST_TEST(dword_property(pair, BCRYPT_KEY_LENGTH) == row.bits);
            BOOST_TEST(dword_property(pair, BCRYPT_SIGNATURE_LENGTH) == 2 * row.order_size);
            const ByteVector hash(32, 0x5A);
            const ByteVector signature = signed_by(pair, hash, 2 * row.order_size);
            const KeyHandle shown = imported_pair(dsa, BCRYPT_DSA_PUBLIC_BLOB, blob);
            CHECK_STATUS(verify_status(shown, hash, signature), STATUS_SUCCESS);
        }
}

BOOST_AUTO_TEST_CASE(records_how_the_parameters_came_about)
{
    const ByteVector version_1 = exported(generated_pair(dsa, 512), BCRYPT_DSA_PUBLIC_BLOB);
    BOOST_TEST(to_hex(version_1).substr(16, 48) != unknown_seed);
    BOOST_TEST(version_1[8] == 0); // the counter, most significant byte first: below 4096
    BOOST_TEST(version_1[9] == 0);
    BOOST_TEST(version_1[10] < 16);
    const ByteVector version_2 = exported(generated_pair(dsa, 1088), BCRYPT_DSA_PUBLIC_BLOB);
    BOOST_TEST(word_at(version_2, 8) == static_cast<ULONG>(DSA_HASH_ALGORITHM_SHA256));
    BOOST_TEST(word_at(version_2, 12) == static_cast<ULONG>(DSA_FIPS186_3));
    BOOST_TEST(word_at(version_2, 16) == 32u);
    BOOST_TEST(word_at(version_2, 20) == 32u);
}

BOOST_AUTO_TEST_CASE(uses_the_parameters_that_were_set)
{
    for (const ULONG bits : {512u, 1088u}) {
        const ByteVector blob = exported(generated_pair(dsa, bits), BCRYPT_DSA_PUBLIC_BLOB);
        const ByteVector parameters = parameters_of(blob);
        const KeyHandle pair = open_pair(dsa, bits);
        REQUIRE_STATUS(set_bytes(pair, BCRYPT_DSA_PARAMETERS, parameters), STATUS_SUCCESS);
        BOOST_TEST(dword_property(pair, BCRYPT_SIGNATURE_LENGTH) == (bits == 512 ? 40u : 64u));
        REQUIRE_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
        const ByteVector other = exported(pair, BCRYPT_DSA_PUBLIC_BLOB);
        BOOST_TEST(to_hex(parameters_of(other)) == to_hex(parameters));
        BOOST_TEST(to_hex(other) != to_hex(blob));
        CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_INVALID_HANDLE);
        CHECK_STATUS(set_bytes(pair, BCRYPT_DSA_PARAMETERS, parameters), STATUS_NOT_SUPPORTED);
    }
}

BOOST_AUTO_TEST_CASE(parameters_must_be_right_in_every_field)
{
    const ByteVector good = parameters_of(from_hex(dsa_public_blob));
    const ByteVector version_2 =
        from_hex(words({static_cast<ULONG>(32 + 20 + 20 + 256), BCRYPT_DSA_PARAMETERS_MAGIC_V2, 128,
                        0, 0, 20, 20}) +
                 unknown_seed + dsa_order + dsa_prime + dsa_generator);
    const auto changed = [&](std::size_t offset) {
        ByteVector blob = good;
        blob[offset] ^= 2;
        return blob;
    };
    ByteVector longer = good, shorter = good;
    longer.push_back(0);
    shorter.pop_back();
    const struct {
        const char* what;
        ByteVector blob;
        NTSTATUS status;
    } rows[] = {
        {"good", good, STATUS_SUCCESS},
        {"nothing", {}, STATUS_INVALID_PARAMETER},
        {"length field", with_word(good, 0, 1), STATUS_INVALID_PARAMETER},
        {"magic", with_word(good, 4, BCRYPT_DH_PARAMETERS_MAGIC), STATUS_INVALID_PARAMETER},
        {"key length 127", with_word(good, 8, 127), STATUS_INVALID_PARAMETER},
        {"key length huge", with_word(good, 8, 0x80000080), STATUS_INVALID_PARAMETER},
        {"seed", changed(20), STATUS_SUCCESS}, // N-155: nobody verifies it
        {"q", changed(36), STATUS_INVALID_PARAMETER},
        {"P", changed(100), STATUS_INVALID_PARAMETER},
        {"G", changed(250), STATUS_INVALID_PARAMETER},
        {"longer", longer, STATUS_INVALID_PARAMETER},
        {"shorter", shorter, STATUS_INVALID_PARAMETER},
        {"version 2 of a short key", version_2, STATUS_INVALID_PARAMETER}, // N-156
    };
    const KeyHandle pair = open_pair(dsa, 1024);
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
    CHECK_STATUS(set_bytes(pair, BCRYPT_DSA_PARAMETERS, row.blob), row.status);
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 512), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_bytes(open_pair(dsa, 512), BCRYPT_DSA_PARAMETERS, good),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(get_property_status(pair, BCRYPT_DSA_PARAMETERS), STATUS_NOT_SUPPORTED); // N-97
    CHECK_STATUS(set_bytes(pair, BCRYPT_DH_PARAMETERS, good), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_bytes(pair, BCRYPT_PRIVATE_KEY, ByteVector(20, 1)), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(generates_the_documented_lengths_only)
{
    const struct {
        ULONG bits;
        NTSTATUS status;
    } rows[] = {{512, STATUS_SUCCESS},           {3072, STATUS_SUCCESS},
                {0, STATUS_INVALID_PARAMETER},   {448, STATUS_INVALID_PARAMETER},
                {520, STATUS_INVALID_PARAMETER}, {3136, STATUS_INVALID_PARAMETER}};
    for (const auto& row : rows) {
        BCRYPT_KEY_HANDLE key = nullptr;
        CHECK_STATUS(BCryptGenerateKeyPair(dsa, &key, row.bits, 0), row.status);
        BCryptDestroyKey(key);
    }
    const AlgorithmHandle opened(BCRYPT_DSA_ALGORITHM);
    BCRYPT_KEY_LENGTHS_STRUCT lengths{};
    ULONG size = 0;
    REQUIRE_STATUS(BCryptGetProperty(opened, BCRYPT_KEY_LENGTHS, reinterpret_cast<PUCHAR>(&lengths),
                                     sizeof lengths, &size, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(lengths.dwMinLength == 512u);
    BOOST_TEST(lengths.dwMaxLength == 3072u);
    BOOST_TEST(lengths.dwIncrement == 64u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptSignHash_with_DSA)

BOOST_AUTO_TEST_CASE(makes_signatures_that_verify_for_hashes_of_any_length)
{
    const KeyHandle pair = private_key(), shown = public_key();
    for (const std::size_t size : {1, 16, 19, 20, 21, 32, 64, 200}) { // N-176
        const ByteVector hash(size, static_cast<UCHAR>(size));
        const ByteVector signature = signed_by(pair, hash, 40);
        CHECK_STATUS(verify_status(shown, hash, signature), STATUS_SUCCESS);
        CHECK_STATUS(verify_status(pair, hash, signature), STATUS_SUCCESS);
        BOOST_TEST(to_hex(signed_by(pair, hash, 40)) != to_hex(signature)); // N-177: k is random
    }
}

BOOST_AUTO_TEST_CASE(answers_its_documented_codes)
{
    const KeyHandle pair = private_key(), shown = public_key(), open = open_pair(dsa, 512);
    const KeyHandle agreement = generated_pair(BCRYPT_DH_ALG_HANDLE, 768);
    BCRYPT_PKCS1_PADDING_INFO info{BCRYPT_SHA1_ALGORITHM};
    ByteVector hash(20, 1), out(40);
    const struct {
        const char* what;
        BCRYPT_KEY_HANDLE key;
        VOID* info;
        PUCHAR hash;
        ULONG hash_size;
        PUCHAR output;
        ULONG room, flags;
        NTSTATUS status;
        ULONG size;
    } rows[] = {
        {"good", pair, nullptr, hash.data(), 20, out.data(), 40, 0, STATUS_SUCCESS, 40},
        {"size", pair, nullptr, hash.data(), 20, nullptr, 0, 0, STATUS_SUCCESS, 40},
        {"size without a hash", pair, nullptr, nullptr, 0, nullptr, 0, 0, STATUS_SUCCESS, 40},
        {"size, public", shown, nullptr, nullptr, 0, nullptr, 0, 0, STATUS_SUCCESS, 40},
        {"short", pair, nullptr, hash.data(), 20, out.data(), 39, 0, STATUS_BUFFER_TOO_SMALL, 40},
        {"public", shown, nullptr, hash.data(), 20, out.data(), 40, 0, STATUS_INVALID_PARAMETER, 0},
        {"no hash", pair, nullptr, hash.data(), 0, out.data(), 40, 0, STATUS_INVALID_PARAMETER, 0},
        {"null hash", pair, nullptr, nullptr, 20, out.data(), 40, 0, STATUS_INVALID_PARAMETER, 0},
        {"flags", pair, nullptr, hash.data(), 20, out.data(), 40, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_PARAMETER, 0}, // N-175
        {"padding", pair, &info, hash.data(), 20, out.data(), 40, BCRYPT_PAD_PKCS1,
         STATUS_INVALID_PARAMETER, 0},
        {"info", pair, &info, hash.data(), 20, out.data(), 40, 0, STATUS_INVALID_PARAMETER, 0},
        {"open", open, nullptr, hash.data(), 20, out.data(), 40, 0, STATUS_INVALID_HANDLE, 0},
        {"null", nullptr, nullptr, hash.data(), 20, out.data(), 40, 0, STATUS_INVALID_HANDLE, 0},
        {"DH", agreement, nullptr, hash.data(), 20, out.data(), 40, 0, STATUS_NOT_SUPPORTED, 0},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            ULONG size = 0;
            CHECK_STATUS(BCryptSignHash(row.key, row.info, row.hash, row.hash_size, row.output,
                                        row.room, &size, row.flags),
                         row.status);
            BOOST_TEST(size == row.size);
        }
    CHECK_STATUS(BCryptSignHash(pair, nullptr, hash.data(), 20, out.data(), 40, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptVerifySignature_with_DSA)

BOOST_AUTO_TEST_CASE(takes_the_signatures_of_RFC_6979)
{
    const KeyHandle shown = public_key();
    CHECK_STATUS(verify_status(shown, // SHA-1 of "sample"
                               from_hex("8151325dcdbae9e0ff95f9f9658432dbedfdb209"),
                               from_hex("2e1a0c2562b2912caaf89186fb0f42001585da55"
                                        "29efb6b0aff2d7a68eb70ca313022253b9a88df5")),
                 STATUS_SUCCESS);
    CHECK_STATUS(
        verify_status(shown, // SHA-256, cut to 160 bits
                      from_hex("af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf"),
                      from_hex("81f2f5850be5bc123c43f71a3033e9384611c545"
                               "4cdd914b65eb6c66a8aaad27299bee6b035f5e89")),
        STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(answers_its_documented_codes)
{
    const KeyHandle shown = public_key(), open = open_pair(dsa, 512);
    const KeyHandle agreement = generated_pair(BCRYPT_DH_ALG_HANDLE, 768);
    const ByteVector hash(20, 1);
    const ByteVector good = signed_by(private_key(), hash, 40);
    const auto with_byte = [&](std::size_t index) {
        ByteVector signature = good;
        signature[index] ^= 1;
        return signature;
    };
    ByteVector zero_r = good, zero_s = good, large_r = good, large_s = good;
    const ByteVector order = from_hex(dsa_order);
    std::fill(zero_r.begin(), zero_r.begin() + 20, UCHAR{0});
    std::fill(zero_s.begin() + 20, zero_s.end(), UCHAR{0});
    std::copy(order.begin(), order.end(), large_r.begin());
    std::copy(order.begin(), order.end(), large_s.begin() + 20);
    ByteVector longer = good, shorter = good;
    longer.push_back(0);
    shorter.pop_back();
    BCRYPT_PKCS1_PADDING_INFO info{BCRYPT_SHA1_ALGORITHM};
    const struct {
        const char* what;
        BCRYPT_KEY_HANDLE key;
        VOID* info;
        ByteVector hash, signature;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {"good", shown, nullptr, hash, good, 0, STATUS_SUCCESS},
        {"another hash", shown, nullptr, ByteVector(20, 2), good, 0, STATUS_INVALID_SIGNATURE},
        {"another r", shown, nullptr, hash, with_byte(19), 0, STATUS_INVALID_SIGNATURE},
        {"another s", shown, nullptr, hash, with_byte(39), 0, STATUS_INVALID_SIGNATURE},
        {"r is 0", shown, nullptr, hash, zero_r, 0, STATUS_INVALID_SIGNATURE},
        {"s is 0", shown, nullptr, hash, zero_s, 0, STATUS_INVALID_SIGNATURE},
        {"r is q", shown, nullptr, hash, large_r, 0, STATUS_INVALID_SIGNATURE},
        {"s is q", shown, nullptr, hash, large_s, 0, STATUS_INVALID_SIGNATURE},
        {"longer", shown, nullptr, hash, longer, 0, STATUS_INVALID_SIGNATURE}, // N-61
        {"shorter", shown, nullptr, hash, shorter, 0, STATUS_INVALID_SIGNATURE},
        {"no signature", shown, nullptr, hash, {}, 0, STATUS_INVALID_SIGNATURE},
        {"no hash", shown, nullptr, {}, good, 0, STATUS_INVALID_PARAMETER},
        {"flags", shown, nullptr, hash, good, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {"info", shown, &info, hash, good, 0, STATUS_INVALID_PARAMETER},
        {"open", open, nullptr, hash, good, 0, STATUS_INVALID_HANDLE},
        {"null", nullptr, nullptr, hash, good, 0, STATUS_INVALID_HANDLE},
        {"DH", agreement, nullptr, hash, good, 0, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
    CHECK_STATUS(BCryptVerifySignature(row.key, row.info, data_of(row.hash), size_of(row.hash),
                                       data_of(row.signature), size_of(row.signature), row.flags),
                 row.status);
    CHECK_STATUS(BCryptVerifySignature(shown, nullptr, nullptr, 20, data_of(good), 40, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptVerifySignature(shown, nullptr, data_of(hash), 20, nullptr, 40, 0),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DSA_blobs)

BOOST_AUTO_TEST_CASE(come_back_byte_for_byte)
{
    for (const ULONG bits : {512u, 1088u}) {
        const KeyHandle pair = generated_pair(dsa, bits);
        for (const LPCWSTR type :
             {BCRYPT_DSA_PUBLIC_BLOB, BCRYPT_DSA_PRIVATE_BLOB, BCRYPT_PUBLIC_KEY_BLOB,
              BCRYPT_PRIVATE_KEY_BLOB, LEGACY_DSA_PUBLIC_BLOB, LEGACY_DSA_PRIVATE_BLOB,
              LEGACY_DSA_V2_PUBLIC_BLOB, LEGACY_DSA_V2_PRIVATE_BLOB})
            BOOST_TEST_CONTEXT(narrow(type) << ", " << bits << " bits")
            {
                const bool legacy = narrow(type).find("CAPI") != std::string::npos;
                if (legacy && bits > 1024) { // q of 256 bits has no place there
                    CHECK_STATUS(export_status(pair, type), STATUS_NOT_SUPPORTED);
                    continue;
                }
                const ByteVector blob = exported(pair, type);
                const KeyHandle imported = imported_pair(dsa, type, blob);
                BOOST_TEST(to_hex(exported(imported, type)) == to_hex(blob));
                BOOST_TEST(to_hex(exported(imported, BCRYPT_DSA_PUBLIC_BLOB)) ==
                           to_hex(exported(pair, BCRYPT_DSA_PUBLIC_BLOB)));
            }
    }
}

BOOST_AUTO_TEST_CASE(of_CryptoAPI_are_as_long_as_Windows_makes_them)
{
    const KeyHandle pair = private_key();
    const std::string head = "02"
                             "0000"
                             "00220000"; // version, reserved, CALG_DSS_SIGN
    const std::string group =
        reversed_bytes(dsa_prime) + reversed_bytes(dsa_order) + reversed_bytes(dsa_generator);
    const ByteVector secret = exported(pair, LEGACY_DSA_V2_PRIVATE_BLOB);
    BOOST_TEST(secret.size() == 336u); // observed.md part 2 D
    BOOST_TEST(to_hex(secret) == "07" + head + words({0x32535344, 1024}) + group +
                                     reversed_bytes(dsa_secret) + unknown_seed);
    BOOST_TEST(to_hex(exported(pair, LEGACY_DSA_V2_PUBLIC_BLOB)) ==
               "06" + head + words({0x31535344, 1024}) + group + reversed_bytes(dsa_public) +
                   unknown_seed);
    BOOST_TEST(to_hex(exported(pair, LEGACY_DSA_PRIVATE_BLOB)) == to_hex(secret));
}

BOOST_AUTO_TEST_CASE(of_version_2_may_have_an_order_of_160_bits)
{
    // a group of 1088 bits over the order of 160 bits can't be generated here: P = 1 + 2 q n would
    // do, but the checks of the import can be switched off as well
    const std::string prime = "80" + std::string(2 * 134, '0') + "01";
    const std::string tail = prime + number_of("04", 136) + number_of("10", 136);
    const std::string v2 =
        words({BCRYPT_DSA_PUBLIC_MAGIC_V2, 136, 0, 0, 20, 20}) + unknown_seed + dsa_order + tail;
    BCRYPT_KEY_HANDLE key = nullptr;
    const ByteVector blob = from_hex(v2);
    REQUIRE_STATUS(BCryptImportKeyPair(dsa, nullptr, BCRYPT_DSA_PUBLIC_BLOB, &key, data_of(blob),
                                       size_of(blob), BCRYPT_NO_KEY_VALIDATION),
                   STATUS_SUCCESS);
    const KeyHandle shown(key);
    BOOST_TEST(to_hex(exported(shown, BCRYPT_DSA_PUBLIC_BLOB)) == v2);
    CHECK_STATUS(export_status(shown, LEGACY_DSA_V2_PUBLIC_BLOB), STATUS_SUCCESS);
    CHECK_STATUS(export_status(shown, LEGACY_DSA_PUBLIC_BLOB), STATUS_NOT_SUPPORTED); // 5.10
    BOOST_TEST(dword_property(shown, BCRYPT_SIGNATURE_LENGTH) == 40u);
    CHECK_STATUS(import_status(dsa, BCRYPT_DSA_PUBLIC_BLOB, blob), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(of_a_wrong_length_are_invalid_buffer_sizes)
{
    const KeyHandle pair = generated_pair(dsa, 512), longer = generated_pair(dsa, 1088);
    for (const LPCWSTR type : {BCRYPT_DSA_PUBLIC_BLOB, BCRYPT_DSA_PRIVATE_BLOB,
                               LEGACY_DSA_V2_PUBLIC_BLOB, LEGACY_DSA_V2_PRIVATE_BLOB})
        BOOST_TEST_CONTEXT(narrow(type))
    check_lengths(dsa, type, exported(pair, type), STATUS_INVALID_BUFFER_SIZE);
    for (const LPCWSTR type : {BCRYPT_DSA_PUBLIC_BLOB, BCRYPT_DSA_PRIVATE_BLOB})
        check_lengths(dsa, type, exported(longer, type), STATUS_INVALID_BUFFER_SIZE);
}

BOOST_AUTO_TEST_CASE(with_hostile_headers_are_refused)
{
    const KeyHandle pair = generated_pair(dsa, 512), longer = generated_pair(dsa, 1088);
    for (const LPCWSTR type : {BCRYPT_DSA_PUBLIC_BLOB, BCRYPT_DSA_PRIVATE_BLOB}) {
        for (const std::size_t offset : {0, 4})
            check_hostile_word(dsa, type, exported(pair, type), offset);
        for (const std::size_t offset : {0, 4, 16, 20})
            check_hostile_word(dsa, type, exported(longer, type), offset);
        for (const std::size_t offset : {8, 12})
            CHECK_STATUS(import_status(dsa, type, with_word(exported(longer, type), offset, 3)),
                         STATUS_INVALID_PARAMETER);
    }
    for (const LPCWSTR type : {LEGACY_DSA_V2_PUBLIC_BLOB, LEGACY_DSA_V2_PRIVATE_BLOB})
        for (const std::size_t offset : {0, 4, 8, 12})
            check_hostile_word(dsa, type, exported(pair, type), offset);
}

BOOST_AUTO_TEST_CASE(that_are_imported_answer_the_documented_codes)
{
    const ByteVector shown = from_hex(dsa_public_blob), secret = from_hex(dsa_private_blob);
    const auto changed = [](ByteVector blob, std::size_t offset) {
        blob[offset] ^= 2;
        return blob;
    };
    ByteVector no_x = secret, large_x = secret;
    std::fill(no_x.end() - 20, no_x.end(), UCHAR{0});
    std::fill(large_x.end() - 20, large_x.end(), UCHAR{0xFF});
    const struct {
        const char* what;
        LPCWSTR type;
        ByteVector blob;
        NTSTATUS status, unchecked;
    } rows[] = {
        {"good", BCRYPT_DSA_PUBLIC_BLOB, shown, STATUS_SUCCESS, STATUS_SUCCESS},
        {"generic", BCRYPT_PRIVATE_KEY_BLOB, secret, STATUS_SUCCESS, STATUS_SUCCESS},
        {"private as public", BCRYPT_DSA_PUBLIC_BLOB, secret, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER},
        {"public as private", BCRYPT_DSA_PRIVATE_BLOB, shown, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER},
        {"seed", BCRYPT_DSA_PUBLIC_BLOB, changed(shown, 12), STATUS_SUCCESS, STATUS_SUCCESS},
        {"q", BCRYPT_DSA_PUBLIC_BLOB, changed(shown, 40), STATUS_INVALID_PARAMETER, STATUS_SUCCESS},
        {"Y", BCRYPT_DSA_PUBLIC_BLOB, changed(shown, 400), STATUS_INVALID_PARAMETER,
         STATUS_SUCCESS},
        {"Y that is not X's", BCRYPT_DSA_PRIVATE_BLOB, changed(secret, 400),
         STATUS_INVALID_PARAMETER, STATUS_SUCCESS},
        {"X is 0", BCRYPT_DSA_PRIVATE_BLOB, no_x, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER},
        {"X beyond q", BCRYPT_DSA_PRIVATE_BLOB, large_x, STATUS_INVALID_PARAMETER,
         STATUS_INVALID_PARAMETER},
        {"DH's type", BCRYPT_DH_PUBLIC_BLOB, shown, STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
        {
            CHECK_STATUS(import_status(dsa, row.type, row.blob), row.status);
            CHECK_STATUS(import_status(dsa, row.type, row.blob, BCRYPT_NO_KEY_VALIDATION),
                         row.unchecked);
        }
}

BOOST_AUTO_TEST_CASE(of_the_private_part_need_one)
{
    const KeyHandle shown = public_key();
    for (const LPCWSTR type : {BCRYPT_DSA_PRIVATE_BLOB, BCRYPT_PRIVATE_KEY_BLOB,
                               LEGACY_DSA_PRIVATE_BLOB, LEGACY_DSA_V2_PRIVATE_BLOB})
        CHECK_STATUS(export_status(shown, type), STATUS_INVALID_PARAMETER); // observed.md 2 D
    CHECK_STATUS(export_status(shown, BCRYPT_DH_PUBLIC_BLOB), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_SUITE_END()
