// SPDX-License-Identifier: BSD-2-Clause
// Provider contexts without handles, and short forms of the calls that tests make most.
#pragma once

#include "csp/context.h"
#include "csp/hash.h"
#include "csp/key.h"
#include "support/fault_check.h"

#include <capishim/wincrypt.h>

#include <optional>
#include <string>
#include <string_view>

namespace capishim::csp::test {

using ContextPtr = std::shared_ptr<Context>;
using KeyPtr = std::shared_ptr<Key>;
using HashPtr = std::shared_ptr<Hash>;

inline ContextPtr open_context(const char* provider, std::uint32_t flags = CRYPT_VERIFYCONTEXT,
                               std::optional<std::string> container = {})
{
    const Profile* const profile = find_profile(provider);
    BOOST_REQUIRE(profile != nullptr);
    return Context::acquire({profile, std::move(container), flags});
}

inline ContextPtr base()
{
    return open_context(MS_DEF_PROV_A);
}
inline ContextPtr strong()
{
    return open_context(MS_STRONG_PROV_A);
}
inline ContextPtr enhanced()
{
    return open_context(MS_ENHANCED_PROV_A);
}
inline ContextPtr rsa_aes()
{
    return open_context(MS_ENH_RSA_AES_PROV_A);
}

inline int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/// Spaces are left out.
inline Bytes from_hex(std::string_view text)
{
    std::string digits;
    for (const char c : text)
        if (c != ' ')
            digits += c;
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(digit(digits[i]) << 4 | digit(digits[i + 1])));
    return bytes;
}

inline std::string to_hex(ByteView bytes)
{
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

inline Bytes bytes_of(std::string_view text)
{
    return {text.begin(), text.end()};
}

inline Bytes counting(std::size_t size, std::uint8_t first = 0)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(first + i);
    return bytes;
}

/// Size query, then the call; `call` takes an OutBuffer.
template <class Call>
Bytes output_of(Call call)
{
    std::uint32_t size = 0;
    {
        OutBuffer query(nullptr, &size, OutBuffer::OnFailure::zero_length);
        call(query);
    }
    Bytes bytes(size + 1);
    {
        OutBuffer out(bytes.data(), &size, OutBuffer::OnFailure::zero_length);
        call(out);
    }
    bytes.resize(size);
    return bytes;
}

inline std::uint32_t u32_of(const Bytes& bytes)
{
    BOOST_REQUIRE_EQUAL(bytes.size(), 4U);
    return LittleEndianReader(bytes).u32();
}

inline Bytes get(Key& key, std::uint32_t param)
{
    return output_of([&](OutBuffer& out) { key.get_param(param, out); });
}

inline std::uint32_t get_u32(Key& key, std::uint32_t param)
{
    return u32_of(get(key, param));
}

inline void set_u32(Key& key, std::uint32_t param, std::uint32_t value)
{
    const std::uint8_t bytes[4] = {
        static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8),
        static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 24)};
    key.set_param(param, bytes, 0);
}

inline void set_bytes(Key& key, std::uint32_t param, const Bytes& value)
{
    key.set_param(param, value.data(), 0);
}

/// For KP_SALT_EX and KP_OAEP_PARAMS.
inline void set_blob(Key& key, std::uint32_t param, Bytes value)
{
    const CRYPT_DATA_BLOB blob{static_cast<std::uint32_t>(value.size()), value.data()};
    key.set_param(param, reinterpret_cast<const std::uint8_t*>(&blob), 0);
}

inline Bytes exported(Key& key, std::uint32_t type, Key* export_key = nullptr,
                      std::uint32_t flags = 0)
{
    return output_of([&](OutBuffer& out) { key.export_key(export_key, type, flags, out); });
}

/// The key's own bytes, for keys that may be exported.
inline Bytes material_of(Key& key)
{
    const Bytes blob = exported(key, PLAINTEXTKEYBLOB);
    return {blob.begin() + 12, blob.end()};
}

inline Bytes encrypted(Key& key, ByteView plaintext, bool final = true, std::uint32_t flags = 0,
                       Hash* hash = nullptr)
{
    auto size = static_cast<std::uint32_t>(plaintext.size());
    key.encrypt(nullptr, final, flags, nullptr, &size, 0);
    Bytes data(plaintext.begin(), plaintext.end());
    data.resize(size + 1U);
    const std::uint32_t capacity = size;
    size = static_cast<std::uint32_t>(plaintext.size());
    key.encrypt(hash, final, flags, data.data(), &size, capacity);
    data.resize(size);
    return data;
}

inline Bytes decrypted(Key& key, ByteView ciphertext, bool final = true, std::uint32_t flags = 0,
                       Hash* hash = nullptr)
{
    auto size = static_cast<std::uint32_t>(ciphertext.size());
    Bytes data(ciphertext.begin(), ciphertext.end());
    data.resize(size + 1U);
    key.decrypt(hash, final, flags, data.data(), &size);
    data.resize(size);
    return data;
}

inline HashPtr hash_of(Context& context, std::uint32_t algorithm_id, std::string_view text)
{
    HashPtr hash = context.create_hash(algorithm_id, nullptr, 0);
    hash->hash_data(bytes_of(text), 0);
    return hash;
}

inline Bytes value_of(Hash& hash)
{
    return output_of([&](OutBuffer& out) { hash.get_param(HP_HASHVAL, out); });
}

inline KeyPtr derived(Context& context, std::uint32_t hash_id, std::string_view password,
                      std::uint32_t algorithm_id, std::uint32_t flags = CRYPT_EXPORTABLE)
{
    return context.derive_key(algorithm_id, *hash_of(context, hash_id, password), flags);
}

/// A PLAINTEXTKEYBLOB.
inline Bytes plaintext_blob(std::uint32_t algorithm_id, ByteView key)
{
    Bytes blob{PLAINTEXTKEYBLOB, 2, 0, 0};
    LittleEndianWriter writer(blob);
    writer.u32(algorithm_id);
    writer.u32(static_cast<std::uint32_t>(key.size()));
    writer.bytes(key);
    return blob;
}

inline KeyPtr imported(Context& context, std::uint32_t algorithm_id, ByteView key,
                       std::uint32_t flags = CRYPT_EXPORTABLE)
{
    return context.import_key(plaintext_blob(algorithm_id, key), nullptr, flags);
}

/// cryptoapi.md 12.1-E: a 512-bit pair that Microsoft printed.
inline Bytes sample_private_blob()
{
    return from_hex("0702000000a40000 52534132 00020000 01000100"
                    "6bdf51efdb6f105c32bf871cd14c247ee72a14106deb2cd58c0b957bc75dc687"
                    "12eaa9cd577d3ecbe96a46d0e1ae2f86d950f99871dd39fc0e60a9d3f238bb8d"
                    "5d2cbc1ec338fe005ecacfcdb4138916d207bc9be120310b8128170cc77394ee"
                    "67be7b784ec79173a8345a249d920de8916124dcb5ebdf7166dce177d4781498"
                    "7944b019f6f07d63cf626778d07b10ae6bdb40b3b2eb2e9f31342dcbbfa26aa6"
                    "1fe90342f2639bb733d0fe2083261f56a824f56d1951a59231e42bbc11c82675"
                    "a051e983caee4bf059eba481d61f49422b7589a79f847f1fc38f70b67e065e8b"
                    "c9536580b716f25e5ede0b57474386858afb37ac6634ba091ab1210baafa6cb7"
                    "75a73e2318589590b529a41e15765256bb3d6b1d2ad19f5c8ac055eac329a21e");
}

inline KeyPtr sample_pair(Context& context, std::uint32_t flags = CRYPT_EXPORTABLE)
{
    return context.import_key(sample_private_blob(), nullptr, flags);
}

} // namespace capishim::csp::test

#define CHECK_HEX(bytes, expected)                                                                 \
    BOOST_CHECK_EQUAL(capishim::csp::test::to_hex(bytes),                                          \
                      capishim::csp::test::to_hex(capishim::csp::test::from_hex(expected)))
