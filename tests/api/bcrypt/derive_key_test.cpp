// SPDX-License-Identifier: BSD-2-Clause
// BCryptDeriveKey's TLS_PRF, SP800_56A_CONCAT and HKDF, its parameter lists, and the end of a
// secret: cng.md 1.23, 1.24, 6.7 to 6.10; observed.md part 2 F.
#include "kdf_fixtures.h"

using namespace capishim_test;

namespace {

const Parameter sha256 = hash_parameter(BCRYPT_SHA256_ALGORITHM);
const Parameter sha384 = hash_parameter(BCRYPT_SHA384_ALGORITHM);
const Parameter sha512 = hash_parameter(BCRYPT_SHA512_ALGORITHM);
const Parameter algorithm_id = {KDF_ALGORITHMID, {1}}, party_u = {KDF_PARTYUINFO, {2}},
                party_v = {KDF_PARTYVINFO, {3}};
const Parameter label = {KDF_TLS_PRF_LABEL, {1}}, seed = {KDF_TLS_PRF_SEED, ByteVector(64, 2)};

Parameter protocol(ULONG version)
{
    return number_parameter(KDF_TLS_PRF_PROTOCOL, version);
}

/// A secret of a generated pair with itself.
struct OwnSecret {
    OwnSecret(BCRYPT_ALG_HANDLE algorithm, ULONG bits)
    {
        const KeyHandle pair = generated_pair(algorithm, bits);
        REQUIRE_STATUS(BCryptSecretAgreement(pair, pair, &handle, 0), STATUS_SUCCESS);
    }
    ~OwnSecret() { BCryptDestroySecret(handle); }

    BCRYPT_SECRET_HANDLE handle = nullptr;
};

} // namespace

BOOST_AUTO_TEST_SUITE(BCryptDeriveKey_of_later_Windows)

BOOST_AUTO_TEST_CASE(statuses_by_function_and_parameters)
{
    const Agreement agreed;
    const struct {
        LPCWSTR kdf;
        std::vector<Parameter> parameters;
        NTSTATUS status;
        ULONG room = 48;
    } rows[] = {
        {BCRYPT_KDF_TLS_PRF, {label, seed}, STATUS_SUCCESS},
        {BCRYPT_KDF_TLS_PRF, {{KDF_TLS_PRF_LABEL, {}}, seed}, STATUS_SUCCESS},
        {BCRYPT_KDF_TLS_PRF, {label, seed}, STATUS_INVALID_PARAMETER, 47}, // N-185
        {BCRYPT_KDF_TLS_PRF, {label, seed}, STATUS_INVALID_PARAMETER, 49},
        {BCRYPT_KDF_TLS_PRF, {seed}, STATUS_INVALID_PARAMETER},
        {BCRYPT_KDF_TLS_PRF, {label}, STATUS_INVALID_PARAMETER},
        {BCRYPT_KDF_TLS_PRF, {label, {KDF_TLS_PRF_SEED, ByteVector(63)}}, STATUS_INVALID_PARAMETER},
        {BCRYPT_KDF_TLS_PRF, {label, {KDF_TLS_PRF_SEED, ByteVector(65)}}, STATUS_INVALID_PARAMETER},
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0x0002)}, STATUS_NOT_SUPPORTED}, // N-191
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0x0300)}, STATUS_NOT_SUPPORTED},
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0x0301)}, STATUS_SUCCESS},
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0x0302)}, STATUS_SUCCESS},
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0x0303)}, STATUS_SUCCESS},
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0x0303), sha256}, STATUS_SUCCESS},
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0x0303), sha384}, STATUS_SUCCESS},
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0x0303), sha512}, STATUS_INVALID_PARAMETER},
        {BCRYPT_KDF_TLS_PRF,
         {label, seed, protocol(0x0303), hash_parameter(L"NONE")},
         STATUS_NOT_SUPPORTED},
        {BCRYPT_KDF_TLS_PRF, {label, seed, hash_parameter(L"NONE")}, STATUS_SUCCESS}, // 1.0: none
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0xFEFF)}, STATUS_SUCCESS},
        {BCRYPT_KDF_TLS_PRF, {label, seed, protocol(0x0304)}, STATUS_INVALID_PARAMETER},
        {BCRYPT_KDF_TLS_PRF,
         {label, seed, {KDF_TLS_PRF_PROTOCOL, {1, 3}}},
         STATUS_INVALID_PARAMETER},

        {BCRYPT_KDF_SP80056A_CONCAT, {algorithm_id, party_u, party_v}, STATUS_SUCCESS},
        {BCRYPT_KDF_SP80056A_CONCAT, {algorithm_id, party_u, party_v}, STATUS_SUCCESS, 1000},
        {BCRYPT_KDF_SP80056A_CONCAT, {algorithm_id, party_u, party_v}, STATUS_SUCCESS, 0},
        {BCRYPT_KDF_SP80056A_CONCAT,
         {{KDF_ALGORITHMID, {}}, {KDF_PARTYUINFO, {}}, {KDF_PARTYVINFO, {}}},
         STATUS_SUCCESS},
        {BCRYPT_KDF_SP80056A_CONCAT, {party_u, party_v}, STATUS_INVALID_PARAMETER},
        {BCRYPT_KDF_SP80056A_CONCAT, {algorithm_id, party_v}, STATUS_INVALID_PARAMETER},
        {BCRYPT_KDF_SP80056A_CONCAT, {algorithm_id, party_u}, STATUS_INVALID_PARAMETER},
        {BCRYPT_KDF_SP80056A_CONCAT,
         {algorithm_id, party_u, party_v, hash_parameter(L"NONE")},
         STATUS_NOT_SUPPORTED},

        {BCRYPT_KDF_RAW_SECRET, {hash_parameter(L"NONE")}, STATUS_SUCCESS},  // it knows no hash
        {BCRYPT_KDF_HASH, {{0x15, {1}}, {~ULONG{0}, {1}}}, STATUS_SUCCESS},  // N-184
        {BCRYPT_KDF_HASH, {{KDF_SECRET_HANDLE, {1}}}, STATUS_NOT_SUPPORTED}, // N-180
        {BCRYPT_KDF_HASH, {sha256}, STATUS_SUCCESS, 0},
        {BCRYPT_KDF_HKDF, {}, STATUS_INVALID_PARAMETER}, // N-194: no phase ended
        {L"PBKDF2", {}, STATUS_NOT_SUPPORTED},           // N-63
        {L"hash", {}, STATUS_NOT_SUPPORTED},
        {L"", {}, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            CHECK_STATUS(derive_key_status(agreed.secret, row.kdf, row.parameters, row.room),
                         row.status);
            if (row.room != 48)
                continue;
            ParameterList list(row.parameters); // a size query looks at the parameters too
            ULONG size = 0;
            CHECK_STATUS(BCryptDeriveKey(agreed.secret, row.kdf, list, nullptr, 0, &size, 0),
                         row.status);
        }
    }
}

BOOST_AUTO_TEST_CASE(size_queries)
{
    const Agreement agreed;
    set_text(agreed.secret, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA384_ALGORITHM);
    REQUIRE_STATUS(set_bytes(agreed.secret, BCRYPT_HKDF_SALT_AND_FINALIZE, {}), STATUS_SUCCESS);
    const struct {
        LPCWSTR kdf;
        std::vector<Parameter> parameters;
        ULONG size;
    } rows[] = {
        {BCRYPT_KDF_HASH, {}, 20},
        {BCRYPT_KDF_HASH, {sha384}, 48},
        {BCRYPT_KDF_HMAC, {sha512}, 64},
        {BCRYPT_KDF_TLS_PRF, {label, seed}, 48},
        {BCRYPT_KDF_SP80056A_CONCAT, {algorithm_id, party_u, party_v}, 32},
        {BCRYPT_KDF_SP80056A_CONCAT, {algorithm_id, party_u, party_v, sha512}, 64},
        {BCRYPT_KDF_RAW_SECRET, {}, 32},
        {BCRYPT_KDF_HKDF, {}, 48}, // N-187
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            ParameterList list(row.parameters);
            ULONG size = 0;
            CHECK_STATUS(BCryptDeriveKey(agreed.secret, row.kdf, list, nullptr, 7, &size, 0),
                         STATUS_SUCCESS);
            BOOST_TEST(size == row.size);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_concatenation_takes_the_hash_that_fits_the_curve)
{
    const struct {
        BCRYPT_ALG_HANDLE algorithm;
        ULONG bits;
        Parameter hash;
        ULONG size;
    } rows[] = {{BCRYPT_ECDH_P256_ALG_HANDLE, 256, sha256, 32},
                {BCRYPT_ECDH_P384_ALG_HANDLE, 384, sha384, 48},
                {BCRYPT_ECDH_P521_ALG_HANDLE, 521, sha512, 64}};
    for (const auto& row : rows) {
        const OwnSecret secret(row.algorithm, row.bits);
        const std::vector<Parameter> parameters = {algorithm_id, party_u, party_v};
        ParameterList list(parameters);
        ULONG size = 0;
        CHECK_STATUS(
            BCryptDeriveKey(secret.handle, BCRYPT_KDF_SP80056A_CONCAT, list, nullptr, 0, &size, 0),
            STATUS_SUCCESS);
        BOOST_TEST(size == row.size);
        BOOST_TEST(derived_from(secret.handle, BCRYPT_KDF_SP80056A_CONCAT, parameters, 100) ==
                   derived_from(secret.handle, BCRYPT_KDF_SP80056A_CONCAT,
                                {row.hash, algorithm_id, party_u, party_v}, 100)); // N-193
    }
}

BOOST_AUTO_TEST_CASE(a_label_counts_its_NUL)
{
    const Agreement agreed;
    const Parameter with_nul = {KDF_TLS_PRF_LABEL, {1, 0}};
    BOOST_TEST(derived_from(agreed.secret, BCRYPT_KDF_TLS_PRF, {label, seed}, 48) !=
               derived_from(agreed.secret, BCRYPT_KDF_TLS_PRF, {with_nul, seed}, 48)); // N-192
}

BOOST_AUTO_TEST_CASE(of_a_parameter_given_twice_the_last_counts)
{
    const Agreement agreed;
    const Parameter one = {KDF_HMAC_KEY, {1}}, two = {KDF_HMAC_KEY, {2}};
    BOOST_TEST(derived_from(agreed.secret, BCRYPT_KDF_HMAC, {one, two}, 64) ==
               derived_from(agreed.secret, BCRYPT_KDF_HMAC, {two}, 64));
    BOOST_TEST(derived_from(agreed.secret, BCRYPT_KDF_HASH, {sha256, sha512}, 64) ==
               derived_from(agreed.secret, BCRYPT_KDF_HASH, {sha512}, 64));
}

BOOST_AUTO_TEST_CASE(hmac_without_a_key_has_an_empty_one)
{
    const Agreement agreed;
    BOOST_TEST(derived_from(agreed.secret, BCRYPT_KDF_HMAC, {}, 64) ==
               derived_from(agreed.secret, BCRYPT_KDF_HMAC, {{KDF_HMAC_KEY, {}}}, 64)); // N-188
    BOOST_TEST(derived_from(agreed.secret, BCRYPT_KDF_HASH, {}, 64) ==
               derived_from(agreed.secret, BCRYPT_KDF_HASH, {}, 64,
                            KDF_USE_SECRET_AS_HMAC_KEY_FLAG)); // N-189: only HMAC looks at it
}

BOOST_AUTO_TEST_CASE(hostile_lists_are_refused)
{
    const Agreement agreed;
    UCHAR out[64];
    ULONG size = 99;
    BCryptBuffer buffer = {};
    BCryptBufferDesc list = {0, 1, &buffer};
    const auto derive = [&] {
        return BCryptDeriveKey(agreed.secret, BCRYPT_KDF_HASH, &list, out, 64, &size, 0);
    };
    for (const ULONG type : {ULONG{KDF_HASH_ALGORITHM}, ULONG{KDF_SECRET_PREPEND},
                             ULONG{KDF_HKDF_INFO}, ULONG{0x15}, ~ULONG{0}}) {
        buffer = {1, type, nullptr};
        CHECK_STATUS(derive(), STATUS_INVALID_PARAMETER);
        buffer = {~ULONG{0}, type, nullptr};
        CHECK_STATUS(derive(), STATUS_INVALID_PARAMETER);
    }
    buffer = {0, KDF_HASH_ALGORITHM, nullptr};
    CHECK_STATUS(derive(), STATUS_NOT_SUPPORTED);
    list.pBuffers = nullptr;
    CHECK_STATUS(derive(), STATUS_INVALID_PARAMETER);
    list.cBuffers = ~ULONG{0};
    CHECK_STATUS(derive(), STATUS_INVALID_PARAMETER);
    BOOST_TEST(size == 99u); // N-03
    list.cBuffers = 0;
    CHECK_STATUS(derive(), STATUS_SUCCESS);
    buffer = {0, KDF_SECRET_PREPEND, nullptr};
    list = {0, 1, &buffer};
    CHECK_STATUS(derive(), STATUS_SUCCESS);
    CHECK_STATUS(BCryptDeriveKey(agreed.secret, BCRYPT_KDF_HASH, &list, out, 64, &size, 2),
                 STATUS_INVALID_PARAMETER); // an unknown flag
}

BOOST_AUTO_TEST_CASE(hkdf_on_a_secret_goes_by_three_properties_and_no_other)
{
    const Agreement agreed;
    const BCRYPT_SECRET_HANDLE secret = agreed.secret;
    CHECK_STATUS(set_bytes(secret, BCRYPT_HKDF_SALT_AND_FINALIZE, {1}), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_text(secret, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA256_ALGORITHM),
                 STATUS_SUCCESS);
    CHECK_STATUS(derive_key_status(secret, BCRYPT_KDF_HKDF, {}), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(set_bytes(secret, BCRYPT_HKDF_SALT_AND_FINALIZE, {1}), STATUS_SUCCESS);
    CHECK_STATUS(set_bytes(secret, BCRYPT_HKDF_PRK_AND_FINALIZE, {}), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(derive_key_status(secret, BCRYPT_KDF_HKDF, {}, 255 * 32), STATUS_SUCCESS);
    CHECK_STATUS(derive_key_status(secret, BCRYPT_KDF_HKDF, {}, 255 * 32 + 1),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(derive_key_status(secret, BCRYPT_KDF_HASH, {}), STATUS_SUCCESS); // as before
    for (const LPCWSTR name :
         {BCRYPT_KEY_LENGTH, BCRYPT_CHAINING_MODE, BCRYPT_INITIALIZATION_VECTOR, L"NoSuchProperty"})
        CHECK_STATUS(set_dword(secret, name, 0), STATUS_NOT_SUPPORTED);
    for (const LPCWSTR name : {BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_HKDF_SALT_AND_FINALIZE,
                               BCRYPT_PROVIDER_HANDLE, BCRYPT_KEY_LENGTH})
        CHECK_STATUS(get_property_status(secret, name), STATUS_NOT_SUPPORTED); // N-33
    CHECK_STATUS(BCryptSetProperty(secret, nullptr, nullptr, 0, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptSetProperty(secret, BCRYPT_HKDF_SALT_AND_FINALIZE, nullptr, 1, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptSetProperty(secret, BCRYPT_HKDF_SALT_AND_FINALIZE, nullptr, 0, 1),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(hkdf_on_a_secret_agrees_with_hkdf_on_a_key_of_its_bytes)
{
    const ByteVector value =
        from_hex("d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");
    const std::vector<Parameter> info = {{KDF_HKDF_INFO, {1, 2}}};
    for (const LPCWSTR step : {BCRYPT_HKDF_SALT_AND_FINALIZE, BCRYPT_HKDF_PRK_AND_FINALIZE}) {
        const Agreement agreed;
        const KeyHandle key = kdf_key(BCRYPT_HKDF_ALG_HANDLE, value);
        for (const BCRYPT_HANDLE object : {agreed.secret, key.handle}) {
            REQUIRE_STATUS(set_text(object, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA256_ALGORITHM),
                           STATUS_SUCCESS);
            REQUIRE_STATUS(set_bytes(object, step, {}), STATUS_SUCCESS);
        }
        BOOST_TEST(derived_from(agreed.secret, BCRYPT_KDF_HKDF, info, 100) ==
                   derived_by(key, info, 100));
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(BCryptDestroySecret_ends_a_secret)

BOOST_AUTO_TEST_CASE(statuses)
{
    const AlgorithmHandle algorithm(BCRYPT_ECDH_P256_ALGORITHM);
    const KeyHandle pair = generated_pair(algorithm, 256);
    BCRYPT_SECRET_HANDLE secret = nullptr;
    REQUIRE_STATUS(BCryptSecretAgreement(pair, pair, &secret, 0), STATUS_SUCCESS);
    for (const BCRYPT_HANDLE other :
         {BCRYPT_HANDLE{}, algorithm.handle, pair.handle, number(0x12345678), number(0x2A1)})
        CHECK_STATUS(BCryptDestroySecret(other), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptDestroyKey(secret), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptDestroySecret(secret), STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroySecret(secret), STATUS_INVALID_HANDLE);
    CHECK_STATUS(derive_key_status(secret, BCRYPT_KDF_HASH, {}), STATUS_INVALID_HANDLE);
    CHECK_STATUS(set_text(secret, BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_SHA1_ALGORITHM),
                 STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_CASE(a_secret_outlives_its_keys_and_their_algorithm)
{
    BCRYPT_SECRET_HANDLE secret = nullptr;
    {
        const AlgorithmHandle algorithm(BCRYPT_ECDH_P256_ALGORITHM);
        const KeyHandle pair = generated_pair(algorithm, 256);
        REQUIRE_STATUS(BCryptSecretAgreement(pair, pair, &secret, 0), STATUS_SUCCESS);
    }
    CHECK_STATUS(derive_key_status(secret, BCRYPT_KDF_HASH, {}), STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroySecret(secret), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_SUITE_END()
