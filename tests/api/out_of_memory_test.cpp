// SPDX-License-Identifier: BSD-2-Clause
// Memory runs out: each allocation of each call fails once. The call must say so, leak nothing, and
// work the next time.
#include "support/failing_memory.h"
#include "support/fixtures.h"

using namespace capishim_test;

namespace {

/// The answer of a BCrypt* function in the form that walk() looks at.
BOOL succeeded(NTSTATUS status)
{
    if (status == STATUS_NO_MEMORY)
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return status == STATUS_SUCCESS;
}

BCRYPT_HANDLE* handle_place(std::uintptr_t* place)
{
    return reinterpret_cast<BCRYPT_HANDLE*>(place);
}

} // namespace

BOOST_AUTO_TEST_SUITE(out_of_memory)

BOOST_AUTO_TEST_CASE(acquiring_a_context)
{
    walk_making(
        [](HCRYPTPROV* provider) {
            return CryptAcquireContextA(provider, nullptr, MS_ENH_RSA_AES_PROV_A, PROV_RSA_AES,
                                        CRYPT_VERIFYCONTEXT);
        },
        [](HCRYPTPROV provider) { return CryptReleaseContext(provider, 0); });
}

BOOST_AUTO_TEST_CASE(making_importing_deriving_and_duplicating_keys)
{
    VerifyContext context;
    const HCRYPTKEY pattern = context.make_key();
    const ByteVector blob = exported(pattern, PLAINTEXTKEYBLOB);
    const HCRYPTHASH hash = context.make_hash();
    walk_making([&](HCRYPTKEY* key) { return CryptGenKey(context.provider, CALG_3DES, 0, key); },
                CryptDestroyKey);
    walk_making(
        [&](HCRYPTKEY* key) {
            return CryptImportKey(context.provider, blob.data(), static_cast<DWORD>(blob.size()), 0,
                                  0, key);
        },
        CryptDestroyKey);
    walk_making(
        [&](HCRYPTKEY* key) {
            return CryptDeriveKey(context.provider, CALG_AES_256, hash, 0, key);
        },
        CryptDestroyKey);
    walk_making([&](HCRYPTKEY* key) { return CryptDuplicateKey(pattern, nullptr, 0, key); },
                CryptDestroyKey);
}

BOOST_AUTO_TEST_CASE(making_and_duplicating_hashes)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    walk_making(
        [&](HCRYPTHASH* hash) {
            return CryptCreateHash(context.provider, CALG_SHA_256, 0, 0, hash);
        },
        CryptDestroyHash);
    walk_making(
        [&](HCRYPTHASH* hash) {
            return CryptCreateHash(context.provider, CALG_HMAC, key, 0, hash);
        },
        CryptDestroyHash);
    const HCRYPTHASH hash = context.make_hash(CALG_MD5);
    walk_making([&](HCRYPTHASH* copy) { return CryptDuplicateHash(hash, nullptr, 0, copy); },
                CryptDestroyHash);
}

BOOST_AUTO_TEST_CASE(making_and_duplicating_hashes_of_cng)
{
    BYTE key[16] = {};
    const auto create = [&](BCRYPT_ALG_HANDLE algorithm, ULONG size) {
        return [=, secret = size ? key : nullptr](std::uintptr_t* hash) {
            return succeeded(
                BCryptCreateHash(algorithm, handle_place(hash), nullptr, 0, secret, size, 0));
        };
    };
    const auto destroy = [](std::uintptr_t hash) {
        return succeeded(BCryptDestroyHash(reinterpret_cast<BCRYPT_HASH_HANDLE>(hash)));
    };
    for (const auto& [algorithm, size] : {std::pair{BCRYPT_SHA3_256_ALG_HANDLE, 0u},
                                          {BCRYPT_HMAC_SHA256_ALG_HANDLE, 16u},
                                          {BCRYPT_AES_CMAC_ALG_HANDLE, 16u},
                                          {BCRYPT_AES_GMAC_ALG_HANDLE, 16u},
                                          {BCRYPT_CSHAKE128_ALG_HANDLE, 0u},
                                          {BCRYPT_KMAC256_ALG_HANDLE, 16u}}) {
        walk_making(create(algorithm, size), destroy);
        std::uintptr_t source = 0;
        BOOST_REQUIRE(create(algorithm, size)(&source));
        walk_making(
            [&](std::uintptr_t* copy) {
                return succeeded(BCryptDuplicateHash(reinterpret_cast<BCRYPT_HASH_HANDLE>(source),
                                                     handle_place(copy), nullptr, 0, 0));
            },
            destroy);
        BOOST_CHECK(destroy(source));
    }
    walk_making(
        [&](std::uintptr_t* hash) {
            return succeeded(BCryptCreateMultiHash(BCRYPT_HMAC_SHA256_ALG_HANDLE,
                                                   handle_place(hash), 4, nullptr, 0, key, 16, 0));
        },
        destroy);
}

BOOST_AUTO_TEST_CASE(reading_the_configuration_of_cng)
{
    PCRYPT_PROVIDER_REFS references = nullptr;
    ULONG size = 7;
    bool left_alone = true; // by the calls that failed
    const int rounds = walk([&] {
        left_alone = left_alone && size == 7;
        return succeeded(BCryptResolveProviders(nullptr, BCRYPT_HASH_INTERFACE, nullptr, nullptr,
                                                CRYPT_UM, CRYPT_ALL_FUNCTIONS, &size, &references));
    });
    BOOST_CHECK_GT(rounds, 0);
    BOOST_CHECK(left_alone);
    BCryptFreeBuffer(references);
}

BOOST_AUTO_TEST_CASE(exporting_signing_and_encrypting)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    const HCRYPTKEY pair = context.make_key(AT_KEYEXCHANGE, 512u << 16 | CRYPT_EXPORTABLE);
    const HCRYPTHASH hash = context.make_hash();
    BYTE data[600];
    DWORD size = 0;
    walk([&] {
        size = sizeof data;
        return CryptExportKey(key, pair, SIMPLEBLOB, 0, data, &size);
    });
    walk([&] {
        size = sizeof data;
        return CryptExportKey(pair, 0, PRIVATEKEYBLOB, 0, data, &size);
    });
    walk([&] {
        size = sizeof data;
        return CryptSignHashA(hash, AT_KEYEXCHANGE, nullptr, 0, data, &size);
    });
    walk([&] {
        size = 5;
        return CryptEncrypt(pair, 0, TRUE, 0, data, &size, sizeof data);
    });
    walk([&] {
        size = 5;
        return CryptEncrypt(key, 0, TRUE, 0, data, &size, sizeof data);
    });
}

BOOST_AUTO_TEST_CASE(releasing_a_context_with_children_needs_no_memory)
{
    VerifyContext context;
    std::vector<HCRYPTKEY> keys;
    for (int i = 0; i < 1000; ++i)
        keys.push_back(context.make_key(CALG_RC4));
    allocations_left = 0;
    const BOOL released = CryptReleaseContext(context.provider, 0);
    const bool asked_for_none = allocations_left == 0;
    allocations_left = -1;
    BOOST_CHECK(released);
    BOOST_CHECK(asked_for_none);
    context.provider = 0;
}

BOOST_AUTO_TEST_SUITE_END()
