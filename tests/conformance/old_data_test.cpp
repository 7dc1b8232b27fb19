// SPDX-License-Identifier: BSD-2-Clause
// Keys and files that others made opens through Crypt*: OpenSSL's MSBLOB and PVK, strong-name key
// files, and documents after [MS-OFFCRYPTO]'s CryptoAPI schemes. The other side is libcrypto's, or
// written down here from the published format; none of it is our code.
#include "api/crypt/crypt_fixtures.h"

#include <array>
#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

using namespace capishim_test;

namespace {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* object) const
    {
        Free(object);
    }
};
using Pkey = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>>;
using Stream = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<BN_clear_free>>;

Pkey make_rsa(unsigned bits)
{
    Pkey key(EVP_RSA_gen(bits));
    BOOST_REQUIRE(key);
    return key;
}

Stream memory()
{
    return Stream(BIO_new(BIO_s_mem()));
}

ByteVector contents_of(BIO* stream)
{
    const char* data = nullptr;
    const long size = BIO_get_mem_data(stream, &data);
    return {data, data + size};
}

ByteVector sha1(const ByteVector& data)
{
    ByteVector digest(20);
    BOOST_REQUIRE(
        EVP_Digest(data.data(), data.size(), digest.data(), nullptr, EVP_sha1(), nullptr));
    return digest;
}

ByteVector openssl_signature(EVP_PKEY* key, const ByteVector& data)
{
    const DigestContext context(EVP_MD_CTX_new());
    BOOST_REQUIRE(EVP_DigestSignInit(context.get(), nullptr, EVP_sha1(), nullptr, key));
    std::size_t size = 0;
    BOOST_REQUIRE(EVP_DigestSign(context.get(), nullptr, &size, data.data(), data.size()));
    ByteVector signature(size);
    BOOST_REQUIRE(EVP_DigestSign(context.get(), signature.data(), &size, data.data(), data.size()));
    return signature;
}

bool openssl_verifies(EVP_PKEY* key, const ByteVector& data, const ByteVector& signature)
{
    const DigestContext context(EVP_MD_CTX_new());
    BOOST_REQUIRE(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha1(), nullptr, key));
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), data.data(),
                            data.size()) == 1;
}

const ByteVector message = bytes_of("old data");

ByteVector signature_by(const VerifyContext& context, DWORD key_spec)
{
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "old data");
    DWORD size = 0;
    REQUIRE_SUCCEEDS(CryptSignHashA(hash, key_spec, nullptr, 0, nullptr, &size));
    ByteVector signature(size);
    REQUIRE_SUCCEEDS(CryptSignHashA(hash, key_spec, nullptr, 0, signature.data(), &size));
    return signature;
}

bool verifies(const VerifyContext& context, const ByteVector& signature, HCRYPTKEY key)
{
    const HCRYPTHASH hash = hash_with(context, CALG_SHA1, "old data");
    return CryptVerifySignatureA(hash, signature.data(), size_of(signature), key, nullptr, 0);
}

/// The pair signs what OpenSSL's half verifies, and the other way round.
void check_same_pair(const VerifyContext& context, HCRYPTKEY pair, DWORD key_spec, EVP_PKEY* theirs)
{
    BOOST_CHECK(openssl_verifies(theirs, message, reversed(signature_by(context, key_spec))));
    BOOST_CHECK(verifies(context, reversed(openssl_signature(theirs, message)), pair));
}

} // namespace

// ---- MSBLOB ------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(msblob)

BOOST_AUTO_TEST_CASE(private_keys_that_openssl_wrote_are_the_same_keys_here)
{
    for (const unsigned bits : {512u, 1024u, 1032u, 2048u}) {
        const Provider context(strong_provider);
        const Pkey theirs = make_rsa(bits);
        const Stream stream = memory();
        BOOST_REQUIRE_GT(i2b_PrivateKey_bio(stream.get(), theirs.get()), 0);
        const ByteVector blob = contents_of(stream.get());
        const HCRYPTKEY pair = imported(context.provider, blob);
        check_same_pair(context, pair, AT_KEYEXCHANGE, theirs.get());
        BOOST_CHECK(exported(pair, PRIVATEKEYBLOB) == blob);
    }
}

BOOST_AUTO_TEST_CASE(public_keys_that_openssl_wrote_verify_and_those_that_we_write_are_read)
{
    const Provider context(strong_provider);
    const Pkey theirs = make_rsa(1024);
    const Stream stream = memory();
    BOOST_REQUIRE_GT(i2b_PublicKey_bio(stream.get(), theirs.get()), 0);
    const ByteVector blob = contents_of(stream.get());
    const HCRYPTKEY half = imported(context.provider, blob);
    BOOST_CHECK(verifies(context, reversed(openssl_signature(theirs.get(), message)), half));
    BOOST_CHECK(exported(half, PUBLICKEYBLOB) == blob);

    const HCRYPTKEY ours = context.make_key(AT_KEYEXCHANGE, 1024u << 16 | CRYPT_EXPORTABLE);
    for (const DWORD type : {PRIVATEKEYBLOB, PUBLICKEYBLOB}) {
        const ByteVector written = exported(ours, type);
        const Stream in(BIO_new_mem_buf(written.data(), static_cast<int>(written.size())));
        const Pkey read(type == PRIVATEKEYBLOB ? b2i_PrivateKey_bio(in.get())
                                               : b2i_PublicKey_bio(in.get()));
        BOOST_REQUIRE(read);
        BOOST_CHECK(
            openssl_verifies(read.get(), message, reversed(signature_by(context, AT_KEYEXCHANGE))));
    }
}

BOOST_AUTO_TEST_SUITE_END()

// ---- PVK (cryptoapi.md 4.12) -------------------------------------------------------------------

namespace {

/// RC4 lies in OpenSSL's legacy provider.
struct LegacyCiphers {
    OSSL_PROVIDER* defaults = OSSL_PROVIDER_load(nullptr, "default");
    OSSL_PROVIDER* legacy = OSSL_PROVIDER_load(nullptr, "legacy");
    ~LegacyCiphers()
    {
        OSSL_PROVIDER_unload(legacy);
        OSSL_PROVIDER_unload(defaults);
    }
};

boost::test_tools::assertion_result openssl_has_rc4(boost::unit_test::test_unit_id)
{
    const LegacyCiphers ciphers;
    boost::test_tools::assertion_result result(ciphers.legacy != nullptr);
    result.message() << "this OpenSSL comes without its legacy provider, which has RC4";
    return result;
}

enum class Strength { none, weak, strong }; // OpenSSL's levels

int tell_password(char* buffer, int size, int, void* password)
{
    const auto& text = *static_cast<const std::string*>(password);
    BOOST_REQUIRE_LE(text.size(), static_cast<std::size_t>(size));
    std::copy(text.begin(), text.end(), buffer);
    return static_cast<int>(text.size());
}

ByteVector openssl_pvk(EVP_PKEY* key, Strength strength, std::string password)
{
    const Stream stream = memory();
    BOOST_REQUIRE_GT(
        i2b_PVK_bio(stream.get(), key, static_cast<int>(strength), tell_password, &password), 0);
    return contents_of(stream.get());
}

struct PvkFile {
    DWORD magic, reserved, key_spec, encrypted;
    ByteVector salt, blob;

    explicit PvkFile(const ByteVector& file)
    {
        std::array<DWORD, 6> header;
        BOOST_REQUIRE_GE(file.size(), sizeof header);
        std::memcpy(header.data(), file.data(), sizeof header);
        magic = header[0];
        reserved = header[1];
        key_spec = header[2];
        encrypted = header[3];
        BOOST_REQUIRE_EQUAL(file.size(), sizeof header + header[4] + header[5]);
        const auto salt_start = file.begin() + sizeof header;
        salt.assign(salt_start, salt_start + header[4]);
        blob.assign(salt_start + header[4], file.end());
    }
};

/// What every program that reads PVK does: SHA-1 of salt and password, and RC4 from it.
HCRYPTKEY pvk_key(const VerifyContext& context, const PvkFile& file, const std::string& password,
                  DWORD bits)
{
    const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
    add_data(hash, file.salt);
    add_data(hash, bytes_of(password));
    return derived(context.provider, CALG_RC4, hash, bits << 16);
}

} // namespace

BOOST_AUTO_TEST_SUITE(pvk, *boost::unit_test::precondition(openssl_has_rc4))

BOOST_AUTO_TEST_CASE(opens_without_a_password_and_with_one_weak_and_strong)
{
    const LegacyCiphers ciphers;
    const Pkey theirs = make_rsa(1024);
    const struct {
        Strength strength;
        DWORD bits;
        std::string password;
    } rows[] = {
        {Strength::none, 0, ""},
        {Strength::weak, 40, "password"},
        {Strength::strong, 128, "password"},
        {Strength::weak, 40, "a longer one, with \xE4 in it"},
        {Strength::strong, 128, "x"},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT("strength " << static_cast<int>(row.strength) << ", " << row.password)
        {
            const Provider context(strong_provider);
            const PvkFile file(openssl_pvk(theirs.get(), row.strength, row.password));
            BOOST_CHECK_EQUAL(file.magic, 0xB0B5F11Eu);
            BOOST_CHECK_EQUAL(file.key_spec, DWORD{AT_KEYEXCHANGE});
            BOOST_CHECK_EQUAL(file.encrypted, row.bits ? 1u : 0u);
            const HCRYPTKEY opener = row.bits ? pvk_key(context, file, row.password, row.bits) : 0;

            // By CryptImportKey, which undoes the encryption (U-98)
            const HCRYPTKEY pair = imported(context.provider, file.blob, opener);
            check_same_pair(context, pair, AT_KEYEXCHANGE, theirs.get());
            if (!opener)
                continue;

            // By hand, as other programs do: all behind the BLOBHEADER
            const ByteVector body(file.blob.begin() + 8, file.blob.end());
            const ByteVector blob = concatenated(
                {ByteVector(file.blob.begin(), file.blob.begin() + 8), decrypted(opener, body)});
            BOOST_CHECK(blob == exported(imported(context.provider, blob), PRIVATEKEYBLOB));
        }
}

BOOST_AUTO_TEST_CASE(another_password_does_not_open_it)
{
    const LegacyCiphers ciphers;
    const Provider context(strong_provider);
    const PvkFile file(openssl_pvk(make_rsa(1024).get(), Strength::strong, "password"));
    HCRYPTKEY pair = 0;
    CHECK_FAILS_WITH(
        import_blob(context.provider, file.blob, &pair, pvk_key(context, file, "Password", 128)),
        NTE_BAD_DATA);
}

BOOST_AUTO_TEST_CASE(what_we_encrypt_openssl_opens)
{
    const LegacyCiphers ciphers;
    for (const DWORD bits : {40u, 128u}) {
        const Provider context(strong_provider);
        context.make_key(AT_KEYEXCHANGE, 1024u << 16 | CRYPT_EXPORTABLE);
        HCRYPTKEY pair = 0;
        REQUIRE_SUCCEEDS(CryptGetUserKey(context.provider, AT_KEYEXCHANGE, &pair));
        std::string password = "password";
        const ByteVector salt = counting(16);
        const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
        add_data(hash, concatenated({salt, bytes_of(password)}));
        const HCRYPTKEY sealer = derived(context.provider, CALG_RC4, hash, bits << 16);
        const ByteVector blob = exported(pair, PRIVATEKEYBLOB, sealer);
        const ByteVector file = concatenated(
            {little_endian(0xB0B5F11E), little_endian(0), little_endian(AT_KEYEXCHANGE),
             little_endian(1), little_endian(16), little_endian(size_of(blob)), salt, blob});
        const Stream in(BIO_new_mem_buf(file.data(), static_cast<int>(file.size())));
        const Pkey read(b2i_PVK_bio(in.get(), tell_password, &password));
        BOOST_REQUIRE(read);
        BOOST_CHECK(
            openssl_verifies(read.get(), message, reversed(signature_by(context, AT_KEYEXCHANGE))));
    }
}

BOOST_AUTO_TEST_SUITE_END()

// ---- Strong names: .snk ------------------------------------------------------------------------

namespace {

/// One of a key's numbers, little-endian.
ByteVector number_of(EVP_PKEY* key, const char* name, std::size_t size)
{
    BIGNUM* number = nullptr;
    BOOST_REQUIRE(EVP_PKEY_get_bn_param(key, name, &number));
    const Number owner(number);
    ByteVector bytes(size);
    BOOST_REQUIRE_EQUAL(BN_bn2lebinpad(number, bytes.data(), static_cast<int>(size)),
                        static_cast<int>(size));
    return bytes;
}

/// PUBLICKEYBLOB or PRIVATEKEYBLOB by the layout that Microsoft publishes (cryptoapi.md 4.2, 4.3).
ByteVector rendered_blob(EVP_PKEY* key, DWORD type, ALG_ID algorithm)
{
    const auto size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    ByteVector blob = concatenated({blob_header(static_cast<BYTE>(type), algorithm),
                                    bytes_of(type == PUBLICKEYBLOB ? "RSA1" : "RSA2"),
                                    little_endian(static_cast<DWORD>(size * 8)),
                                    number_of(key, OSSL_PKEY_PARAM_RSA_E, 4),
                                    number_of(key, OSSL_PKEY_PARAM_RSA_N, size)});
    if (type == PUBLICKEYBLOB)
        return blob;
    for (const char* name :
         {OSSL_PKEY_PARAM_RSA_FACTOR1, OSSL_PKEY_PARAM_RSA_FACTOR2, OSSL_PKEY_PARAM_RSA_EXPONENT1,
          OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1})
        blob = concatenated({blob, number_of(key, name, size / 2)});
    return concatenated({blob, number_of(key, OSSL_PKEY_PARAM_RSA_D, size)});
}

/// What `sn -p` writes, and what an assembly carries: PublicKeyBlob of ECMA-335 and strongname.h.
ByteVector snk_public(EVP_PKEY* key)
{
    const ByteVector blob = rendered_blob(key, PUBLICKEYBLOB, CALG_RSA_SIGN);
    return concatenated({little_endian(CALG_RSA_SIGN), little_endian(CALG_SHA1),
                         little_endian(size_of(blob)), blob});
}

} // namespace

BOOST_AUTO_TEST_SUITE(strong_name_keys)

BOOST_AUTO_TEST_CASE(a_key_pair_file_is_a_signature_pair)
{
    for (const unsigned bits : {1024u, 2048u}) {
        const Provider context(strong_provider);
        const Pkey theirs = make_rsa(bits);
        const ByteVector snk = rendered_blob(theirs.get(), PRIVATEKEYBLOB, CALG_RSA_SIGN);
        BOOST_CHECK_EQUAL(snk.size(), bits == 1024 ? 596u : 1172u);
        const HCRYPTKEY pair = imported(context.provider, snk);
        check_same_pair(context, pair, AT_SIGNATURE, theirs.get());
        BOOST_CHECK(exported(pair, PRIVATEKEYBLOB) == snk);
    }
}

BOOST_AUTO_TEST_CASE(a_public_key_file_holds_its_blob_after_twelve_bytes)
{
    const Provider context(strong_provider);
    const Pkey theirs = make_rsa(1024);
    const ByteVector snk = snk_public(theirs.get());
    BOOST_CHECK_EQUAL(snk.size(), 160u);
    const HCRYPTKEY half = imported(context.provider, {snk.begin() + 12, snk.end()});
    BOOST_CHECK(verifies(context, reversed(openssl_signature(theirs.get(), message)), half));

    // The public key token: the last 8 bytes of its SHA-1, reversed
    const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
    add_data(hash, snk);
    BOOST_CHECK(value_of(hash) == sha1(snk));
}

BOOST_AUTO_TEST_CASE(the_public_key_of_ecmas_own_libraries_is_refused)
{
    // ECMA-335 II.6.2.1.3: sixteen bytes that stand for a key, and hold none
    const ByteVector standard = from_hex("00000000000000000400000000000000");
    const Provider context(strong_provider);
    HCRYPTKEY key = 0;
    CHECK_FAILS_WITH(import_blob(context.provider, {standard.begin() + 12, standard.end()}, &key),
                     NTE_BAD_DATA);
}

BOOST_AUTO_TEST_SUITE_END()

// ---- [MS-OFFCRYPTO] ----------------------------------------------------------------------------

namespace {

ByteVector utf16(const std::string& text)
{
    ByteVector bytes;
    for (const char letter : text)
        bytes.insert(bytes.end(), {static_cast<BYTE>(letter), 0});
    return bytes;
}

/// RC4 as it was published, so that OpenSSL's legacy provider is not needed.
ByteVector rc4(const ByteVector& key, ByteVector data)
{
    std::array<BYTE, 256> state;
    for (std::size_t i = 0; i < state.size(); ++i)
        state[i] = static_cast<BYTE>(i);
    for (std::size_t i = 0, j = 0; i < state.size(); ++i) {
        j = (j + state[i] + key[i % key.size()]) % 256;
        std::swap(state[i], state[j]);
    }
    std::size_t i = 0, j = 0;
    for (BYTE& byte : data) {
        i = (i + 1) % 256;
        j = (j + state[i]) % 256;
        std::swap(state[i], state[j]);
        byte ^= state[(state[i] + state[j]) % 256];
    }
    return data;
}

ByteVector aes_ecb(const ByteVector& key, const ByteVector& data)
{
    const EVP_CIPHER* const cipher = key.size() == 16   ? EVP_aes_128_ecb()
                                     : key.size() == 24 ? EVP_aes_192_ecb()
                                                        : EVP_aes_256_ecb();
    const CipherContext context(EVP_CIPHER_CTX_new());
    BOOST_REQUIRE(EVP_EncryptInit_ex(context.get(), cipher, nullptr, key.data(), nullptr));
    BOOST_REQUIRE(EVP_CIPHER_CTX_set_padding(context.get(), 0));
    ByteVector out(data.size());
    int size = 0;
    BOOST_REQUIRE(EVP_EncryptUpdate(context.get(), out.data(), &size, data.data(),
                                    static_cast<int>(data.size())));
    BOOST_REQUIRE_EQUAL(static_cast<std::size_t>(size), data.size());
    return out;
}

const ByteVector salt = from_hex("e8b4a1f05c6d7e3921f0a3b4c5d6e7f8");
const std::string password = "Passw0rd";

// 2.3.5: RC4 CryptoAPI encryption, of binary documents

/// 2.3.5.2. The key of a block; 40 bits are padded with zeros to 128.
ByteVector rc4_document_key(DWORD bits, DWORD block)
{
    const ByteVector start = sha1(concatenated({salt, utf16(password)}));
    ByteVector key = sha1(concatenated({start, little_endian(block)}));
    key.resize(bits / 8);
    if (bits == 40)
        key.resize(16);
    return key;
}

/// The same through CryptoAPI, as a program that opens such a document does it.
HCRYPTKEY rc4_document_key_by_api(const VerifyContext& context, DWORD bits, DWORD block,
                                  const std::string& word)
{
    const HCRYPTHASH start = context.make_hash(CALG_SHA1);
    add_data(start, salt);
    add_data(start, utf16(word));
    const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
    add_data(hash, value_of(start));
    add_data(hash, little_endian(block));
    return derived(context.provider, CALG_RC4, hash, bits << 16);
}

// 2.3.4: standard encryption, AES of documents after ECMA-376

constexpr DWORD spin_count = 50000;

/// 2.3.4.7
ByteVector aes_document_key(DWORD bits)
{
    ByteVector hash = sha1(concatenated({salt, utf16(password)}));
    for (DWORD i = 0; i < spin_count; ++i)
        hash = sha1(concatenated({little_endian(i), hash}));
    hash = sha1(concatenated({hash, little_endian(0)}));
    const auto half = [&](BYTE pad) {
        ByteVector buffer(64, pad);
        for (std::size_t i = 0; i < hash.size(); ++i)
            buffer[i] ^= hash[i];
        return sha1(buffer);
    };
    ByteVector key = concatenated({half(0x36), half(0x5c)});
    key.resize(bits / 8);
    return key;
}

HCRYPTKEY aes_document_key_by_api(const VerifyContext& context, ALG_ID algorithm)
{
    const HCRYPTHASH start = context.make_hash(CALG_SHA1);
    add_data(start, concatenated({salt, utf16(password)}));
    ByteVector value = value_of(start);
    for (DWORD i = 0; i < spin_count; ++i) {
        const HCRYPTHASH hash = context.make_hash(CALG_SHA1);
        add_data(hash, little_endian(i));
        add_data(hash, value);
        value = value_of(hash);
        BOOST_REQUIRE(CryptDestroyHash(hash));
    }
    const HCRYPTHASH last = context.make_hash(CALG_SHA1);
    add_data(last, value);
    add_data(last, little_endian(0));
    const HCRYPTKEY key = derived(context.provider, algorithm, last);
    BOOST_REQUIRE(set_key_number(key, KP_MODE, CRYPT_MODE_ECB));
    return key;
}

/// A verifier and its hash, decrypted: whether they belong together (2.3.4.9, 2.3.5.6).
bool verifier_is_right(const ByteVector& verifier, const ByteVector& verifier_hash)
{
    const ByteVector expected = sha1(verifier);
    return std::equal(expected.begin(), expected.end(), verifier_hash.begin());
}

} // namespace

BOOST_AUTO_TEST_SUITE(offcrypto)

BOOST_AUTO_TEST_CASE(rc4_documents_open_block_by_block)
{
    constexpr std::size_t block_size = 512; // of Word's; 1024 in others
    const ByteVector document = counting(3 * block_size + 100);
    const ByteVector verifier = counting(16);
    for (const DWORD bits : {40u, 56u, 128u})
        BOOST_TEST_CONTEXT(bits << " bits")
        {
            const ByteVector sealed_verifier =
                rc4(rc4_document_key(bits, 0), concatenated({verifier, sha1(verifier)}));
            ByteVector sealed;
            for (std::size_t at = 0; at < document.size(); at += block_size) {
                const auto block = document.begin() + static_cast<std::ptrdiff_t>(at);
                const auto size =
                    static_cast<std::ptrdiff_t>(std::min(block_size, document.size() - at));
                sealed = concatenated(
                    {sealed, rc4(rc4_document_key(bits, static_cast<DWORD>(at / block_size)),
                                 {block, block + size})});
            }

            const Provider context(strong_provider);
            const HCRYPTKEY first = rc4_document_key_by_api(context, bits, 0, password);
            const ByteVector opened_verifier = decrypted_part(
                first, ByteVector(sealed_verifier.begin(), sealed_verifier.begin() + 16), FALSE);
            const ByteVector opened_hash = decrypted_part(
                first, ByteVector(sealed_verifier.begin() + 16, sealed_verifier.end()), TRUE);
            BOOST_CHECK(opened_verifier == verifier);
            BOOST_CHECK(verifier_is_right(opened_verifier, opened_hash));

            ByteVector opened;
            for (std::size_t at = 0; at < sealed.size(); at += block_size) {
                const auto block = sealed.begin() + static_cast<std::ptrdiff_t>(at);
                const auto size =
                    static_cast<std::ptrdiff_t>(std::min(block_size, sealed.size() - at));
                const HCRYPTKEY key = rc4_document_key_by_api(
                    context, bits, static_cast<DWORD>(at / block_size), password);
                opened = concatenated({opened, decrypted(key, {block, block + size})});
            }
            BOOST_CHECK(opened == document);

            const HCRYPTKEY wrong = rc4_document_key_by_api(context, bits, 0, "password");
            const ByteVector garbage = decrypted(wrong, sealed_verifier);
            BOOST_CHECK(!verifier_is_right({garbage.begin(), garbage.begin() + 16},
                                           {garbage.begin() + 16, garbage.end()}));
        }
}

BOOST_AUTO_TEST_CASE(aes_documents_open)
{
    const struct {
        ALG_ID algorithm;
        DWORD bits;
    } rows[] = {{CALG_AES_128, 128}, {CALG_AES_192, 192}, {CALG_AES_256, 256}};
    const ByteVector verifier = counting(16);
    ByteVector verifier_hash = sha1(verifier);
    verifier_hash.resize(32); // to whole blocks
    const ByteVector document = counting(1000);
    ByteVector padded = document;
    padded.resize(1008);
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.bits << " bits")
        {
            const ByteVector theirs = aes_document_key(row.bits);
            // EncryptedPackage: the size in clear, then whole blocks (2.3.4.4)
            const ByteVector package =
                concatenated({little_endian(1000), little_endian(0), aes_ecb(theirs, padded)});

            const Provider context(aes_provider);
            const HCRYPTKEY key = aes_document_key_by_api(context, row.algorithm);
            BOOST_CHECK(bytes_of_key(key) == theirs);
            const ByteVector opened_verifier =
                decrypted_part(key, aes_ecb(theirs, verifier), FALSE);
            BOOST_CHECK(opened_verifier == verifier);
            BOOST_CHECK(verifier_is_right(
                opened_verifier, decrypted_part(key, aes_ecb(theirs, verifier_hash), FALSE)));
            ByteVector opened =
                decrypted_part(key, ByteVector(package.begin() + 8, package.end()), FALSE);
            opened.resize(number_in({package.begin(), package.begin() + 4}));
            BOOST_CHECK(opened == document);
        }
}

BOOST_AUTO_TEST_SUITE_END()
