// SPDX-License-Identifier: BSD-2-Clause
// Authenticated encryption for what the key store writes to disk.
#pragma once

#include "base/secure_bytes.h"

namespace capishim::engine {

constexpr std::size_t seal_key_size = 32;

/// AES-256-GCM with a random nonce: nonce (12) || ciphertext || tag (16). `context` is
/// authenticated.
Bytes seal(ByteView key, ByteView context, ByteView plaintext);
/// @throws Fault::bad_data   cut short, changed, or sealed with another key or context
SecureBytes unseal(ByteView key, ByteView context, ByteView sealed);

} // namespace capishim::engine
