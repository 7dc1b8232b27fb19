// SPDX-License-Identifier: BSD-2-Clause
// The calls that move data allocate nothing, and neither does the look-up of a parameter: this
// program's malloc counts before it hands on to the C library's. Opening an ephemeral context asks
// nothing of the system: the kernel would end the process for it.
#include "support/checks.h"

#include <array>
#include <cstddef>
#include <functional>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

thread_local std::size_t allocations = 0;

} // namespace

extern "C" {

void* malloc(std::size_t size)
{
    ++allocations;
    return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size)
{
    ++allocations;
    return __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size)
{
    ++allocations;
    return __libc_realloc(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size)
{
    ++allocations;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t size)
{
    ++allocations;
    *memory = __libc_memalign(alignment, size);
    return *memory ? 0 : 12; // ENOMEM
}
}

namespace {

using Buffer = std::array<BYTE, 4096 + 16>;

constexpr DWORD data_size = 4096;

/// What `call` allocates once it has been made before: the first use of a key may schedule it.
std::size_t allocated_by(const std::function<void()>& call)
{
    call();
    const std::size_t before = allocations;
    call();
    return allocations - before;
}

struct CryptObjects {
    CryptObjects()
    {
        REQUIRE_SUCCEEDS(
            CryptAcquireContextA(&context, nullptr, nullptr, PROV_RSA_AES, CRYPT_VERIFYCONTEXT));
        REQUIRE_SUCCEEDS(CryptCreateHash(context, CALG_SHA_256, 0, 0, &hash));
    }
    ~CryptObjects() { CryptReleaseContext(context, 0); }

    HCRYPTKEY make_key(ALG_ID algorithm) const
    {
        HCRYPTKEY key = 0;
        REQUIRE_SUCCEEDS(CryptGenKey(context, algorithm, 0, &key));
        return key;
    }

    HCRYPTPROV context = 0;
    HCRYPTHASH hash = 0;
    Buffer buffer = {};
};

struct BcryptObjects {
    BcryptObjects()
    {
        BOOST_REQUIRE_EQUAL(BCryptOpenAlgorithmProvider(&aes, BCRYPT_AES_ALGORITHM, nullptr, 0), 0);
        BOOST_REQUIRE_EQUAL(BCryptOpenAlgorithmProvider(&sha, BCRYPT_SHA256_ALGORITHM, nullptr, 0),
                            0);
        BOOST_REQUIRE_EQUAL(BCryptGenerateSymmetricKey(aes, &key, nullptr, 0, secret.data(), 32, 0),
                            0);
        BOOST_REQUIRE_EQUAL(BCryptCreateHash(sha, &hash, nullptr, 0, nullptr, 0, 0), 0);
    }
    ~BcryptObjects()
    {
        BCryptDestroyHash(hash);
        BCryptDestroyKey(key);
        BCryptCloseAlgorithmProvider(sha, 0);
        BCryptCloseAlgorithmProvider(aes, 0);
    }

    BCRYPT_ALG_HANDLE aes = nullptr;
    BCRYPT_ALG_HANDLE sha = nullptr;
    BCRYPT_KEY_HANDLE key = nullptr;
    BCRYPT_HASH_HANDLE hash = nullptr;
    std::array<BYTE, 32> secret = {};
    std::array<BYTE, 16> iv = {};
    Buffer buffer = {};
};

constexpr int cannot_be_confined = 77;

bool open_and_release()
{
    HCRYPTPROV context = 0;
    return CryptAcquireContextA(&context, nullptr, nullptr, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT) &&
           CryptReleaseContext(context, 0);
}

bool open_and_release_often(int times)
{
    bool good = true;
    while (times-- > 0)
        good = good && open_and_release();
    return good;
}

/// Runs in a child: after this prctl, all but read, write and exit is a SIGKILL.
[[noreturn]] void open_and_release_confined()
{
    constexpr int until_no_slot_is_new = 20000;
    bool good = open_and_release_often(until_no_slot_is_new);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
        _exit(cannot_be_confined);
    good = good && open_and_release_often(20000);
    for (;;)
        syscall(SYS_exit, good ? 0 : 1);
}

/// A key that makes tags, and what its calls work on.
class AuthenticatingKey {
  public:
    AuthenticatingKey(const WCHAR* algorithm, const WCHAR* mode)
    {
        BCRYPT_ALG_HANDLE opened = nullptr;
        BOOST_REQUIRE_EQUAL(BCryptOpenAlgorithmProvider(&opened, algorithm, nullptr, 0), 0);
        BOOST_REQUIRE_EQUAL(BCryptSetProperty(opened, BCRYPT_CHAINING_MODE,
                                              reinterpret_cast<PUCHAR>(const_cast<WCHAR*>(mode)), 0,
                                              0),
                            0);
        std::array<BYTE, 32> secret = {};
        BOOST_REQUIRE_EQUAL(
            BCryptGenerateSymmetricKey(opened, &key_, nullptr, 0, secret.data(), 32, 0), 0);
        BCryptCloseAlgorithmProvider(opened, 0);
    }
    AuthenticatingKey(const AuthenticatingKey&) = delete;
    ~AuthenticatingKey() { BCryptDestroyKey(key_); }

    NTSTATUS seal_and_open() const
    {
        Call call;
        const NTSTATUS sealed = run(BCryptEncrypt, call, data_size - 3);
        return sealed != 0 ? sealed : run(BCryptDecrypt, call, data_size - 3);
    }

    NTSTATUS seal_in_two_calls() const
    {
        Call call;
        call.info.pbMacContext = call.mac_context.data();
        call.info.cbMacContext = 16;
        call.info.dwFlags = BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG;
        const NTSTATUS first = run(BCryptEncrypt, call, data_size);
        call.info.dwFlags &= ~DWORD{BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG};
        return first != 0 ? first : run(BCryptEncrypt, call, 5);
    }

  private:
    struct Call {
        Call()
        {
            BCRYPT_INIT_AUTH_MODE_INFO(info);
            info.pbNonce = nonce.data();
            info.cbNonce = 12;
            info.pbAuthData = nonce.data();
            info.cbAuthData = 12;
            info.pbTag = tag.data();
            info.cbTag = 16;
        }

        BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
        std::array<BYTE, 12> nonce = {};
        std::array<BYTE, 16> tag = {}, mac_context = {}, iv = {};
        Buffer buffer = {};
    };

    template <class Function>
    NTSTATUS run(Function function, Call& call, ULONG size) const
    {
        ULONG written = 0;
        return function(key_, call.buffer.data(), size, &call.info, call.iv.data(), 16,
                        call.buffer.data(), size, &written, 0);
    }

    BCRYPT_KEY_HANDLE key_ = nullptr;
};

constexpr std::array ciphers = {CALG_AES_256, CALG_3DES, CALG_DES, CALG_RC2, CALG_RC4};

} // namespace

BOOST_AUTO_TEST_SUITE(HotPaths)

BOOST_AUTO_TEST_CASE(the_count_counts)
{
    BOOST_TEST(allocated_by([] { std::vector<int>(100).clear(); }) == 1U);
}

BOOST_FIXTURE_TEST_CASE(CryptEncrypt_allocates_nothing, CryptObjects)
{
    for (const ALG_ID algorithm : ciphers) {
        const HCRYPTKEY key = make_key(algorithm);
        BOOST_TEST(allocated_by([&] {
                       DWORD size = data_size;
                       CHECK_SUCCEEDS(
                           CryptEncrypt(key, hash, FALSE, 0, buffer.data(), &size, size));
                   }) == 0U);
    }
}

BOOST_FIXTURE_TEST_CASE(CryptEncrypt_of_the_final_section_allocates_nothing, CryptObjects)
{
    for (const ALG_ID algorithm : ciphers) {
        const HCRYPTKEY key = make_key(algorithm);
        BOOST_TEST(allocated_by([&] {
                       DWORD size = data_size - 5;
                       CHECK_SUCCEEDS(
                           CryptEncrypt(key, 0, TRUE, 0, buffer.data(), &size, sizeof buffer));
                   }) == 0U);
    }
}

BOOST_FIXTURE_TEST_CASE(CryptDecrypt_allocates_nothing, CryptObjects)
{
    for (const ALG_ID algorithm : ciphers) {
        const HCRYPTKEY key = make_key(algorithm);
        BOOST_TEST(allocated_by([&] {
                       DWORD size = data_size;
                       CHECK_SUCCEEDS(CryptDecrypt(key, hash, FALSE, 0, buffer.data(), &size));
                   }) == 0U);
    }
}

BOOST_FIXTURE_TEST_CASE(CryptHashData_allocates_nothing, CryptObjects)
{
    BOOST_TEST(allocated_by([&] {
                   CHECK_SUCCEEDS(CryptHashData(hash, buffer.data(), data_size, 0));
               }) == 0U);
}

BOOST_FIXTURE_TEST_CASE(CryptGetKeyParam_allocates_nothing, CryptObjects)
{
    const HCRYPTKEY key = make_key(CALG_AES_256);
    BOOST_TEST(allocated_by([&] {
                   DWORD size = sizeof(DWORD);
                   CHECK_SUCCEEDS(CryptGetKeyParam(key, KP_BLOCKLEN, buffer.data(), &size, 0));
               }) == 0U);
}

BOOST_FIXTURE_TEST_CASE(BCryptEncrypt_and_BCryptDecrypt_allocate_nothing, BcryptObjects)
{
    for (const auto call : {BCryptEncrypt, BCryptDecrypt})
        BOOST_TEST(allocated_by([&] {
                       ULONG size = 0;
                       BOOST_CHECK_EQUAL(call(key, buffer.data(), data_size, nullptr, iv.data(), 16,
                                              buffer.data(), data_size, &size, 0),
                                         0);
                   }) == 0U);
}

BOOST_AUTO_TEST_CASE(BCryptEncrypt_and_BCryptDecrypt_with_a_tag_allocate_nothing)
{
    const std::pair<const WCHAR*, const WCHAR*> modes[] = {
        {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_GCM},
        {BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CCM},
        {BCRYPT_CHACHA20_POLY1305_ALGORITHM, BCRYPT_CHAIN_MODE_NA},
    };
    for (const auto& [algorithm, mode] : modes) {
        const AuthenticatingKey key(algorithm, mode);
        BOOST_TEST(allocated_by([&] { BOOST_CHECK_EQUAL(key.seal_and_open(), 0); }) == 0U);
    }
}

BOOST_AUTO_TEST_CASE(a_chain_of_calls_allocates_nothing)
{
    const AuthenticatingKey key(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_GCM);
    BOOST_TEST(allocated_by([&] { BOOST_CHECK_EQUAL(key.seal_in_two_calls(), 0); }) == 0U);
}

BOOST_FIXTURE_TEST_CASE(BCryptHashData_allocates_nothing, BcryptObjects)
{
    BOOST_TEST(allocated_by([&] {
                   BOOST_CHECK_EQUAL(BCryptHashData(hash, buffer.data(), data_size, 0), 0);
               }) == 0U);
}

BOOST_FIXTURE_TEST_CASE(BCryptHash_allocates_nothing, BcryptObjects)
{
    for (const auto& [algorithm, key_size] :
         {std::pair{BCRYPT_SHA256_ALG_HANDLE, 0}, {BCRYPT_HMAC_SHA256_ALG_HANDLE, 32}})
        BOOST_TEST(allocated_by([&] {
                       BOOST_CHECK_EQUAL(BCryptHash(algorithm, key_size ? secret.data() : nullptr,
                                                    static_cast<ULONG>(key_size), buffer.data(),
                                                    data_size, buffer.data(), 32),
                                         0);
                   }) == 0U);
}

BOOST_AUTO_TEST_CASE(CryptAcquireContext_of_an_ephemeral_context_makes_no_system_call)
{
    const pid_t child = fork();
    if (child == 0)
        open_and_release_confined();
    int status = 0;
    BOOST_REQUIRE(waitpid(child, &status, 0) == child);
    BOOST_TEST(WIFEXITED(status), "ended by signal " << WTERMSIG(status));
    if (WEXITSTATUS(status) == cannot_be_confined)
        BOOST_TEST_MESSAGE("this kernel does not confine a process (seccomp): nothing proved");
    else
        BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
