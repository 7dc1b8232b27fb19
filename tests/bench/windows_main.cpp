// SPDX-License-Identifier: BSD-2-Clause
// The rows on whichever cryptsp.dll and bcrypt.dll Windows found for this process. Says which these
// are, then the time of a call in nanoseconds, sample by sample: lines of fields with tabs between,
// for compare_windows.py.
#include "bcrypt_work.h"
#include "crypt_work.h"

#include <chrono>

namespace capishim_bench {
namespace {

/// Where the code lies that a name of a DLL stands for: a forwarder leads to another DLL.
void print_module(const char* dll, const char* name)
{
    const FARPROC function = GetProcAddress(GetModuleHandleA(dll), name);
    HMODULE module = nullptr;
    check(GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                                 GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                             reinterpret_cast<const char*>(function), &module));
    std::array<char, MAX_PATH> path = {};
    GetModuleFileNameA(module, path.data(), dword(path.size()));
    std::printf("module\t%s\t%s\n", dll, path.data());
}

template <class Work>
double nanoseconds(Work& work, std::size_t calls)
{
    using Clock = std::chrono::steady_clock; // QueryPerformanceCounter
    const auto begun = Clock::now();
    for (std::size_t i = 0; i < calls; ++i)
        work();
    return std::chrono::duration<double, std::nano>(Clock::now() - begun).count();
}

// Long beside the clock's grain of 100 ns; longer ones would always share the processor on a busy
// machine, and the best of them could not be an undisturbed one.
constexpr double shortest_sample = 10e6;

/// How many calls make a sample. Finding out warms up.
template <class Work>
std::size_t calls_of_a_sample(Work& work)
{
    std::size_t calls = 1;
    while (nanoseconds(work, calls) < shortest_sample)
        calls *= 2;
    return calls;
}

class Rows {
  public:
    explicit Rows(std::string filter) : filter_(std::move(filter)) {}

    template <class Make>
    void measure(const std::string& name, Make make, const char* kind = "time") const
    {
        if (name.find(filter_) == std::string::npos)
            return;
        try {
            auto work = make();
            const std::size_t calls = calls_of_a_sample(work);
            for (int sample = 0; sample < 10; ++sample)
                std::printf("%s\t%s\t%.1f\n", kind, name.c_str(),
                            nanoseconds(work, calls) / static_cast<double>(calls));
        } catch (const Refused& refused) {
            std::printf("refused\t%s\t%s\n", name.c_str(), refused.what());
        }
        std::fflush(stdout);
    }

  private:
    std::string filter_;
};

template <class Work>
constexpr auto make = [] { return Work(); };

void measure_crypt_ciphers(const Rows& rows)
{
    using crypt::Cipher;
    const auto add = [&](const char* name, ALG_ID algorithm, bool encrypting, std::size_t size) {
        rows.measure(name, [=] { return Cipher(algorithm, encrypting, size); });
    };
    add("CryptEncrypt AES-256-CBC 64 B", CALG_AES_256, true, 64);
    add("CryptDecrypt AES-256-CBC 64 B", CALG_AES_256, false, 64);
    add("CryptEncrypt AES-256-CBC 16 KiB", CALG_AES_256, true, 16384);
    add("CryptDecrypt AES-256-CBC 16 KiB", CALG_AES_256, false, 16384);
    add("CryptEncrypt RC4 16 KiB", CALG_RC4, true, 16384);
    add("CryptEncrypt RC2 16 KiB", CALG_RC2, true, 16384);
    add("CryptEncrypt 3DES 16 KiB", CALG_3DES, true, 16384);
}

void measure_crypt_hashes(const Rows& rows)
{
    const auto add = [&](const char* name, ALG_ID algorithm, std::size_t size) {
        rows.measure(name, [=] { return crypt::WholeHash(algorithm, size); });
    };
    add("MD5 of 16 KiB: create to destroy", CALG_MD5, 16384);
    add("SHA-1 of 16 KiB: create to destroy", CALG_SHA1, 16384);
    add("SHA-256 of 16 KiB: create to destroy", CALG_SHA_256, 16384);
    add("SHA-1 of 64 B: create to destroy", CALG_SHA1, 64);
}

void measure_crypt_handles(const Rows& rows)
{
    rows.measure("CryptGenKey AES-256, destroy", make<crypt::GenerateKey>);
    rows.measure("CryptImportKey PLAINTEXTKEYBLOB, destroy", make<crypt::ImportKey>);
    rows.measure("CryptDuplicateKey, destroy", make<crypt::DuplicateKey>);
    rows.measure("CryptDeriveKey AES-256 from SHA-256", make<crypt::DeriveKey>);
    rows.measure("CryptGetKeyParam KP_BLOCKLEN", make<crypt::BlockLength>);
    rows.measure("CryptGenRandom 32 B", [] { return crypt::Random(32); });
    rows.measure("CryptGenRandom 16 KiB", [] { return crypt::Random(16384); });
    rows.measure("CryptAcquireContext VERIFYCONTEXT, release", make<crypt::Acquire>);
}

void measure_crypt_pairs(const Rows& rows)
{
    rows.measure("CryptSignHash RSA-2048", make<crypt::Sign>);
    rows.measure("CryptVerifySignature RSA-2048", make<crypt::Verify>);
    rows.measure("CryptGenKey RSA-2048, destroy", make<crypt::GeneratePair>, "luck");
}

void measure_bcrypt(const Rows& rows)
{
    using namespace bcrypt;
    constexpr std::size_t size = 16384;
    rows.measure("BCryptEncrypt AES-256-CBC 16 KiB", [] { return Cipher(true, size); });
    rows.measure("BCryptDecrypt AES-256-CBC 16 KiB", [] { return Cipher(false, size); });
    rows.measure("BCryptEncrypt AES-256-GCM 16 KiB", [] { return Gcm(size); });
    rows.measure("BCryptHashData SHA-256 16 KiB", [] { return HashData(size); });
    rows.measure("BCryptHashData HMAC-SHA256 16 KiB",
                 [] { return HashData(size, BCRYPT_ALG_HANDLE_HMAC_FLAG); });
    rows.measure("BCryptHash HMAC-SHA256 64 B", make<ShortHmac>);
    rows.measure("BCryptGenRandom 32 B", make<Random>);
    rows.measure("BCryptDeriveKeyPBKDF2 SHA-256, 1,000 rounds", make<Pbkdf2>);
    rows.measure("BCryptSignHash ECDSA P-256",
                 [] { return Sign(BCRYPT_ECDSA_P256_ALGORITHM, 256, false); });
    rows.measure("BCryptVerifySignature ECDSA P-256",
                 [] { return Verify(BCRYPT_ECDSA_P256_ALGORITHM, 256, false); });
    rows.measure("BCryptSecretAgreement P-256, derive, destroy", make<Ecdh>);
    rows.measure("BCryptSignHash RSA-2048", [] { return Sign(BCRYPT_RSA_ALGORITHM, 2048, true); });
    rows.measure("BCryptVerifySignature RSA-2048",
                 [] { return Verify(BCRYPT_RSA_ALGORITHM, 2048, true); });
}

} // namespace
} // namespace capishim_bench

int main(int argc, char** argv)
{
    using namespace capishim_bench;
    print_module("cryptsp.dll", "CryptEncrypt");
    print_module("bcrypt.dll", "BCryptEncrypt");
    const Rows rows(argc > 1 ? argv[1] : "");
    measure_crypt_ciphers(rows);
    measure_crypt_hashes(rows);
    measure_crypt_handles(rows);
    measure_crypt_pairs(rows);
    measure_bcrypt(rows);
}
