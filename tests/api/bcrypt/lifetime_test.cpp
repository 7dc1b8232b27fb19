// SPDX-License-Identifier: BSD-2-Clause
// lifetime.md, section 4: each row of the table and each sentence below it.
#include "bcrypt_fixtures.h"

#include <atomic>
#include <thread>

using namespace capishim_test;

namespace {

BCRYPT_KEY_HANDLE new_key()
{
    UCHAR secret[16] = {1};
    BCRYPT_KEY_HANDLE key = nullptr;
    REQUIRE_STATUS(BCryptGenerateSymmetricKey(BCRYPT_AES_CBC_ALG_HANDLE, &key, nullptr, 0, secret,
                                              sizeof secret, 0),
                   STATUS_SUCCESS);
    return key;
}

BCRYPT_HASH_HANDLE new_hash()
{
    BCRYPT_HASH_HANDLE hash = nullptr;
    REQUIRE_STATUS(BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, &hash, nullptr, 0, nullptr, 0, 0),
                   STATUS_SUCCESS);
    return hash;
}

BCRYPT_SECRET_HANDLE new_secret()
{
    const KeyHandle pair = generated_pair(BCRYPT_ECDH_P256_ALG_HANDLE, 256);
    BCRYPT_SECRET_HANDLE secret = nullptr;
    REQUIRE_STATUS(BCryptSecretAgreement(pair, pair, &secret, 0), STATUS_SUCCESS);
    return secret;
}

BCRYPT_ALG_HANDLE new_provider()
{
    BCRYPT_ALG_HANDLE provider = nullptr;
    REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&provider, BCRYPT_AES_ALGORITHM, nullptr, 0),
                   STATUS_SUCCESS);
    return provider;
}

NTSTATUS WINAPI close_provider(BCRYPT_HANDLE handle)
{
    return BCryptCloseAlgorithmProvider(handle, 0);
}

struct Row {
    const char* call;
    BCRYPT_HANDLE (*make)();
    NTSTATUS(WINAPI* end)(BCRYPT_HANDLE);
    NTSTATUS refusal;
};

const Row rows[] = {
    {"BCryptCloseAlgorithmProvider", new_provider, close_provider, STATUS_INVALID_HANDLE},
    {"BCryptDestroyKey", new_key, BCryptDestroyKey, STATUS_INVALID_HANDLE},
    {"BCryptDestroyHash", new_hash, BCryptDestroyHash, STATUS_INVALID_PARAMETER},
    {"BCryptDestroySecret", new_secret, BCryptDestroySecret, STATUS_INVALID_HANDLE},
};

} // namespace

BOOST_AUTO_TEST_SUITE(lifetime_cng_objects)

BOOST_AUTO_TEST_CASE(a_live_object_is_ended_once_and_then_refused)
{
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.call)
        {
            const BCRYPT_HANDLE object = row.make();
            CHECK_STATUS(row.end(object), STATUS_SUCCESS);
            BOOST_TEST(row.end(object) == row.refusal);
            BOOST_TEST(row.end(object) == row.refusal);
        }
    }
}

BOOST_AUTO_TEST_CASE(null_and_garbage_are_refused_without_being_followed)
{
    int on_stack = 0;
    const BCRYPT_HANDLE garbage[] = {nullptr,
                                     number(1),
                                     number(0x1A1),
                                     number(0x6601),
                                     number(0xdeadbeef),
                                     &on_stack,
                                     number(~std::uintptr_t{0})};
    for (const Row& row : rows)
        for (const BCRYPT_HANDLE value : garbage)
            BOOST_TEST_CONTEXT(row.call << " of " << value)
    BOOST_TEST(row.end(value) == row.refusal);
}

BOOST_AUTO_TEST_CASE(a_live_object_of_another_kind_is_refused_and_lives_on)
{
    for (const Row& row : rows) {
        for (const Row& other : rows) {
            if (&row == &other)
                continue;
            BOOST_TEST_CONTEXT(row.call << " instead of " << other.call)
            {
                const BCRYPT_HANDLE object = other.make();
                BOOST_TEST(row.end(object) == row.refusal);
                CHECK_STATUS(other.end(object), STATUS_SUCCESS);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(pseudo_handles_are_not_closed)
{
    CHECK_STATUS(BCryptCloseAlgorithmProvider(BCRYPT_AES_CBC_ALG_HANDLE, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptCloseAlgorithmProvider(BCRYPT_SHA256_ALG_HANDLE, 0), STATUS_INVALID_HANDLE);
    BCryptDestroyKey(new_key()); // still good
}

BOOST_AUTO_TEST_CASE(a_refused_close_leaves_the_provider_open)
{
    const AlgorithmHandle provider(BCRYPT_AES_ALGORITHM);
    CHECK_STATUS(BCryptCloseAlgorithmProvider(provider, 1), STATUS_INVALID_PARAMETER); // N-27
    BOOST_TEST(dword_property(provider, BCRYPT_BLOCK_LENGTH) == 16u);
}

BOOST_AUTO_TEST_CASE(keys_and_hashes_live_on_when_their_provider_is_closed)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    BCRYPT_HASH_HANDLE hash = nullptr;
    UCHAR secret[16] = {}, block[16] = {}, value[32];
    ULONG size = 0;
    {
        const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM), sha(BCRYPT_SHA256_ALGORITHM);
        REQUIRE_STATUS(BCryptGenerateSymmetricKey(aes, &key, nullptr, 0, secret, 16, 0),
                       STATUS_SUCCESS);
        REQUIRE_STATUS(BCryptCreateHash(sha, &hash, nullptr, 0, nullptr, 0, 0), STATUS_SUCCESS);
    }
    CHECK_STATUS(BCryptEncrypt(key, block, 16, nullptr, nullptr, 0, block, 16, &size, 0),
                 STATUS_SUCCESS);
    CHECK_STATUS(BCryptHashData(hash, block, 16, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptFinishHash(hash, value, 32, 0), STATUS_SUCCESS);
    CHECK_STATUS(get_property_status(key, BCRYPT_PROVIDER_HANDLE), STATUS_INVALID_HANDLE); // N-18
    CHECK_STATUS(BCryptDestroyKey(key), STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(a_secret_does_not_depend_on_the_keys_that_agreed_on_it)
{
    const BCRYPT_SECRET_HANDLE secret = new_secret(); // its pair is gone
    UCHAR key[20];
    ULONG size = 0;
    CHECK_STATUS(BCryptDeriveKey(secret, BCRYPT_KDF_HASH, nullptr, key, sizeof key, &size, 0),
                 STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroySecret(secret), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(a_stale_handle_is_refused_by_every_call)
{
    const BCRYPT_KEY_HANDLE key = new_key();
    const BCRYPT_HASH_HANDLE hash = new_hash();
    BCryptDestroyKey(key);
    BCryptDestroyHash(hash);
    UCHAR data[16] = {};
    ULONG size = 0;
    BCRYPT_HANDLE made = nullptr;
    CHECK_STATUS(BCryptEncrypt(key, data, 16, nullptr, nullptr, 0, data, 16, &size, 0),
                 STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptDuplicateKey(key, &made, nullptr, 0, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(get_property_status(key, BCRYPT_KEY_LENGTH), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptHashData(hash, data, 16, 0), STATUS_INVALID_HANDLE);
    CHECK_STATUS(BCryptDuplicateHash(hash, &made, nullptr, 0, 0), STATUS_INVALID_HANDLE);
    BOOST_TEST(made == nullptr);
}

BOOST_AUTO_TEST_CASE(a_duplicate_is_independent_in_life)
{
    const BCRYPT_KEY_HANDLE key = new_key();
    BCRYPT_KEY_HANDLE copy = nullptr;
    REQUIRE_STATUS(BCryptDuplicateKey(key, &copy, nullptr, 0, 0), STATUS_SUCCESS);
    CHECK_STATUS(BCryptDestroyKey(key), STATUS_SUCCESS);
    BOOST_TEST(dword_property(copy, BCRYPT_KEY_LENGTH) == 128u);
    CHECK_STATUS(BCryptDestroyKey(copy), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(destroying_a_key_that_is_in_use_does_not_corrupt)
{
    std::atomic<int> wrong = 0;
    for (int round = 0; round < 200; ++round) {
        const BCRYPT_KEY_HANDLE key = new_key();
        std::thread user([&] {
            UCHAR data[4096] = {};
            ULONG size = 0;
            NTSTATUS status = STATUS_SUCCESS;
            while (status == STATUS_SUCCESS)
                status = BCryptEncrypt(key, data, sizeof data, nullptr, nullptr, 0, data,
                                       sizeof data, &size, 0);
            if (status != STATUS_INVALID_HANDLE)
                ++wrong;
        });
        std::this_thread::yield();
        if (BCryptDestroyKey(key) != STATUS_SUCCESS) // CNG has no busy code
            ++wrong;
        user.join();
    }
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
