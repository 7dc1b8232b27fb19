// SPDX-License-Identifier: BSD-2-Clause
// Curves of the generic ECDH and ECDSA: their names, parameters and lengths on handles and pairs
// (cng.md 1.17, 1.18, 2.3, 3.1).
#include "ec_keys.h"

#include <cstring>

using namespace capishim_test;

namespace {

struct CurveName {
    LPCWSTR name;
    const char* text;
    ULONG bits, order_size;
};

const CurveName curve_names[] = {
    {BCRYPT_ECC_CURVE_BRAINPOOLP160R1, "brainpoolP160r1", 160, 20},
    {BCRYPT_ECC_CURVE_BRAINPOOLP160T1, "brainpoolP160t1", 160, 20},
    {BCRYPT_ECC_CURVE_BRAINPOOLP192R1, "brainpoolP192r1", 192, 24},
    {BCRYPT_ECC_CURVE_BRAINPOOLP192T1, "brainpoolP192t1", 192, 24},
    {BCRYPT_ECC_CURVE_BRAINPOOLP224R1, "brainpoolP224r1", 224, 28},
    {BCRYPT_ECC_CURVE_BRAINPOOLP224T1, "brainpoolP224t1", 224, 28},
    {BCRYPT_ECC_CURVE_BRAINPOOLP256R1, "brainpoolP256r1", 256, 32},
    {BCRYPT_ECC_CURVE_BRAINPOOLP256T1, "brainpoolP256t1", 256, 32},
    {BCRYPT_ECC_CURVE_BRAINPOOLP320R1, "brainpoolP320r1", 320, 40},
    {BCRYPT_ECC_CURVE_BRAINPOOLP320T1, "brainpoolP320t1", 320, 40},
    {BCRYPT_ECC_CURVE_BRAINPOOLP384R1, "brainpoolP384r1", 384, 48},
    {BCRYPT_ECC_CURVE_BRAINPOOLP384T1, "brainpoolP384t1", 384, 48},
    {BCRYPT_ECC_CURVE_BRAINPOOLP512R1, "brainpoolP512r1", 512, 64},
    {BCRYPT_ECC_CURVE_BRAINPOOLP512T1, "brainpoolP512t1", 512, 64},
    {BCRYPT_ECC_CURVE_NISTP192, "nistP192", 192, 24},
    {BCRYPT_ECC_CURVE_NISTP224, "nistP224", 224, 28},
    {BCRYPT_ECC_CURVE_NISTP256, "nistP256", 256, 32},
    {BCRYPT_ECC_CURVE_NISTP384, "nistP384", 384, 48},
    {BCRYPT_ECC_CURVE_NISTP521, "nistP521", 521, 66},
    {BCRYPT_ECC_CURVE_SECP160K1, "secP160k1", 160, 21},
    {BCRYPT_ECC_CURVE_SECP160R1, "secP160r1", 160, 21},
    {BCRYPT_ECC_CURVE_SECP160R2, "secP160r2", 160, 21},
    {BCRYPT_ECC_CURVE_SECP192K1, "secP192k1", 192, 24},
    {BCRYPT_ECC_CURVE_SECP192R1, "secP192r1", 192, 24},
    {BCRYPT_ECC_CURVE_SECP224K1, "secP224k1", 224, 29},
    {BCRYPT_ECC_CURVE_SECP224R1, "secP224r1", 224, 28},
    {BCRYPT_ECC_CURVE_SECP256K1, "secP256k1", 256, 32},
    {BCRYPT_ECC_CURVE_SECP256R1, "secP256r1", 256, 32},
    {BCRYPT_ECC_CURVE_SECP384R1, "secP384r1", 384, 48},
    {BCRYPT_ECC_CURVE_SECP521R1, "secP521r1", 521, 66},
    {BCRYPT_ECC_CURVE_WTLS12, "wtls12", 224, 28},
    {BCRYPT_ECC_CURVE_WTLS7, "wtls7", 160, 21},
    {BCRYPT_ECC_CURVE_WTLS9, "wtls9", 160, 21},
    {BCRYPT_ECC_CURVE_X962P192V1, "x962P192v1", 192, 24},
    {BCRYPT_ECC_CURVE_X962P192V2, "x962P192v2", 192, 24},
    {BCRYPT_ECC_CURVE_X962P192V3, "x962P192v3", 192, 24},
    {BCRYPT_ECC_CURVE_X962P239V1, "x962P239v1", 239, 30},
    {BCRYPT_ECC_CURVE_X962P239V2, "x962P239v2", 239, 30},
    {BCRYPT_ECC_CURVE_X962P239V3, "x962P239v3", 239, 30},
    {BCRYPT_ECC_CURVE_X962P256V1, "x962P256v1", 256, 32},
};

ByteVector key_lengths(BCRYPT_HANDLE algorithm)
{
    return bytes_property(algorithm, BCRYPT_KEY_LENGTHS);
}

ByteVector lengths_of(ULONG bits)
{
    const BCRYPT_KEY_LENGTHS_STRUCT lengths = {bits, bits, 0};
    ByteVector bytes(sizeof lengths);
    std::memcpy(bytes.data(), &lengths, sizeof lengths);
    return bytes;
}

/// An open pair.
KeyHandle begun(BCRYPT_ALG_HANDLE algorithm, ULONG bits)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    REQUIRE_STATUS(BCryptGenerateKeyPair(algorithm, &key, bits, 0), STATUS_SUCCESS);
    return KeyHandle(key);
}

NTSTATUS generate_status(BCRYPT_ALG_HANDLE algorithm, ULONG bits, ULONG flags = 0)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    const NTSTATUS status = BCryptGenerateKeyPair(algorithm, &key, bits, flags);
    BOOST_TEST((key != nullptr) == (status == STATUS_SUCCESS));
    if (key)
        BCryptDestroyKey(key);
    return status;
}

} // namespace

BOOST_AUTO_TEST_SUITE(elliptic_curves)

BOOST_AUTO_TEST_CASE(every_named_curve_signs_and_agrees)
{
    for (const CurveName& row : curve_names) {
        BOOST_TEST_CONTEXT(row.text)
        {
            const CurveHandle signing(BCRYPT_ECDSA_ALGORITHM, row.name);
            const KeyHandle key = generated_pair(signing, row.bits);
            const ByteVector hash(32, 0x5A);
            BOOST_TEST(signature_of(key, hash).size() == 2 * row.order_size);
            const KeyHandle shown =
                imported_pair(signing, BCRYPT_ECCPUBLIC_BLOB, exported(key, BCRYPT_ECCPUBLIC_BLOB));
            CHECK_STATUS(verify_status(shown, hash, signature_of(key, hash)), STATUS_SUCCESS);
            const CurveHandle agreeing(BCRYPT_ECDH_ALGORITHM, row.name);
            const KeyHandle first = generated_pair(agreeing, 0),
                            second = generated_pair(agreeing, 0);
            const KeyHandle peer = imported_pair(agreeing, BCRYPT_ECCPUBLIC_BLOB,
                                                 exported(second, BCRYPT_ECCPUBLIC_BLOB));
            const std::string secret = agreed_value(first, peer);
            BOOST_TEST(secret == agreed_value(second, first));
            BOOST_TEST(secret.size() == 2 * ((row.bits + 7) / 8));
        }
    }
}

BOOST_AUTO_TEST_CASE(properties_tell_the_curve)
{
    for (const CurveName& row : curve_names) {
        BOOST_TEST_CONTEXT(row.text)
        {
            const CurveHandle algorithm(BCRYPT_ECDSA_ALGORITHM, row.name);
            BOOST_TEST(text_property(algorithm, BCRYPT_ECC_CURVE_NAME) == row.text); // N-92
            BOOST_TEST((key_lengths(algorithm) == lengths_of(row.bits)));            // N-104
            const KeyHandle open = begun(algorithm, 0);
            BOOST_TEST(text_property(open, BCRYPT_ECC_CURVE_NAME) == row.text);
            REQUIRE_STATUS(BCryptFinalizeKeyPair(open, 0), STATUS_SUCCESS);
            BOOST_TEST(text_property(open, BCRYPT_ECC_CURVE_NAME) == row.text);
            BOOST_TEST(text_property(open, BCRYPT_ALGORITHM_NAME) == "ECDSA");
            BOOST_TEST(dword_property(open, BCRYPT_KEY_LENGTH) == row.bits);
            BOOST_TEST(dword_property(open, BCRYPT_KEY_STRENGTH) == row.bits);
            BOOST_TEST(dword_property(open, BCRYPT_PUBLIC_KEY_LENGTH) == row.bits);
            BOOST_TEST(dword_property(open, BCRYPT_SIGNATURE_LENGTH) == 2 * row.order_size);
            BOOST_TEST((bytes_property(open, BCRYPT_ECC_PARAMETERS) ==
                        bytes_property(algorithm, BCRYPT_ECC_PARAMETERS)));
        }
    }
}

BOOST_AUTO_TEST_CASE(names_are_compared_without_case_and_unknown_ones_refused)
{
    const AlgorithmHandle algorithm(BCRYPT_ECDSA_ALGORITHM);
    for (const LPCWSTR name : {L"NISTP256", L"nistp256", L"nIsTp256"}) {
        CHECK_STATUS(set_text(algorithm, BCRYPT_ECC_CURVE_NAME, name), STATUS_SUCCESS); // N-91
        BOOST_TEST(text_property(algorithm, BCRYPT_ECC_CURVE_NAME) == "nistP256");
    }
    for (const LPCWSTR name : {L"", L"nistP25", L"nistP2566", L"P-256", L"secp256v1"})
        CHECK_STATUS(set_text(algorithm, BCRYPT_ECC_CURVE_NAME, name), STATUS_INVALID_PARAMETER);
    // CNG's, but not this library's
    for (const LPCWSTR name : {BCRYPT_ECC_CURVE_EC192WAPI, BCRYPT_ECC_CURVE_NUMSP256T1,
                               BCRYPT_ECC_CURVE_NUMSP384T1, BCRYPT_ECC_CURVE_NUMSP512T1})
        CHECK_STATUS(set_text(algorithm, BCRYPT_ECC_CURVE_NAME, name), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(set_text(algorithm, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_25519),
                 STATUS_NOT_SUPPORTED); // agrees only
    BOOST_TEST(text_property(algorithm, BCRYPT_ECC_CURVE_NAME) == "nistP256");
    CHECK_STATUS(BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, nullptr, 0, 0),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(a_handle_without_a_curve_has_no_properties_of_it)
{
    for (const LPCWSTR id : {BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECDH_ALGORITHM}) {
        const AlgorithmHandle algorithm(id);
        const KeyHandle open = begun(algorithm, 0);
        for (const LPCWSTR name :
             {BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_PARAMETERS, BCRYPT_KEY_LENGTHS}) // N-98, N-104
            CHECK_STATUS(get_property_status(algorithm, name), STATUS_NOT_SUPPORTED);
        for (const LPCWSTR name : {BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_PARAMETERS, BCRYPT_KEY_LENGTH,
                                   BCRYPT_KEY_STRENGTH, BCRYPT_SIGNATURE_LENGTH})
            CHECK_STATUS(get_property_status(open, name), STATUS_NOT_SUPPORTED);
        CHECK_STATUS(BCryptFinalizeKeyPair(open, 0), STATUS_INVALID_PARAMETER); // N-57
        CHECK_STATUS(set_text(open, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_SECP256K1),
                     STATUS_SUCCESS); // it stayed open
        CHECK_STATUS(BCryptFinalizeKeyPair(open, 0), STATUS_SUCCESS);
        BOOST_TEST(text_property(open, BCRYPT_ECC_CURVE_NAME) == "secP256k1");
    }
}

BOOST_AUTO_TEST_CASE(a_pair_takes_its_curve_until_it_is_finalized)
{
    const CurveHandle algorithm(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NISTP256);
    const KeyHandle key = begun(algorithm, 0);
    CHECK_STATUS(set_text(key, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_BRAINPOOLP384R1),
                 STATUS_SUCCESS);
    BOOST_TEST(text_property(algorithm, BCRYPT_ECC_CURVE_NAME) == "nistP256");
    REQUIRE_STATUS(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    BOOST_TEST(dword_property(key, BCRYPT_KEY_LENGTH) == 384u);
    CHECK_STATUS(set_text(key, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_BRAINPOOLP384R1),
                 STATUS_NOT_SUPPORTED); // N-35
    // keys that exist keep theirs (N-19)
    const KeyHandle before = begun(algorithm, 256);
    CHECK_STATUS(set_text(algorithm, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_NISTP521),
                 STATUS_SUCCESS);
    BOOST_TEST(text_property(before, BCRYPT_ECC_CURVE_NAME) == "nistP256");
    // a length that was given holds for the curve that comes later
    CHECK_STATUS(set_text(before, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_NISTP384),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_text(before, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_SECP256K1),
                 STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(curves_of_fixed_algorithms_and_of_pseudo_handles_stay)
{
    const struct {
        LPCWSTR id;
        BCRYPT_ALG_HANDLE pseudo;
        const char* curve;
        ULONG bits;
    } rows[] = {{BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECDSA_P256_ALG_HANDLE, "nistP256", 256},
                {BCRYPT_ECDSA_P384_ALGORITHM, BCRYPT_ECDSA_P384_ALG_HANDLE, "nistP384", 384},
                {BCRYPT_ECDSA_P521_ALGORITHM, BCRYPT_ECDSA_P521_ALG_HANDLE, "nistP521", 521},
                {BCRYPT_ECDH_P256_ALGORITHM, BCRYPT_ECDH_P256_ALG_HANDLE, "nistP256", 256},
                {BCRYPT_ECDH_P384_ALGORITHM, BCRYPT_ECDH_P384_ALG_HANDLE, "nistP384", 384},
                {BCRYPT_ECDH_P521_ALGORITHM, BCRYPT_ECDH_P521_ALG_HANDLE, "nistP521", 521}};
    for (const auto& row : rows) {
        const AlgorithmHandle algorithm(row.id);
        const KeyHandle open = begun(algorithm, row.bits);
        for (const BCRYPT_HANDLE object : {algorithm.handle, row.pseudo, open.handle})
            BOOST_TEST(text_property(object, BCRYPT_ECC_CURVE_NAME) == row.curve);
        for (const BCRYPT_HANDLE object : {algorithm.handle, open.handle}) {
            CHECK_STATUS(set_text(object, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_NISTP256),
                         STATUS_NOT_SUPPORTED);
            CHECK_STATUS(get_property_status(object, BCRYPT_ECC_PARAMETERS), STATUS_NOT_SUPPORTED);
            CHECK_STATUS(get_property_status(object, BCRYPT_ECC_CURVE_NAME_LIST),
                         STATUS_NOT_SUPPORTED);
        }
        BOOST_TEST((key_lengths(row.pseudo) == lengths_of(row.bits)));
    }
    for (const BCRYPT_ALG_HANDLE pseudo : {BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECDH_ALG_HANDLE}) {
        CHECK_STATUS(set_text(pseudo, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_NISTP256),
                     STATUS_ACCESS_DENIED); // observed.md part 2 A
        CHECK_STATUS(get_property_status(pseudo, BCRYPT_ECC_CURVE_NAME), STATUS_NOT_SUPPORTED);
        const KeyHandle key = begun(pseudo, 256); // N-90: the curve comes on the key
        CHECK_STATUS(set_text(key, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_NISTP256),
                     STATUS_SUCCESS);
        CHECK_STATUS(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    }
    const KeyHandle aes = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    for (const LPCWSTR name :
         {BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_PARAMETERS, BCRYPT_ECC_CURVE_NAME_LIST}) {
        CHECK_STATUS(get_property_status(aes, name), STATUS_NOT_SUPPORTED);
        CHECK_STATUS(set_text(aes, name, L"none"), STATUS_NOT_SUPPORTED);
    }
}

BOOST_AUTO_TEST_CASE(the_list_of_names_lies_in_the_callers_buffer)
{
    const AlgorithmHandle ecdsa(BCRYPT_ECDSA_ALGORITHM), ecdh(BCRYPT_ECDH_ALGORITHM);
    for (const BCRYPT_HANDLE object : {ecdsa.handle, ecdh.handle, BCRYPT_ECDH_ALG_HANDLE}) {
        const ByteVector block = bytes_property(object, BCRYPT_ECC_CURVE_NAME_LIST);
        BCRYPT_ECC_CURVE_NAMES list;
        ByteVector copy(block.size());
        ULONG size = 0;
        REQUIRE_STATUS(BCryptGetProperty(object, BCRYPT_ECC_CURVE_NAME_LIST, copy.data(),
                                         size_of(copy), &size, 0),
                       STATUS_SUCCESS);
        std::memcpy(&list, copy.data(), sizeof list);
        const bool agrees = object != ecdsa.handle; // curve25519 does not sign
        BOOST_TEST(list.dwEccCurveNames == std::size(curve_names) + agrees);
        BOOST_TEST(reinterpret_cast<PUCHAR>(list.pEccCurveNames) == copy.data() + sizeof list);
        for (ULONG i = 0; i < list.dwEccCurveNames; ++i) {
            const WCHAR* const name = list.pEccCurveNames[i];
            const auto* const at = reinterpret_cast<const UCHAR*>(name);
            BOOST_TEST((at > copy.data() && at < copy.data() + copy.size()));
            const AlgorithmHandle other(agrees ? BCRYPT_ECDH_ALGORITHM : BCRYPT_ECDSA_ALGORITHM);
            CHECK_STATUS(set_text(other, BCRYPT_ECC_CURVE_NAME, name), STATUS_SUCCESS);
        }
        CHECK_STATUS(BCryptGetProperty(object, BCRYPT_ECC_CURVE_NAME_LIST, copy.data(),
                                       size_of(copy) - 1, &size, 0),
                     STATUS_BUFFER_TOO_SMALL);
        BOOST_TEST(size == copy.size());
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptGenerateKeyPair_and_BCryptFinalizeKeyPair)
{
    const AlgorithmHandle bare(BCRYPT_ECDSA_ALGORITHM);
    const CurveHandle curve(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_X962P239V1);
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        ULONG bits, flags;
        NTSTATUS status;
    } rows[] = {
        {BCRYPT_ECDSA_P256_ALG_HANDLE, 256, 0, STATUS_SUCCESS},
        {BCRYPT_ECDSA_P256_ALG_HANDLE, 256, BCRYPT_NO_KEY_VALIDATION, STATUS_SUCCESS}, // N-55
        {BCRYPT_ECDSA_P256_ALG_HANDLE, 0, 0, STATUS_INVALID_PARAMETER},                // N-52
        {BCRYPT_ECDSA_P256_ALG_HANDLE, 255, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_ECDSA_P256_ALG_HANDLE, 384, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_ECDSA_P521_ALG_HANDLE, 521, 0, STATUS_SUCCESS},
        {BCRYPT_ECDSA_P521_ALG_HANDLE, 512, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_ECDSA_P521_ALG_HANDLE, 528, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_ECDSA_P384_ALG_HANDLE, 384, 1, STATUS_INVALID_PARAMETER},
        {BCRYPT_ECDSA_ALG_HANDLE, 0, 0, STATUS_SUCCESS}, // N-53
        {bare, 0, 0, STATUS_SUCCESS},
        {curve, 0, 0, STATUS_SUCCESS},
        {curve, 239, 0, STATUS_SUCCESS},
        {curve, 240, 0, STATUS_INVALID_PARAMETER},
        {BCRYPT_AES_CBC_ALG_HANDLE, 128, 0, STATUS_NOT_SUPPORTED},
        {nullptr, 256, 0, STATUS_INVALID_HANDLE},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            CHECK_STATUS(generate_status(row.algorithm, row.bits, row.flags), row.status);
        }
    CHECK_STATUS(BCryptGenerateKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, nullptr, 256, 0),
                 STATUS_INVALID_PARAMETER);

    const KeyHandle key = begun(BCRYPT_ECDSA_P256_ALG_HANDLE, 256);
    CHECK_STATUS(BCryptFinalizeKeyPair(key, 1), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_HANDLE); // observed.md part 2 D
    CHECK_STATUS(BCryptFinalizeKeyPair(ecdsa_key(), 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptFinalizeKeyPair(nullptr, 0), STATUS_INVALID_HANDLE);
    const KeyHandle aes = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    CHECK_STATUS(BCryptFinalizeKeyPair(aes, 0), STATUS_NOT_SUPPORTED);
}

// ---- ECCParameters -----------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(parameters_of_a_named_curve_are_that_curve)
{
    for (const CurveName& row : curve_names) {
        const CurveHandle named(BCRYPT_ECDSA_ALGORITHM, row.name);
        const ByteVector parameters = bytes_property(named, BCRYPT_ECC_PARAMETERS);
        BOOST_TEST(parameters.size() == 32 + 5 * ((row.bits + 7) / 8) + row.order_size + 1);
        const AlgorithmHandle other(BCRYPT_ECDSA_ALGORITHM);
        CHECK_STATUS(set_bytes(other, BCRYPT_ECC_PARAMETERS, parameters), STATUS_SUCCESS);
        BOOST_TEST((bytes_property(other, BCRYPT_ECC_PARAMETERS) == parameters));
        BOOST_TEST((key_lengths(other) == lengths_of(row.bits)));
        const KeyHandle key = generated_pair(other, 0);
        CHECK_STATUS(
            import_status(named, BCRYPT_ECCPUBLIC_BLOB, exported(key, BCRYPT_ECCPUBLIC_BLOB)),
            STATUS_SUCCESS);
        const KeyHandle open = begun(BCRYPT_ECDSA_ALG_HANDLE, 0);
        CHECK_STATUS(set_bytes(open, BCRYPT_ECC_PARAMETERS, parameters), STATUS_SUCCESS);
        BOOST_TEST(dword_property(open, BCRYPT_KEY_LENGTH) == row.bits);
    }
    const CurveHandle alias(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_X962P256V1);
    const AlgorithmHandle other(BCRYPT_ECDSA_ALGORITHM);
    CHECK_STATUS(
        set_bytes(other, BCRYPT_ECC_PARAMETERS, bytes_property(alias, BCRYPT_ECC_PARAMETERS)),
        STATUS_SUCCESS);
    BOOST_TEST(text_property(other, BCRYPT_ECC_CURVE_NAME) == "nistP256");
}

BOOST_AUTO_TEST_CASE(a_curve_without_a_name_works_by_its_parameters)
{
    // P-256 with RFC 6979's public point as its base
    const CurveHandle named(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NISTP256);
    ByteVector parameters = bytes_property(named, BCRYPT_ECC_PARAMETERS);
    const ByteVector point = from_hex(ecdsa_point);
    std::copy(point.begin(), point.end(), parameters.begin() + 32 + 3 * 32);
    const AlgorithmHandle algorithm(BCRYPT_ECDSA_ALGORITHM);
    REQUIRE_STATUS(set_bytes(algorithm, BCRYPT_ECC_PARAMETERS, parameters), STATUS_SUCCESS);
    CHECK_STATUS(get_property_status(algorithm, BCRYPT_ECC_CURVE_NAME), STATUS_NOT_SUPPORTED);
    BOOST_TEST((bytes_property(algorithm, BCRYPT_ECC_PARAMETERS) == parameters));
    const KeyHandle key = generated_pair(algorithm, 256);
    const ByteVector hash(20, 1), blob = exported(key, BCRYPT_ECCFULLPRIVATE_BLOB);
    const KeyHandle again =
        imported_pair(BCRYPT_ECDSA_ALG_HANDLE, BCRYPT_ECCFULLPRIVATE_BLOB, blob);
    CHECK_STATUS(verify_status(again, hash, signature_of(key, hash)), STATUS_SUCCESS);
    CHECK_STATUS(get_property_status(again, BCRYPT_ECC_CURVE_NAME), STATUS_NOT_SUPPORTED);
    BOOST_TEST((exported(again, BCRYPT_ECCFULLPRIVATE_BLOB) == blob));
    BOOST_TEST(to_hex(exported(key, BCRYPT_ECCPUBLIC_BLOB)).substr(0, 8) == "45434450"); // ECDP
}

// ---- curve25519 --------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(curve25519_agrees_with_big_endian_numbers)
{
    // RFC 7748 6.1, its octets turned round (N-150)
    const std::string bob = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
    const CurveHandle algorithm(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_25519);
    const std::string zero(64, '0');
    const auto reversed_hex = [](const std::string& hex) {
        const ByteVector bytes = from_hex(hex);
        return to_hex({bytes.rbegin(), bytes.rend()});
    };
    const KeyHandle own =
        imported_pair(algorithm, BCRYPT_ECCPRIVATE_BLOB,
                      from_hex("45434b5620000000" + zero + zero + reversed_hex(bob)));
    const std::string blob = to_hex(exported(own, BCRYPT_ECCPRIVATE_BLOB));
    BOOST_TEST(blob.substr(16, 64) ==
               reversed_hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
    BOOST_TEST(blob.substr(80, 64) == zero);
    BOOST_TEST(blob.substr(144) == // clamped
               reversed_hex("58" + bob.substr(2, 60) + "6b"));
    const KeyHandle peer = imported_pair(
        algorithm, BCRYPT_ECCPUBLIC_BLOB,
        from_hex("45434b5020000000" +
                 reversed_hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a") +
                 zero));
    BOOST_TEST(agreed_value(own, peer) ==
               reversed_hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"));
    BOOST_TEST(dword_property(own, BCRYPT_KEY_LENGTH) == 255u);
    BOOST_TEST(text_property(own, BCRYPT_ECC_CURVE_NAME) == "curve25519");
    // no short Weierstrass curve: no parameters, no full blob
    CHECK_STATUS(get_property_status(own, BCRYPT_ECC_PARAMETERS), STATUS_NOT_SUPPORTED);
    CHECK_STATUS(get_property_status(algorithm, BCRYPT_ECC_PARAMETERS), STATUS_NOT_SUPPORTED);
    ULONG size = 0;
    CHECK_STATUS(BCryptExportKey(own, nullptr, BCRYPT_ECCFULLPUBLIC_BLOB, nullptr, 0, &size, 0),
                 STATUS_NOT_SUPPORTED);
    CHECK_STATUS(get_property_status(own, BCRYPT_SIGNATURE_LENGTH), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(curve25519_refuses_a_point_without_a_secret)
{
    const CurveHandle algorithm(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_25519);
    const KeyHandle own = generated_pair(algorithm, 255);
    for (const char* u : {"0", "1"}) {
        const KeyHandle peer = imported_pair(
            algorithm, BCRYPT_ECCPUBLIC_BLOB,
            from_hex("45434b5020000000" + std::string(63, '0') + u + std::string(64, '0')));
        BCRYPT_SECRET_HANDLE secret = nullptr;
        CHECK_STATUS(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_INVALID_PARAMETER);
        BOOST_TEST(secret == nullptr);
    }
    CHECK_STATUS(import_status(algorithm, BCRYPT_ECCPUBLIC_BLOB,
                               from_hex("45434b5020000000" + std::string(128, '1'))),
                 STATUS_INVALID_PARAMETER); // Y is zero
    CHECK_STATUS(generate_status(algorithm, 256), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()
