// SPDX-License-Identifier: BSD-2-Clause
// Ciphers with random input of random lengths, in random pieces on our side: what BCrypt* answers
// is what OpenSSL 3 answers. DES, DESX, RC2 and RC4 need its legacy provider.
#include "conformance/cipher_calls.h"

#include <memory>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <random>

using namespace capishim_test;
namespace utf = boost::unit_test;

namespace {

constexpr unsigned random_seed = 3394; // of every case, printed with a failure

class Random {
  public:
    std::size_t number(std::size_t least, std::size_t most)
    {
        return least + source_() % (most - least + 1);
    }

    ByteVector bytes(std::size_t size)
    {
        ByteVector bytes(size);
        for (UCHAR& byte : bytes)
            byte = static_cast<UCHAR>(source_());
        return bytes;
    }

    /// Lengths around which implementations change their ways are likelier.
    std::size_t length()
    {
        static constexpr std::size_t likely[] = {0,   1,    15,   16,   17,  255,
                                                 256, 1008, 1024, 1040, 8192};
        return number(0, 2) ? number(0, 5000) : likely[number(0, std::size(likely) - 1)];
    }

  private:
    std::mt19937 source_{random_seed};
};

/// Unloaded before OpenSSL's own end, which leaves some of an added provider's memory behind.
struct Providers {
    ~Providers()
    {
        for (OSSL_PROVIDER* provider : {legacy, standard})
            if (provider)
                OSSL_PROVIDER_unload(provider);
    }

    OSSL_PROVIDER* const standard = OSSL_PROVIDER_load(nullptr, "default");
    OSSL_PROVIDER* const legacy = OSSL_PROVIDER_load(nullptr, "legacy");
};

bool has_legacy_provider()
{
    static const Providers providers;
    return providers.legacy != nullptr;
}

boost::test_tools::assertion_result has_legacy(utf::test_unit_id)
{
    boost::test_tools::assertion_result answer(has_legacy_provider());
    answer.message() << "OpenSSL's legacy provider is not here";
    return answer;
}

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
struct FreeCipher {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};

/// One message of OpenSSL's.
class OpenSsl {
  public:
    OpenSsl(const char* name, bool encrypting)
        : cipher_(EVP_CIPHER_fetch(nullptr, name, nullptr)), context_(EVP_CIPHER_CTX_new()),
          encrypting_(encrypting)
    {
        BOOST_REQUIRE_MESSAGE(cipher_, name << " is not in OpenSSL");
        EVP_CIPHER_CTX_set_flags(context_.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
        BOOST_REQUIRE(EVP_CipherInit_ex(context_.get(), cipher_.get(), nullptr, nullptr, nullptr,
                                        encrypting));
    }

    void control(int what, std::size_t size, void* data = nullptr)
    {
        BOOST_REQUIRE(EVP_CIPHER_CTX_ctrl(context_.get(), what, static_cast<int>(size), data) > 0);
    }

    /// @param iv   empty where there is none
    void start(const ByteVector& key, const ByteVector& iv)
    {
        BOOST_REQUIRE(EVP_CIPHER_CTX_set_key_length(context_.get(), static_cast<int>(key.size())));
        BOOST_REQUIRE(EVP_CipherInit_ex(context_.get(), nullptr, nullptr, key.data(),
                                        iv.empty() ? nullptr : iv.data(), encrypting_));
    }

    void pad(bool padding) { EVP_CIPHER_CTX_set_padding(context_.get(), padding); }

    /// CCM wants to know it before the associated data.
    void tell_length(std::size_t size)
    {
        int done = 0;
        BOOST_REQUIRE(
            EVP_CipherUpdate(context_.get(), nullptr, &done, nullptr, static_cast<int>(size)));
    }

    void authenticate(const ByteVector& context)
    {
        int done = 0;
        if (!context.empty())
            BOOST_REQUIRE(EVP_CipherUpdate(context_.get(), nullptr, &done, context.data(),
                                           static_cast<int>(context.size())));
    }

    ByteVector run(const ByteVector& text)
    {
        ByteVector out(text.size() + 32);
        int size = 0, rest = 0;
        const UCHAR nothing = 0; // a null pointer would announce a length
        BOOST_REQUIRE(EVP_CipherUpdate(context_.get(), out.data(), &size,
                                       text.empty() ? &nothing : text.data(),
                                       static_cast<int>(text.size())));
        BOOST_REQUIRE(EVP_CipherFinal_ex(context_.get(), out.data() + size, &rest));
        out.resize(static_cast<std::size_t>(size + rest));
        return out;
    }

  private:
    std::unique_ptr<EVP_CIPHER, FreeCipher> cipher_;
    std::unique_ptr<EVP_CIPHER_CTX, FreeContext> context_;
    bool encrypting_;
};

// ---- Plain modes --------------------------------------------------------------------------------

/// A cipher of ours and OpenSSL's name for it.
struct Pair {
    const char* algorithm;
    const char* mode;
    std::size_t key_size, block;
    const char* openssl;
};

std::ostream& operator<<(std::ostream& out, const Pair& pair)
{
    return out << pair.openssl;
}

const Pair current_pairs[] = {
    {"AES", "ECB", 16, 16, "AES-128-ECB"},     {"AES", "ECB", 24, 16, "AES-192-ECB"},
    {"AES", "ECB", 32, 16, "AES-256-ECB"},     {"AES", "CBC", 16, 16, "AES-128-CBC"},
    {"AES", "CBC", 24, 16, "AES-192-CBC"},     {"AES", "CBC", 32, 16, "AES-256-CBC"},
    {"AES", "CFB", 16, 16, "AES-128-CFB"},     {"AES", "CFB", 24, 16, "AES-192-CFB"},
    {"AES", "CFB", 32, 16, "AES-256-CFB"},     {"AES", "CFB8", 16, 16, "AES-128-CFB8"},
    {"AES", "CFB8", 24, 16, "AES-192-CFB8"},   {"AES", "CFB8", 32, 16, "AES-256-CFB8"},
    {"3DES", "ECB", 24, 8, "DES-EDE3-ECB"},    {"3DES", "CBC", 24, 8, "DES-EDE3-CBC"},
    {"3DES", "CFB", 24, 8, "DES-EDE3-CFB"},    {"3DES", "CFB8", 24, 8, "DES-EDE3-CFB8"},
    {"3DES_112", "ECB", 16, 8, "DES-EDE-ECB"}, {"3DES_112", "CBC", 16, 8, "DES-EDE-CBC"},
    {"3DES_112", "CFB", 16, 8, "DES-EDE-CFB"},
};

const Pair legacy_pairs[] = {
    {"DES", "ECB", 8, 8, "DES-ECB"},    {"DES", "CBC", 8, 8, "DES-CBC"},
    {"DES", "CFB", 8, 8, "DES-CFB"},    {"DES", "CFB8", 8, 8, "DES-CFB8"},
    {"DESX", "CBC", 24, 8, "DESX-CBC"}, {"RC2", "ECB", 16, 8, "RC2-ECB"},
    {"RC2", "CBC", 16, 8, "RC2-CBC"},   {"RC2", "CFB", 16, 8, "RC2-CFB"},
    {"RC2", "CBC", 5, 8, "RC2-CBC"},    {"RC2", "CBC", 13, 8, "RC2-CBC"},
};

struct Message {
    const Pair& pair;
    ByteVector key, iv, text;
    bool padded;

    std::size_t granularity() const { return std::string(pair.mode) == "CFB8" ? 1 : pair.block; }
};

Message random_message(Random& random, const Pair& pair)
{
    const std::string mode = pair.mode;
    Message message{pair,
                    random.bytes(pair.key_size),
                    random.bytes(mode == "ECB" ? 0 : pair.block),
                    {},
                    (mode == "ECB" || mode == "CBC") && random.number(0, 1) == 1};
    const std::size_t size = random.length();
    message.text = random.bytes(message.padded ? size : size - size % message.granularity());
    return message;
}

ByteVector by_openssl(const Message& message, bool encrypting, const ByteVector& in)
{
    OpenSsl openssl(message.pair.openssl, encrypting);
    if (std::string(message.pair.algorithm) == "RC2")
        openssl.control(EVP_CTRL_SET_RC2_KEY_BITS, 8 * message.key.size());
    openssl.start(message.key, message.iv);
    openssl.pad(message.padded);
    return openssl.run(in);
}

/// In pieces, of which the last alone is padded.
ByteVector by_us(Random& random, const Message& message, CipherFunction function,
                 const ByteVector& in)
{
    const KeyHandle key = cipher_key(message.pair.algorithm, message.pair.mode, message.key);
    const std::size_t granularity = message.granularity();
    ByteVector iv = message.iv, all;
    std::size_t at = 0;
    while (in.size() - at > message.pair.block && random.number(0, 3) != 0) {
        std::size_t size = random.number(0, in.size() - at - message.pair.block);
        size -= size % granularity;
        append(all, crypt(function, key, part(in, at, size), iv));
        at += size;
    }
    append(all, crypt(function, key, part(in, at, in.size() - at), iv,
                      message.padded ? BCRYPT_BLOCK_PADDING : 0));
    return all;
}

void check_both_ways(const Pair& pair)
{
    Random random;
    for (int round = 0; round < 40; ++round) {
        const Message message = random_message(random, pair);
        BOOST_TEST_CONTEXT(pair << ", seed " << random_seed << ", round " << round << ", "
                                << message.text.size() << " bytes")
        {
            const ByteVector cipher = by_openssl(message, true, message.text);
            BOOST_TEST((by_us(random, message, BCryptEncrypt, message.text) == cipher));
            BOOST_TEST((by_us(random, message, BCryptDecrypt, cipher) == message.text));
            BOOST_TEST((by_openssl(message, false, cipher) == message.text));
        }
    }
}

// ---- Authenticated encryption -------------------------------------------------------------------

struct Sealed {
    ByteVector text, tag;
};

/// How one of ours and OpenSSL's call themselves, and what they take.
struct AuthPair {
    const char* algorithm;
    const char* mode;
    std::size_t key_size;
    const char* openssl;
};

const AuthPair auth_pairs[] = {
    {"AES", "GCM", 16, "AES-128-GCM"},
    {"AES", "GCM", 24, "AES-192-GCM"},
    {"AES", "GCM", 32, "AES-256-GCM"},
    {"AES", "CCM", 16, "AES-128-CCM"},
    {"AES", "CCM", 24, "AES-192-CCM"},
    {"AES", "CCM", 32, "AES-256-CCM"},
    {"CHACHA20_POLY1305", "", 32, "ChaCha20-Poly1305"},
};

Sealed sealed_by_openssl(const AuthPair& pair, const ByteVector& key, const ByteVector& nonce,
                         const ByteVector& context, const ByteVector& text, std::size_t tag_size)
{
    const bool ccm = std::string(pair.mode) == "CCM";
    OpenSsl openssl(pair.openssl, true);
    openssl.control(EVP_CTRL_AEAD_SET_IVLEN, nonce.size());
    if (ccm)
        openssl.control(EVP_CTRL_AEAD_SET_TAG, tag_size);
    openssl.start(key, nonce);
    if (ccm)
        openssl.tell_length(text.size());
    openssl.authenticate(context);
    Sealed sealed{openssl.run(text), ByteVector(tag_size)};
    openssl.control(EVP_CTRL_AEAD_GET_TAG, tag_size, sealed.tag.data());
    return sealed;
}

void check_authenticated(const AuthPair& pair)
{
    const std::string mode = pair.mode;
    Random random;
    for (int round = 0; round < 60; ++round) {
        const ByteVector secret = random.bytes(pair.key_size);
        const ByteVector nonce = random.bytes(mode == "CCM" ? random.number(7, 13) : 12);
        const ByteVector text = random.bytes(random.length()),
                         context = random.bytes(random.length());
        const std::size_t tag_size = mode == "GCM"   ? random.number(12, 16)
                                     : mode == "CCM" ? 2 * random.number(2, 8)
                                                     : 16;
        BOOST_TEST_CONTEXT(pair.openssl << ", seed " << random_seed << ", round " << round << ", "
                                        << text.size() << " bytes")
        {
            const Sealed expected = sealed_by_openssl(pair, secret, nonce, context, text, tag_size);
            const KeyHandle key = cipher_key(pair.algorithm, pair.mode, secret);
            AuthInfo auth(nonce, context, ByteVector(tag_size));
            ByteVector out;
            CHECK_STATUS(crypt(BCryptEncrypt, key, auth, text, out), STATUS_SUCCESS);
            BOOST_TEST((out == expected.text));
            BOOST_TEST((auth.tag == expected.tag));
            CHECK_STATUS(crypt(BCryptDecrypt, key, auth, expected.text, out), STATUS_SUCCESS);
            BOOST_TEST((out == text));
        }
    }
}

/// One chain of GCM with calls of random lengths, associated data among them.
ByteVector chained(Random& random, BCRYPT_KEY_HANDLE key, CipherFunction function, AuthInfo& auth,
                   const ByteVector& in)
{
    const ByteVector context = auth.context;
    ByteVector all, out;
    std::size_t at = 0;
    auth.begin_chain();
    for (; context.size() - at > 16; at += 16) {
        const ByteVector piece = part(context, at, 16);
        auth.set_context(piece);
        CHECK_STATUS(crypt(function, key, auth, {}, out), STATUS_SUCCESS);
    }
    const ByteVector rest = part(context, at, context.size() - at);
    auth.set_context(rest);
    for (at = 0; in.size() - at > 16 && random.number(0, 4) != 0;) {
        const std::size_t size = 16 * random.number(1, (in.size() - at) / 16);
        CHECK_STATUS(crypt(function, key, auth, part(in, at, size), out), STATUS_SUCCESS);
        append(all, out);
        at += size;
    }
    auth.last_call();
    CHECK_STATUS(crypt(function, key, auth, part(in, at, in.size() - at), out), STATUS_SUCCESS);
    append(all, out);
    return all;
}

void check_chained(const AuthPair& pair)
{
    Random random;
    for (int round = 0; round < 60; ++round) {
        const ByteVector secret = random.bytes(pair.key_size), nonce = random.bytes(12);
        const ByteVector text = random.bytes(random.length());
        const ByteVector context = random.bytes(random.number(0, 100));
        const std::size_t tag_size = random.number(12, 16);
        BOOST_TEST_CONTEXT(pair.openssl << ", seed " << random_seed << ", round " << round << ", "
                                        << text.size() << " bytes")
        {
            const Sealed expected = sealed_by_openssl(pair, secret, nonce, context, text, tag_size);
            const KeyHandle key = cipher_key(pair.algorithm, pair.mode, secret);
            AuthInfo sealing(nonce, context, ByteVector(tag_size));
            BOOST_TEST((chained(random, key, BCryptEncrypt, sealing, text) == expected.text));
            BOOST_TEST((sealing.tag == expected.tag));
            AuthInfo opening(nonce, context, expected.tag);
            BOOST_TEST((chained(random, key, BCryptDecrypt, opening, expected.text) == text));
        }
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(ciphers_against_openssl)

BOOST_AUTO_TEST_CASE(current_block_ciphers_agree)
{
    has_legacy_provider(); // loading it also loads the default one by name
    for (const Pair& pair : current_pairs)
        check_both_ways(pair);
}

BOOST_AUTO_TEST_CASE(legacy_block_ciphers_agree, *utf::precondition(has_legacy))
{
    for (const Pair& pair : legacy_pairs)
        check_both_ways(pair);
}

BOOST_AUTO_TEST_CASE(rc4_agrees_in_pieces, *utf::precondition(has_legacy))
{
    Random random;
    for (int round = 0; round < 60; ++round) {
        const Pair pair{"RC4", "", random.number(1, 32), 1, "RC4"};
        const ByteVector text = random.bytes(random.length());
        const Message message{pair, random.bytes(pair.key_size), {}, text, false};
        const ByteVector cipher = by_openssl(message, true, text);
        BOOST_TEST((by_us(random, message, BCryptEncrypt, text) == cipher));
        BOOST_TEST((by_us(random, message, BCryptDecrypt, cipher) == text));
    }
}

BOOST_AUTO_TEST_CASE(authenticated_encryption_agrees)
{
    for (const AuthPair& pair : auth_pairs)
        check_authenticated(pair);
}

BOOST_AUTO_TEST_CASE(chains_of_gcm_agree)
{
    for (const AuthPair& pair : auth_pairs)
        if (std::string(pair.mode) == "GCM")
            check_chained(pair);
}

BOOST_AUTO_TEST_CASE(ccm_agrees_on_long_associated_data)
{
    Random random; // from FF00 bytes on its length is written otherwise
    for (const std::size_t size : {0xFEFF, 0xFF00, 0xFF01, 100000}) {
        const ByteVector secret = random.bytes(32), nonce = random.bytes(12),
                         context = random.bytes(size), text = random.bytes(70000);
        const Sealed expected = sealed_by_openssl(auth_pairs[5], secret, nonce, context, text, 16);
        const KeyHandle key = cipher_key("AES", "CCM", secret);
        AuthInfo auth(nonce, context, ByteVector(16));
        ByteVector out;
        CHECK_STATUS(crypt(BCryptEncrypt, key, auth, text, out), STATUS_SUCCESS);
        BOOST_TEST((out == expected.text));
        BOOST_TEST((auth.tag == expected.tag));
    }
}

BOOST_AUTO_TEST_CASE(xts_agrees_unit_by_unit)
{
    Random random;
    for (const auto& [key_size, name] :
         {std::pair<std::size_t, const char*>{32, "AES-128-XTS"}, {64, "AES-256-XTS"}}) {
        for (int round = 0; round < 60; ++round) {
            const ByteVector secret = random.bytes(key_size);
            const std::size_t unit = 16 * random.number(1, 300), units = random.number(1, 5);
            const ByteVector text = random.bytes(unit * units);
            const KeyHandle key = cipher_key("XTS-AES", "", secret);
            REQUIRE_STATUS(set_dword(key, BCRYPT_MESSAGE_BLOCK_LENGTH, static_cast<ULONG>(unit)),
                           STATUS_SUCCESS);
            ByteVector number = random.bytes(16), position = number, expected;
            number[0] = position[0] &= 0x7F; // the few next numbers differ in this byte
            for (std::size_t i = 0; i < units; ++i, ++number[0]) {
                OpenSsl openssl(name, true);
                openssl.start(secret, number);
                append(expected, openssl.run(part(text, i * unit, unit)));
            }
            ByteVector back = position;
            BOOST_TEST((crypt(BCryptEncrypt, key, text, position) == expected));
            BOOST_TEST((position == number));
            BOOST_TEST((crypt(BCryptDecrypt, key, expected, back) == text));
        }
    }
}

BOOST_AUTO_TEST_CASE(wrapped_keys_agree)
{
    Random random;
    for (const auto& [size, name] : {std::pair<std::size_t, const char*>{16, "AES-128-WRAP"},
                                     {24, "AES-192-WRAP"},
                                     {32, "AES-256-WRAP"}}) {
        for (int round = 0; round < 30; ++round) {
            const ByteVector wrapping = random.bytes(size),
                             secret = random.bytes(8 * random.number(2, 8));
            OpenSsl openssl(name, true);
            openssl.start(wrapping, {});
            const ByteVector expected = openssl.run(secret);
            const KeyHandle kek = cipher_key("AES", "", wrapping);
            const KeyHandle key = symmetric_key(BCRYPT_RC4_ALG_HANDLE, to_hex(secret));
            ByteVector blob(secret.size() + 8);
            ULONG written = 0;
            CHECK_STATUS(BCryptExportKey(key, kek, BCRYPT_AES_WRAP_KEY_BLOB, blob.data(),
                                         size_of(blob), &written, 0),
                         STATUS_SUCCESS);
            BOOST_TEST((blob == expected));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
