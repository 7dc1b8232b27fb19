// SPDX-License-Identifier: BSD-2-Clause
// RSA key blobs: CNG's big-endian ones (cng.md 5.2) and CryptoAPI's little-endian ones
// (cryptoapi.md 4.2, 4.3), which CNG calls LEGACY_RSA*_BLOB. One serializer for both faces.
#pragma once

#include "engine/rsa.h"

#include <memory>

namespace capishim::cng {

enum class RsaPart : std::uint8_t { public_part, private_part };

/// CryptoAPI's blob: BLOBHEADER, RSAPUBKEY, numbers (little-endian).
/// @param algorithm_id   CALG_RSA_KEYX or CALG_RSA_SIGN, for the header
/// @throws Fault::no_private_key   private part of a public key
/// @throws Fault::not_supported    a public exponent of more than 32 bits
SecureBytes write_capi_rsa_blob(const engine::RsaKey& key, RsaPart part, std::uint32_t algorithm_id);

struct CapiRsaBlob {
    std::uint32_t algorithm_id;
    std::shared_ptr<const engine::RsaKey> key;
};
/// Trailing bytes are ignored (U-96); the end of privateExponent may be missing (observed.md).
/// @throws Fault::bad_version, bad_type, bad_algorithm, bad_data
CapiRsaBlob read_capi_rsa_blob(ByteView blob);

} // namespace capishim::cng
