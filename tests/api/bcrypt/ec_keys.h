// SPDX-License-Identifier: BSD-2-Clause
// Keys on elliptic curves for tests: RFC 6979's and RFC 5903's, and pairs on any curve.
#pragma once

#include "bcrypt_fixtures.h"

namespace capishim_test {

// cng.md 10.5: RFC 6979 A.2.5
inline const std::string ecdsa_point =
    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
inline const std::string ecdsa_scalar =
    "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
inline const std::string ecdsa_public_blob = "4543533120000000" + ecdsa_point;
inline const std::string ecdsa_private_blob = "4543533220000000" + ecdsa_point + ecdsa_scalar;
// SHA-256 of "sample", and its signature with RFC 6979's nonce
inline const std::string ecdsa_hash =
    "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf";
inline const std::string ecdsa_signature =
    "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

inline KeyHandle ecdsa_key()
{
    return imported_pair(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCPRIVATE_BLOB,
                         from_hex(ecdsa_private_blob));
}

inline KeyHandle ecdsa_public_key()
{
    return imported_pair(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB,
                         from_hex(ecdsa_public_blob));
}

/// An algorithm handle with a curve set, by its name.
struct CurveHandle : AlgorithmHandle {
    CurveHandle(LPCWSTR algorithm, LPCWSTR curve) : AlgorithmHandle(algorithm)
    {
        REQUIRE_STATUS(set_text(handle, BCRYPT_ECC_CURVE_NAME, curve), STATUS_SUCCESS);
    }
};

inline std::string text_property(BCRYPT_HANDLE object, LPCWSTR name)
{
    WCHAR text[64];
    ULONG size = 0;
    REQUIRE_STATUS(
        BCryptGetProperty(object, name, reinterpret_cast<PUCHAR>(text), sizeof text, &size, 0),
        STATUS_SUCCESS);
    return narrow(text);
}

inline ByteVector bytes_property(BCRYPT_HANDLE object, LPCWSTR name)
{
    ULONG size = 0;
    REQUIRE_STATUS(BCryptGetProperty(object, name, nullptr, 0, &size, 0), STATUS_SUCCESS);
    ByteVector bytes(size);
    REQUIRE_STATUS(BCryptGetProperty(object, name, bytes.data(), size, &size, 0), STATUS_SUCCESS);
    return bytes;
}

inline NTSTATUS set_bytes(BCRYPT_HANDLE object, LPCWSTR name, const ByteVector& bytes)
{
    return BCryptSetProperty(object, name, data_of(bytes), size_of(bytes), 0);
}

inline NTSTATUS import_status(BCRYPT_ALG_HANDLE algorithm, LPCWSTR type, const ByteVector& blob,
                              ULONG flags = 0)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    const NTSTATUS status =
        BCryptImportKeyPair(algorithm, nullptr, type, &key, data_of(blob), size_of(blob), flags);
    BOOST_TEST((key != nullptr) == (status == STATUS_SUCCESS));
    if (key)
        BCryptDestroyKey(key);
    return status;
}

inline ByteVector signature_of(BCRYPT_KEY_HANDLE key, const ByteVector& hash)
{
    ULONG size = 0;
    REQUIRE_STATUS(BCryptSignHash(key, nullptr, data_of(hash), size_of(hash), nullptr, 0, &size, 0),
                   STATUS_SUCCESS);
    ByteVector signature(size);
    REQUIRE_STATUS(BCryptSignHash(key, nullptr, data_of(hash), size_of(hash), signature.data(),
                                  size, &size, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(size == signature.size());
    return signature;
}

inline NTSTATUS verify_status(BCRYPT_KEY_HANDLE key, const ByteVector& hash,
                              const ByteVector& signature, ULONG flags = 0)
{
    return BCryptVerifySignature(key, nullptr, data_of(hash), size_of(hash), data_of(signature),
                                 size_of(signature), flags);
}

/// The agreed value itself.
inline std::string agreed_value(BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer)
{
    BCRYPT_SECRET_HANDLE secret = nullptr;
    REQUIRE_STATUS(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_SUCCESS);
    ByteVector value(128);
    ULONG size = 0;
    REQUIRE_STATUS(
        BCryptDeriveKey(secret, BCRYPT_KDF_RAW_SECRET, nullptr, value.data(), 128, &size, 0),
        STATUS_SUCCESS);
    BCryptDestroySecret(secret);
    value.resize(size);
    return to_hex({value.rbegin(), value.rend()}); // it comes least byte first
}

} // namespace capishim_test
