// SPDX-License-Identifier: BSD-2-Clause
// The blobs of symmetric keys, those of ciphers and of key derivation alike (cng.md 5.1).
#pragma once

#include "base/secure_bytes.h"
#include "cng/algorithms.h"

#include <string_view>

namespace capishim::cng {

/// What a blob says of its key.
struct SymmetricBlob {
    SecureBytes secret;
    std::uint32_t effective_bits = 0; // RC2; 0 = the algorithm handle's
};

/// @throws Fault::not_supported   another type than KeyDataBlob, OpaqueKeyBlob
SecureBytes write_symmetric_blob(std::string_view type, const Algorithm& algorithm, ByteView secret,
                                 std::uint32_t effective_bits);
/// @throws Fault::not_supported   as above
/// @throws Fault::bad_data        a blob that does not fit (N-45); the key's length is not looked
/// at
SymmetricBlob read_symmetric_blob(std::string_view type, const Algorithm& algorithm, ByteView blob);

} // namespace capishim::cng
