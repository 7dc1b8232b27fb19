// SPDX-License-Identifier: BSD-2-Clause
// Ciphers through BCryptEncrypt and BCryptDecrypt, and wrapped keys through BCryptExportKey and
// BCryptImportKey, against the known answers of cipher_*.vec, rc2*.vec and key_wrap.vec.
#include "conformance/cipher_calls.h"

#include <functional>

using namespace capishim_test;

namespace {

void check_each(const char* file, std::size_t at_least,
                const std::function<void(const Vector&)>& check)
{
    const auto vectors = read_vectors(file);
    BOOST_TEST(vectors.size() >= at_least);
    for (const Vector& vector : vectors) {
        BOOST_TEST_CONTEXT(vector.where())
        {
            check(vector);
        }
    }
}

ByteVector iv_of(const Vector& vector)
{
    return vector.has("iv") ? vector.bytes("iv") : ByteVector();
}

/// Both directions, and what the IV has become.
void check_mode(const Vector& vector, BCRYPT_KEY_HANDLE key)
{
    const ULONG flags = vector.has("padding") ? BCRYPT_BLOCK_PADDING : 0;
    const ByteVector cipher = vector.bytes("ciphertext");
    ByteVector iv = iv_of(vector);
    BOOST_TEST(to_hex(crypt(BCryptEncrypt, key, vector.bytes("plaintext"), iv, flags)) ==
               vector.text("ciphertext"));
    if (!iv.empty() && cipher.size() >= iv.size())
        BOOST_TEST(iv == part(cipher, cipher.size() - iv.size(), iv.size()));
    iv = iv_of(vector);
    BOOST_TEST(to_hex(crypt(BCryptDecrypt, key, cipher, iv, flags)) == vector.text("plaintext"));
}

void check_rc2(const Vector& vector)
{
    const std::string mode = vector.has("mode") ? vector.text("mode") : "ECB";
    const ByteVector secret = vector.bytes("key");
    if (secret.size() < 2) // shorter than CNG's shortest
        return;
    const AlgorithmHandle rc2(BCRYPT_RC2_ALGORITHM, BCRYPT_EXTENDED_KEYSIZE);
    const KeyHandle key = symmetric_key(rc2, vector.text("key"));
    set_mode(key, mode);
    REQUIRE_STATUS(set_dword(key, BCRYPT_EFFECTIVE_KEY_LENGTH,
                             static_cast<ULONG>(vector.number("effective_bits"))),
                   STATUS_SUCCESS);
    check_mode(vector, key);
}

/// The key has one position for both directions, hence two keys.
void check_rc4(const Vector& vector)
{
    ByteVector none;
    const KeyHandle forth = cipher_key("RC4", "", vector.bytes("key"));
    const KeyHandle back = cipher_key("RC4", "", vector.bytes("key"));
    BOOST_TEST(to_hex(crypt(BCryptEncrypt, forth, vector.bytes("plaintext"), none)) ==
               vector.text("ciphertext"));
    BOOST_TEST(to_hex(crypt(BCryptDecrypt, back, vector.bytes("ciphertext"), none)) ==
               vector.text("plaintext"));
}

// ---- Authenticated encryption -------------------------------------------------------------------

KeyHandle authenticating_key(const Vector& vector)
{
    const std::string& name = vector.text("algorithm");
    const bool modeless = name == "CHACHA20_POLY1305";
    return cipher_key(modeless ? name : "AES", modeless ? "" : name, vector.bytes("key"));
}

/// N-130, N-131
bool is_accepted(const Vector& vector)
{
    const bool ccm = vector.text("algorithm") == "CCM";
    return ccm || (vector.bytes("nonce").size() == 12 && vector.bytes("tag").size() >= 12);
}

void check_whole(const Vector& vector, BCRYPT_KEY_HANDLE key)
{
    AuthInfo auth(vector.bytes("nonce"), vector.bytes("context"),
                  ByteVector(vector.bytes("tag").size()));
    ByteVector out;
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, vector.bytes("plaintext"), out), STATUS_SUCCESS);
    BOOST_TEST(to_hex(out) == vector.text("ciphertext"));
    BOOST_TEST(to_hex(auth.tag) == vector.text("tag"));
    CHECK_STATUS(crypt(BCryptDecrypt, key, auth, vector.bytes("ciphertext"), out), STATUS_SUCCESS);
    BOOST_TEST(to_hex(out) == vector.text("plaintext"));
    auth.tag.back() ^= 1;
    CHECK_STATUS(crypt(BCryptDecrypt, key, auth, vector.bytes("ciphertext"), out),
                 STATUS_AUTH_TAG_MISMATCH);
}

/// Block by block, the associated data with a call of its own.
void check_chain(const Vector& vector, BCRYPT_KEY_HANDLE key, CipherFunction function,
                 const char* from, const char* to)
{
    const ByteVector text = vector.bytes(from);
    AuthInfo auth(vector.bytes("nonce"), vector.bytes("context"), vector.bytes("tag"));
    ByteVector all, out;
    auth.begin_chain();
    CHECK_STATUS(crypt(function, key, auth, {}, out), STATUS_SUCCESS);
    auth.set_context({});
    std::size_t at = 0;
    for (; text.size() - at > 16; at += 16) {
        CHECK_STATUS(crypt(function, key, auth, part(text, at, 16), out), STATUS_SUCCESS);
        append(all, out);
    }
    auth.last_call();
    CHECK_STATUS(crypt(function, key, auth, part(text, at, text.size() - at), out), STATUS_SUCCESS);
    append(all, out);
    BOOST_TEST(to_hex(all) == vector.text(to));
    BOOST_TEST(to_hex(auth.tag) == vector.text("tag"));
}

void check_authenticated(const Vector& vector)
{
    const KeyHandle key = authenticating_key(vector);
    if (is_accepted(vector)) {
        check_whole(vector, key);
        if (vector.text("algorithm") != "GCM")
            return;
        check_chain(vector, key, BCryptEncrypt, "plaintext", "ciphertext");
        check_chain(vector, key, BCryptDecrypt, "ciphertext", "plaintext");
        return;
    }
    AuthInfo auth(vector.bytes("nonce"), vector.bytes("context"), vector.bytes("tag"));
    ByteVector out;
    CHECK_STATUS(crypt(BCryptEncrypt, key, auth, vector.bytes("plaintext"), out),
                 STATUS_INVALID_PARAMETER);
    CHECK_STATUS(crypt(BCryptDecrypt, key, auth, vector.bytes("ciphertext"), out),
                 STATUS_INVALID_PARAMETER);
}

// ---- XTS and wrapped keys -----------------------------------------------------------------------

void check_xts(const Vector& vector)
{
    const ByteVector plain = vector.bytes("plaintext");
    const KeyHandle key = cipher_key("XTS-AES", "", vector.bytes("key"));
    REQUIRE_STATUS(set_dword(key, BCRYPT_MESSAGE_BLOCK_LENGTH, size_of(plain)), STATUS_SUCCESS);
    ByteVector unit = vector.bytes("unit");
    BOOST_TEST(to_hex(crypt(BCryptEncrypt, key, plain, unit)) == vector.text("ciphertext"));
    unit = vector.bytes("unit");
    BOOST_TEST(to_hex(crypt(BCryptDecrypt, key, vector.bytes("ciphertext"), unit)) ==
               vector.text("plaintext"));
}

/// Any key will do: RC4 takes the most lengths.
NTSTATUS unwrap(BCRYPT_KEY_HANDLE kek, const ByteVector& wrapped, KeyHandle& key)
{
    return BCryptImportKey(BCRYPT_RC4_ALG_HANDLE, kek, BCRYPT_AES_WRAP_KEY_BLOB, &key.handle,
                           nullptr, 0, data_of(wrapped), size_of(wrapped), 0);
}

NTSTATUS wrap(BCRYPT_KEY_HANDLE key, BCRYPT_KEY_HANDLE kek, ByteVector& wrapped)
{
    ULONG size = 0;
    wrapped.resize(100);
    const NTSTATUS status = BCryptExportKey(key, kek, BCRYPT_AES_WRAP_KEY_BLOB, wrapped.data(),
                                            size_of(wrapped), &size, 0);
    wrapped.resize(size);
    return status;
}

void check_key_wrap(const Vector& vector)
{
    const KeyHandle kek = cipher_key("AES", "", vector.bytes("kek"));
    KeyHandle opened;
    ByteVector wrapped;
    if (!vector.has("key")) {
        CHECK_STATUS(unwrap(kek, vector.bytes("wrapped"), opened), STATUS_INVALID_PARAMETER);
        return;
    }
    const KeyHandle key = symmetric_key(BCRYPT_RC4_ALG_HANDLE, vector.text("key"));
    const bool long_enough = vector.bytes("key").size() >= 16; // N-142
    const NTSTATUS expected = long_enough ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
    BOOST_TEST(wrap(key, kek, wrapped) == expected);
    BOOST_TEST(unwrap(kek, vector.bytes("wrapped"), opened) == expected);
    if (!long_enough)
        return;
    BOOST_TEST(to_hex(wrapped) == vector.text("wrapped"));
    BOOST_TEST(exported(opened, BCRYPT_KEY_DATA_BLOB) == exported(key, BCRYPT_KEY_DATA_BLOB));
}

} // namespace

BOOST_AUTO_TEST_SUITE(cipher_known_answers)

BOOST_AUTO_TEST_CASE(block_ciphers_in_all_plain_modes)
{
    check_each("cipher_modes.vec", 694, [](const Vector& vector) {
        check_mode(vector,
                   cipher_key(vector.text("algorithm"), vector.text("mode"), vector.bytes("key")));
    });
}

BOOST_AUTO_TEST_CASE(rc2_with_its_effective_key_lengths)
{
    check_each("rc2.vec", 8, check_rc2);
    check_each("rc2_modes.vec", 2, check_rc2);
}

BOOST_AUTO_TEST_CASE(rc4)
{
    check_each("cipher_rc4.vec", 36, check_rc4);
}

BOOST_AUTO_TEST_CASE(authenticated_encryption_whole_and_chained)
{
    check_each("cipher_aead.vec", 88, check_authenticated);
}

BOOST_AUTO_TEST_CASE(xts_of_ieee_1619)
{
    check_each("cipher_xts.vec", 27, check_xts);
}

BOOST_AUTO_TEST_CASE(key_wrap_of_rfc_3394)
{
    check_each("key_wrap.vec", 14, check_key_wrap);
}

BOOST_AUTO_TEST_SUITE_END()
