// SPDX-License-Identifier: BSD-2-Clause
// The RSA envelope of pre-master secrets (SIMPLEBLOB of a master key): the mark of a client that
// fell back to SSL 2.0, and the answer to envelopes that were tampered with. All big-endian.
#pragma once

#include "cng/rsa.h"
#include "csp/schannel_key.h"

namespace capishim::csp {

/// PKCS #1 v1.5 with eight bytes of 03 in the padding (CRYPT_SSL2_FALLBACK).
/// @throws Fault::bad_length   the modulus has no room for them
Bytes seal_fallback(const cng::RsaKey& rsa, ByteView secret);

/// The secret in an envelope, and for SSL 3.0 and TLS a random one where the envelope is bad
/// (U-178): what Bleichenbacher's attack asks is not answered, in time neither.
/// @param refuse_fallback   CRYPT_SSL2_FALLBACK: the receiver speaks a newer protocol (U-101)
/// @throws Fault::bad_data, bad_padding   SSL 2.0's envelope is bad; or the mark is found
SecureBytes open_pre_master(const MasterRow& row, const cng::RsaKey& rsa, ByteView ciphertext,
                            bool refuse_fallback);

} // namespace capishim::csp
