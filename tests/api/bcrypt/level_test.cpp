// SPDX-License-Identifier: BSD-2-Clause
// BCRYPT_PROV_DISPATCH under the emulated level: cng.md 0.9.
#include "bcrypt_fixtures.h"

#include <capishim_diagnostics.h>

using namespace capishim_test;

namespace {

struct RaisedLevel {
    RaisedLevel() { CapishimSetIrql(2); }
    ~RaisedLevel() { CapishimSetIrql(0); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(BCRYPT_PROV_DISPATCH_mark)

BOOST_AUTO_TEST_CASE(nothing_is_refused_at_passive_level)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM, BCRYPT_PROV_DISPATCH);
    BOOST_TEST(dword_property(symmetric_key(aes, std::string(32, '0')), BCRYPT_KEY_LENGTH) == 128u);
}

BOOST_AUTO_TEST_CASE(marked_objects_work_at_dispatch_level_at_any_depth)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM, BCRYPT_PROV_DISPATCH);
    const AlgorithmHandle sha(BCRYPT_SHA256_ALGORITHM, BCRYPT_PROV_DISPATCH);
    UCHAR data[32] = {};
    ULONG size = 0;
    const RaisedLevel raised;
    const KeyHandle key = symmetric_key(aes, std::string(32, '0'));
    BCRYPT_KEY_HANDLE copy = nullptr;
    CHECK_STATUS(BCryptDuplicateKey(key, &copy, nullptr, 0, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptEncrypt(copy, data, 16, nullptr, nullptr, 0, data, 16, &size, 0),
                 STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroyKey(copy), STATUS_SUCCESS);
    BCRYPT_HASH_HANDLE hash = nullptr;
    CHECK_STATUS(BCryptCreateHash(sha, &hash, nullptr, 0, nullptr, 0, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinishHash(hash, data, 32, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(unmarked_objects_and_pseudo_handles_are_no_handles_at_dispatch_level)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM);
    const KeyHandle key = symmetric_key(aes, std::string(32, '0'));
    BCRYPT_HASH_HANDLE hash = nullptr;
    REQUIRE_STATUS(BCryptCreateHash(BCRYPT_SHA1_ALG_HANDLE, &hash, nullptr, 0, nullptr, 0, 0),
                   STATUS_SUCCESS);
    {
        const RaisedLevel raised;
        UCHAR data[16] = {};
        ULONG size = 0;
        BCRYPT_HANDLE made = nullptr;
        CHECK_STATUS(BCryptEncrypt(key, data, 16, nullptr, nullptr, 0, data, 16, &size, 0),
                     STATUS_INVALID_HANDLE);
        CHECK_STATUS(BCryptDestroyKey(key), STATUS_INVALID_HANDLE);
        CHECK_STATUS(BCryptDestroyHash(hash), STATUS_INVALID_HANDLE);
        CHECK_STATUS(BCryptDestroyHash(nullptr), STATUS_INVALID_PARAMETER);
        CHECK_STATUS(BCryptGenerateSymmetricKey(aes, &made, nullptr, 0, data, 16, 0),
                     STATUS_INVALID_HANDLE);
        CHECK_STATUS(BCryptCreateHash(BCRYPT_SHA1_ALG_HANDLE, &made, nullptr, 0, nullptr, 0, 0),
                     STATUS_INVALID_HANDLE);
    }
    CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS); // the refusals changed nothing
}

BOOST_AUTO_TEST_CASE(functions_of_passive_level_are_refused_whatever_the_handle)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM, BCRYPT_PROV_DISPATCH);
    const RaisedLevel raised;
    BCRYPT_ALG_HANDLE made = nullptr;
    BOOLEAN fips = 0;
    UCHAR data[20];
    CHECK_STATUS(BCryptOpenAlgorithmProvider(&made, BCRYPT_AES_ALGORITHM, nullptr, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptCloseAlgorithmProvider(aes, 0), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptCloseAlgorithmProvider(nullptr, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptGetFipsAlgorithmMode(&fips), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptGenRandom(nullptr, data, 20, BCRYPT_USE_SYSTEM_PREFERRED_RNG),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, nullptr, 0, nullptr, 0, data, 20),
                 STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(the_configuration_is_for_passive_level) // N-20
{
    const RaisedLevel raised;
    ULONG size = 0;
    PCRYPT_CONTEXTS contexts = nullptr;
    PCRYPT_PROVIDERS providers = nullptr;
    PCRYPT_PROVIDER_REFS references = nullptr;
    CHECK_STATUS(BCryptEnumContexts(CRYPT_LOCAL, &size, &contexts), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptEnumRegisteredProviders(&size, &providers), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(
        BCryptResolveProviders(nullptr, 2, nullptr, nullptr, CRYPT_UM, 0, &size, &references),
        STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptDeleteContext(CRYPT_LOCAL, L"Default"), STATUS_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(multi_hashes_carry_the_mark) // N-20
{
    const AlgorithmHandle marked(BCRYPT_SHA256_ALGORITHM, BCRYPT_PROV_DISPATCH | BCRYPT_MULTI_FLAG);
    const RaisedLevel raised;
    BCRYPT_HASH_HANDLE hash = nullptr;
    CHECK_STATUS(
        BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 1, nullptr, 0, nullptr, 0, 0),
        STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptCreateMultiHash(marked, &hash, 1, nullptr, 0, nullptr, 0, 0),
                 STATUS_SUCCESS);
    UCHAR data[4] = {};
    BCRYPT_MULTI_HASH_OPERATION operation = {0, BCRYPT_HASH_OPERATION_HASH_DATA, data, 4};
    CHECK_STATUS(BCryptProcessMultiOperations(hash, BCRYPT_OPERATION_TYPE_HASH, &operation,
                                              sizeof operation, 0),
                 STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_SUITE_END()
