// SPDX-License-Identifier: BSD-2-Clause
// Session keys under session keys: RFC 3217, the contents of a SYMMETRICWRAPKEYBLOB
// (cryptoapi.md 4.10).
#pragma once

#include "csp/session_key.h"

namespace capishim::csp {

/// Whether keys can be wrapped under a key of that algorithm: 3DES (both lengths, U-108) and RC2.
bool can_wrap(std::uint32_t algorithm_id) noexcept;

/// How many bytes wrap() makes of a key.
std::size_t wrapped_size(const SessionKey& wrapping, const SessionKey& key);
/// 3DES under 3DES as RFC 3217 section 3 has it, all others as section 4 (U-109).
SecureBytes wrap(const SessionKey& wrapping, const SessionKey& key);
/// The bytes of a key of `cipher`.
/// @throws Fault::bad_data   cut short, changed, or another wrapping key's
SecureBytes unwrap(const SessionKey& wrapping, const CipherRow& cipher, ByteView wrapped);

} // namespace capishim::csp
