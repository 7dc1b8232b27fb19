// SPDX-License-Identifier: BSD-2-Clause
// OPAQUEKEYBLOB (cryptoapi.md 4.11, U-110): a session key in its present state, sealed for the
// user's own processes.
//
//     BLOBHEADER  "CSHM"  version (4)      readable and authenticated
//     sealed (csp/user_seal.h)             permissions (4), then SessionKey::save()
#pragma once

#include "csp/blobs.h"
#include "csp/session_key.h"

namespace capishim::csp {

struct OpaqueKey {
    SessionKey session;
    std::uint32_t permissions; // CRYPT_ENCRYPT ...
};

SecureBytes write_opaque_key(std::uint32_t algorithm_id, const OpaqueKey& key);
/// @param blob   the whole, with its BLOBHEADER
/// @throws Fault::bad_data   changed, another user's, or of another version
OpaqueKey read_opaque_key(const CipherRow& cipher, ByteView blob);

} // namespace capishim::csp
