// SPDX-License-Identifier: BSD-2-Clause
// AES key wrap (RFC 3394) with the default initial value.
#pragma once

#include "base/secure_bytes.h"

namespace capishim::engine {

/// @param key_encryption_key   16, 24 or 32 bytes
/// @param key                  a multiple of 8 bytes, at least 16
/// @return                     8 bytes more than `key`
/// @throws Fault::bad_data     another length
SecureBytes wrap_key(ByteView key_encryption_key, ByteView key);
/// @throws Fault::bad_data   no length of a wrapped key, or the check value is wrong
SecureBytes unwrap_key(ByteView key_encryption_key, ByteView wrapped);

} // namespace capishim::engine
