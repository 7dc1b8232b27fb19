// SPDX-License-Identifier: BSD-2-Clause
// DH pairs: cng.md 1.17 to 1.19, 1.22, 5.6, 5.8, 6.1, 6.6, 10.6; observed.md part 2 A, D, F.
#include "finite_field_keys.h"

using namespace capishim_test;

namespace {

const BCRYPT_ALG_HANDLE dh = BCRYPT_DH_ALG_HANDLE;

/// A pair in Oakley's first group with a secret of our choice, or of the library's.
KeyHandle oakley_pair(const std::string& secret = {})
{
    KeyHandle pair = open_pair(dh, 768);
    REQUIRE_STATUS(set_bytes(pair, BCRYPT_DH_PARAMETERS, from_hex(oakley_parameters)),
                   STATUS_SUCCESS);
    if (!secret.empty())
        REQUIRE_STATUS(set_bytes(pair, BCRYPT_PRIVATE_KEY, from_hex(number_of(secret, 96))),
                       STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    return pair;
}

/// The agreed secret as TRUNCATE gives it, turned big-endian.
std::string agreed(BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer, LPCWSTR kdf, ULONG size)
{
    BCRYPT_SECRET_HANDLE secret = nullptr;
    REQUIRE_STATUS(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_SUCCESS);
    ByteVector derived(size);
    ULONG written = 0;
    REQUIRE_STATUS(BCryptDeriveKey(secret, kdf, nullptr, derived.data(), size, &written, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(written == size);
    CHECK_STATUS(BCryptDestroySecret(secret), STATUS_SUCCESS);
    return to_hex(derived);
}

std::string shared_value(BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer)
{
    return reversed_bytes(agreed(own, peer, BCRYPT_KDF_RAW_SECRET, 96));
}

NTSTATUS agreement_status(BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer, ULONG flags = 0)
{
    BCRYPT_SECRET_HANDLE secret = nullptr;
    const NTSTATUS status = BCryptSecretAgreement(own, peer, &secret, flags);
    BOOST_TEST((secret != nullptr) == BCRYPT_SUCCESS(status));
    BCryptDestroySecret(secret);
    return status;
}

std::string public_blob(const std::string& y)
{
    return words({BCRYPT_DH_PUBLIC_MAGIC, 96}) + oakley_prime + oakley_generator + y;
}

/// Y of the pair, as its public blob shows it.
std::string public_value(BCRYPT_KEY_HANDLE pair)
{
    return to_hex(exported(pair, BCRYPT_DH_PUBLIC_BLOB)).substr(2 * (8 + 2 * 96));
}

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptFinalizeKeyPair_of_DH)

BOOST_AUTO_TEST_CASE(uses_the_group_and_the_secret_that_were_set)
{
    const KeyHandle a = oakley_pair(secret_a);
    BOOST_TEST(to_hex(exported(a, BCRYPT_DH_PRIVATE_BLOB)) ==
               words({BCRYPT_DH_PRIVATE_MAGIC, 96}) + oakley_prime + oakley_generator +
                   public_value(a) + number_of(secret_a, 96));
    BOOST_TEST(to_hex(bytes_property(a, BCRYPT_DH_PARAMETERS)) == oakley_parameters);
}

BOOST_AUTO_TEST_CASE(without_parameters_takes_the_published_group_of_that_length)
{
    const KeyHandle pair = generated_pair(dh, 768); // N-161
    BOOST_TEST(to_hex(bytes_property(pair, BCRYPT_DH_PARAMETERS)) == oakley_parameters);
    BOOST_TEST(dword_property(pair, BCRYPT_KEY_LENGTH) == 768u);
    BOOST_TEST(dword_property(pair, BCRYPT_KEY_STRENGTH) == 768u);
    BOOST_TEST(dword_property(pair, BCRYPT_PUBLIC_KEY_LENGTH) == 768u);
    for (const ULONG bits : {1024u, 1536u, 2048u}) {
        const ByteVector parameters =
            bytes_property(generated_pair(dh, bits), BCRYPT_DH_PARAMETERS);
        BOOST_TEST(parameters.size() == 12 + bits / 4);
        // RFC 2409, 3526: 64 ones, then the digits of pi
        BOOST_TEST(to_hex(parameters).substr(24, 40) == oakley_prime.substr(0, 40));
        BOOST_TEST(parameters.back() == 2);
    }
}

BOOST_AUTO_TEST_CASE(of_another_length_makes_a_group_that_works)
{
    const KeyHandle a = generated_pair(dh, 512);
    const ByteVector parameters = bytes_property(a, BCRYPT_DH_PARAMETERS);
    BOOST_TEST(parameters.size() == 12u + 2 * 64);
    const KeyHandle b = open_pair(dh, 512);
    REQUIRE_STATUS(set_bytes(b, BCRYPT_DH_PARAMETERS, parameters), STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptFinalizeKeyPair(b, 0), STATUS_SUCCESS);
    BOOST_TEST(agreed(a, b, BCRYPT_KDF_HASH, 20) == agreed(b, a, BCRYPT_KDF_HASH, 20));
}

BOOST_AUTO_TEST_CASE(secrets_are_short_and_differ)
{
    const auto secret = [] {
        return to_hex(exported(oakley_pair(), BCRYPT_DH_PRIVATE_BLOB)).substr(2 * (8 + 3 * 96));
    };
    const std::string first = secret(), second = secret();
    BOOST_TEST(first != second);
    BOOST_TEST(first.substr(0, 2 * 76) == std::string(2 * 76, '0')); // 160 bits: N-162
}

BOOST_AUTO_TEST_CASE(answers_its_documented_codes)
{
    const KeyHandle pair = open_pair(dh, 768), bad_flags = open_pair(dh, 768);
    CHECK_STATUS(BCryptFinalizeKeyPair(bad_flags, 1), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptFinalizeKeyPair(bad_flags, 0), STATUS_SUCCESS); // nothing had happened
    CHECK_STATUS(BCryptFinalizeKeyPair(nullptr, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_INVALID_HANDLE); // observed.md part 2 D
    const KeyHandle imported =
        imported_pair(dh, BCRYPT_DH_PUBLIC_BLOB, exported(pair, BCRYPT_DH_PUBLIC_BLOB));
    CHECK_STATUS(BCryptFinalizeKeyPair(imported, 0), STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_CASE(refuses_a_secret_beyond_the_group_and_stays_open)
{
    const KeyHandle pair = open_pair(dh, 768);
    REQUIRE_STATUS(set_bytes(pair, BCRYPT_DH_PARAMETERS, from_hex(oakley_parameters)),
                   STATUS_SUCCESS);
    REQUIRE_STATUS(set_bytes(pair, BCRYPT_PRIVATE_KEY, ByteVector(96, 0xFF)), STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_INVALID_PARAMETER);
    REQUIRE_STATUS(set_bytes(pair, BCRYPT_PRIVATE_KEY, from_hex(number_of("03", 96))),
                   STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    BOOST_TEST(public_value(pair) == number_of("08", 96));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptGenerateKeyPair_of_DH)

BOOST_AUTO_TEST_CASE(answers_its_documented_codes)
{
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        ULONG bits, flags;
        NTSTATUS status;
    } rows[] = {
        {dh, 512, 0, STATUS_SUCCESS},
        {dh, 4096, 0, STATUS_SUCCESS},
        {dh, 1088, BCRYPT_NO_KEY_VALIDATION, STATUS_SUCCESS}, // N-55
        {dh, 0, 0, STATUS_INVALID_PARAMETER},
        {dh, 448, 0, STATUS_INVALID_PARAMETER},
        {dh, 513, 0, STATUS_INVALID_PARAMETER},
        {dh, 4160, 0, STATUS_INVALID_PARAMETER},
        {dh, 0xFFFFFFC0, 0, STATUS_INVALID_PARAMETER},
        {dh, 512, 1, STATUS_INVALID_PARAMETER},
        {nullptr, 512, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_AES_CBC_ALG_HANDLE, 512, 0, STATUS_NOT_SUPPORTED},
        {BCRYPT_SHA1_ALG_HANDLE, 512, 0, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.bits << " bits, flags " << row.flags)
        {
            BCRYPT_KEY_HANDLE key = nullptr;
            CHECK_STATUS(BCryptGenerateKeyPair(row.algorithm, &key, row.bits, row.flags),
                         row.status);
            BOOST_TEST((key != nullptr) == BCRYPT_SUCCESS(row.status));
            BCryptDestroyKey(key);
        }
    CHECK_STATUS(BCryptGenerateKeyPair(dh, nullptr, 512, 0), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(makes_a_handle_that_does_nothing_before_it_is_finalized)
{
    const KeyHandle open = open_pair(dh, 768), ready = oakley_pair();
    ULONG size = 0;
    CHECK_STATUS(BCryptExportKey(open, nullptr, BCRYPT_DH_PUBLIC_BLOB, nullptr, 0, &size, 0),
                 STATUS_INVALID_HANDLE);
    CHECK_STATUS(agreement_status(open, ready), STATUS_INVALID_HANDLE);
    CHECK_STATUS(agreement_status(ready, open), STATUS_INVALID_HANDLE);
    CHECK_STATUS(get_property_status(open, BCRYPT_DH_PARAMETERS), STATUS_INVALID_HANDLE);
    BOOST_TEST(dword_property(open, BCRYPT_KEY_LENGTH) == 768u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(properties_of_DH_pairs)

BOOST_AUTO_TEST_CASE(parameters_must_be_right_in_every_field)
{
    const ByteVector good = from_hex(oakley_parameters);
    const ByteVector even = [&] {
        ByteVector blob = good;
        blob[12 + 95] ^= 1;
        return blob;
    }();
    const auto generator = [&](const std::string& digits) {
        return from_hex(words({204, BCRYPT_DH_PARAMETERS_MAGIC, 96}) + oakley_prime + digits);
    };
    const std::string below_prime = oakley_prime.substr(0, 190);
    ByteVector longer = good, shorter = good;
    longer.push_back(0);
    shorter.pop_back();
    const struct {
        const char* what;
        ByteVector blob;
        NTSTATUS status;
    } rows[] = {
        {"good", good, STATUS_SUCCESS},
        {"again", good, STATUS_SUCCESS},
        {"nothing", {}, STATUS_INVALID_PARAMETER},
        {"length field", with_word(good, 0, 203), STATUS_INVALID_PARAMETER},
        {"length field 0", with_word(good, 0, 0), STATUS_INVALID_PARAMETER},
        {"magic", with_word(good, 4, BCRYPT_DSA_PARAMETERS_MAGIC), STATUS_INVALID_PARAMETER},
        {"key length 95", with_word(good, 8, 95), STATUS_INVALID_PARAMETER},
        {"key length 97", with_word(good, 8, 97), STATUS_INVALID_PARAMETER},
        {"key length 0", with_word(good, 8, 0), STATUS_INVALID_PARAMETER},
        {"key length huge", with_word(good, 8, 0xFFFFFFFF), STATUS_INVALID_PARAMETER},
        {"key length wraps", with_word(good, 8, 0x80000060), STATUS_INVALID_PARAMETER},
        {"longer", longer, STATUS_INVALID_PARAMETER},
        {"shorter", shorter, STATUS_INVALID_PARAMETER},
        {"even prime", even, STATUS_INVALID_PARAMETER},
        {"generator 0", generator(number_of("00", 96)), STATUS_INVALID_PARAMETER},
        {"generator 1", generator(number_of("01", 96)), STATUS_INVALID_PARAMETER},
        {"generator p - 2", generator(below_prime + "fd"), STATUS_SUCCESS},
        {"generator p - 1", generator(below_prime + "fe"), STATUS_INVALID_PARAMETER},
        {"generator p", generator(below_prime + "ff"), STATUS_INVALID_PARAMETER},
    };
    const KeyHandle pair = open_pair(dh, 768);
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
    CHECK_STATUS(set_bytes(pair, BCRYPT_DH_PARAMETERS, row.blob), row.status);
    const KeyHandle other_length = open_pair(dh, 832);
    CHECK_STATUS(set_bytes(other_length, BCRYPT_DH_PARAMETERS, good), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(parameters_are_read_by_the_size_protocol_once_finalized)
{
    const KeyHandle pair = oakley_pair();
    ByteVector value(204, 0xAA);
    ULONG size = 0;
    CHECK_STATUS(BCryptGetProperty(pair, BCRYPT_DH_PARAMETERS, value.data(), 203, &size, 0),
                 STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == 204u);
    BOOST_TEST(value[0] == 0xAA);
    CHECK_STATUS(set_bytes(pair, BCRYPT_DH_PARAMETERS, from_hex(oakley_parameters)),
                 STATUS_NOT_SUPPORTED); // N-35
    CHECK_STATUS(set_bytes(pair, BCRYPT_PRIVATE_KEY, ByteVector(96, 1)), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(length_may_be_set_anew_until_parameters_or_a_secret_fix_it)
{
    const KeyHandle pair = open_pair(dh, 512);
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 768), STATUS_SUCCESS); // N-102
    BOOST_TEST(dword_property(pair, BCRYPT_KEY_LENGTH) == 768u);
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 100), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptSetProperty(pair, BCRYPT_KEY_LENGTH, data_of(ByteVector(2)), 2, 0),
                 STATUS_INVALID_PARAMETER);
    REQUIRE_STATUS(set_bytes(pair, BCRYPT_DH_PARAMETERS, from_hex(oakley_parameters)),
                   STATUS_SUCCESS);
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 512), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 768), STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 768), STATUS_SUCCESS); // observed.md 2 A
    CHECK_STATUS(set_dword(pair, BCRYPT_KEY_LENGTH, 512), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(private_value_has_the_length_of_the_prime)
{
    const KeyHandle pair = open_pair(dh, 768);
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{95}, std::size_t{97}})
        CHECK_STATUS(set_bytes(pair, BCRYPT_PRIVATE_KEY, ByteVector(size, 1)),
                     STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_bytes(pair, BCRYPT_PRIVATE_KEY, ByteVector(96, 0)), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_bytes(pair, BCRYPT_PRIVATE_KEY, ByteVector(96, 1)), STATUS_SUCCESS);
    CHECK_STATUS(get_property_status(pair, BCRYPT_PRIVATE_KEY), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(what_DH_does_not_have_is_not_supported)
{
    const KeyHandle pair = oakley_pair();
    for (const LPCWSTR name :
         {BCRYPT_SIGNATURE_LENGTH, BCRYPT_DSA_PARAMETERS, BCRYPT_PADDING_SCHEMES,
          BCRYPT_CHAINING_MODE, BCRYPT_BLOCK_LENGTH, BCRYPT_OBJECT_LENGTH})
        CHECK_STATUS(get_property_status(pair, name), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_bytes(open_pair(dh, 768), BCRYPT_DSA_PARAMETERS, ByteVector(4)),
                 STATUS_NOT_SUPPORTED);
    UCHAR bytes[96];
    ULONG size = 0;
    CHECK_STATUS(BCryptSignHash(pair, nullptr, bytes, 20, bytes, 96, &size, 0),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptVerifySignature(pair, nullptr, bytes, 20, bytes, 40, 0),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(BCryptEncrypt(pair, bytes, 20, nullptr, nullptr, 0, bytes, 96, &size, 0),
                 STATUS_NOT_SUPPORTED);
    BCRYPT_KEY_HANDLE copy = nullptr;
    CHECK_STATUS(BCryptDuplicateKey(pair, &copy, nullptr, 0, 0), STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptSecretAgreement_of_DH)

BOOST_AUTO_TEST_CASE(agrees_with_known_answers_and_keeps_leading_zeros)
{
    const struct {
        const char *secret, *start, *hash;
    } rows[] = {
        // cng.md 10.6
        {"b84b3c1cafa740f128e9bbb845f691db520d7b4303a80d74d38edce591fd9bbb", "4cbb49ae04413f6b",
         "e2eacbf7f99f8412655acdf3b50c6391c97f4f4c"},
        {"d8a4f8f60358a7eb79db075f6b306d250854fba123b465eae5b85faafd7d1002", "005af6df300c49a1",
         "9a232eea7a98e1d05e715299350e28916f4aff4f"},
    };
    const KeyHandle a = oakley_pair(secret_a);
    for (const auto& row : rows) {
        const KeyHandle b = oakley_pair(row.secret);
        const KeyHandle shown =
            imported_pair(dh, BCRYPT_DH_PUBLIC_BLOB, exported(b, BCRYPT_DH_PUBLIC_BLOB));
        BOOST_TEST(shared_value(a, shown).substr(0, 16) == row.start);
        BOOST_TEST(agreed(a, shown, BCRYPT_KDF_HASH, 20) == row.hash);
        BOOST_TEST(agreed(b, a, BCRYPT_KDF_HASH, 20) == row.hash);
    }
    BOOST_TEST(shared_value(a, a) == shared_value(a, a)); // a pair may be its own peer
}

BOOST_AUTO_TEST_CASE(answers_its_documented_codes)
{
    const KeyHandle pair = oakley_pair(), other_group = generated_pair(dh, 1024);
    const KeyHandle shown =
        imported_pair(dh, BCRYPT_DH_PUBLIC_BLOB, exported(pair, BCRYPT_DH_PUBLIC_BLOB));
    const KeyHandle other_generator =
        imported_pair(dh, BCRYPT_DH_PUBLIC_BLOB,
                      from_hex(words({BCRYPT_DH_PUBLIC_MAGIC, 96}) + oakley_prime +
                               number_of("03", 96) + public_value(pair)));
    const KeyHandle curve = generated_pair(BCRYPT_ECDH_P256_ALG_HANDLE, 256);
    const KeyHandle rsa =
        imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPUBLIC_BLOB, from_hex(rsa_public_blob));
    const struct {
        const char* what;
        BCRYPT_KEY_HANDLE own, peer;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {"good", pair, shown, 0, STATUS_SUCCESS},
        {"no own", nullptr, shown, 0, STATUS_INVALID_HANDLE},
        {"no peer", pair, nullptr, 0, STATUS_INVALID_HANDLE},
        {"an algorithm for a peer", pair, dh, 0, STATUS_INVALID_HANDLE},
        {"flags", pair, shown, 1, STATUS_INVALID_PARAMETER},
        {"another prime", pair, other_group, 0, STATUS_INVALID_PARAMETER},
        {"another generator", pair, other_generator, 0, STATUS_INVALID_PARAMETER},
        {"ECDH for a peer", pair, curve, 0, STATUS_INVALID_PARAMETER},
        {"DH for ECDH's peer", curve, shown, 0, STATUS_INVALID_PARAMETER},
        {"no private part", shown, pair, 0, STATUS_NOT_SUPPORTED},
        {"RSA", rsa, pair, 0, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
    CHECK_STATUS(agreement_status(row.own, row.peer, row.flags), row.status);
    CHECK_STATUS(BCryptSecretAgreement(pair, shown, nullptr, 0), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(refuses_public_values_that_give_the_secret_away)
{
    const std::string below_prime = oakley_prime.substr(0, 190);
    const KeyHandle pair = oakley_pair();
    for (const std::string& y :
         {number_of("00", 96), number_of("01", 96), below_prime + "fe", below_prime + "ff"}) {
        const ByteVector blob = from_hex(public_blob(y));
        CHECK_STATUS(import_status(dh, BCRYPT_DH_PUBLIC_BLOB, blob), STATUS_INVALID_PARAMETER);
        BCRYPT_KEY_HANDLE unchecked = nullptr;
        REQUIRE_STATUS(BCryptImportKeyPair(dh, nullptr, BCRYPT_DH_PUBLIC_BLOB, &unchecked,
                                           data_of(blob), size_of(blob), BCRYPT_NO_KEY_VALIDATION),
                       STATUS_SUCCESS);
        CHECK_STATUS(agreement_status(pair, unchecked), STATUS_INVALID_PARAMETER); // N-154
        CHECK_STATUS(BCryptDestroyKey(unchecked), STATUS_SUCCESS);
    }
}

BOOST_AUTO_TEST_CASE(secrets_outlive_keys_and_the_algorithm)
{
    std::string ours, theirs;
    {
        BCRYPT_ALG_HANDLE opened = nullptr;
        REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&opened, BCRYPT_DH_ALGORITHM, nullptr, 0),
                       STATUS_SUCCESS);
        KeyHandle a = generated_pair(opened, 768), b = generated_pair(opened, 768);
        REQUIRE_STATUS(BCryptCloseAlgorithmProvider(opened, 0), STATUS_SUCCESS);
        ours = agreed(a, b, BCRYPT_KDF_HASH, 20);
        theirs = agreed(b, a, BCRYPT_KDF_HASH, 20);
    }
    BOOST_TEST(ours == theirs);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(DH_blobs)

BOOST_AUTO_TEST_CASE(come_back_byte_for_byte)
{
    // observed.md part 2 F: X may be as long as P, or short
    for (const std::string& x : {secret_a, "3f" + std::string(2 * 95, 'c'), std::string("2")}) {
        const KeyHandle pair = oakley_pair(x.size() % 2 ? "0" + x : x);
        for (const LPCWSTR type :
             {BCRYPT_DH_PUBLIC_BLOB, BCRYPT_DH_PRIVATE_BLOB, BCRYPT_PUBLIC_KEY_BLOB,
              BCRYPT_PRIVATE_KEY_BLOB, LEGACY_DH_PUBLIC_BLOB, LEGACY_DH_PRIVATE_BLOB})
            BOOST_TEST_CONTEXT(narrow(type))
            {
                const ByteVector blob = exported(pair, type);
                const KeyHandle imported = imported_pair(dh, type, blob);
                BOOST_TEST(to_hex(exported(imported, type)) == to_hex(blob));
                BOOST_TEST(public_value(imported) == public_value(pair));
            }
    }
}

BOOST_AUTO_TEST_CASE(of_CryptoAPI_are_version_3_and_little_endian)
{
    const KeyHandle pair = oakley_pair(secret_a);
    const std::string head = "0000"
                             "01aa0000"; // reserved, CALG_DH_SF
    const std::string numbers = reversed_bytes(oakley_prime) + reversed_bytes(oakley_generator) +
                                reversed_bytes(public_value(pair));
    BOOST_TEST(to_hex(exported(pair, LEGACY_DH_PUBLIC_BLOB)) ==
               "0603" + head + words({0x33484400, 768, 0, 0}) + unknown_seed + numbers);
    BOOST_TEST(to_hex(exported(pair, LEGACY_DH_PRIVATE_BLOB)) ==
               "0703" + head + words({0x34484400, 768, 0, 0, 256}) + unknown_seed + numbers +
                   reversed_bytes(secret_a));
}

BOOST_AUTO_TEST_CASE(of_CryptoAPI_keep_Q_and_J_and_the_seed)
{
    const std::string y = number_of("08", 96);
    const std::string seed = words({7}) + std::string(40, '5');
    const std::string blob = "060300000"
                             "2aa0000" +
                             words({0x33484400, 768, 16, 24}) + seed +
                             reversed_bytes(oakley_prime) + "aabb" +
                             reversed_bytes(oakley_generator) + "ccddee" + reversed_bytes(y);
    const KeyHandle key = imported_pair(dh, LEGACY_DH_PUBLIC_BLOB, from_hex(blob));
    std::string as_sf = blob;
    as_sf.replace(8, 2, "01"); // CALG_DH_EPHEM is taken, CALG_DH_SF is written: N-157
    BOOST_TEST(to_hex(exported(key, LEGACY_DH_PUBLIC_BLOB)) == as_sf);
    BOOST_TEST(to_hex(exported(key, BCRYPT_DH_PUBLIC_BLOB)) == public_blob(y));
}

BOOST_AUTO_TEST_CASE(of_a_wrong_length_are_invalid_parameters)
{
    const KeyHandle pair = oakley_pair(secret_a);
    for (const LPCWSTR type : {BCRYPT_DH_PUBLIC_BLOB, BCRYPT_DH_PRIVATE_BLOB, LEGACY_DH_PUBLIC_BLOB,
                               LEGACY_DH_PRIVATE_BLOB})
        BOOST_TEST_CONTEXT(narrow(type))
    check_lengths(dh, type, exported(pair, type), STATUS_INVALID_PARAMETER); // observed.md 2 D
}

BOOST_AUTO_TEST_CASE(with_hostile_headers_are_refused)
{
    const KeyHandle pair = oakley_pair(secret_a);
    for (const std::size_t offset : {0, 4})
        for (const LPCWSTR type : {BCRYPT_DH_PUBLIC_BLOB, BCRYPT_DH_PRIVATE_BLOB})
            check_hostile_word(dh, type, exported(pair, type), offset);
    for (const std::size_t offset : {0, 8, 12, 16, 20})
        for (const LPCWSTR type : {LEGACY_DH_PUBLIC_BLOB, LEGACY_DH_PRIVATE_BLOB})
            check_hostile_word(dh, type, exported(pair, type), offset);
}

BOOST_AUTO_TEST_CASE(that_are_imported_answer_the_documented_codes)
{
    const KeyHandle pair = oakley_pair(secret_a);
    const ByteVector shown = exported(pair, BCRYPT_DH_PUBLIC_BLOB);
    const ByteVector secret = exported(pair, BCRYPT_DH_PRIVATE_BLOB);
    ByteVector other_y = secret, no_x = secret;
    other_y[8 + 3 * 96 - 1] ^= 2;
    std::fill(no_x.end() - 96, no_x.end(), UCHAR{0});
    const ByteVector zero_top = from_hex(words({BCRYPT_DH_PUBLIC_MAGIC, 97}) + "00" + oakley_prime +
                                         "00" + oakley_generator + "00" + public_value(pair));
    const struct {
        const char* what;
        LPCWSTR type;
        const ByteVector& blob;
        NTSTATUS status;
    } rows[] = {
        {"good", BCRYPT_DH_PUBLIC_BLOB, shown, STATUS_SUCCESS},
        {"generic", BCRYPT_PUBLIC_KEY_BLOB, shown, STATUS_SUCCESS},
        {"private as public", BCRYPT_DH_PUBLIC_BLOB, secret, STATUS_INVALID_PARAMETER},
        {"public as private", BCRYPT_DH_PRIVATE_BLOB, shown, STATUS_INVALID_PARAMETER},
        {"public as generic private", BCRYPT_PRIVATE_KEY_BLOB, shown, STATUS_INVALID_PARAMETER},
        {"a Y that is not X's", BCRYPT_DH_PRIVATE_BLOB, other_y, STATUS_INVALID_PARAMETER},
        {"X is 0", BCRYPT_DH_PRIVATE_BLOB, no_x, STATUS_INVALID_PARAMETER},
        {"a prime led by zero", BCRYPT_DH_PUBLIC_BLOB, zero_top, STATUS_INVALID_PARAMETER},
        {"RSA's type", BCRYPT_RSAPUBLIC_BLOB, shown, STATUS_NOT_SUPPORTED},
        {"DSA's type", BCRYPT_DSA_PUBLIC_BLOB, shown, STATUS_NOT_SUPPORTED},
        {"unknown type", L"DHPUBLICBLOBS", shown, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
    CHECK_STATUS(import_status(dh, row.type, row.blob), row.status);
    CHECK_STATUS(import_status(dh, BCRYPT_DH_PRIVATE_BLOB, other_y, BCRYPT_NO_KEY_VALIDATION),
                 STATUS_SUCCESS);
    CHECK_STATUS(import_status(dh, BCRYPT_DH_PUBLIC_BLOB, shown, 1), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(import_status(nullptr, BCRYPT_DH_PUBLIC_BLOB, shown), STATUS_INVALID_HANDLE);
    BCRYPT_KEY_HANDLE key = nullptr;
    CHECK_STATUS(BCryptImportKeyPair(dh, pair, BCRYPT_DH_PUBLIC_BLOB, &key, data_of(shown),
                                     size_of(shown), 0),
                 STATUS_INVALID_PARAMETER); // N-58
    CHECK_STATUS(BCryptImportKeyPair(dh, nullptr, nullptr, &key, data_of(shown), size_of(shown), 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptImportKeyPair(dh, nullptr, BCRYPT_DH_PUBLIC_BLOB, nullptr, data_of(shown),
                                     size_of(shown), 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptImportKeyPair(dh, nullptr, BCRYPT_DH_PUBLIC_BLOB, &key, nullptr, 0, 0),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(outside_the_lengths_of_DH_are_refused)
{
    // 448 bits: 2^448 - 1 is odd, which is all that an import asks of a prime
    const std::string prime(2 * 56, 'f');
    const ByteVector blob = from_hex(words({BCRYPT_DH_PUBLIC_MAGIC, 56}) + prime +
                                     number_of("02", 56) + number_of("04", 56));
    CHECK_STATUS(import_status(dh, BCRYPT_DH_PUBLIC_BLOB, blob), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(that_are_exported_answer_the_documented_codes)
{
    const KeyHandle pair = oakley_pair();
    const KeyHandle shown =
        imported_pair(dh, BCRYPT_DH_PUBLIC_BLOB, exported(pair, BCRYPT_DH_PUBLIC_BLOB));
    for (const LPCWSTR type :
         {BCRYPT_DH_PRIVATE_BLOB, BCRYPT_PRIVATE_KEY_BLOB, LEGACY_DH_PRIVATE_BLOB})
        CHECK_STATUS(export_status(shown, type), STATUS_INVALID_PARAMETER); // observed.md 2 D
    for (const LPCWSTR type : {BCRYPT_RSAPUBLIC_BLOB, BCRYPT_DSA_PUBLIC_BLOB, L"KeyDataBlob", L""})
        CHECK_STATUS(export_status(pair, type), STATUS_NOT_SUPPORTED);
    ByteVector blob(296, 0xAA);
    ULONG size = 0;
    CHECK_STATUS(BCryptExportKey(pair, nullptr, BCRYPT_DH_PUBLIC_BLOB, blob.data(), 295, &size, 0),
                 STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == 296u);
    BOOST_TEST(blob[0] == 0xAA);
    CHECK_STATUS(BCryptExportKey(pair, nullptr, BCRYPT_DH_PUBLIC_BLOB, nullptr, 0, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptExportKey(pair, nullptr, BCRYPT_DH_PUBLIC_BLOB, nullptr, 0, &size, 1),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptExportKey(pair, pair, BCRYPT_DH_PUBLIC_BLOB, nullptr, 0, &size, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptExportKey(nullptr, nullptr, BCRYPT_DH_PUBLIC_BLOB, nullptr, 0, &size, 0),
                 STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_SUITE_END()
