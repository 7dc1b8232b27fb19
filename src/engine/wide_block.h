// SPDX-License-Identifier: BSD-2-Clause
// Encryption that keeps the length of memory of any even size, without a nonce.
#pragma once

#include "base/secure_bytes.h"

namespace capishim::engine {

/// A keyed permutation of the whole of `data` (an even number of bytes): each bit of the result
/// depends on all of it. Luby and Rackoff's Feistel network with HMAC-SHA-256 as its round
/// function; equal data under one key gives equal results, as a permutation must.
void encrypt_wide_block(ByteView key, MutableBytes data);
void decrypt_wide_block(ByteView key, MutableBytes data);

} // namespace capishim::engine
