// SPDX-License-Identifier: BSD-2-Clause
// Races on one handle. Each call must answer what lifetime.md allows, and the thread and address
// sanitizers must stay silent.
#include "support/fixtures.h"

#include <atomic>
#include <functional>
#include <set>
#include <thread>

using namespace capishim_test;

namespace {

constexpr int rounds = 2000;

/// Runs the bodies at once, each in a thread of its own.
void together(const std::vector<std::function<void()>>& bodies)
{
    std::atomic<std::size_t> waiting{bodies.size()};
    std::vector<std::thread> threads;
    for (const auto& body : bodies)
        threads.emplace_back([&] {
            --waiting;
            while (waiting)
                std::this_thread::yield();
            body();
        });
    for (std::thread& thread : threads)
        thread.join();
}

/// Collects the last errors of failed calls; "0" stands for success.
class Answers {
  public:
    void note(BOOL answer)
    {
        const DWORD code = answer ? 0 : GetLastError();
        const std::lock_guard lock(mutex_);
        seen_.insert(code);
    }

    void check_only(std::initializer_list<DWORD> allowed) const
    {
        for (const DWORD code : seen_)
            BOOST_CHECK_MESSAGE(std::find(allowed.begin(), allowed.end(), code) != allowed.end(),
                                "unexpected " << win32_name(code));
    }

  private:
    std::mutex mutex_;
    std::set<DWORD> seen_;
};

void use(HCRYPTKEY key, Answers& answers)
{
    BYTE data[64] = {};
    DWORD size = 32;
    answers.note(CryptEncrypt(key, 0, TRUE, 0, data, &size, sizeof data));
    DWORD bits = 0;
    DWORD bits_size = sizeof bits;
    answers.note(CryptGetKeyParam(key, KP_BLOCKLEN, reinterpret_cast<BYTE*>(&bits), &bits_size, 0));
}

constexpr DWORD bad_uid = static_cast<DWORD>(NTE_BAD_UID);

} // namespace

BOOST_AUTO_TEST_SUITE(races)

BOOST_AUTO_TEST_CASE(destroy_against_use)
{
    VerifyContext context;
    Answers uses;
    Answers destroys;
    for (int i = 0; i < rounds; ++i) {
        const HCRYPTKEY key = context.make_key();
        std::atomic<bool> destroyed{false};
        together({[&] {
                      for (int n = 0; n < 3; ++n)
                          use(key, uses);
                  },
                  [&] {
                      while (!destroyed) {
                          const BOOL answer = CryptDestroyKey(key);
                          destroys.note(answer);
                          destroyed = answer != FALSE;
                      }
                  }});
    }
    uses.check_only({0, ERROR_INVALID_PARAMETER});
    destroys.check_only({0, ERROR_BUSY});
}

BOOST_AUTO_TEST_CASE(destroy_against_destroy_has_one_winner)
{
    VerifyContext context;
    Answers answers;
    for (int i = 0; i < rounds; ++i) {
        const HCRYPTKEY key = context.make_key();
        std::atomic<int> winners{0};
        const auto destroy = [&] {
            const BOOL answer = CryptDestroyKey(key);
            answers.note(answer);
            winners += answer;
        };
        together({destroy, destroy});
        BOOST_REQUIRE_EQUAL(winners, 1);
    }
    answers.check_only({0, ERROR_INVALID_PARAMETER});
}

BOOST_AUTO_TEST_CASE(release_against_use)
{
    Answers uses;
    Answers destroys;
    for (int i = 0; i < rounds; ++i) {
        VerifyContext context;
        const HCRYPTKEY key = context.make_key();
        const HCRYPTPROV provider = context.provider;
        context.provider = 0;
        together({[&] {
                      for (int n = 0; n < 3; ++n)
                          use(key, uses);
                  },
                  [&] { CHECK_SUCCEEDS(CryptReleaseContext(provider, 0)); }});
        destroys.note(CryptDestroyKey(key));
    }
    uses.check_only({0, bad_uid});
    destroys.check_only({bad_uid});
}

BOOST_AUTO_TEST_CASE(release_against_making_keys_and_hashes)
{
    Answers answers;
    for (int i = 0; i < rounds; ++i) {
        VerifyContext context;
        const HCRYPTPROV provider = context.provider;
        context.provider = 0;
        std::vector<HCRYPTKEY> keys(4);
        together({[&] {
                      for (HCRYPTKEY& key : keys)
                          answers.note(CryptGenKey(provider, CALG_AES_128, 0, &key));
                      HCRYPTHASH hash = 0;
                      answers.note(CryptCreateHash(provider, CALG_SHA1, 0, 0, &hash));
                  },
                  [&] { CHECK_SUCCEEDS(CryptReleaseContext(provider, 0)); }});
        for (const HCRYPTKEY key : keys)
            if (key)
                CHECK_FAILS_WITH(CryptDestroyKey(key), NTE_BAD_UID);
    }
    answers.check_only({0, ERROR_INVALID_PARAMETER, bad_uid});
}

BOOST_AUTO_TEST_CASE(release_against_destroy)
{
    Answers destroys;
    for (int i = 0; i < rounds; ++i) {
        VerifyContext context;
        const HCRYPTKEY key = context.make_key();
        const HCRYPTPROV provider = context.provider;
        context.provider = 0;
        together({[&] { destroys.note(CryptDestroyKey(key)); },
                  [&] { CHECK_SUCCEEDS(CryptReleaseContext(provider, 0)); }});
    }
    destroys.check_only({0, bad_uid});
}

BOOST_AUTO_TEST_CASE(release_against_release_and_add_reference)
{
    Answers answers;
    for (int i = 0; i < rounds; ++i) {
        VerifyContext context;
        const HCRYPTPROV provider = context.provider;
        context.provider = 0;
        std::atomic<int> references{1};
        const auto take_and_give = [&] {
            if (CryptContextAddRef(provider, nullptr, 0)) {
                ++references;
                answers.note(CryptReleaseContext(provider, 0));
                --references;
            }
        };
        together({take_and_give, take_and_give, [&] {
                      answers.note(CryptReleaseContext(provider, 0));
                      --references;
                  }});
        BOOST_REQUIRE_EQUAL(references, 0);
        CHECK_FAILS_WITH(CryptReleaseContext(provider, 0), ERROR_INVALID_PARAMETER);
    }
    answers.check_only({0});
}

BOOST_AUTO_TEST_CASE(duplicate_against_destroy)
{
    VerifyContext context;
    Answers duplicates;
    for (int i = 0; i < rounds; ++i) {
        const HCRYPTKEY key = context.make_key();
        HCRYPTKEY copy = 0;
        together({[&] { duplicates.note(CryptDuplicateKey(key, nullptr, 0, &copy)); },
                  [&] {
                      while (!CryptDestroyKey(key))
                          std::this_thread::yield();
                  }});
        if (copy)
            CHECK_SUCCEEDS(CryptDestroyKey(copy));
    }
    duplicates.check_only({0, ERROR_INVALID_PARAMETER});
}

BOOST_AUTO_TEST_CASE(two_calls_on_one_hash_are_serialised)
{
    VerifyContext context;
    const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
    const ByteVector part(100, 0x5A);
    const auto feed = [&] {
        for (int n = 0; n < rounds; ++n)
            CryptHashData(hash, part.data(), static_cast<DWORD>(part.size()), 0);
    };
    together({feed, feed});
    const HCRYPTHASH whole = context.make_hash(CALG_SHA1);
    for (int n = 0; n < 2 * rounds; ++n)
        CryptHashData(whole, part.data(), static_cast<DWORD>(part.size()), 0);
    BOOST_CHECK(value_of(hash) == value_of(whole));
}

BOOST_AUTO_TEST_CASE(two_calls_on_one_key_are_serialised)
{
    VerifyContext context;
    const HCRYPTKEY key = context.make_key(CALG_RC4);
    HCRYPTKEY twin = 0;
    REQUIRE_SUCCEEDS(CryptDuplicateKey(key, nullptr, 0, &twin));
    const auto run = [&] {
        for (int n = 0; n < rounds; ++n) {
            BYTE data[16] = {};
            DWORD size = sizeof data;
            CryptEncrypt(key, 0, FALSE, 0, data, &size, sizeof data);
        }
    };
    together({run, run});
    ByteVector skipped(16 * 2 * rounds);
    DWORD size = static_cast<DWORD>(skipped.size());
    REQUIRE_SUCCEEDS(CryptEncrypt(twin, 0, FALSE, 0, skipped.data(), &size, size));
    BOOST_CHECK(encrypted(key, ByteVector(32)) == encrypted(twin, ByteVector(32)));
}

BOOST_AUTO_TEST_CASE(signing_with_one_pair_from_two_threads)
{
    VerifyContext context;
    context.make_key(AT_SIGNATURE, 512u << 16);
    std::atomic<int> good{0};
    const auto sign = [&] {
        for (int n = 0; n < 50; ++n) {
            HCRYPTHASH hash = 0;
            BYTE signature[64];
            DWORD size = sizeof signature;
            CryptCreateHash(context.provider, CALG_SHA1, 0, 0, &hash);
            good += CryptSignHashA(hash, AT_SIGNATURE, nullptr, 0, signature, &size);
            CryptDestroyHash(hash);
        }
    };
    together({sign, sign});
    BOOST_CHECK_EQUAL(good, 100);
}

BOOST_AUTO_TEST_CASE(one_master_key_serves_many_connections)
{
    VerifyContext context(PROV_RSA_SCHANNEL); // cryptoapi.md 0.6: dozens of threads
    const HCRYPTKEY master = context.make_key(CALG_TLS1_MASTER);
    BYTE random[32] = {1};
    const CRYPT_DATA_BLOB blob = {sizeof random, random};
    const SCHANNEL_ALG cipher = {SCHANNEL_ENC_KEY, CALG_RC4, 128, 0, 0};
    const SCHANNEL_ALG mac = {SCHANNEL_MAC_KEY, CALG_MD5, 128, 0, 0};
    const auto set = [&](DWORD param, const auto& value) {
        return CryptSetKeyParam(master, param, reinterpret_cast<const BYTE*>(&value), 0);
    };
    REQUIRE_SUCCEEDS(set(KP_CLIENT_RANDOM, blob));
    REQUIRE_SUCCEEDS(set(KP_SERVER_RANDOM, blob));
    Answers answers;
    const auto connect = [&] {
        for (int i = 0; i < rounds / 20; ++i) {
            HCRYPTHASH hash = 0;
            HCRYPTKEY key = 0;
            answers.note(set(KP_CLIENT_RANDOM, blob));
            answers.note(set(KP_SCHANNEL_ALG, cipher));
            answers.note(set(KP_SCHANNEL_ALG, mac));
            answers.note(
                CryptCreateHash(context.provider, CALG_SCHANNEL_MASTER_HASH, master, 0, &hash));
            answers.note(CryptDeriveKey(context.provider, CALG_SCHANNEL_ENC_KEY, hash, 0, &key));
            answers.note(CryptDestroyKey(key));
            answers.note(CryptDestroyHash(hash));
        }
    };
    together(std::vector<std::function<void()>>(12, connect));
    answers.check_only({0});
}

BOOST_AUTO_TEST_CASE(random_bytes_from_two_threads_differ)
{
    VerifyContext context;
    std::vector<ByteVector> drawn(2, ByteVector(32));
    const auto draw = [&](std::size_t i) {
        for (int n = 0; n < rounds; ++n)
            CryptGenRandom(context.provider, 32, drawn[i].data());
    };
    together({[&] { draw(0); }, [&] { draw(1); }});
    BOOST_CHECK(drawn[0] != drawn[1]);
}

BOOST_AUTO_TEST_SUITE_END()

// Boost.Test's checks are not for threads that run at once: these note what was answered.
BOOST_AUTO_TEST_SUITE(races_on_cng_objects)

BOOST_AUTO_TEST_CASE(destroy_against_use_lets_the_call_in_flight_finish)
{
    BCRYPT_ALG_HANDLE aes = nullptr;
    REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&aes, BCRYPT_AES_ALGORITHM, nullptr, 0),
                   STATUS_SUCCESS);
    UCHAR secret[16] = {};
    for (int i = 0; i < rounds; ++i) {
        BCRYPT_KEY_HANDLE key = nullptr;
        REQUIRE_STATUS(BCryptGenerateSymmetricKey(aes, &key, nullptr, 0, secret, sizeof secret, 0),
                       STATUS_SUCCESS);
        NTSTATUS use = STATUS_UNSUCCESSFUL;
        NTSTATUS destroy = STATUS_UNSUCCESSFUL;
        together({[&] {
                      UCHAR data[64] = {};
                      ULONG size = 0;
                      use = BCryptEncrypt(key, data, sizeof data, nullptr, nullptr, 0, data,
                                          sizeof data, &size, 0);
                  },
                  [&] { destroy = BCryptDestroyKey(key); }});
        BOOST_CHECK(use == STATUS_SUCCESS || use == STATUS_INVALID_HANDLE);
        CHECK_STATUS(destroy, STATUS_SUCCESS);
        CHECK_STATUS(BCryptDestroyKey(key), STATUS_INVALID_HANDLE);
    }
    CHECK_STATUS(BCryptCloseAlgorithmProvider(aes, 0), STATUS_SUCCESS);
}

BOOST_AUTO_TEST_CASE(destroy_hash_against_hash_data)
{
    for (int i = 0; i < rounds; ++i) {
        BCRYPT_HASH_HANDLE hash = nullptr;
        REQUIRE_STATUS(BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, &hash, nullptr, 0, nullptr, 0, 0),
                       STATUS_SUCCESS);
        NTSTATUS use = STATUS_UNSUCCESSFUL;
        NTSTATUS destroy = STATUS_UNSUCCESSFUL;
        together({[&] {
                      UCHAR data[64] = {};
                      use = BCryptHashData(hash, data, sizeof data, 0);
                  },
                  [&] { destroy = BCryptDestroyHash(hash); }});
        BOOST_CHECK(use == STATUS_SUCCESS || use == STATUS_INVALID_HANDLE);
        CHECK_STATUS(destroy, STATUS_SUCCESS);
    }
}

BOOST_AUTO_TEST_SUITE_END()
