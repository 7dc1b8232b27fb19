// SPDX-License-Identifier: BSD-2-Clause
// Cross-checks with a program that isn't ours: the openssl command reads our key blobs, verifies
// our signatures, opens what we have locked, and the other way round. Without the command the cases
// are skipped and say so; RC2, RC4, DES and MD4 need its legacy provider.
#include "api/crypt/crypt_fixtures.h"
#include "support/temporary_folder.h"

#include <cstdlib>
#include <random>

using namespace capishim_test;
namespace utf = boost::unit_test;

namespace {

boost::test_tools::assertion_result has_openssl(utf::test_unit_id)
{
    static const bool found =
        std::system("openssl list -providers -provider legacy >/dev/null 2>&1") == 0;
    boost::test_tools::assertion_result answer(found);
    answer.message() << "there is no openssl command of version 3 with its legacy provider here";
    return answer;
}

/// A folder to exchange files in, and the command that works there.
class OpenSsl {
  public:
    void put(const std::string& file, const ByteVector& bytes) const
    {
        write_whole(folder_ / file, {bytes.begin(), bytes.end()});
    }

    ByteVector get(const std::string& file) const
    {
        const std::string contents = read_whole(folder_ / file);
        return {contents.begin(), contents.end()};
    }

    bool succeeds(const std::string& arguments) const
    {
        const std::string command =
            "cd " + folder_.path() + " && openssl " + arguments + " >log 2>&1 </dev/null";
        return std::system(command.c_str()) == 0;
    }

    void run(const std::string& arguments) const
    {
        const bool ran = succeeds(arguments); // before its log is read
        BOOST_REQUIRE_MESSAGE(ran, "openssl " << arguments << ": " << read_whole(folder_ / "log"));
    }

    /// What a command that writes `out` makes of `in`.
    ByteVector transformed(const std::string& arguments, const ByteVector& in) const
    {
        put("in", in);
        run(arguments + " -in in -out out");
        return get("out");
    }

  private:
    TemporaryFolder folder_;
};

const std::string legacy = " -provider legacy -provider default";

ByteVector random_bytes(std::size_t size)
{
    static std::mt19937 source(2000);
    ByteVector bytes(size);
    for (BYTE& byte : bytes)
        byte = static_cast<BYTE>(source());
    return bytes;
}

/// One cipher of openssl, and the key on our side that is the same.
struct CipherPair {
    const char* name;
    ALG_ID algorithm;
    std::size_t key_size, block;
    DWORD import_flags = CRYPT_NO_SALT;
    DWORD effective_bits = 0;  // of RC2, when not the key's
    std::size_t zero_salt = 0; // bytes that openssl's key has behind ours
    DWORD mode = CRYPT_MODE_CBC;
};

const CipherPair cipher_pairs[] = {
    {"aes-128-cbc", CALG_AES_128, 16, 16},
    {"aes-192-cbc", CALG_AES_192, 24, 16},
    {"aes-256-cbc", CALG_AES_256, 32, 16},
    {"aes-256-ecb", CALG_AES_256, 32, 16, CRYPT_NO_SALT, 0, 0, CRYPT_MODE_ECB},
    {"des-ede3-cbc", CALG_3DES, 24, 8},
    {"des-ede3-ecb", CALG_3DES, 24, 8, CRYPT_NO_SALT, 0, 0, CRYPT_MODE_ECB},
    {"des-ede-cbc", CALG_3DES_112, 16, 8},
    {"des-cbc", CALG_DES, 8, 8},
    {"rc2-cbc", CALG_RC2, 16, 8},
    {"rc2-40-cbc", CALG_RC2, 5, 8},
    {"rc2-64-cbc", CALG_RC2, 8, 8},
    {"rc2-cbc", CALG_RC2, 5, 8, 0, 128, 11}, // 40 bits and their 11 zero bytes of salt
    {"rc4", CALG_RC4, 16, 0},
    {"rc4", CALG_RC4, 5, 0, 0, 0, 11},
    {"rc4-40", CALG_RC4, 5, 0},
};

std::string command_for(const CipherPair& pair, const ByteVector& key, const ByteVector& iv)
{
    ByteVector whole_key = key;
    whole_key.resize(key.size() + pair.zero_salt);
    std::string command = std::string("enc -") + pair.name + " -K " + to_hex(whole_key) + legacy;
    if (pair.block && pair.mode != CRYPT_MODE_ECB)
        command += " -iv " + to_hex(iv);
    return command;
}

void check_both_ways(const OpenSsl& openssl, const Provider& context, const CipherPair& pair,
                     std::size_t size)
{
    const ByteVector bytes = random_bytes(pair.key_size);
    const ByteVector iv = random_bytes(pair.block);
    const ByteVector text = random_bytes(size);
    const HCRYPTKEY key =
        key_of(context.provider, pair.algorithm, bytes, CRYPT_EXPORTABLE | pair.import_flags);
    if (pair.block) {
        REQUIRE_SUCCEEDS(CryptSetKeyParam(key, KP_IV, iv.data(), 0));
        REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, pair.mode));
    }
    if (pair.effective_bits)
        REQUIRE_SUCCEEDS(set_key_number(key, KP_EFFECTIVE_KEYLEN, pair.effective_bits));
    const std::string command = command_for(pair, bytes, iv);
    BOOST_TEST_CONTEXT(pair.name << ", " << size << " bytes")
    {
        const ByteVector secret = encrypted_part(key, text, TRUE);
        BOOST_CHECK(openssl.transformed(command + " -d", secret) == text);
        BOOST_CHECK(openssl.transformed(command + " -e", text) == secret);
        if (!secret.empty()) // observed.md: RC4 refuses a last section of nothing
            BOOST_CHECK(decrypted(key, secret) == text);
    }
    CryptDestroyKey(key);
}

const struct SignedHash {
    const char* name;
    ALG_ID algorithm;
} signed_hashes[] = {{"md4", CALG_MD4},        {"md5", CALG_MD5},        {"sha1", CALG_SHA1},
                     {"sha256", CALG_SHA_256}, {"sha384", CALG_SHA_384}, {"sha512", CALG_SHA_512}};

/// A container's pair, with both of its keys in openssl's hands.
struct SharedPair : Provider {
    explicit SharedPair(DWORD spec, DWORD bits = 1024)
        : Provider(aes_provider), pair(make_key(spec, bits << 16 | CRYPT_EXPORTABLE))
    {
        openssl.put("private.blob", exported(pair, PRIVATEKEYBLOB));
        openssl.put("public.blob", exported(pair, PUBLICKEYBLOB));
        openssl.run("rsa -inform MSBLOB -in private.blob -out private.pem");
        openssl.run("rsa -pubin -inform MSBLOB -in public.blob -pubout -out public.pem");
    }

    OpenSsl openssl;
    HCRYPTKEY pair;
};

} // namespace

BOOST_AUTO_TEST_SUITE(openssl_agrees, *utf::precondition(has_openssl))

BOOST_AUTO_TEST_CASE(on_every_cipher_at_many_lengths)
{
    const OpenSsl openssl;
    const Provider context(aes_provider);
    for (const CipherPair& pair : cipher_pairs)
        for (const std::size_t size : {0, 1, 7, 8, 9, 15, 16, 17, 33, 100, 70'001})
            check_both_ways(openssl, context, pair, size);
}

BOOST_AUTO_TEST_CASE(on_AES_256_and_RC4_at_every_length_to_100)
{
    const OpenSsl openssl;
    const Provider context(aes_provider);
    for (const CipherPair* pair : {&cipher_pairs[2], &cipher_pairs[12]})
        for (std::size_t size = 0; size <= 100; ++size)
            check_both_ways(openssl, context, *pair, size);
}

BOOST_AUTO_TEST_CASE(on_CFB8_of_whole_blocks)
{
    const OpenSsl openssl;
    const Provider context(aes_provider);
    const CipherPair rows[] = {
        {"aes-128-cfb8", CALG_AES_128, 16, 16, 0, 0, 0, CRYPT_MODE_CFB},
        {"aes-256-cfb8", CALG_AES_256, 32, 16, 0, 0, 0, CRYPT_MODE_CFB},
        {"des-ede3-cfb8", CALG_3DES, 24, 8, 0, 0, 0, CRYPT_MODE_CFB},
        {"des-cfb8", CALG_DES, 8, 8, 0, 0, 0, CRYPT_MODE_CFB},
    };
    for (const CipherPair& row : rows) {
        const ByteVector bytes = random_bytes(row.key_size);
        const ByteVector iv = random_bytes(row.block);
        const ByteVector text = random_bytes(160);
        const HCRYPTKEY key = key_of(context.provider, row.algorithm, bytes);
        REQUIRE_SUCCEEDS(CryptSetKeyParam(key, KP_IV, iv.data(), 0));
        REQUIRE_SUCCEEDS(set_key_number(key, KP_MODE, CRYPT_MODE_CFB));
        BOOST_TEST_CONTEXT(row.name)
        BOOST_CHECK(encrypted_part(key, text, FALSE) ==
                    openssl.transformed(command_for(row, bytes, iv) + " -e", text));
    }
}

BOOST_AUTO_TEST_CASE(on_every_hash)
{
    const OpenSsl openssl;
    const Provider context(aes_provider);
    for (const SignedHash& row : signed_hashes)
        for (const std::size_t size : {0, 1, 55, 56, 63, 64, 65, 111, 112, 128, 70'001}) {
            const ByteVector data = random_bytes(size);
            const HCRYPTHASH hash = context.make_hash(row.algorithm);
            add_data(hash, data);
            openssl.put("in", data);
            openssl.run(std::string("dgst -") + row.name + " -binary" + legacy + " -out digest in");
            BOOST_CHECK(value_of(hash) == openssl.get("digest"));
        }
}

BOOST_AUTO_TEST_CASE(on_HMAC)
{
    const OpenSsl openssl;
    const Provider context(aes_provider);
    for (const SignedHash& row : signed_hashes)
        for (const std::size_t key_size : {1, 16, 63, 64, 65, 128, 129, 200}) {
            const ByteVector bytes = random_bytes(key_size);
            const ByteVector data = random_bytes(3 * key_size);
            const HCRYPTKEY key = key_of(context.provider, CALG_RC2, bytes, CRYPT_IPSEC_HMAC_KEY);
            const HCRYPTHASH mac = keyed_hash(context.provider, CALG_HMAC, key);
            REQUIRE_SUCCEEDS(set_hmac_info(mac, row.algorithm));
            add_data(mac, data);
            openssl.put("in", data);
            openssl.run(std::string("dgst -") + row.name + " -binary -mac HMAC -macopt hexkey:" +
                        to_hex(bytes) + legacy + " -out digest in");
            BOOST_TEST_CONTEXT(row.name << ", a key of " << key_size << " bytes")
            BOOST_CHECK(value_of(mac) == openssl.get("digest"));
        }
}

BOOST_AUTO_TEST_CASE(on_our_key_blobs)
{
    for (const DWORD spec : {AT_KEYEXCHANGE, AT_SIGNATURE})
        for (const DWORD bits : {512u, 1024u, 2048u}) {
            const SharedPair shared(spec, bits);
            shared.openssl.run("rsa -in private.pem -check -noout");
            const ByteVector blob = exported(shared.pair, PUBLICKEYBLOB);
            const ByteVector modulus = reversed({blob.begin() + 20, blob.end()});
            std::string printed = to_hex(modulus);
            for (char& digit : printed)
                digit = static_cast<char>(std::toupper(digit));
            for (const char* key : {"-in private.pem", "-pubin -in public.pem"}) {
                shared.openssl.run(std::string("rsa -noout -modulus ") + key);
                const ByteVector log = shared.openssl.get("log");
                BOOST_CHECK(std::string(log.begin(), log.end()).find("Modulus=" + printed) !=
                            std::string::npos);
            }
        }
}

BOOST_AUTO_TEST_CASE(with_keys_of_its_own_that_we_import)
{
    for (const char* bits : {"512", "1024", "2048"}) {
        const OpenSsl openssl;
        const Provider context(aes_provider);
        openssl.run(std::string("genrsa -out private.pem ") + bits);
        openssl.run("rsa -in private.pem -outform MSBLOB -out private.blob");
        openssl.run("rsa -in private.pem -pubout -outform MSBLOB -out public.blob");
        const HCRYPTKEY pair = imported(context.provider, openssl.get("private.blob"));
        const HCRYPTKEY public_key = imported(context.provider, openssl.get("public.blob"));
        BOOST_CHECK(exported(pair, PRIVATEKEYBLOB) == openssl.get("private.blob"));
        BOOST_CHECK(exported(public_key, PUBLICKEYBLOB) == openssl.get("public.blob"));
        const ByteVector secret = encrypted_part(public_key, bytes_of("message"), TRUE);
        BOOST_CHECK(decrypted(pair, secret) == bytes_of("message"));
    }
}

BOOST_AUTO_TEST_CASE(on_signatures)
{
    for (const DWORD spec : {AT_KEYEXCHANGE, AT_SIGNATURE}) {
        const SharedPair shared(spec);
        for (const SignedHash& row : signed_hashes) {
            if (row.algorithm == CALG_MD4) // openssl 3.0 writes another OID than RFC 8017 has
                continue;
            BOOST_TEST_CONTEXT(row.name)
            {
                const ByteVector data = random_bytes(1000);
                const HCRYPTHASH hash = shared.make_hash(row.algorithm);
                add_data(hash, data);
                ByteVector signature(128);
                DWORD size = size_of(signature);
                REQUIRE_SUCCEEDS(CryptSignHashA(hash, spec, nullptr, 0, signature.data(), &size));
                shared.openssl.put("data", data);
                shared.openssl.put("signature", reversed(signature));
                const std::string command = std::string("dgst -") + row.name + legacy;
                shared.openssl.run(command + " -verify public.pem -signature signature data");
                shared.openssl.run(command + " -sign private.pem -out theirs data");
                const ByteVector theirs = reversed(shared.openssl.get("theirs"));
                BOOST_CHECK(theirs == signature);
                CHECK_SUCCEEDS(CryptVerifySignatureA(hash, theirs.data(), size_of(theirs),
                                                     shared.pair, nullptr, 0));
                signature[5] ^= 1; // so that the check can fail
                shared.openssl.put("signature", reversed(signature));
                BOOST_CHECK(!shared.openssl.succeeds(
                    command + " -verify public.pem -signature signature data"));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(on_what_a_signature_holds)
{
    const SharedPair shared(AT_SIGNATURE);
    const struct {
        ALG_ID algorithm;
        DWORD flags;
        const char* prefix; // cryptoapi.md 7.4.1
    } rows[] = {
        {CALG_MD2, 0, "3020300c06082a864886f70d020205000410"},
        {CALG_MD4, 0, "3020300c06082a864886f70d020405000410"},
        {CALG_MD5, 0, "3020300c06082a864886f70d020505000410"},
        {CALG_SHA1, CRYPT_NOHASHOID, ""},
        {CALG_SHA_512, CRYPT_NOHASHOID, ""},
    };
    for (const auto& row : rows) {
        const HCRYPTHASH hash = hash_with(shared, row.algorithm, "message");
        ByteVector signature(128);
        DWORD size = size_of(signature);
        REQUIRE_SUCCEEDS(
            CryptSignHashA(hash, AT_SIGNATURE, nullptr, row.flags, signature.data(), &size));
        BOOST_CHECK_EQUAL(
            to_hex(shared.openssl.transformed("pkeyutl -verifyrecover -pubin -inkey public.pem"
                                              " -pkeyopt rsa_padding_mode:pkcs1",
                                              reversed(signature))),
            row.prefix + to_hex(value_of(hash)));
    }
}

BOOST_AUTO_TEST_CASE(on_X9_31_signatures)
{
    const SharedPair shared(AT_SIGNATURE);
    const struct {
        const char* name;
        ALG_ID algorithm;
    } rows[] = {{"sha1", CALG_SHA1}, {"sha256", CALG_SHA_256}, {"sha512", CALG_SHA_512}};
    for (const auto& row : rows) {
        const HCRYPTHASH hash = hash_with(shared, row.algorithm, "message");
        ByteVector signature(128);
        DWORD size = size_of(signature);
        REQUIRE_SUCCEEDS(CryptSignHashA(hash, AT_SIGNATURE, nullptr, CRYPT_X931_FORMAT,
                                        signature.data(), &size));
        shared.openssl.put("digest", value_of(hash));
        shared.openssl.put("signature", reversed(signature));
        BOOST_TEST_CONTEXT(row.name)
        shared.openssl.run("pkeyutl -verify -pubin -inkey public.pem -in digest"
                           " -sigfile signature -pkeyopt digest:" +
                           std::string(row.name) + " -pkeyopt rsa_padding_mode:x931");
    }
}

BOOST_AUTO_TEST_CASE(on_RSA_encryption)
{
    const SharedPair shared(AT_KEYEXCHANGE);
    const struct {
        DWORD flags;
        const char* padding;
        std::size_t most;
    } rows[] = {{0, "pkcs1", 117}, {CRYPT_OAEP, "oaep", 86}};
    for (const auto& row : rows)
        for (const std::size_t size :
             {std::size_t{1}, std::size_t{16}, std::size_t{50}, row.most}) {
            const std::string options = std::string(" -pkeyopt rsa_padding_mode:") + row.padding;
            const ByteVector text = random_bytes(size);
            const ByteVector ours = reversed(encrypted_part(shared.pair, text, TRUE, row.flags));
            BOOST_CHECK(shared.openssl.transformed("pkeyutl -decrypt -inkey private.pem" + options,
                                                   ours) == text);
            const ByteVector theirs = shared.openssl.transformed(
                "pkeyutl -encrypt -pubin -inkey public.pem" + options, text);
            BOOST_CHECK(decrypted(shared.pair, reversed(theirs), row.flags) == text);
        }
}

BOOST_AUTO_TEST_CASE(on_a_SIMPLEBLOB)
{
    const SharedPair shared(AT_KEYEXCHANGE);
    const HCRYPTKEY session = shared.make_key(CALG_AES_256);
    for (const DWORD flags : {DWORD{0}, DWORD{CRYPT_OAEP}}) {
        const std::string options =
            std::string(" -pkeyopt rsa_padding_mode:") + (flags ? "oaep" : "pkcs1");
        const ByteVector blob = exported(session, SIMPLEBLOB, shared.pair, flags);
        BOOST_CHECK(shared.openssl.transformed("pkeyutl -decrypt -inkey private.pem" + options,
                                               reversed({blob.begin() + 12, blob.end()})) ==
                    bytes_of_key(session));
        const ByteVector theirs = reversed(shared.openssl.transformed(
            "pkeyutl -encrypt -pubin -inkey public.pem" + options, bytes_of_key(session)));
        const ByteVector made = concatenated({ByteVector(blob.begin(), blob.begin() + 12), theirs});
        BOOST_CHECK(bytes_of_key(imported(shared.provider, made, shared.pair,
                                          flags | CRYPT_EXPORTABLE)) == bytes_of_key(session));
    }
}

// What a program of the time does to a file, opened with the password alone.
BOOST_AUTO_TEST_CASE(on_a_file_encrypted_with_a_password)
{
    const OpenSsl openssl;
    const Provider context(enhanced_provider);
    const HCRYPTHASH hash = hash_with(context, CALG_MD5, "password");
    const HCRYPTKEY key = derived(context.provider, CALG_RC4, hash, 0x00800000);
    const ByteVector text = random_bytes(10'500);
    ByteVector secret;
    for (std::size_t at = 0; at < text.size(); at += 1000) {
        const std::size_t end = std::min(at + 1000, text.size());
        const ByteVector part =
            encrypted_part(key,
                           ByteVector(text.begin() + static_cast<std::ptrdiff_t>(at),
                                      text.begin() + static_cast<std::ptrdiff_t>(end)),
                           end == text.size());
        secret.insert(secret.end(), part.begin(), part.end());
    }
    openssl.put("password", bytes_of("password"));
    openssl.run("dgst -md5 -binary -out key password");
    BOOST_CHECK(openssl.transformed("enc -d -rc4 -K " + to_hex(openssl.get("key")) + legacy,
                                    secret) == text);
}

BOOST_AUTO_TEST_SUITE_END()
