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
SecureBytes write_capi_rsa_blob(const engine::RsaKey& key, RsaPart part,
                                std::uint32_t algorithm_id);

struct CapiRsaBlob {
    std::uint32_t algorithm_id;
    std::shared_ptr<const engine::RsaKey> key;
};
/// Trailing bytes are ignored (U-96); the end of privateExponent may be missing (observed.md).
/// @throws Fault::bad_version, bad_type, bad_algorithm, bad_data
CapiRsaBlob read_capi_rsa_blob(ByteView blob);

/// The part of a CryptoAPI blob that says how long it is.
struct CapiRsaHeader {
    std::uint8_t type;
    std::uint32_t algorithm_id;
    std::uint32_t bits;

    /// The whole blob's length, or the largest number for a modulus that is too long.
    std::size_t blob_size() const noexcept;
};
constexpr std::size_t capi_rsa_header_size = 20;
CapiRsaHeader read_capi_rsa_header(ByteView blob);

/// The three magics of a BCRYPT_RSAKEY_BLOB: RSA1, RSA2, RSA3.
enum class CngRsaBlob : std::uint32_t {
    public_key = 0x31415352,
    private_key = 0x32415352,
    full_private_key = 0x33415352
};

/// CNG's blob: BCRYPT_RSAKEY_BLOB and numbers (big-endian), each of its own minimal size (N-144).
/// @throws Fault::no_private_key   a private blob of a public key
SecureBytes write_cng_rsa_blob(const engine::RsaKey& key, CngRsaBlob kind);

/// The magic that the blob announces. @throws Fault::bad_blob_length   too short to tell
CngRsaBlob cng_rsa_blob_kind(ByteView blob);
/// Takes exactly the length that the header announces.
/// @throws Fault::bad_blob_length     shorter or longer
/// @throws Fault::long_exponent       a public exponent of more than 8 bytes (observed.md part 2 D)
/// @throws Fault::bad_data            another magic than `kind`, or numbers that do not fit (N-143)
std::shared_ptr<const engine::RsaKey> read_cng_rsa_blob(ByteView blob, CngRsaBlob kind);

} // namespace capishim::cng
