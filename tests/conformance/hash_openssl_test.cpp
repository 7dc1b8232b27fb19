// SPDX-License-Identifier: BSD-2-Clause
// BCrypt* beside libcrypto on random input: digests, SHAKE, HMAC, CMAC, GMAC, KMAC.
#include "support/checks.h"
#include "support/hex.h"

#include <algorithm>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <random>

using namespace capishim_test;

namespace {

using Bytes = std::vector<UCHAR>;

constexpr unsigned seed = 20150;
constexpr int rounds = 40;

class Source {
  public:
    Source() { BOOST_TEST_MESSAGE("random input from seed " << seed); }

    std::size_t size(std::size_t most) { return engine_() % (most + 1); }
    Bytes bytes(std::size_t size)
    {
        Bytes made(size);
        std::generate(made.begin(), made.end(), [this] { return static_cast<UCHAR>(engine_()); });
        return made;
    }

  private:
    std::mt19937 engine_{seed};
};

PUCHAR data_of(const Bytes& bytes)
{
    return const_cast<PUCHAR>(bytes.data());
}

ULONG size_of(const Bytes& bytes)
{
    return static_cast<ULONG>(bytes.size());
}

// ---- Our side ----------------------------------------------------------------------------------

struct Algorithm {
    Algorithm(const std::wstring& id, ULONG flags = 0)
    {
        REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&handle, id.c_str(), nullptr, flags),
                       STATUS_SUCCESS);
    }
    Algorithm(const Algorithm&) = delete;
    ~Algorithm() { BCryptCloseAlgorithmProvider(handle, 0); }

    std::string of(const Bytes& data, std::size_t size, const Bytes& key = {}) const
    {
        Bytes value(size);
        REQUIRE_STATUS(BCryptHash(handle, key.empty() ? nullptr : data_of(key), size_of(key),
                                  data_of(data), size_of(data), value.data(), size_of(value)),
                       STATUS_SUCCESS);
        return to_hex(value);
    }

    /// The nonce can be given to an object only (N-208).
    std::string gmac(const Bytes& data, const Bytes& key, const Bytes& nonce) const
    {
        BCRYPT_HASH_HANDLE hash = nullptr;
        Bytes value(16);
        REQUIRE_STATUS(BCryptCreateHash(handle, &hash, nullptr, 0, data_of(key), size_of(key), 0),
                       STATUS_SUCCESS);
        CHECK_STATUS(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, data_of(nonce),
                                       size_of(nonce), 0),
                     STATUS_SUCCESS);
        CHECK_STATUS(BCryptHashData(hash, data_of(data), size_of(data), 0), STATUS_SUCCESS);
        CHECK_STATUS(BCryptFinishHash(hash, value.data(), 16, 0), STATUS_SUCCESS);
        CHECK_STATUS(BCryptDestroyHash(hash), STATUS_SUCCESS);
        return to_hex(value);
    }

    BCRYPT_ALG_HANDLE handle = nullptr;
};

// ---- libcrypto's -------------------------------------------------------------------------------

template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const
    {
        release(object);
    }
};

std::string openssl_digest(const char* name, const Bytes& data, std::size_t size, bool any_length)
{
    const std::unique_ptr<EVP_MD, Release<EVP_MD_free>> digest(
        EVP_MD_fetch(nullptr, name, nullptr));
    const std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    Bytes value(size);
    BOOST_REQUIRE(digest && EVP_DigestInit_ex(context.get(), digest.get(), nullptr));
    BOOST_REQUIRE(EVP_DigestUpdate(context.get(), data.data(), data.size()));
    BOOST_REQUIRE(any_length ? EVP_DigestFinalXOF(context.get(), value.data(), size)
                             : EVP_DigestFinal_ex(context.get(), value.data(), nullptr));
    return to_hex(value);
}

/// @param parameter   the MAC's own: digest, cipher; null where it has none
std::string openssl_mac(const char* name, const char* parameter, const char* value_of,
                        const Bytes& data, const Bytes& key, std::size_t size, const Bytes& nonce)
{
    const std::unique_ptr<EVP_MAC, Release<EVP_MAC_free>> mac(
        EVP_MAC_fetch(nullptr, name, nullptr));
    BOOST_REQUIRE(mac);
    const std::unique_ptr<EVP_MAC_CTX, Release<EVP_MAC_CTX_free>> context(
        EVP_MAC_CTX_new(mac.get()));
    std::vector<OSSL_PARAM> parameters;
    if (parameter)
        parameters.push_back(
            OSSL_PARAM_construct_utf8_string(parameter, const_cast<char*>(value_of), 0));
    else
        parameters.push_back(OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size));
    if (!nonce.empty())
        parameters.push_back(
            OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_IV, data_of(nonce), nonce.size()));
    parameters.push_back(OSSL_PARAM_construct_end());
    Bytes value(size);
    std::size_t written = 0;
    const UCHAR none = 0; // a null key would mean the one before
    BOOST_REQUIRE(EVP_MAC_init(context.get(), key.empty() ? &none : key.data(), key.size(),
                               parameters.data()));
    BOOST_REQUIRE(EVP_MAC_update(context.get(), data.data(), data.size()));
    BOOST_REQUIRE(EVP_MAC_final(context.get(), value.data(), &written, value.size()));
    BOOST_TEST(written == size);
    return to_hex(value);
}

struct DigestRow {
    const wchar_t* id;
    const char* openssl;
    std::size_t size;
};

const DigestRow digests[] = {
    {L"MD5", "MD5", 16},           {L"SHA1", "SHA1", 20},         {L"SHA256", "SHA256", 32},
    {L"SHA384", "SHA384", 48},     {L"SHA512", "SHA512", 64},     {L"SHA3-256", "SHA3-256", 32},
    {L"SHA3-384", "SHA3-384", 48}, {L"SHA3-512", "SHA3-512", 64},
};

} // namespace

BOOST_AUTO_TEST_SUITE(hash_openssl)

BOOST_AUTO_TEST_CASE(digests_and_hmacs_agree)
{
    Source source;
    for (const DigestRow& row : digests) {
        const Algorithm plain(row.id), hmac(row.id, BCRYPT_ALG_HANDLE_HMAC_FLAG);
        for (int round = 0; round < rounds; ++round) {
            const Bytes data = source.bytes(source.size(3000));
            const Bytes key = source.bytes(source.size(300));
            BOOST_TEST(plain.of(data, row.size) ==
                       openssl_digest(row.openssl, data, row.size, false));
            BOOST_TEST(hmac.of(data, row.size, key) == openssl_mac("HMAC", OSSL_MAC_PARAM_DIGEST,
                                                                   row.openssl, data, key, row.size,
                                                                   {}));
        }
    }
}

BOOST_AUTO_TEST_CASE(shake_agrees_at_any_length)
{
    Source source;
    for (const auto& [id, name] : {std::pair{L"SHAKE128", "SHAKE128"},
                                   {L"CSHAKE128", "SHAKE128"},
                                   {L"SHAKE256", "SHAKE256"},
                                   {L"CSHAKE256", "SHAKE256"}}) {
        const Algorithm algorithm(id);
        for (int round = 0; round < rounds; ++round) {
            const Bytes data = source.bytes(source.size(2000));
            const std::size_t size = 1 + source.size(1000);
            BOOST_TEST(algorithm.of(data, size) == openssl_digest(name, data, size, true));
        }
    }
}

BOOST_AUTO_TEST_CASE(kmac_agrees_at_any_length)
{
    Source source;
    for (const auto& [id, name] : {std::pair{L"KMAC128", "KMAC-128"}, {L"KMAC256", "KMAC-256"}}) {
        const Algorithm algorithm(id);
        for (int round = 0; round < rounds; ++round) {
            const Bytes data = source.bytes(source.size(2000));
            const Bytes key = source.bytes(4 + source.size(250)); // libcrypto's least
            const std::size_t size = 1 + source.size(1000);
            BOOST_TEST(algorithm.of(data, size, key) ==
                       openssl_mac(name, nullptr, nullptr, data, key, size, {}));
        }
    }
}

BOOST_AUTO_TEST_CASE(macs_of_aes_agree)
{
    Source source;
    const Algorithm cmac(L"AES-CMAC"), gmac(L"AES-GMAC");
    for (const std::size_t key_size : {16, 24, 32}) {
        const std::string cipher = "AES-" + std::to_string(key_size * 8);
        for (int round = 0; round < rounds; ++round) {
            const Bytes data = source.bytes(source.size(2000));
            const Bytes key = source.bytes(key_size), nonce = source.bytes(12);
            BOOST_TEST(cmac.of(data, 16, key) == openssl_mac("CMAC", OSSL_MAC_PARAM_CIPHER,
                                                             (cipher + "-CBC").c_str(), data, key,
                                                             16, {}));
            BOOST_TEST(gmac.gmac(data, key, nonce) == openssl_mac("GMAC", OSSL_MAC_PARAM_CIPHER,
                                                                  (cipher + "-GCM").c_str(), data,
                                                                  key, 16, nonce));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
