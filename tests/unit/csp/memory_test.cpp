// SPDX-License-Identifier: BSD-2-Clause
// What keys and hashes do with memory: secrets are wiped before their memory is freed, and the hot
// paths allocate none. The program's operator new and delete are replaced to see it.
#include "support/temporary_folder.h"
#include "unit/csp/provider_fixture.h"

#include <atomic>
#include <cstdlib>
#include <malloc.h>
#include <new>

namespace {

std::atomic<bool> watching{false};
std::atomic<std::size_t> allocations{0};
std::atomic<std::size_t> leaks{0}; // freed blocks that still held the secret
const std::uint8_t* secret = nullptr;
std::size_t secret_size = 0;

void inspect(const void* block) noexcept
{
    if (!block || !secret)
        return;
    const auto* const bytes = static_cast<const std::uint8_t*>(block);
    const std::size_t size = malloc_usable_size(const_cast<void*>(block));
    if (std::search(bytes, bytes + size, secret, secret + secret_size) != bytes + size)
        ++leaks;
}

} // namespace

void* operator new(std::size_t size)
{
    if (watching)
        ++allocations;
    if (void* const block = std::calloc(1, size)) // inspect() reads the whole of it
        return block;
    throw std::bad_alloc();
}

void operator delete(void* block) noexcept
{
    if (watching)
        inspect(block);
    std::free(block);
}

void operator delete(void* block, std::size_t) noexcept
{
    operator delete(block);
}

namespace capishim::csp::test {
namespace {

/// Watches the blocks that are freed while it lives for a pattern of the test's.
class Watch {
  public:
    explicit Watch(ByteView pattern)
    {
        secret = pattern.data();
        secret_size = pattern.size();
        leaks = 0;
        allocations = 0;
        watching = true;
    }
    ~Watch()
    {
        watching = false;
        secret = nullptr;
    }

    std::size_t leaked() const { return leaks; }
    std::size_t allocated() const { return allocations; }
};

/// Bytes that occur nowhere else; static, so that the watch never frees them itself.
const std::uint8_t pattern[24] = {0x9E, 0x37, 0x79, 0xB9, 0x7F, 0x4A, 0x7C, 0x15,
                                  0xF3, 0x9C, 0xC0, 0x60, 0x5C, 0xED, 0xC8, 0x34,
                                  0x10, 0x82, 0x27, 0x6B, 0xF3, 0xA2, 0x72, 0x51};

} // namespace

BOOST_AUTO_TEST_SUITE(Wiping)

BOOST_AUTO_TEST_CASE(sees_a_secret_that_is_left_behind)
{
    const Watch watch(pattern);
    delete new Bytes(std::begin(pattern), std::end(pattern));
    BOOST_CHECK_EQUAL(watch.leaked(), 1U);
}

BOOST_AUTO_TEST_CASE(leaves_nothing_of_a_session_key)
{
    const ContextPtr context = rsa_aes();
    const ByteView key_bytes(pattern, 16);
    const Bytes blobs[] = {plaintext_blob(CALG_AES_128, key_bytes),
                           plaintext_blob(CALG_RC4, key_bytes), plaintext_blob(CALG_RC2, key_bytes),
                           plaintext_blob(CALG_3DES, pattern)};
    std::uint8_t buffer[64] = {};
    const Watch watch(key_bytes);
    for (const Bytes& blob : blobs) {
        const KeyPtr key = context->import_key(blob, nullptr, CRYPT_EXPORTABLE);
        const KeyPtr copy = key->duplicate();
        std::uint32_t size = 16;
        copy->encrypt(nullptr, true, 0, buffer, &size, sizeof buffer);
        const HashPtr hash = context->create_hash(CALG_HMAC, key, 0);
        const HMAC_INFO info{CALG_SHA1, nullptr, 0, nullptr, 0};
        hash->set_param(HP_HMAC_INFO, reinterpret_cast<const std::uint8_t*>(&info));
        hash->duplicate()->value();
        if (key->algorithm_id() != CALG_RC4)
            context->create_hash(CALG_MAC, key, 0)->value();
    }
    BOOST_CHECK_EQUAL(watch.leaked(), 0U);
}

BOOST_AUTO_TEST_CASE(leaves_nothing_of_a_hash_value)
{
    const ContextPtr context = strong();
    const ByteView value(pattern, 20);
    const Watch watch(value);
    {
        const HashPtr hash = context->create_hash(CALG_SHA1, nullptr, 0);
        hash->set_param(HP_HASHVAL, pattern);
        context->derive_key(CALG_RC4, *hash->duplicate(), 0);
        context->derive_key(CALG_3DES, *hash, 0);
    }
    BOOST_CHECK_EQUAL(watch.leaked(), 0U);
}

BOOST_AUTO_TEST_CASE(leaves_nothing_of_a_private_key)
{
    static const Bytes blob = sample_private_blob();
    // prime1 as the blob has it, and as big-endian numbers have it
    static const Bytes little(blob.begin() + 84, blob.begin() + 116);
    static const Bytes big(little.rbegin(), little.rend());
    for (const Bytes& prime : {std::cref(little), std::cref(big)}) {
        ContextPtr context = strong();
        std::uint8_t buffer[400];
        const Watch watch(prime);
        {
            const KeyPtr pair = context->import_key(blob, nullptr, CRYPT_EXPORTABLE);
            std::uint32_t size = sizeof buffer;
            OutBuffer out(buffer, &size, OutBuffer::OnFailure::zero_length);
            pair->export_key(nullptr, PRIVATEKEYBLOB, 0, out);
            const HashPtr hash = context->create_hash(CALG_SHA1, nullptr, 0);
            size = sizeof buffer;
            OutBuffer signature(buffer, &size, OutBuffer::OnFailure::zero_length);
            hash->sign(AT_KEYEXCHANGE, {}, 0, signature);
        }
        context.reset();
        BOOST_CHECK_EQUAL(watch.leaked(), 0U);
    }
}

BOOST_AUTO_TEST_CASE(leaves_nothing_of_a_private_key_that_was_kept)
{
    const capishim_test::TemporaryFolder folder;
    const capishim_test::ScopedEnvironment home("CAPISHIM_HOME", folder.path());
    static const Bytes blob = sample_private_blob();
    static const Bytes prime(blob.rend() - 116, blob.rend() - 84); // prime1, big-endian
    const Watch watch(prime);
    open_context(MS_STRONG_PROV_A, CRYPT_NEWKEYSET, "a")->import_key(blob, nullptr, 0);
    open_context(MS_STRONG_PROV_A, 0, "a")->user_key(AT_KEYEXCHANGE);
    BOOST_CHECK_EQUAL(watch.leaked(), 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(HotPaths)

BOOST_AUTO_TEST_CASE(allocate_nothing)
{
    const ContextPtr context = rsa_aes();
    static std::uint8_t buffer[1024];
    for (const std::uint32_t algorithm : {CALG_AES_256, CALG_3DES, CALG_RC2, CALG_RC4}) {
        const KeyPtr key = context->gen_key(algorithm, 0);
        const HashPtr hash = context->create_hash(CALG_SHA_256, nullptr, 0);
        std::uint32_t size = 512;
        key->encrypt(nullptr, true, 0, buffer, &size, sizeof buffer); // schedules the key
        const Watch watch(pattern);
        size = 512;
        key->encrypt(hash.get(), false, 0, buffer, &size, sizeof buffer);
        key->decrypt(nullptr, false, 0, buffer, &size);
        size = 500;
        key->encrypt(nullptr, true, 0, buffer, &size, sizeof buffer);
        key->decrypt(nullptr, true, 0, buffer, &size);
        std::uint8_t iv[16] = {};
        key->set_param(KP_IV, iv, 0);
        hash->hash_data({buffer, sizeof buffer}, 0);
        for (const std::uint32_t param : {KP_BLOCKLEN, KP_KEYLEN, KP_ALGID}) {
            size = 4;
            OutBuffer out(buffer, &size, OutBuffer::OnFailure::zero_length);
            key->get_param(param, out);
        }
        BOOST_CHECK_EQUAL(watch.allocated(), 0U);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace capishim::csp::test
