// SPDX-License-Identifier: BSD-2-Clause
// The caller's object memory (cng.md 0.7): exact, one short, unaligned; nothing secret stays in it.
#include "bcrypt_fixtures.h"

#include <algorithm>

using namespace capishim_test;

namespace {

const ByteVector secret = from_hex("a1b2c3d4e5f60718293a4b5c6d7e8f90");

NTSTATUS make_key(BCRYPT_ALG_HANDLE aes, BCRYPT_HANDLE* made, PUCHAR memory, ULONG size)
{
    return BCryptGenerateSymmetricKey(aes, made, memory, size, data_of(secret), size_of(secret), 0);
}

NTSTATUS import_key(BCRYPT_ALG_HANDLE aes, BCRYPT_HANDLE* made, PUCHAR memory, ULONG size)
{
    ByteVector blob = from_hex("4b44424d0100000010000000");
    blob.insert(blob.end(), secret.begin(), secret.end());
    return BCryptImportKey(aes, nullptr, BCRYPT_KEY_DATA_BLOB, made, memory, size, blob.data(),
                           size_of(blob), 0);
}

NTSTATUS duplicate_key(BCRYPT_ALG_HANDLE aes, BCRYPT_HANDLE* made, PUCHAR memory, ULONG size)
{
    const KeyHandle key = symmetric_key(aes, to_hex(secret));
    return BCryptDuplicateKey(key, made, memory, size, 0);
}

NTSTATUS make_hash(BCRYPT_ALG_HANDLE hmac, BCRYPT_HANDLE* made, PUCHAR memory, ULONG size)
{
    return BCryptCreateHash(hmac, made, memory, size, data_of(secret), size_of(secret), 0);
}

NTSTATUS duplicate_hash(BCRYPT_ALG_HANDLE hmac, BCRYPT_HANDLE* made, PUCHAR memory, ULONG size)
{
    BCRYPT_HASH_HANDLE hash = nullptr;
    REQUIRE_STATUS(make_hash(hmac, &hash, nullptr, 0), STATUS_SUCCESS);
    const NTSTATUS status = BCryptDuplicateHash(hash, made, memory, size, 0);
    BCryptDestroyHash(hash);
    return status;
}

struct Maker {
    const char* call;
    NTSTATUS (*make)(BCRYPT_ALG_HANDLE, BCRYPT_HANDLE*, PUCHAR, ULONG);
    NTSTATUS(WINAPI* destroy)(BCRYPT_HANDLE);
    bool hash;
};

const Maker makers[] = {
    {"BCryptGenerateSymmetricKey", make_key, BCryptDestroyKey, false},
    {"BCryptImportKey", import_key, BCryptDestroyKey, false},
    {"BCryptDuplicateKey", duplicate_key, BCryptDestroyKey, false},
    {"BCryptCreateHash", make_hash, BCryptDestroyHash, true},
    {"BCryptDuplicateHash", duplicate_hash, BCryptDestroyHash, true},
};

bool holds_secret(const ByteVector& memory)
{
    return std::search(memory.begin(), memory.end(), secret.begin(), secret.begin() + 4) !=
           memory.end();
}

struct Algorithms {
    AlgorithmHandle aes{BCRYPT_AES_ALGORITHM};
    AlgorithmHandle hmac{BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG};

    BCRYPT_ALG_HANDLE of(const Maker& maker) const { return maker.hash ? hmac : aes; }
};

} // namespace

BOOST_AUTO_TEST_SUITE(object_memory)

BOOST_AUTO_TEST_CASE(exactly_enough_memory_holds_the_object_and_no_secret)
{
    const Algorithms algorithms;
    for (const Maker& maker : makers) {
        BOOST_TEST_CONTEXT(maker.call)
        {
            const BCRYPT_ALG_HANDLE algorithm = algorithms.of(maker);
            const ULONG size = dword_property(algorithm, BCRYPT_OBJECT_LENGTH);
            for (const std::size_t offset : {0, 1, 7}) { // callers owe no alignment
                ByteVector memory(size + 16, 0xAA);
                BCRYPT_HANDLE object = nullptr;
                REQUIRE_STATUS(maker.make(algorithm, &object, memory.data() + offset, size),
                               STATUS_SUCCESS);
                BOOST_TEST(!holds_secret(memory));
                BOOST_TEST(dword_property(object, BCRYPT_OBJECT_LENGTH) == size);
                CHECK_STATUS(maker.destroy(object), STATUS_SUCCESS);
                for (std::size_t i = 0; i < memory.size(); ++i) {
                    const bool inside = i >= offset && i < offset + size;
                    BOOST_TEST((memory[i] == 0xAA || (inside && memory[i] == 0)));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(memory_one_byte_short_is_refused_and_not_written)
{
    const Algorithms algorithms;
    for (const Maker& maker : makers) {
        BOOST_TEST_CONTEXT(maker.call)
        {
            const BCRYPT_ALG_HANDLE algorithm = algorithms.of(maker);
            ByteVector memory(dword_property(algorithm, BCRYPT_OBJECT_LENGTH), 0xAA);
            BCRYPT_HANDLE object = number(0x5A5A);
            for (const ULONG size : {size_of(memory) - 1, ULONG{1}, ULONG{0}})
                CHECK_STATUS(maker.make(algorithm, &object, memory.data(), size),
                             STATUS_BUFFER_TOO_SMALL);
            CHECK_STATUS(maker.make(algorithm, &object, nullptr, size_of(memory)),
                         STATUS_INVALID_PARAMETER); // N-14
            BOOST_TEST(std::count(memory.begin(), memory.end(), 0xAA) == size_of(memory));
            BOOST_TEST(object == number(0x5A5A)); // N-03
        }
    }
}

BOOST_AUTO_TEST_CASE(keys_of_every_cipher_live_in_their_object_length)
{
    const struct {
        LPCWSTR id;
        std::size_t secret_size;
        ULONG length; // cng.md 3.2
    } rows[] = {
        {BCRYPT_AES_ALGORITHM, 32, 704},
        {BCRYPT_XTS_AES_ALGORITHM, 64, 1280},
        {BCRYPT_DES_ALGORITHM, 8, 384},
        {BCRYPT_DESX_ALGORITHM, 24, 384},
        {BCRYPT_3DES_ALGORITHM, 24, 640},
        {BCRYPT_3DES_112_ALGORITHM, 16, 640},
        {BCRYPT_RC2_ALGORITHM, 16, 288},
        {BCRYPT_RC4_ALGORITHM, 16, 464},
        {BCRYPT_CHACHA20_POLY1305_ALGORITHM, 32, 464},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(narrow(row.id))
        {
            const AlgorithmHandle algorithm(row.id);
            BOOST_TEST(dword_property(algorithm, BCRYPT_OBJECT_LENGTH) == row.length);
            ByteVector bytes(row.secret_size), memory(row.length + 1, 0xAA);
            std::copy_n(secret.begin(), 8, bytes.begin());
            BCRYPT_KEY_HANDLE key = nullptr, copy = nullptr;
            CHECK_STATUS(BCryptGenerateSymmetricKey(algorithm, &key, memory.data(), row.length - 1,
                                                    bytes.data(), size_of(bytes), 0),
                         STATUS_BUFFER_TOO_SMALL);
            BOOST_TEST(memory == ByteVector(row.length + 1, 0xAA));
            REQUIRE_STATUS(BCryptGenerateSymmetricKey(algorithm, &key, memory.data(), row.length,
                                                      bytes.data(), size_of(bytes), 0),
                           STATUS_SUCCESS);
            ByteVector second(row.length);
            CHECK_STATUS(BCryptDuplicateKey(key, &copy, second.data(), row.length - 1, 0),
                         STATUS_BUFFER_TOO_SMALL);
            CHECK_STATUS(BCryptDuplicateKey(key, &copy, second.data(), row.length, 0),
                         STATUS_SUCCESS);
            BOOST_TEST((!holds_secret(memory) && !holds_secret(second)));
            BOOST_TEST(memory.back() == 0xAA);
            CHECK_STATUS(BCryptDestroyKey(key), STATUS_SUCCESS);
            CHECK_STATUS(BCryptDestroyKey(copy), STATUS_SUCCESS);
        }
    }
}

BOOST_AUTO_TEST_CASE(memory_may_go_as_soon_as_the_object_is_destroyed)
{
    const AlgorithmHandle aes(BCRYPT_AES_ALGORITHM);
    BCRYPT_KEY_HANDLE key = nullptr;
    {
        ByteVector memory(dword_property(aes, BCRYPT_OBJECT_LENGTH));
        REQUIRE_STATUS(make_key(aes, &key, memory.data(), size_of(memory)), STATUS_SUCCESS);
        CHECK_STATUS(BCryptDestroyKey(key), STATUS_SUCCESS);
    }
    CHECK_STATUS(BCryptDestroyKey(key), STATUS_INVALID_HANDLE);
}

BOOST_AUTO_TEST_SUITE_END()
