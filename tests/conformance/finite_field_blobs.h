// SPDX-License-Identifier: BSD-2-Clause
// DH, DSA and RSA keys of numbers in hexadecimal, and what BCrypt* does with them.
#pragma once

#include "api/bcrypt/finite_field_keys.h"

namespace capishim_test {

inline ULONG bytes_in(const std::string& hex)
{
    return static_cast<ULONG>(hex.size() / 2);
}

// ---- DH ----------------------------------------------------------------------------------------

struct DhNumbers {
    std::string prime, generator;
};

inline KeyHandle dh_key(ULONG magic, LPCWSTR type, const DhNumbers& numbers,
                        const std::string& rest)
{
    const ULONG size = bytes_in(numbers.prime);
    return imported_pair(
        BCRYPT_DH_ALG_HANDLE, type,
        from_hex(words({magic, size}) + numbers.prime + number_of(numbers.generator, size) + rest));
}

inline KeyHandle dh_public_key(const DhNumbers& numbers, const std::string& y)
{
    return dh_key(BCRYPT_DH_PUBLIC_MAGIC, BCRYPT_DH_PUBLIC_BLOB, numbers,
                  number_of(y, bytes_in(numbers.prime)));
}

inline KeyHandle dh_private_key(const DhNumbers& numbers, const std::string& y,
                                const std::string& x)
{
    const ULONG size = bytes_in(numbers.prime);
    return dh_key(BCRYPT_DH_PRIVATE_MAGIC, BCRYPT_DH_PRIVATE_BLOB, numbers,
                  number_of(y, size) + number_of(x, size));
}

/// The agreed secret, big-endian: TRUNCATE gives it the other way round.
inline std::string shared_value(BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer)
{
    BCRYPT_SECRET_HANDLE secret = nullptr;
    REQUIRE_STATUS(BCryptSecretAgreement(own, peer, &secret, 0), STATUS_SUCCESS);
    ByteVector derived(1024);
    ULONG size = 0;
    REQUIRE_STATUS(
        BCryptDeriveKey(secret, BCRYPT_KDF_RAW_SECRET, nullptr, derived.data(), 1024, &size, 0),
        STATUS_SUCCESS);
    derived.resize(size);
    CHECK_STATUS(BCryptDestroySecret(secret), STATUS_SUCCESS);
    return to_hex({derived.rbegin(), derived.rend()});
}

// ---- DSA ---------------------------------------------------------------------------------------

struct DsaNumbers {
    std::string prime, order, generator;
};

/// A public key, or with `x` a private one.
inline KeyHandle dsa_key(const DsaNumbers& numbers, const std::string& y, const std::string& x)
{
    const ULONG size = bytes_in(numbers.prime), order_size = bytes_in(numbers.order);
    const bool is_private = !x.empty();
    const std::string head =
        size <= 128
            ? words({is_private ? ULONG{BCRYPT_DSA_PRIVATE_MAGIC} : ULONG{BCRYPT_DSA_PUBLIC_MAGIC},
                     size})
            : words({is_private ? ULONG{BCRYPT_DSA_PRIVATE_MAGIC_V2}
                                : ULONG{BCRYPT_DSA_PUBLIC_MAGIC_V2},
                     size, DSA_HASH_ALGORITHM_SHA256, DSA_FIPS186_3, 20, order_size});
    const std::string secret = is_private ? number_of(x, order_size) : "";
    return imported_pair(
        BCRYPT_DSA_ALG_HANDLE, is_private ? BCRYPT_DSA_PRIVATE_BLOB : BCRYPT_DSA_PUBLIC_BLOB,
        from_hex(head + unknown_seed + numbers.order + numbers.prime +
                 number_of(numbers.generator, size) + number_of(y, size) + secret));
}

// ---- RSA ---------------------------------------------------------------------------------------

struct RsaNumbers {
    std::string exponent, modulus, prime1, prime2;
};

inline ULONG bits_of(const std::string& hex)
{
    ULONG top = static_cast<ULONG>(std::stoul(hex.substr(0, 2), nullptr, 16)), bits = 0;
    for (; top != 0; top >>= 1)
        ++bits;
    return bits + 8 * (bytes_in(hex) - 1);
}

inline KeyHandle rsa_public_key(const RsaNumbers& key)
{
    return imported_pair(BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPUBLIC_BLOB,
                         from_hex(words({0x31415352, bits_of(key.modulus), bytes_in(key.exponent),
                                         bytes_in(key.modulus), 0, 0}) +
                                  key.exponent + key.modulus));
}

inline KeyHandle rsa_private_key(const RsaNumbers& key)
{
    return imported_pair(
        BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSAPRIVATE_BLOB,
        from_hex(words({0x32415352, bits_of(key.modulus), bytes_in(key.exponent),
                        bytes_in(key.modulus), bytes_in(key.prime1), bytes_in(key.prime2)}) +
                 key.exponent + key.modulus + key.prime1 + key.prime2));
}

using RsaOperation = decltype(&BCryptEncrypt);

inline ByteVector rsa_result(RsaOperation operation, BCRYPT_KEY_HANDLE key, VOID* info, ULONG flags,
                             const ByteVector& input)
{
    ULONG size = 0;
    ByteVector output(2048);
    REQUIRE_STATUS(operation(key, data_of(input), size_of(input), info, nullptr, 0, output.data(),
                             size_of(output), &size, flags),
                   STATUS_SUCCESS);
    output.resize(size);
    return output;
}

inline ByteVector rsa_encrypted(BCRYPT_KEY_HANDLE key, VOID* info, ULONG flags,
                                const ByteVector& message)
{
    return rsa_result(BCryptEncrypt, key, info, flags, message);
}

inline ByteVector rsa_decrypted(BCRYPT_KEY_HANDLE key, VOID* info, ULONG flags,
                                const ByteVector& ciphertext)
{
    return rsa_result(BCryptDecrypt, key, info, flags, ciphertext);
}

} // namespace capishim_test
