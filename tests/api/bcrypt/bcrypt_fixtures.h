// SPDX-License-Identifier: BSD-2-Clause
// What the tests of BCrypt* start from: algorithm handles, keys and hashes that close themselves.
#pragma once

#include "support/checks.h"
#include "support/hex.h"

#include <string>
#include <vector>

namespace capishim_test {

using ByteVector = std::vector<UCHAR>;

/// Beside the template of hex.h, for bytes in braces.
inline std::string to_hex(const ByteVector& bytes)
{
    return to_hex(bytes.data(), bytes.size());
}

inline ByteVector bytes_of(const std::string& text)
{
    return {text.begin(), text.end()};
}

inline ULONG size_of(const ByteVector& bytes)
{
    return static_cast<ULONG>(bytes.size());
}

/// The caller's buffers are not const in this interface.
inline PUCHAR data_of(const ByteVector& bytes)
{
    return const_cast<PUCHAR>(bytes.data());
}

inline PUCHAR bytes_of(const WCHAR* text)
{
    return reinterpret_cast<PUCHAR>(const_cast<WCHAR*>(text));
}

inline BCRYPT_HANDLE number(std::uintptr_t value)
{
    return reinterpret_cast<BCRYPT_HANDLE>(value);
}

struct AlgorithmHandle {
    explicit AlgorithmHandle(LPCWSTR id, ULONG flags = 0)
    {
        REQUIRE_STATUS(BCryptOpenAlgorithmProvider(&handle, id, nullptr, flags), STATUS_SUCCESS);
    }
    AlgorithmHandle(const AlgorithmHandle&) = delete;
    ~AlgorithmHandle() { BCryptCloseAlgorithmProvider(handle, 0); }
    operator BCRYPT_ALG_HANDLE() const { return handle; }

    BCRYPT_ALG_HANDLE handle = nullptr;
};

struct KeyHandle {
    KeyHandle() = default;
    explicit KeyHandle(BCRYPT_KEY_HANDLE key) : handle(key) {}
    KeyHandle(const KeyHandle&) = delete;
    KeyHandle(KeyHandle&& other) noexcept : handle(other.handle) { other.handle = nullptr; }
    ~KeyHandle() { BCryptDestroyKey(handle); }
    operator BCRYPT_KEY_HANDLE() const { return handle; }

    BCRYPT_KEY_HANDLE handle = nullptr;
};

inline KeyHandle symmetric_key(BCRYPT_ALG_HANDLE algorithm, const std::string& hex)
{
    const ByteVector secret = from_hex(hex);
    BCRYPT_KEY_HANDLE key = nullptr;
    REQUIRE_STATUS(BCryptGenerateSymmetricKey(algorithm, &key, nullptr, 0, data_of(secret),
                                              size_of(secret), 0),
                   STATUS_SUCCESS);
    return KeyHandle(key);
}

inline KeyHandle imported_pair(BCRYPT_ALG_HANDLE algorithm, LPCWSTR type, const ByteVector& blob)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    REQUIRE_STATUS(
        BCryptImportKeyPair(algorithm, nullptr, type, &key, data_of(blob), size_of(blob), 0),
        STATUS_SUCCESS);
    return KeyHandle(key);
}

inline KeyHandle generated_pair(BCRYPT_ALG_HANDLE algorithm, ULONG bits)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    REQUIRE_STATUS(BCryptGenerateKeyPair(algorithm, &key, bits, 0), STATUS_SUCCESS);
    REQUIRE_STATUS(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    return KeyHandle(key);
}

inline ByteVector exported(BCRYPT_KEY_HANDLE key, LPCWSTR type)
{
    ULONG size = 0;
    REQUIRE_STATUS(BCryptExportKey(key, nullptr, type, nullptr, 0, &size, 0), STATUS_SUCCESS);
    ByteVector blob(size);
    REQUIRE_STATUS(BCryptExportKey(key, nullptr, type, blob.data(), size, &size, 0),
                   STATUS_SUCCESS);
    return blob;
}

inline ULONG dword_property(BCRYPT_HANDLE object, LPCWSTR name)
{
    ULONG value = 0, size = 0;
    REQUIRE_STATUS(
        BCryptGetProperty(object, name, reinterpret_cast<PUCHAR>(&value), sizeof value, &size, 0),
        STATUS_SUCCESS);
    BOOST_TEST(size == sizeof value);
    return value;
}

inline NTSTATUS get_property_status(BCRYPT_HANDLE object, LPCWSTR name)
{
    UCHAR value[256];
    ULONG size = 0;
    return BCryptGetProperty(object, name, value, sizeof value, &size, 0);
}

inline NTSTATUS set_dword(BCRYPT_HANDLE object, LPCWSTR name, ULONG value)
{
    return BCryptSetProperty(object, name, reinterpret_cast<PUCHAR>(&value), sizeof value, 0);
}

inline NTSTATUS set_text(BCRYPT_HANDLE object, LPCWSTR name, LPCWSTR value)
{
    return BCryptSetProperty(object, name, bytes_of(value), 0, 0); // the size is not looked at
}

/// Text of a property or a list, narrowed.
inline std::string narrow(const WCHAR* text)
{
    std::string narrowed;
    for (; *text; ++text)
        narrowed += static_cast<char>(*text);
    return narrowed;
}

inline std::string hash_of(BCRYPT_ALG_HANDLE algorithm, const ByteVector& data, ULONG size,
                           const ByteVector& secret = {})
{
    ByteVector value(size);
    REQUIRE_STATUS(BCryptHash(algorithm, secret.empty() ? nullptr : data_of(secret),
                              size_of(secret), data_of(data), size_of(data), value.data(), size),
                   STATUS_SUCCESS);
    return to_hex(value);
}

// cng.md 10.8: an RSA key of 512 bits
inline const std::string rsa_modulus =
    "98ac8aa6309c791e165c1006819c97e725262eb25e37a660868d8c5bbd5d0b32"
    "836a07689d13a0b01493992dde1d7639114f8ff0904413f71d61e64d87f171bd";
inline const std::string rsa_primes =
    "c8f84d942cd180f85c2c2ffe5dac9cd03974c10c655f4fb15b693a597764a0fb"
    "c27ac390f3a483a4975eba4eb40388632e81d389ee7e3dc997ddc01c0bc5eaa7";
inline const std::string rsa_rest =
    "60e86af052944bae7733cf88c6bedf7700ddade13e58b16302834161b6d2cd55"
    "1588320ee26adc88649a0056a6679dba1d74124fbb300ef73af13a4be0a1d111"
    "0be544b696bdee0451fd1d591bc0f3008c6a14e1260b1194cdd940a7f238dbd6"
    "16f2e08868882ca07c25ec76bde6c6e284afff96ea189d56a70301d50c5abf02"
    "e652e5e37108d3dc003c28e53b7537178dc4054c24061932f2b5473c1a43b775";
inline const std::string rsa_public_blob = "525341310002000003000000400000000000000000000000"
                                           "010001" +
                                           rsa_modulus;
inline const std::string rsa_private_blob = "525341320002000003000000400000002000000020000000"
                                            "010001" +
                                            rsa_modulus + rsa_primes;
inline const std::string rsa_full_blob = "525341330002000003000000400000002000000020000000"
                                         "010001" +
                                         rsa_modulus + rsa_primes + rsa_rest;
inline const std::string capi_public_blob =
    "0602000000a40000525341310002000001000100"
    "bd71f1874de6611df7134490f08f4f1139761dde2d999314b0a0139d68076a83"
    "320b5dbd5b8c8d8660a6375eb22e2625e7979c8106105c161e799c30a68aac98";

} // namespace capishim_test
