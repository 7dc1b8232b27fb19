// SPDX-License-Identifier: BSD-2-Clause
// Memory runs out: each allocation of each call fails once. The call must say so, leak nothing, and
// work the next time.
#include "support/fixtures.h"

#include <capishim_diagnostics.h>
#include <cstdlib>
#include <functional>
#include <new>

using namespace capishim_test;

namespace {

// How many allocations of this thread still succeed; negative: all.
thread_local long allocations_left = -1;

void* allocate(std::size_t size)
{
    if (allocations_left == 0) {
        allocations_left = -1; // one failure a round
        throw std::bad_alloc();
    }
    if (allocations_left > 0)
        --allocations_left;
    if (void* const memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t size)
{
    return allocate(size);
}
void* operator new[](std::size_t size)
{
    return allocate(size);
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace {

/// Lets the first, second, ... allocation inside `call` fail until it gets by without.
/// @return how many rounds failed
int walk(const std::function<BOOL()>& call)
{
    for (int round = 0;; ++round) {
        SetLastError(untouched);
        allocations_left = round;
        const BOOL answer = call();
        const bool reached = allocations_left < 0;
        allocations_left = -1;
        if (answer)
            return round;
        BOOST_REQUIRE_MESSAGE(reached, "failed without a reason: " << win32_name(GetLastError()));
        const DWORD code = GetLastError();
        BOOST_CHECK_MESSAGE(code == ERROR_NOT_ENOUGH_MEMORY ||
                                code == static_cast<DWORD>(NTE_NO_MEMORY),
                            "left " << win32_name(code));
        BOOST_REQUIRE(round < 2000);
    }
}

/// The same for a call that makes a handle; `destroy` takes it back.
template <class Make, class Destroy>
void walk_making(Make make, Destroy destroy)
{
    const ULONG before = CapishimLiveHandles();
    std::uintptr_t made = 0;
    const int rounds = walk([&] { return make(&made); });
    BOOST_CHECK_GT(rounds, 0); // a call that allocates nothing would prove nothing
    BOOST_CHECK_EQUAL(CapishimLiveHandles(), before + 1);
    BOOST_CHECK(destroy(made));
    BOOST_CHECK_EQUAL(CapishimLiveHandles(), before);
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
