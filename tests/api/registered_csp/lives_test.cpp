// SPDX-License-Identifier: BSD-2-Clause
// Who ends what, and when, between a program, this library and a registered provider (cryptoapi.md
// 11.2 rules 5 and 9, lifetime.md).
#include "sample_fixtures.h"

#include <atomic>
#include <chrono>
#include <thread>

using namespace capishim_test;

namespace {

/// Waits for what another thread does; a test that waits for a minute has failed.
template <class Condition>
bool comes_true(Condition condition)
{
    for (int i = 0; i < 60000; ++i) {
        if (condition())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
}

/// A thread that is inside of an entry point until the test lets it out.
class HeldCall {
  public:
    template <class Call>
    HeldCall(const Control& csp, const char* entry, Call call) : csp_(csp)
    {
        csp_.hold(entry);
        thread_ = std::thread([this, call] { answer_ = call(); });
        BOOST_REQUIRE(comes_true([&] { return csp_.waiting(); }));
    }
    ~HeldCall() { finish(); }

    BOOL finish()
    {
        csp_.hold(nullptr);
        if (thread_.joinable())
            thread_.join();
        return answer_;
    }

  private:
    const Control& csp_;
    std::thread thread_;
    BOOL answer_ = FALSE;
};

BYTE data[4] = {};

BOOL hash_data(HCRYPTHASH hash)
{
    return CryptHashData(hash, data, sizeof data, 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(registered_provider_lives)

BOOST_AUTO_TEST_CASE(each_object_that_the_program_destroys_is_destroyed_once)
{
    Sample sample;
    const HCRYPTKEY key = sample.make_key();
    const HCRYPTHASH hash = sample.make_hash();
    CHECK_SUCCEEDS(CryptDestroyKey(key));
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
    CHECK_FAILS_WITH(CryptDestroyKey(key), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDestroyHash(hash), ERROR_INVALID_PARAMETER);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyKey"), 1u);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyHash"), 1u);
    sample.release();
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 1u);
    BOOST_CHECK_EQUAL(sample.csp.alive().contexts, 0);
}

BOOST_AUTO_TEST_CASE(what_is_alive_at_the_release_is_the_providers_to_destroy)
{
    Sample sample;
    const HCRYPTKEY key = sample.make_key();
    const HCRYPTHASH hash = sample.make_hash(key);
    sample.release();
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 1u);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyKey") + sample.csp.count("CPDestroyHash"), 0u);
    BOOST_CHECK_EQUAL(sample.csp.alive().keys + sample.csp.alive().hashes, 0);
    // lifetime.md 1
    DWORD size = sizeof data;
    CHECK_FAILS_WITH(CryptEncrypt(key, 0, TRUE, 0, data, &size, sizeof data), NTE_BAD_UID);
    CHECK_FAILS_WITH(CryptDestroyKey(key), NTE_BAD_UID);
    CHECK_FAILS_WITH(CryptDestroyKey(key), ERROR_INVALID_PARAMETER);
    CHECK_FAILS_WITH(CryptDestroyHash(hash), ERROR_INVALID_PARAMETER);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyKey") + sample.csp.count("CPEncrypt"), 0u);
}

BOOST_AUTO_TEST_CASE(references_are_counted_here_and_the_provider_is_told_of_the_last)
{
    Sample sample;
    CHECK_SUCCEEDS(CryptContextAddRef(sample.provider, nullptr, 0));
    CHECK_SUCCEEDS(CryptReleaseContext(sample.provider, 0));
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 0u);
    CHECK_SUCCEEDS(CryptGenRandom(sample.provider, sizeof data, data));
    CHECK_FAILS_WITH(CryptReleaseContext(sample.provider, 5), NTE_BAD_FLAGS);
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 1u);
    BOOST_CHECK_EQUAL(sample.csp.last("CPReleaseContext").flags, 5u);
    CHECK_FAILS_WITH(CryptReleaseContext(sample.provider, 0), ERROR_INVALID_PARAMETER);
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 1u);
    sample.provider = 0;
}

BOOST_AUTO_TEST_CASE(a_failure_to_end_passes_through_and_the_handle_is_gone)
{
    Sample sample;
    const HCRYPTKEY key = sample.make_key();
    sample.csp.fail("CPDestroyKey", 0x80090777);
    CHECK_FAILS_WITH(CryptDestroyKey(key), 0x80090777);
    CHECK_FAILS_WITH(CryptDestroyKey(key), ERROR_INVALID_PARAMETER);
    const HCRYPTHASH hash = sample.make_hash();
    sample.csp.fail("CPDestroyHash", 0x80090778);
    CHECK_FAILS_WITH(CryptDestroyHash(hash), 0x80090778);
    CHECK_FAILS_WITH(CryptDestroyHash(hash), ERROR_INVALID_PARAMETER);
    sample.csp.fail("CPReleaseContext", 0x80090779);
    CHECK_FAILS_WITH(CryptReleaseContext(sample.provider, 0), 0x80090779);
    CHECK_FAILS_WITH(CryptReleaseContext(sample.provider, 0), ERROR_INVALID_PARAMETER);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyKey"), 1u);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyHash"), 1u);
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 1u);
    sample.provider = 0;
}

BOOST_AUTO_TEST_CASE(an_export_with_CRYPT_DESTROYKEY_ends_the_key_on_both_sides)
{
    const Sample sample;
    const HCRYPTKEY key = sample.make_key();
    DWORD size = sizeof data;
    CHECK_SUCCEEDS(CryptExportKey(key, 0, OPAQUEKEYBLOB, CRYPT_DESTROYKEY, nullptr, &size));
    CHECK_SUCCEEDS(CryptExportKey(key, 0, OPAQUEKEYBLOB, CRYPT_DESTROYKEY, data, &size));
    CHECK_FAILS_WITH(CryptDestroyKey(key), ERROR_INVALID_PARAMETER);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyKey"), 0u);
    BOOST_CHECK_EQUAL(sample.csp.alive().keys, 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(registered_provider_threads)

BOOST_AUTO_TEST_CASE(no_lock_is_held_over_a_call)
{
    const Sample sample;
    const HCRYPTHASH hash = sample.make_hash();
    HeldCall held(sample.csp, "CPHashData", [&] { return hash_data(hash); });
    BYTE value[4];
    DWORD size = sizeof value;
    CHECK_SUCCEEDS(CryptGetHashParam(hash, HP_HASHVAL, value, &size, 0)); // even the same object
    CHECK_SUCCEEDS(CryptDestroyKey(sample.make_key()));
    CryptReleaseContext(opened(sample_name), 0);
    BOOST_CHECK(held.finish());
}

BOOST_AUTO_TEST_CASE(an_object_in_a_call_is_busy)
{
    const Sample sample;
    const HCRYPTHASH hash = sample.make_hash();
    HeldCall held(sample.csp, "CPHashData", [&] { return hash_data(hash); });
    CHECK_FAILS_WITH(CryptDestroyHash(hash), ERROR_BUSY);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyHash"), 0u);
    BOOST_CHECK(held.finish());
    CHECK_SUCCEEDS(CryptDestroyHash(hash));
}

BOOST_AUTO_TEST_CASE(the_provider_releases_after_the_last_call_inside)
{
    Sample sample;
    const HCRYPTHASH hash = sample.make_hash();
    HeldCall held(sample.csp, "CPHashData", [&] { return hash_data(hash); });
    sample.release(); // which waits for nothing (lifetime.md 2)
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 0u);
    CHECK_FAILS_WITH(hash_data(hash), ERROR_INVALID_PARAMETER);
    BOOST_CHECK(held.finish());
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 1u);
    BOOST_CHECK_EQUAL(sample.csp.alive().contexts, 0);
}

BOOST_AUTO_TEST_CASE(a_key_that_a_release_overtakes_is_not_given_out)
{
    Sample sample;
    HCRYPTKEY key = 0;
    HeldCall held(sample.csp, "CPGenKey", [&, provider = sample.provider] {
        return CryptGenKey(provider, CALG_RC4, 0, &key) ? TRUE : FALSE;
    });
    sample.release();
    BOOST_CHECK(!held.finish());
    BOOST_CHECK_EQUAL(key, 0u);
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 1u);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyKey"), 0u);
    BOOST_CHECK_EQUAL(sample.csp.alive().keys, 0);
}

BOOST_AUTO_TEST_CASE(many_threads_at_once_leave_nothing_behind)
{
    const Sample sample;
    std::vector<std::thread> threads;
    std::atomic<int> failures{0};
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 500; ++round) {
                HCRYPTPROV provider = 0;
                HCRYPTKEY key = 0;
                HCRYPTHASH hash = 0;
                BYTE mine[4] = {};
                DWORD size = sizeof mine;
                if (!CryptAcquireContextA(&provider, nullptr, sample_name, sample_type,
                                          CRYPT_VERIFYCONTEXT) ||
                    !CryptGenKey(provider, CALG_RC4, 0, &key) ||
                    !CryptCreateHash(provider, CALG_SHA1, 0, 0, &hash) ||
                    !CryptEncrypt(key, hash, TRUE, 0, mine, &size, sizeof mine) ||
                    (round % 2 && !CryptDestroyKey(key)) || !CryptReleaseContext(provider, 0))
                    ++failures;
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    BOOST_CHECK_EQUAL(failures.load(), 0);
    BOOST_CHECK_EQUAL(sample.csp.alive().contexts, 1);
    BOOST_CHECK_EQUAL(sample.csp.alive().keys + sample.csp.alive().hashes, 0);
    BOOST_CHECK_EQUAL(sample.csp.count("CPReleaseContext"), 4000u);
    BOOST_CHECK_EQUAL(sample.csp.count("CPDestroyKey"), 2000u);
}

BOOST_AUTO_TEST_CASE(threads_that_use_what_another_releases_get_their_error_and_no_more)
{
    for (int round = 0; round < 200; ++round) {
        const HCRYPTPROV provider = opened(sample_name);
        HCRYPTKEY key = 0;
        REQUIRE_SUCCEEDS(CryptGenKey(provider, CALG_RC4, 0, &key));
        DWORD error = 0;
        std::thread user([key, &error] {
            BYTE mine[4] = {};
            DWORD size = sizeof mine;
            while (CryptEncrypt(key, 0, TRUE, 0, mine, &size, sizeof mine))
                ;
            error = GetLastError();
        });
        REQUIRE_SUCCEEDS(CryptReleaseContext(provider, 0));
        user.join();
        BOOST_CHECK_EQUAL(win32_name(error), "NTE_BAD_UID");
    }
    BOOST_CHECK_EQUAL(Control("sample_csp.so").alive().contexts, 0);
}

BOOST_AUTO_TEST_SUITE_END()
