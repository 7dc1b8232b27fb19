// SPDX-License-Identifier: BSD-2-Clause
// ECDSA through BCryptSignHash and BCryptVerifySignature: cng.md 1.20, 1.21, 6.5, 10.5.
#include "ec_keys.h"

#include <atomic>
#include <thread>

using namespace capishim_test;

namespace {

struct CurveRow {
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bits, signature_size;
};

const CurveRow fixed_curves[] = {
    {BCRYPT_ECDSA_P256_ALG_HANDLE, 256, 64},
    {BCRYPT_ECDSA_P384_ALG_HANDLE, 384, 96},
    {BCRYPT_ECDSA_P521_ALG_HANDLE, 521, 132},
};

const ByteVector hash = from_hex(ecdsa_hash);

} // namespace

BOOST_AUTO_TEST_SUITE(ECDSA)

BOOST_AUTO_TEST_CASE(a_published_signature_verifies)
{
    const ByteVector signature = from_hex(ecdsa_signature);
    for (const KeyHandle& key : {ecdsa_key(), ecdsa_public_key()})
        CHECK_STATUS(verify_status(key, hash, signature), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(signatures_have_a_fixed_width_and_another_nonce_each_time)
{
    for (const CurveRow& row : fixed_curves) {
        const KeyHandle key = generated_pair(row.algorithm, row.bits);
        const KeyHandle peer = imported_pair(row.algorithm, BCRYPT_ECCPUBLIC_BLOB,
                                             exported(key, BCRYPT_ECCPUBLIC_BLOB));
        BOOST_TEST(dword_property(key, BCRYPT_SIGNATURE_LENGTH) == row.signature_size);
        const ByteVector signature = signature_of(key, hash);
        BOOST_TEST(signature.size() == row.signature_size);
        CHECK_STATUS(verify_status(peer, hash, signature), STATUS_SUCCESS);
        BOOST_TEST((signature != signature_of(key, hash))); // N-177
    }
}

// The leftmost bits count, as many as the order has; what is longer is cut, what is shorter is the
// number that it is.
BOOST_AUTO_TEST_CASE(hashes_of_any_length_are_cut_to_the_order)
{
    for (const CurveRow& row : fixed_curves) {
        const KeyHandle key = generated_pair(row.algorithm, row.bits);
        const std::size_t whole = (row.bits + 7) / 8;
        for (const std::size_t size :
             {std::size_t{1}, std::size_t{20}, whole - 1, whole, whole + 1, std::size_t{300}}) {
            const ByteVector value(size, 0xA5);
            const ByteVector signature = signature_of(key, value);
            CHECK_STATUS(verify_status(key, value, signature), STATUS_SUCCESS);
            ByteVector other = value;
            other.front() ^= 0x80;
            CHECK_STATUS(verify_status(key, other, signature), STATUS_INVALID_SIGNATURE);
            ByteVector longer(whole + 3, 0xA5);
            longer.back() ^= 1; // beyond the order's bits
            if (size >= whole)
                CHECK_STATUS(verify_status(key, longer, signature), STATUS_SUCCESS);
        }
    }
}

BOOST_AUTO_TEST_CASE(size_queries_and_short_buffers)
{
    const KeyHandle key = ecdsa_key(), shown = ecdsa_public_key();
    ByteVector room(64, 0xAA);
    ULONG size = 0;
    CHECK_STATUS(BCryptSignHash(key, nullptr, data_of(hash), 32, room.data(), 63, &size, 0),
                 STATUS_BUFFER_TOO_SMALL);
    BOOST_TEST(size == 64u);
    BOOST_TEST((room == ByteVector(64, 0xAA)));
    for (const KeyHandle* asked : {&key, &shown}) { // the private part is not looked for
        size = 0;
        CHECK_STATUS(BCryptSignHash(*asked, nullptr, nullptr, 0, nullptr, 0, &size, 0),
                     STATUS_SUCCESS);
        BOOST_TEST(size == 64u);
    }
    CHECK_STATUS(BCryptSignHash(key, nullptr, data_of(hash), 32, room.data(), 64, &size, 0),
                 STATUS_SUCCESS);
    BOOST_TEST((room != ByteVector(64, 0xAA)));
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptSignHash)
{
    const KeyHandle key = ecdsa_key(), shown = ecdsa_public_key();
    const KeyHandle exchange = generated_pair(BCRYPT_ECDH_P256_ALG_HANDLE, 256);
    const KeyHandle symmetric = symmetric_key(BCRYPT_AES_CBC_ALG_HANDLE, std::string(32, '0'));
    BCRYPT_KEY_HANDLE open = nullptr;
    REQUIRE_STATUS(BCryptGenerateKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, &open, 256, 0),
                   STATUS_SUCCESS);
    const KeyHandle owner(open);
    BCRYPT_PKCS1_PADDING_INFO padding = {BCRYPT_SHA256_ALGORITHM};
    UCHAR out[64];
    ULONG size = 0;
    const struct {
        BCRYPT_KEY_HANDLE key;
        VOID* padding;
        const ByteVector* hash;
        PUCHAR out;
        ULONG* size;
        ULONG flags;
        NTSTATUS status;
    } rows[] = {
        {key, nullptr, &hash, out, &size, 0, STATUS_SUCCESS},
        {nullptr, nullptr, &hash, out, &size, 0, STATUS_INVALID_HANDLE},
        {BCRYPT_ECDSA_P256_ALG_HANDLE, nullptr, &hash, out, &size, 0, STATUS_INVALID_HANDLE},
        {open, nullptr, &hash, out, &size, 0, STATUS_INVALID_HANDLE}, // N-12
        {key, nullptr, &hash, out, nullptr, 0, STATUS_INVALID_PARAMETER},
        {key, nullptr, nullptr, out, &size, 0, STATUS_INVALID_PARAMETER},
        {key, &padding, &hash, out, &size, 0, STATUS_INVALID_PARAMETER}, // N-175
        {key, &padding, &hash, out, &size, BCRYPT_PAD_PKCS1, STATUS_INVALID_PARAMETER},
        {key, nullptr, &hash, out, &size, BCRYPT_PAD_NONE, STATUS_INVALID_PARAMETER},
        {key, nullptr, &hash, nullptr, &size, BCRYPT_PAD_PSS, STATUS_INVALID_PARAMETER},
        {key, nullptr, &hash, out, &size, 0x80000000, STATUS_INVALID_PARAMETER},
        {shown, nullptr, &hash, out, &size, 0, STATUS_INVALID_PARAMETER}, // as RSA's
        {exchange, nullptr, &hash, out, &size, 0, STATUS_NOT_SUPPORTED},
        {symmetric, nullptr, &hash, out, &size, 0, STATUS_NOT_SUPPORTED},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT("row " << &row - rows)
        {
            CHECK_STATUS(BCryptSignHash(row.key, row.padding, row.hash ? data_of(*row.hash) : out,
                                        row.hash ? size_of(*row.hash) : 0, row.out, 64, row.size,
                                        row.flags),
                         row.status);
        }
    }
}

BOOST_AUTO_TEST_CASE(statuses_of_BCryptVerifySignature)
{
    const KeyHandle key = ecdsa_public_key();
    const KeyHandle exchange = generated_pair(BCRYPT_ECDH_P256_ALG_HANDLE, 256);
    BCRYPT_KEY_HANDLE open = nullptr;
    REQUIRE_STATUS(BCryptGenerateKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, &open, 256, 0),
                   STATUS_SUCCESS);
    const KeyHandle owner(open);
    const ByteVector good = from_hex(ecdsa_signature);
    ByteVector changed = good, zero(64), doubled = good;
    changed[40] ^= 1;
    doubled.insert(doubled.end(), good.begin(), good.end());
    const ByteVector cut(good.begin(), good.end() - 1);
    CHECK_STATUS(verify_status(key, hash, changed), STATUS_INVALID_SIGNATURE);
    CHECK_STATUS(verify_status(key, hash, zero), STATUS_INVALID_SIGNATURE);
    CHECK_STATUS(verify_status(key, hash, ByteVector(64, 0xFF)), STATUS_INVALID_SIGNATURE);
    for (const ByteVector& wrong : {cut, doubled, ByteVector(), ByteVector(1)}) // N-61
        CHECK_STATUS(verify_status(key, hash, wrong), STATUS_INVALID_SIGNATURE);
    CHECK_STATUS(verify_status(key, {}, good), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(verify_status(key, hash, good, BCRYPT_PAD_PKCS1), STATUS_INVALID_PARAMETER);
    CHECK_STATUS(verify_status(key, hash, good, BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID),
                 STATUS_INVALID_PARAMETER);
    BCRYPT_PKCS1_PADDING_INFO padding = {nullptr};
    CHECK_STATUS(BCryptVerifySignature(key, &padding, data_of(hash), 32, data_of(good), 64, 0),
                 STATUS_INVALID_PARAMETER); // N-175
    CHECK_STATUS(BCryptVerifySignature(key, nullptr, nullptr, 32, data_of(good), 64, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(BCryptVerifySignature(key, nullptr, data_of(hash), 32, nullptr, 64, 0),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(verify_status(nullptr, hash, good), STATUS_INVALID_HANDLE);
    CHECK_STATUS(verify_status(open, hash, good), STATUS_INVALID_HANDLE);
    CHECK_STATUS(verify_status(exchange, hash, good), STATUS_NOT_SUPPORTED);
}

BOOST_AUTO_TEST_CASE(many_threads_sign_with_one_key)
{
    const KeyHandle key = ecdsa_key();
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 25; ++round) {
                ByteVector signature(64);
                ULONG size = 0;
                if (BCryptSignHash(key, nullptr, data_of(hash), 32, signature.data(), 64, &size,
                                   0) == STATUS_SUCCESS)
                    good += verify_status(key, hash, signature) == STATUS_SUCCESS;
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    BOOST_TEST(good == 100);
}

BOOST_AUTO_TEST_SUITE_END()
