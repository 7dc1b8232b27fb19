// SPDX-License-Identifier: BSD-2-Clause
// CryptDeriveKey from a CALG_SCHANNEL_MASTER_HASH (cryptoapi.md 8.4 items 6 and 8).
#pragma once

#include "csp/key.h"

namespace capishim::csp {

/// CALG_SCHANNEL_ENC_KEY or CALG_SCHANNEL_MAC_KEY.
bool is_schannel_key(std::uint32_t algorithm_id) noexcept;

/// @param algorithm_id   one of the two
/// @param flags          of CryptDeriveKey; CRYPT_SERVER for what the server writes with
/// @throws Fault::bad_flags   the master key had not both algorithms (observed.md)
std::shared_ptr<Key> derive_schannel_key(const std::shared_ptr<Context>& context,
                                         std::uint32_t algorithm_id, const Handshake& handshake,
                                         std::uint32_t flags);

} // namespace capishim::csp
