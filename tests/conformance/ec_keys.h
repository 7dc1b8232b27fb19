// SPDX-License-Identifier: BSD-2-Clause
// Keys on elliptic curves as blobs, made from their numbers, for the conformance of CNG.
#pragma once

#include "api/bcrypt/ec_keys.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace capishim_test {

/// BCRYPT_ECCKEY_BLOB with the magic that the curve has (cng.md 5.3, N-149).
inline ByteVector ecc_blob(bool signs, bool is_private, const std::string& curve,
                           std::initializer_list<ByteVector> numbers)
{
    static const std::string nist[] = {"nistP256", "nistP384", "nistP521"};
    const auto index = std::find(std::begin(nist), std::end(nist), curve) - std::begin(nist);
    const ULONG first = signs ? BCRYPT_ECDSA_PUBLIC_P256_MAGIC : BCRYPT_ECDH_PUBLIC_P256_MAGIC;
    const ULONG generic_public =
        signs ? BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC : BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC;
    const ULONG generic_private =
        signs ? BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC : BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC;
    const ULONG generic = is_private ? generic_private : generic_public;
    const ULONG step = 0x01000000; // the last character counts on
    const ULONG magic =
        index < 3 ? first + step * (2 * static_cast<ULONG>(index) + is_private) : generic;
    ByteVector blob;
    for (const ULONG field : {magic, size_of(*numbers.begin())})
        for (int shift = 0; shift < 32; shift += 8)
            blob.push_back(static_cast<UCHAR>(field >> shift));
    for (const ByteVector& number : numbers)
        blob.insert(blob.end(), number.begin(), number.end());
    return blob;
}

/// A handle for a curve by its name in the vectors.
struct NamedCurve : AlgorithmHandle {
    NamedCurve(LPCWSTR algorithm, const std::string& curve) : AlgorithmHandle(algorithm)
    {
        const std::basic_string<WCHAR> wide(curve.begin(), curve.end());
        REQUIRE_STATUS(set_text(handle, BCRYPT_ECC_CURVE_NAME, wide.c_str()), STATUS_SUCCESS);
    }
};

} // namespace capishim_test
