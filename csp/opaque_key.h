// SPDX-License-Identifier: BSD-2-Clause
// OPAQUEKEYBLOB (cryptoapi.md 4.11, U-110): a session key, master key or MAC key in its present
// state, sealed for the same provider in the user's own processes.
//
//     BLOBHEADER  "CSHM"  version (4)      readable and authenticated
//     sealed (csp/user_seal.h)             permissions (4), then what the key's save() writes
#pragma once

#include "csp/blobs.h"
#include "csp/key.h"

namespace capishim::csp {

struct OpaqueKey {
    KeyBody body;
    std::uint32_t permissions; // CRYPT_ENCRYPT ...
};

/// @param key   no pair
SecureBytes write_opaque_key(const Profile& profile, std::uint32_t algorithm_id,
                             const OpaqueKey& key);
/// @param blob   the whole, with its BLOBHEADER
/// @throws Fault::bad_algorithm   not an algorithm of the profile
/// @throws Fault::bad_data        changed, another user's or provider's, or of another version
OpaqueKey read_opaque_key(const Profile& profile, std::uint32_t algorithm_id, ByteView blob);

} // namespace capishim::csp
