// SPDX-License-Identifier: BSD-2-Clause
// DH blobs: CNG's big-endian ones (cng.md 5.6) and CryptoAPI's version 3 (5.8, cryptoapi.md 4.8).
// A wrong length is bad data here, where other algorithms have a code of its own (observed.md part
// 2 D).
#pragma once

#include "cng/capi_version_3.h"
#include "engine/pkcs8.h"

namespace capishim::cng {

using engine::read_dh_key_info;
using engine::write_dh_key_info;

/// What a version 3 blob tells of the group beyond P and G; kept for the next export.
struct DhHistory {
    Bytes order;    // Q, or empty
    Bytes cofactor; // J = (P - 1) / Q, or empty
    DssSeed seed;
};

struct DhBlob {
    std::shared_ptr<const engine::DhKey> key;
    DhHistory history = {};
};

/// BCRYPT_DH_PARAMETER_HEADER with P and G (N-153). @throws Fault::bad_data
engine::DhGroup read_dh_parameters(ByteView blob);
SecureBytes write_dh_parameters(const engine::DhGroup& group);

/// BCRYPT_DH_KEY_BLOB. @param validate   whether the public value is checked (N-154)
/// @throws Fault::bad_data
DhBlob read_dh_blob(ByteView blob, bool is_private, bool validate);
/// @throws Fault::no_private_key
SecureBytes write_dh_blob(const engine::DhKey& key, bool is_private);

/// CryptoAPI's, version 3, as a whole. @throws Fault::bad_data
DhBlob read_capi_dh_blob(ByteView blob, bool is_private, bool validate);
/// @param algorithm_id   CALG_DH_SF or CALG_DH_EPHEM. @throws Fault::no_private_key
SecureBytes write_capi_dh_blob(const engine::DhKey& key, const DhHistory& history, bool is_private,
                               std::uint32_t algorithm_id);

// Parts of such blobs; readers stand behind the magic, and leave what follows the numbers unread.

/// Version 3. @throws Fault::bad_data
DhBlob read_capi_dh_key(LittleEndianReader& reader, bool is_private, bool validate);
/// Version 2 of a public key: Y alone, whose group both sides must know (cryptoapi.md 4.7).
Bytes read_capi_dh_public_value(LittleEndianReader& reader);
SecureBytes write_capi_dh_public_value(ByteView public_value, std::uint32_t algorithm_id);
/// Version 2 of a pair: P, G and X. @throws Fault::bad_data
DhBlob read_capi_dh_pair(LittleEndianReader& reader, bool validate);
/// @throws Fault::no_private_key
SecureBytes write_capi_dh_pair(const engine::DhKey& key, std::uint32_t algorithm_id);

} // namespace capishim::cng
