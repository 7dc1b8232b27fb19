// SPDX-License-Identifier: BSD-2-Clause
// DH and DSA numbers for tests, and the blobs that hold them.
#pragma once

#include "bcrypt_fixtures.h"

#include <initializer_list>

namespace capishim_test {

/// Little-endian DWORDs in hexadecimal: the header of a blob.
inline std::string words(std::initializer_list<ULONG> values)
{
    ByteVector bytes;
    for (const ULONG value : values)
        for (int shift = 0; shift < 32; shift += 8)
            bytes.push_back(static_cast<UCHAR>(value >> shift));
    return to_hex(bytes);
}

/// A number of the hexadecimal digits given, in `size` bytes.
inline std::string number_of(const std::string& digits, std::size_t size)
{
    return std::string(2 * size - digits.size(), '0') + digits;
}

inline std::string reversed_bytes(const std::string& hex)
{
    const ByteVector bytes = from_hex(hex);
    return to_hex({bytes.rbegin(), bytes.rend()});
}

inline ULONG property_size(BCRYPT_HANDLE object, LPCWSTR name)
{
    ULONG size = 0;
    REQUIRE_STATUS(BCryptGetProperty(object, name, nullptr, 0, &size, 0), STATUS_SUCCESS);
    return size;
}

inline ByteVector bytes_property(BCRYPT_HANDLE object, LPCWSTR name)
{
    ByteVector value(property_size(object, name));
    ULONG size = 0;
    REQUIRE_STATUS(BCryptGetProperty(object, name, value.data(), size_of(value), &size, 0),
                   STATUS_SUCCESS);
    BOOST_TEST(size == value.size());
    return value;
}

inline NTSTATUS set_bytes(BCRYPT_HANDLE object, LPCWSTR name, const ByteVector& value)
{
    return BCryptSetProperty(object, name, data_of(value), size_of(value), 0);
}

inline NTSTATUS import_status(BCRYPT_ALG_HANDLE algorithm, LPCWSTR type, const ByteVector& blob,
                              ULONG flags = 0)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    const NTSTATUS status =
        BCryptImportKeyPair(algorithm, nullptr, type, &key, data_of(blob), size_of(blob), flags);
    BOOST_TEST((key != nullptr) == BCRYPT_SUCCESS(status));
    BCryptDestroyKey(key);
    return status;
}

inline NTSTATUS export_status(BCRYPT_KEY_HANDLE key, LPCWSTR type)
{
    ULONG size = 0;
    return BCryptExportKey(key, nullptr, type, nullptr, 0, &size, 0);
}

inline KeyHandle open_pair(BCRYPT_ALG_HANDLE algorithm, ULONG bits)
{
    BCRYPT_KEY_HANDLE key = nullptr;
    REQUIRE_STATUS(BCryptGenerateKeyPair(algorithm, &key, bits, 0), STATUS_SUCCESS);
    return KeyHandle(key);
}

/// A blob with the DWORD at `offset` replaced.
inline ByteVector with_word(ByteVector blob, std::size_t offset, ULONG value)
{
    for (std::size_t i = 0; i < 4; ++i)
        blob.at(offset + i) = static_cast<UCHAR>(value >> 8 * i);
    return blob;
}

inline ULONG word_at(const ByteVector& blob, std::size_t offset)
{
    ULONG value = 0;
    for (std::size_t i = 4; i-- > 0;)
        value = value << 8 | blob.at(offset + i);
    return value;
}

/// No wrong value of the DWORD at `offset` is taken for a good one, nor read beyond the blob.
inline void check_hostile_word(BCRYPT_ALG_HANDLE algorithm, LPCWSTR type, const ByteVector& blob,
                               std::size_t offset)
{
    const ULONG right = word_at(blob, offset);
    for (const ULONG wrong : {0u, 1u, right - 1, right + 1, 0x20000000u, 0x40000001u, 0x7FFFFFFFu,
                              0x80000000u, 0xFFFFFFF8u, 0xFFFFFFFFu})
        if (wrong != right)
            BOOST_TEST_CONTEXT("the field at " << offset << " is " << wrong)
            {
                const ByteVector patched = with_word(blob, offset, wrong);
                const NTSTATUS status = import_status(algorithm, type, patched);
                BOOST_CHECK_MESSAGE(status == STATUS_INVALID_PARAMETER ||
                                        status == STATUS_INVALID_BUFFER_SIZE,
                                    status_name(status));
            }
}

/// Every length but the right one is refused with `code`.
inline void check_lengths(BCRYPT_ALG_HANDLE algorithm, LPCWSTR type, const ByteVector& blob,
                          NTSTATUS code)
{
    for (std::size_t size = 1; size <= blob.size() + 8; ++size) {
        ByteVector other = blob;
        other.resize(size);
        const NTSTATUS status = import_status(algorithm, type, other);
        BOOST_CHECK_MESSAGE(status == (size == blob.size() ? STATUS_SUCCESS : code),
                            size << " bytes of " << blob.size() << ": " << status_name(status));
    }
}

// RFC 2409 6.1: 768 bits, generator 2; the secrets of cng.md 10.6
inline const std::string oakley_prime =
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a0879"
    "8e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a63a3620"
    "ffffffffffffffff";
inline const std::string oakley_generator = number_of("02", 96);
inline const std::string oakley_parameters =
    words({204, BCRYPT_DH_PARAMETERS_MAGIC, 96}) + oakley_prime + oakley_generator;
inline const std::string secret_a =
    "dbfab98867a2810fb2f800132816b5c7eee0c1ffddd120735ed9fcf18f18e53a";

// RFC 6979 A.2.1, cng.md 10.9: a DSA key of 1024 bits
inline const std::string dsa_prime =
    "86f5ca03dcfeb225063ff830a0c769b9dd9d6153ad91d7ce27f787c43278b447e6533b86b18bed6e8a48b784a14c25"
    "2c"
    "5be0dbf60b86d6385bd2f12fb763ed8873abfd3f5ba2e0a8c0a59082eac056935e529daf7c610467899c77adedfc84"
    "6c"
    "881870b7b19b2b58f9be0521a17002e3bdd6b86685ee90b3d9a1b02b782b1779";
inline const std::string dsa_order = "996f967f6c8e388d9e28d01e205fba957a5698b1";
inline const std::string dsa_generator =
    "07b0f92546150b62514bb771e2a0c0ce387f03bda6c56b505209ff25fd3c133d89bbcd97e904e09114d9a7defdeadf"
    "c9"
    "078ea544d2e401aeecc40bb9fbbf78fd87995a10a1c27cb7789b594ba7efb5c4326a9fe59a070e136db77175464adc"
    "a4"
    "17be5dce2f40d10a46a3a3943f26ab7fd9c0398ff8c76ee0a56826a8a88f1dbd";
inline const std::string dsa_public =
    "5df5e01ded31d0297e274e1691c192fe5868fef9e19a84776454b100cf16f65392195a38b90523e2542ee61871c044"
    "0c"
    "b87c322fc4b4d2ec5e1e7ec766e1be8d4ce935437dc11c3c8fd426338933ebfe739cb3465f4d3668c5e473508253b1"
    "e6"
    "82f65cbdc4fae93c2ea212390e54905a86e2223170b44eaa7da5dd9ffcfb7f3b";
inline const std::string dsa_secret = "411602cb19a6ccc34494d79d98ef1e7ed5af25f7";
inline const std::string unknown_seed = std::string(8 + 40, 'f'); // counter and seed
inline const std::string dsa_numbers =
    unknown_seed + dsa_order + dsa_prime + dsa_generator + dsa_public;
inline const std::string dsa_public_blob = words({BCRYPT_DSA_PUBLIC_MAGIC, 128}) + dsa_numbers;
inline const std::string dsa_private_blob =
    words({BCRYPT_DSA_PRIVATE_MAGIC, 128}) + dsa_numbers + dsa_secret;

} // namespace capishim_test
