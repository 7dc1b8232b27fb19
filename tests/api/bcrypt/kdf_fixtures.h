// SPDX-License-Identifier: BSD-2-Clause
// What the tests of key derivation start from: an agreed secret, keys, and parameter lists.
#pragma once

#include "api/bcrypt/bcrypt_fixtures.h"

namespace capishim_test {

// RFC 5903 8.1
inline const std::string own_point =
    "dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180"
    "5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3";
inline const std::string own_scalar =
    "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433";
inline const std::string peer_point =
    "d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
    "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab";
inline const std::string own_blob = "45434b3220000000" + own_point + own_scalar;
inline const std::string peer_blob = "45434b3120000000" + peer_point;

struct Agreement {
    Agreement()
    {
        const KeyHandle own =
            imported_pair(BCRYPT_ECDH_P256_ALG_HANDLE, BCRYPT_ECCPRIVATE_BLOB, from_hex(own_blob));
        const KeyHandle peer =
            imported_pair(BCRYPT_ECDH_P256_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB, from_hex(peer_blob));
        REQUIRE_STATUS(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_SUCCESS);
    }
    ~Agreement() { BCryptDestroySecret(secret); }

    BCRYPT_SECRET_HANDLE secret = nullptr;
};

/// One parameter of a list, with its bytes.
struct Parameter {
    ULONG type;
    ByteVector bytes;
};

/// KDF_HASH_ALGORITHM as a program gives it: wide, with its NUL.
inline Parameter hash_parameter(LPCWSTR hash)
{
    const PUCHAR text = bytes_of(hash);
    return {KDF_HASH_ALGORITHM, {text, text + (narrow(hash).size() + 1) * sizeof(WCHAR)}};
}

/// A number of four or eight bytes, little-endian.
template <class Number>
Parameter number_parameter(ULONG type, Number value)
{
    const PUCHAR bytes = reinterpret_cast<PUCHAR>(&value);
    return {type, {bytes, bytes + sizeof value}};
}

/// The structures over parameters, which must outlive them.
class ParameterList {
  public:
    explicit ParameterList(const std::vector<Parameter>& parameters)
    {
        for (const Parameter& parameter : parameters)
            buffers_.push_back(
                {size_of(parameter.bytes), parameter.type, data_of(parameter.bytes)});
        list_ = {BCRYPTBUFFER_VERSION, static_cast<ULONG>(buffers_.size()), buffers_.data()};
    }
    ParameterList(const ParameterList&) = delete;

    operator BCryptBufferDesc*() { return &list_; }

  private:
    std::vector<BCryptBuffer> buffers_;
    BCryptBufferDesc list_;
};

/// The key of a key derivation algorithm's pseudo-handle.
inline KeyHandle kdf_key(BCRYPT_ALG_HANDLE algorithm, const ByteVector& secret)
{
    return symmetric_key(algorithm, to_hex(secret));
}

inline NTSTATUS key_derivation_status(BCRYPT_KEY_HANDLE key,
                                      const std::vector<Parameter>& parameters, ULONG size = 32,
                                      ULONG flags = 0)
{
    ParameterList list(parameters);
    ByteVector out(size);
    ULONG written = 0;
    return BCryptKeyDerivation(key, list, out.data(), size, &written, flags);
}

inline std::string derived_by(BCRYPT_KEY_HANDLE key, const std::vector<Parameter>& parameters,
                              ULONG size, ULONG flags = 0)
{
    ParameterList list(parameters);
    ByteVector out(size);
    ULONG written = 0;
    REQUIRE_STATUS(BCryptKeyDerivation(key, list, out.data(), size, &written, flags),
                   STATUS_SUCCESS);
    BOOST_TEST(written == size);
    return to_hex(out);
}

inline NTSTATUS derive_key_status(BCRYPT_SECRET_HANDLE secret, LPCWSTR kdf,
                                  const std::vector<Parameter>& parameters, ULONG size = 48)
{
    ParameterList list(parameters);
    ByteVector out(size);
    ULONG written = 0;
    return BCryptDeriveKey(secret, kdf, list, out.data(), size, &written, 0);
}

inline std::string derived_from(BCRYPT_SECRET_HANDLE secret, LPCWSTR kdf,
                                const std::vector<Parameter>& parameters, ULONG size,
                                ULONG flags = 0)
{
    ParameterList list(parameters);
    ByteVector out(size);
    ULONG written = 0;
    REQUIRE_STATUS(BCryptDeriveKey(secret, kdf, list, out.data(), size, &written, flags),
                   STATUS_SUCCESS);
    out.resize(written);
    return to_hex(out);
}

inline NTSTATUS set_bytes(BCRYPT_HANDLE object, LPCWSTR name, const ByteVector& bytes)
{
    return BCryptSetProperty(object, name, data_of(bytes), size_of(bytes), 0);
}

} // namespace capishim_test
