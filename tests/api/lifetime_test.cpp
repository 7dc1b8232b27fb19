// SPDX-License-Identifier: BSD-2-Clause
// lifetime.md, sections 1 to 3 and 5, row by row: what each call answers for which handle.
#include "support/fixtures.h"

#include <atomic>
#include <cstdlib>
#include <set>
#include <thread>

using namespace capishim_test;

namespace {

DWORD block_length(HCRYPTKEY key)
{
    DWORD bits = 0;
    DWORD size = sizeof bits;
    return CryptGetKeyParam(key, KP_BLOCKLEN, reinterpret_cast<BYTE*>(&bits), &size, 0) ? bits : 0;
}

BOOL ask(HCRYPTKEY key)
{
    DWORD bits = 0;
    DWORD size = sizeof bits;
    return CryptGetKeyParam(key, KP_BLOCKLEN, reinterpret_cast<BYTE*>(&bits), &size, 0);
}

/// Destroys an object while another thread sits in a long call on it, which nobody can time for
/// sure: where the thread had not arrived yet, or had left, it is tried again with a new object.
/// @return the object, which is still alive
template <class Handle, class Make, class Use>
Handle refused_while_in_use(Make make, Use use, BOOL(WINAPI* destroy)(Handle))
{
    auto head_start = std::chrono::milliseconds(10);
    for (int attempt = 0; attempt < 10; ++attempt) {
        const Handle handle = make();
        BOOL used = FALSE;
        std::thread worker([&] { used = use(handle); });
        std::this_thread::sleep_for(head_start);
        const BOOL destroyed = destroy(handle);
        const DWORD error = GetLastError();
        worker.join();
        if (!destroyed) {
            BOOST_CHECK_EQUAL(error, DWORD{ERROR_BUSY});
            BOOST_CHECK(used);
            return handle;
        }
        head_start = used ? head_start / 3 : head_start * 2;
    }
    BOOST_FAIL("the other thread was never seen inside its call");
    return 0;
}

const std::uintptr_t garbage[] = {1, 0xdeadbeef, 0x1A1, static_cast<std::uintptr_t>(-1), 4096};

} // namespace

BOOST_AUTO_TEST_SUITE(CryptDestroyKey_rows)

BOOST_AUTO_TEST_CASE(a_live_key_of_a_live_context_idle)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    CHECK_SUCCEEDS(CryptDestroyKey(key));
}

BOOST_AUTO_TEST_CASE(zero_a_number_that_was_never_a_handle_or_already_destroyed)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    CHECK_SUCCEEDS(CryptDestroyKey(key));
    CHECK_FAILS_WITH(CryptDestroyKey(key), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDestroyKey(0), ERROR_INVALID_PARAMETER);
    for (const std::uintptr_t value : garbage)
        CHECK_FAILS_WITH(CryptDestroyKey(value), ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(memory_of_the_callers_own_is_refused_unread)
{
    VerifyContext context;
    std::uintptr_t mine = context.provider;
    CHECK_FAILS_WITH(CryptDestroyKey(reinterpret_cast<std::uintptr_t>(&mine)),
                     ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(a_live_handle_of_another_kind)
{
    VerifyContext context;
    const HCRYPTHASH hash = context.make_hash();
    CHECK_FAILS_WITH(CryptDestroyKey(hash), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptDestroyKey(context.provider), ERROR_INVALID_HANDLE);
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
}

// One thread sits in a long CryptEncrypt while this one destroys: the answer is ERROR_BUSY until
// the call has returned, and the key stays as it was.
BOOST_AUTO_TEST_CASE(a_live_key_that_another_thread_is_inside_a_call_with)
{
    VerifyContext context;
    ByteVector data(64 * 1024 * 1024);
    const HCRYPTKEY key = refused_while_in_use<HCRYPTKEY>(
        [&] { return context.make_key(); },
        [&](HCRYPTKEY used) {
            DWORD size = static_cast<DWORD>(data.size());
            return CryptEncrypt(used, 0, FALSE, 0, data.data(), &size, size);
        },
        CryptDestroyKey);
    BOOST_CHECK_EQUAL(block_length(key), 128u);
    CHECK_SUCCEEDS(CryptDestroyKey(key));
}

BOOST_AUTO_TEST_CASE(a_key_never_destroyed_whose_context_has_been_fully_released)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    context.release();
    CHECK_FAILS_WITH(CryptDestroyKey(key), NTE_BAD_UID);
    CHECK_FAILS_WITH(CryptDestroyKey(key), ERROR_INVALID_PARAMETER); // retired by the first
}

BOOST_AUTO_TEST_CASE(every_other_call_with_an_orphan_key_answers_NTE_BAD_UID_and_changes_nothing)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    context.release();
    BYTE data[32] = {};
    DWORD size = 16;
    HCRYPTKEY other = 0;
    for (int twice = 0; twice < 2; ++twice) {
        CHECK_FAILS_WITH(ask(key), NTE_BAD_UID);
        CHECK_FAILS_WITH(CryptEncrypt(key, 0, TRUE, 0, data, &size, sizeof data), NTE_BAD_UID);
        CHECK_FAILS_WITH(CryptDecrypt(key, 0, TRUE, 0, data, &size), NTE_BAD_UID);
        CHECK_FAILS_WITH(CryptDuplicateKey(key, nullptr, 0, &other), NTE_BAD_UID);
        CHECK_FAILS_WITH(CryptSetKeyParam(key, KP_IV, data, 0), NTE_BAD_UID);
        CHECK_FAILS_WITH(CryptExportKey(key, 0, PLAINTEXTKEYBLOB, 0, nullptr, &size), NTE_BAD_UID);
    }
    CHECK_FAILS_WITH(CryptDestroyKey(key), NTE_BAD_UID);
}

BOOST_AUTO_TEST_CASE(the_last_65536_orphans_are_told_NTE_BAD_UID)
{
    VerifyContext context;
    std::vector<HCRYPTKEY> keys;
    for (int i = 0; i < 66'000; ++i)
        keys.push_back(context.make_key());
    context.release();
    CHECK_FAILS_WITH(CryptDestroyKey(keys[keys.size() - 65'536]), NTE_BAD_UID);
    CHECK_FAILS_WITH(CryptDestroyKey(keys.back()), NTE_BAD_UID);
    CHECK_FAILS_WITH(CryptDestroyKey(keys.front()), ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(a_stale_handle_never_acts_on_another_object_in_10_million_keys)
{
    VerifyContext context;
    const HCRYPTKEY stale = context.make_key();
    CHECK_SUCCEEDS(CryptDestroyKey(stale));
    const HCRYPTKEY pattern = context.make_key();
    bool met = false;
    for (int i = 0; i < 10'000'000; ++i) {
        HCRYPTKEY key = 0;
        CryptDuplicateKey(pattern, nullptr, 0, &key);
        met |= key == stale;
        CryptDestroyKey(key);
    }
    BOOST_CHECK(!met);
    CHECK_FAILS_WITH(CryptDestroyKey(stale), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(ask(stale), ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(CryptDestroyHash_rows)

BOOST_AUTO_TEST_CASE(live_stale_garbage_and_another_kind)
{
    VerifyContext context;
    const HCRYPTHASH hash = context.make_hash();
    const HCRYPTKEY key = context.make_key();
    CHECK_FAILS_WITH(CryptDestroyHash(key), ERROR_INVALID_HANDLE);
    CHECK_FAILS_WITH(CryptDestroyHash(context.provider), ERROR_INVALID_HANDLE);
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
    CHECK_FAILS_WITH(CryptDestroyHash(hash), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDestroyHash(0), ERROR_INVALID_PARAMETER);
    for (const std::uintptr_t value : garbage)
        CHECK_FAILS_WITH(CryptDestroyHash(value), ERROR_INVALID_PARAMETER);
    CHECK_SUCCEEDS(CryptDestroyKey(key));
}

BOOST_AUTO_TEST_CASE(a_hash_that_another_thread_is_inside_a_call_with)
{
    VerifyContext context;
    const ByteVector data(64 * 1024 * 1024);
    const HCRYPTHASH hash = refused_while_in_use<HCRYPTHASH>(
        [&] { return context.make_hash(CALG_MD5); },
        [&](HCRYPTHASH used) {
            return CryptHashData(used, data.data(), static_cast<DWORD>(data.size()), 0);
        },
        CryptDestroyHash);
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
}

BOOST_AUTO_TEST_CASE(an_orphan_hash_answers_ERROR_INVALID_PARAMETER_to_every_call)
{
    VerifyContext context;
    const HCRYPTHASH hash = context.make_hash();
    context.release();
    BYTE value[20];
    DWORD size = sizeof value;
    CHECK_FAILS_WITH(CryptHashData(hash, value, sizeof value, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptGetHashParam(hash, HP_HASHVAL, value, &size, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDestroyHash(hash), ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(contexts)

BOOST_AUTO_TEST_CASE(acquire_counts_one_and_add_ref_one_more)
{
    VerifyContext context;
    CHECK_SUCCEEDS(CryptContextAddRef(context.provider, nullptr, 0));
    CHECK_SUCCEEDS(CryptReleaseContext(context.provider, 0));
    const HCRYPTKEY key = context.make_key();
    CHECK_SUCCEEDS(CryptDestroyKey(key));
    CHECK_SUCCEEDS(CryptReleaseContext(context.provider, 0));
    CHECK_FAILS_WITH(CryptReleaseContext(context.provider, 0), ERROR_INVALID_PARAMETER);
    context.provider = 0;
}

BOOST_AUTO_TEST_CASE(add_ref_wants_a_null_reserved_pointer_and_no_flags)
{
    VerifyContext context;
    DWORD reserved = 0;
    CHECK_FAILS_WITH(CryptContextAddRef(context.provider, &reserved, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptContextAddRef(context.provider, nullptr, 1), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(CryptContextAddRef(0, nullptr, 0), ERROR_INVALID_PARAMETER);
}

BOOST_AUTO_TEST_CASE(release_at_count_1_with_no_keys_or_hashes_alive)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    const HCRYPTHASH hash = context.make_hash();
    CHECK_SUCCEEDS(CryptDestroyKey(key));
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
    CHECK_SUCCEEDS(CryptReleaseContext(context.provider, 0));
    CHECK_FAILS_WITH(CryptReleaseContext(context.provider, 0), ERROR_INVALID_PARAMETER);
    context.provider = 0;
}

BOOST_AUTO_TEST_CASE(release_at_count_1_with_keys_and_hashes_alive_makes_orphans)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key();
    const HCRYPTHASH hash = context.make_hash();
    CHECK_SUCCEEDS(CryptReleaseContext(context.provider, 0));
    CHECK_FAILS_WITH(CryptDestroyKey(key), NTE_BAD_UID);
    CHECK_FAILS_WITH(CryptDestroyHash(hash), ERROR_INVALID_PARAMETER);
    context.provider = 0;
}

BOOST_AUTO_TEST_CASE(release_with_flags_fails_and_gives_the_reference_up_all_the_same)
{
    VerifyContext context;
    CHECK_SUCCEEDS(CryptContextAddRef(context.provider, nullptr, 0));
    CHECK_FAILS_WITH(CryptReleaseContext(context.provider, 1), NTE_BAD_FLAGS);
    const HCRYPTKEY key = context.make_key();
    CHECK_FAILS_WITH(CryptReleaseContext(context.provider, 1), NTE_BAD_FLAGS);
    CHECK_FAILS_WITH(CryptDestroyKey(key), NTE_BAD_UID);
    CHECK_FAILS_WITH(CryptReleaseContext(context.provider, 0), ERROR_INVALID_PARAMETER);
    context.provider = 0;
}

BOOST_AUTO_TEST_CASE(release_of_zero_released_or_garbage_whatever_the_flags)
{
    VerifyContext context;
    const HCRYPTPROV released = context.provider;
    context.release();
    for (const DWORD flags : {0u, 1u}) {
        CHECK_FAILS_WITH(CryptReleaseContext(0, flags), ERROR_INVALID_PARAMETER);
        CHECK_FAILS_WITH(CryptReleaseContext(released, flags), ERROR_INVALID_PARAMETER);
        CHECK_FAILS_WITH(CryptReleaseContext(released + 1, flags), ERROR_INVALID_PARAMETER);
        for (const std::uintptr_t value : garbage)
            CHECK_FAILS_WITH(CryptReleaseContext(value, flags), ERROR_INVALID_PARAMETER);
    }
}

BOOST_AUTO_TEST_CASE(any_other_call_with_a_released_or_garbage_context)
{
    VerifyContext context;
    const HCRYPTPROV released = context.provider;
    context.release();
    for (const HCRYPTPROV provider : {released, HCRYPTPROV{0}, HCRYPTPROV{0xdeadbeef}}) {
        HCRYPTKEY key = 0;
        HCRYPTHASH hash = 0;
        BYTE data[20];
        DWORD size = sizeof data;
        CHECK_FAILS_WITH(CryptGenKey(provider, CALG_RC4, 0, &key), ERROR_INVALID_PARAMETER);
        CHECK_FAILS_WITH(CryptCreateHash(provider, CALG_MD5, 0, 0, &hash), ERROR_INVALID_PARAMETER);
        CHECK_FAILS_WITH(CryptGenRandom(provider, 4, data), ERROR_INVALID_PARAMETER);
        CHECK_FAILS_WITH(CryptGetUserKey(provider, AT_SIGNATURE, &key), ERROR_INVALID_PARAMETER);
        CHECK_FAILS_WITH(CryptGetProvParam(provider, PP_NAME, nullptr, &size, 0),
                         ERROR_INVALID_PARAMETER);
        CHECK_FAILS_WITH(CryptContextAddRef(provider, nullptr, 0), ERROR_INVALID_PARAMETER);
    }
}

BOOST_AUTO_TEST_CASE(a_context_handle_is_readable_memory_that_is_not_null_live_or_stale)
{
    std::set<HCRYPTPROV> seen;
    for (int i = 0; i < 30'000; ++i) {
        VerifyContext context;
        BOOST_REQUIRE(*reinterpret_cast<void**>(context.provider) != nullptr);
        BOOST_REQUIRE(seen.insert(context.provider).second); // no mistaken identity
    }
    for (const HCRYPTPROV stale : seen)
        BOOST_REQUIRE(*reinterpret_cast<void**>(stale) != nullptr);
}

BOOST_AUTO_TEST_CASE(each_acquire_gives_a_distinct_handle)
{
    VerifyContext first;
    VerifyContext second;
    BOOST_CHECK_NE(first.provider, second.provider);
}

/// @return whether the context was released while the other thread was inside its call
bool releases_in_flight(std::chrono::milliseconds head_start)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key(CALG_AES_128);
    const HCRYPTKEY twin = [&] {
        HCRYPTKEY duplicate = 0;
        REQUIRE_SUCCEEDS(CryptDuplicateKey(key, nullptr, 0, &duplicate));
        return duplicate;
    }();
    ByteVector data(64 * 1024 * 1024);
    ByteVector same(1024);
    DWORD size = static_cast<DWORD>(same.size());
    REQUIRE_SUCCEEDS(CryptEncrypt(twin, 0, FALSE, 0, same.data(), &size, size));
    std::atomic<bool> done{false};
    BOOL answer = FALSE;
    std::thread worker([&] {
        DWORD length = static_cast<DWORD>(data.size());
        answer = CryptEncrypt(key, 0, FALSE, 0, data.data(), &length, length);
        done = true;
    });
    std::this_thread::sleep_for(head_start);
    CHECK_SUCCEEDS(CryptReleaseContext(context.provider, 0));
    const bool in_flight = !done;
    context.provider = 0;
    CHECK_FAILS_WITH(ask(key), NTE_BAD_UID);
    worker.join();
    if (answer)
        BOOST_CHECK(std::equal(same.begin(), same.end(), data.begin()));
    CHECK_FAILS_WITH(CryptDestroyKey(key), NTE_BAD_UID);
    return in_flight && answer;
}

BOOST_AUTO_TEST_CASE(a_release_waits_for_no_call_in_flight_and_the_call_finishes)
{
    auto head_start = std::chrono::milliseconds(10);
    int attempts = 0;
    while (!releases_in_flight(head_start)) {
        BOOST_REQUIRE_LT(++attempts, 8);
        head_start *= 2; // the other thread came too late: a busy machine, a memory checker
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(keys_and_hashes)

BOOST_AUTO_TEST_CASE(a_duplicate_key_is_independent_in_state_and_in_life)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key(CALG_AES_128);
    BYTE iv[16] = {1, 2, 3};
    REQUIRE_SUCCEEDS(CryptSetKeyParam(key, KP_IV, iv, 0));
    HCRYPTKEY duplicate = 0;
    CHECK_SUCCEEDS(CryptDuplicateKey(key, nullptr, 0, &duplicate));
    const DWORD ecb = CRYPT_MODE_ECB;
    REQUIRE_SUCCEEDS(CryptSetKeyParam(duplicate, KP_MODE, reinterpret_cast<const BYTE*>(&ecb), 0));
    const ByteVector by_original = encrypted(key, ByteVector(32));
    const ByteVector by_duplicate = encrypted(duplicate, ByteVector(32));
    BOOST_CHECK(by_original != by_duplicate);
    BOOST_CHECK(std::equal(by_duplicate.begin(), by_duplicate.begin() + 16,
                           by_duplicate.begin() + 16)); // the duplicate alone went to ECB
    CHECK_SUCCEEDS(CryptDestroyKey(key));
    BOOST_CHECK(encrypted(duplicate, ByteVector(32)) == by_duplicate);
    CHECK_SUCCEEDS(CryptDestroyKey(duplicate));
}

BOOST_AUTO_TEST_CASE(a_duplicate_hash_is_independent_in_state_and_in_life)
{
    VerifyContext context;
    const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
    REQUIRE_SUCCEEDS(CryptHashData(hash, reinterpret_cast<const BYTE*>("ab"), 2, 0));
    HCRYPTHASH duplicate = 0;
    CHECK_SUCCEEDS(CryptDuplicateHash(hash, nullptr, 0, &duplicate));
    REQUIRE_SUCCEEDS(CryptHashData(duplicate, reinterpret_cast<const BYTE*>("c"), 1, 0));
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
    BOOST_CHECK_EQUAL(to_hex(value_of(duplicate)), "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK_SUCCEEDS(CryptDestroyHash(duplicate));
}

BOOST_AUTO_TEST_CASE(destroying_a_handle_to_a_pair_never_destroys_the_pair)
{
    VerifyContext context;
    const HCRYPTKEY made = context.make_key(AT_SIGNATURE, 512u << 16 | CRYPT_EXPORTABLE);
    HCRYPTKEY first = 0;
    HCRYPTKEY second = 0;
    CHECK_SUCCEEDS(CryptGetUserKey(context.provider, AT_SIGNATURE, &first));
    BOOST_CHECK_NE(made, first);
    CHECK_SUCCEEDS(CryptDestroyKey(made));
    CHECK_SUCCEEDS(CryptDestroyKey(first));
    CHECK_SUCCEEDS(CryptGetUserKey(context.provider, AT_SIGNATURE, &second));
    CHECK_SUCCEEDS(CryptDestroyKey(second));
}

BOOST_AUTO_TEST_CASE(a_keyed_hash_needs_its_keys_handle_until_its_last_data)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    HCRYPTHASH mac = 0;
    HMAC_INFO info = {};
    info.HashAlgid = CALG_SHA1;
    REQUIRE_SUCCEEDS(CryptCreateHash(context.provider, CALG_HMAC, key, 0, &mac));
    REQUIRE_SUCCEEDS(CryptSetHashParam(mac, HP_HMAC_INFO, reinterpret_cast<BYTE*>(&info), 0));
    REQUIRE_SUCCEEDS(CryptHashData(mac, reinterpret_cast<const BYTE*>("abc"), 3, 0));
    HCRYPTHASH witness = 0;
    REQUIRE_SUCCEEDS(CryptDuplicateHash(mac, nullptr, 0, &witness));
    const ByteVector expected = value_of(witness);
    const HCRYPTKEY other = context.make_key(CALG_RC4);

    CHECK_SUCCEEDS(CryptDestroyKey(key)); // a keyed hash between calls is not "in use"
    CHECK_FAILS_WITH(CryptHashData(mac, reinterpret_cast<const BYTE*>("d"), 1, 0), NTE_BAD_KEY);
    CHECK_FAILS_WITH(CryptHashSessionKey(mac, other, 0), NTE_BAD_KEY);
    BOOST_CHECK(value_of(mac) == expected);
    CHECK_SUCCEEDS(CryptDestroyHash(mac));
    CHECK_SUCCEEDS(CryptDestroyHash(witness));
    CHECK_SUCCEEDS(CryptDestroyKey(other));
}

BOOST_AUTO_TEST_CASE(a_derived_key_does_not_depend_on_its_hash)
{
    VerifyContext context;
    const HCRYPTHASH hash = context.make_hash();
    REQUIRE_SUCCEEDS(CryptHashData(hash, reinterpret_cast<const BYTE*>("password"), 8, 0));
    HCRYPTKEY key = 0;
    CHECK_SUCCEEDS(CryptDeriveKey(context.provider, CALG_AES_256, hash, 0, &key));
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
    BOOST_CHECK_EQUAL(to_hex(encrypted(key, bytes_of("message"))),
                      "77a84059120d7d0574da1ef420b1c54d");
    CHECK_SUCCEEDS(CryptDestroyKey(key));
}

BOOST_AUTO_TEST_CASE(an_imported_key_does_not_depend_on_the_key_it_came_under)
{
    VerifyContext context;
    const HCRYPTKEY pair = context.make_key(AT_KEYEXCHANGE, 512u << 16);
    const HCRYPTKEY session = context.make_key(CALG_RC4);
    const ByteVector blob = exported(session, SIMPLEBLOB, pair);
    HCRYPTKEY imported = 0;
    CHECK_SUCCEEDS(CryptImportKey(context.provider, blob.data(), static_cast<DWORD>(blob.size()),
                                  pair, 0, &imported));
    CHECK_SUCCEEDS(CryptDestroyKey(pair));
    BOOST_CHECK(encrypted(imported, bytes_of("message")) ==
                encrypted(session, bytes_of("message")));
    CHECK_SUCCEEDS(CryptDestroyKey(imported));
    CHECK_SUCCEEDS(CryptDestroyKey(session));
}

BOOST_AUTO_TEST_CASE(the_last_error_is_the_threads_own)
{
    std::atomic<bool> set = false, failed = false;
    std::thread other([&] {
        while (!set)
            std::this_thread::yield();
        CHECK_FAILS_WITH(CryptDestroyKey(0), ERROR_INVALID_PARAMETER);
        failed = true;
    });
    SetLastError(ERROR_BUSY);
    set = true;
    while (!failed) // waiting for a thread by the system's means may set it, too
        continue;
    BOOST_CHECK_EQUAL(GetLastError(), static_cast<DWORD>(ERROR_BUSY));
    other.join();
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(deleted_containers)

BOOST_AUTO_TEST_CASE(
    a_context_open_on_a_deleted_container_lives_and_its_pairs_answer_NTE_BAD_KEYSET)
{
    const char* const name = "capishim lifetime test";
    HCRYPTPROV provider = 0;
    CryptAcquireContextA(&provider, name, nullptr, PROV_RSA_FULL, CRYPT_DELETEKEYSET);
    REQUIRE_SUCCEEDS(
        CryptAcquireContextA(&provider, name, nullptr, PROV_RSA_FULL, CRYPT_NEWKEYSET));
    HCRYPTKEY pair = 0;
    REQUIRE_SUCCEEDS(CryptGenKey(provider, AT_SIGNATURE, 512u << 16, &pair));
    REQUIRE_SUCCEEDS(CryptDestroyKey(pair));
    HCRYPTPROV gone = 1;
    CHECK_SUCCEEDS(CryptAcquireContextA(&gone, name, nullptr, PROV_RSA_FULL, CRYPT_DELETEKEYSET));
    BOOST_CHECK_EQUAL(gone, 0u);
    CHECK_FAILS_WITH(CryptGetUserKey(provider, AT_SIGNATURE, &pair), NTE_BAD_KEYSET);
    CHECK_FAILS_WITH(CryptGenKey(provider, AT_SIGNATURE, 512u << 16, &pair), NTE_BAD_KEYSET);
    HCRYPTKEY session = 0;
    CHECK_SUCCEEDS(CryptGenKey(provider, CALG_RC4, 0, &session)); // the context itself lives
    CHECK_SUCCEEDS(CryptDestroyKey(session));
    CHECK_SUCCEEDS(CryptReleaseContext(provider, 0));
}

BOOST_AUTO_TEST_SUITE_END()
