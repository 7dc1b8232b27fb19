// SPDX-License-Identifier: BSD-2-Clause
// DSA blobs: CNG's big-endian ones in their two versions (cng.md 5.7), and CryptoAPI's (5.8 with
// observed.md part 2 D, cryptoapi.md 4.5).
#pragma once

#include "cng/capi_version_3.h"
#include "engine/pkcs8.h"

namespace capishim::cng {

using engine::read_dsa_key_info;
using engine::write_dsa_key_info;

/// The longest prime of version 1, in bytes: 1024 bits.
constexpr std::size_t dsa_version_1_size = 128;

/// BCRYPT_DSA_PARAMETER_HEADER or _V2 with seed, q, P and G.
/// @throws Fault::bad_data   any fault of it, length included (N-34)
engine::DsaGroup read_dsa_parameters(ByteView blob);

/// BCRYPT_DSA_KEY_BLOB or _V2. @param validate   whether the public part is checked
/// @throws Fault::bad_blob_length, bad_data
std::shared_ptr<const engine::DsaKey> read_dsa_blob(ByteView blob, bool is_private, bool validate);
/// The version goes by the key's length. @throws Fault::no_private_key
SecureBytes write_dsa_blob(const engine::DsaKey& key, bool is_private);

/// CryptoAPI's, version 2, as a whole. @throws Fault::bad_blob_length, bad_data
std::shared_ptr<const engine::DsaKey> read_capi_dsa_blob(ByteView blob, bool is_private,
                                                         bool validate);
/// @throws Fault::no_private_key
/// @throws Fault::not_supported   q is not of 160 bits: this form has no room for another
SecureBytes write_capi_dsa_blob(const engine::DsaKey& key, bool is_private);

// Parts of such blobs; readers stand behind the magic, and leave what follows the numbers unread.

/// Version 2. @throws Fault::bad_data
std::shared_ptr<const engine::DsaKey> read_capi_dsa_key(LittleEndianReader& reader, bool is_private,
                                                        bool validate);

/// What version 3 tells.
struct CapiDsaKey {
    std::shared_ptr<const engine::DsaKey> key;
    Bytes cofactor; // J = (P - 1) / Q, or empty
};
/// @throws Fault::bad_data
CapiDsaKey read_capi_dsa_key_3(LittleEndianReader& reader, bool is_private, bool validate);
/// @throws Fault::no_private_key
SecureBytes write_capi_dsa_blob_3(const CapiDsaKey& key, bool is_private);

} // namespace capishim::cng
