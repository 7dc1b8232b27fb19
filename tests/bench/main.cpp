// SPDX-License-Identifier: BSD-2-Clause
// The rows: each piece of work through the library and on raw Botan, in one process, in random
// order and several times over.
#include "bcrypt_work.h"
#include "botan_work.h"
#include "crypt_work.h"
#include "ratio_reporter.h"

#include <thread>

namespace capishim_bench {
namespace {

/// Where raw Botan has nothing like it.
struct Nothing {};

template <class Make>
void measure(const std::string& name, Make make, int threads)
{
    const auto run = [make](benchmark::State& state) {
        auto work = make();
        for ([[maybe_unused]] auto unused : state)
            work();
    };
    benchmark::RegisterBenchmark(name.c_str(), run)->Threads(threads);
}

/// The library's work beside raw Botan's; each thread makes objects of its own.
template <class Ours, class Raw>
Row row(std::string name, int threads, Limits limits, Ours ours, Raw raw)
{
    measure(name + '|' + sides[0], ours, threads);
    if constexpr (!std::is_same_v<Raw, Nothing>)
        measure(name + '|' + sides[1], raw, threads);
    return {std::move(name), threads, limits};
}

template <class Work>
constexpr auto make = [] { return Work(); };

void add_bulk(std::vector<Row>& rows, const std::string& label, std::size_t size, Limits limits)
{
    using namespace botan;
    const auto add = [&](const char* name, auto ours, auto raw) {
        rows.push_back(row(name + label, 1, limits, ours, raw));
    };
    add(
        "CryptEncrypt AES-256-CBC ", [=] { return crypt::Cipher(CALG_AES_256, true, size); },
        [=] { return Cbc(encryption, size); });
    add(
        "CryptDecrypt AES-256-CBC ", [=] { return crypt::Cipher(CALG_AES_256, false, size); },
        [=] { return Cbc(decryption, size); });
    add(
        "CryptEncrypt RC4 ", [=] { return crypt::Cipher(CALG_RC4, true, size); },
        [=] { return Rc4(size); });
    add(
        "CryptHashData SHA-256 ", [=] { return crypt::HashData(size); },
        [=] { return HashData(size); });
    add(
        "BCryptEncrypt AES-256-CBC ", [=] { return bcrypt::Cipher(true, size); },
        [=] { return Cbc(encryption, size); });
    add(
        "BCryptDecrypt AES-256-CBC ", [=] { return bcrypt::Cipher(false, size); },
        [=] { return Cbc(decryption, size); });
    add(
        "BCryptEncrypt AES-256-GCM ", [=] { return bcrypt::Gcm(size); },
        [=] { return Gcm(encryption, size); });
    add(
        "BCryptHashData SHA-256 ", [=] { return bcrypt::HashData(size); },
        [=] { return HashData(size); });
    add(
        "BCryptHashData HMAC-SHA256 ",
        [=] { return bcrypt::HashData(size, BCRYPT_ALG_HANDLE_HMAC_FLAG); },
        [=] { return HmacData(size); });
}

void add_handles(std::vector<Row>& rows, int threads)
{
    using botan::GenerateCipher, botan::MakeCipher;
    const auto add = [&](const char* name, Limits limits, auto ours, auto raw) {
        rows.push_back(row(name, threads, limits, ours, raw));
    };
    add("CryptGenKey AES-256, destroy", {.peer_ns = 1120}, make<crypt::GenerateKey>,
        make<GenerateCipher>);
    add("CryptImportKey PLAINTEXTKEYBLOB, destroy", {.peer_ns = 403}, make<crypt::ImportKey>,
        make<MakeCipher>);
    add("CryptDuplicateKey, destroy", {.peer_ns = 385}, make<crypt::DuplicateKey>,
        make<MakeCipher>);
    add("CryptGetKeyParam KP_BLOCKLEN", {.peer_ns = 52, .ns = 40}, make<crypt::BlockLength>,
        Nothing());
    add("CryptContextAddRef, release", {.peer_ns = 26}, make<crypt::AddReference>, Nothing());
}

void add_small(std::vector<Row>& rows)
{
    const auto add = [&](const char* name, Limits limits, auto ours, auto raw) {
        rows.push_back(row(name, 1, limits, ours, raw));
    };
    add(
        "SHA-1 of 64 B: create to destroy", {.peer_ns = 592},
        [] { return crypt::WholeHash(CALG_SHA1, 64); }, make<botan::ShortHash>);
    add("BCryptHash HMAC-SHA256 64 B", {.ratio = 1.5}, make<bcrypt::ShortHmac>,
        make<botan::ShortHmac>);
    add(
        "CryptGenRandom 32 B", {.peer_ns = 361}, [] { return crypt::Random(32); },
        make<botan::Random>);
    add("CryptAcquireContext VERIFYCONTEXT, release", {.peer_ns = 746000, .ns = 2000},
        make<crypt::Acquire>, Nothing());
    add("CryptSignHash RSA-2048, one pair", {}, make<crypt::Sign>, make<botan::Sign>);
    add("CryptVerifySignature RSA-2048", {.ratio = 1.15}, make<crypt::Verify>,
        [] { return botan::Verify("EMSA3(SHA-256)", 64); });
    add(
        "BCryptVerifySignature RSA-2048", {.ratio = 1.15},
        [] { return bcrypt::Verify(BCRYPT_RSA_ALGORITHM, 2048, true); },
        [] { return botan::Verify("EMSA3(Raw,SHA-256)", 32); });
}

/// The caller's arguments come last, so they overrule ours.
std::vector<char*> arguments(int argc, char** argv)
{
    static char repetitions[] = "--benchmark_repetitions=9";
    static char interleaving[] = "--benchmark_enable_random_interleaving=true";
    static char time[] = "--benchmark_min_time=0.05";
    std::vector<char*> all = {argv[0], repetitions, interleaving, time};
    all.insert(all.end(), argv + 1, argv + argc);
    return all;
}

} // namespace
} // namespace capishim_bench

int main(int argc, char** argv)
{
    using namespace capishim_bench;
    std::vector<char*> all = arguments(argc, argv);
    int count = static_cast<int>(all.size());
    benchmark::Initialize(&count, all.data());
    if (benchmark::ReportUnrecognizedArguments(count, all.data()))
        return 1;
    std::vector<Row> rows;
    add_bulk(rows, "16 KiB", 16384, {.ratio = 1.03});
    add_bulk(rows, "64 B", 64, {});
    add_handles(rows, 1);
    add_handles(rows, 2);
    add_small(rows);
    // Locks cost less in a process that never had a second thread: all rows pay the full price.
    std::thread([] {}).join();
    RatioReporter reporter(std::move(rows));
    benchmark::RunSpecifiedBenchmarks(&reporter);
    benchmark::Shutdown();
}
