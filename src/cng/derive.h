// SPDX-License-Identifier: BSD-2-Clause
// CryptoAPI's key derivation from a hash value, shared by CryptDeriveKey and BCryptDeriveKeyCapi.
#pragma once

#include "base/secure_bytes.h"
#include "engine/hash.h"

namespace capishim::cng {

/// cng.md 6.13, cryptoapi.md 5: the first `size` bytes of `value`, or of the double construction
/// Hash(0x36.. ^ value) || Hash(0x5C.. ^ value).
/// @param expand_target   the target is AES or 3DES, so a hash outside SHA-2 is always expanded
/// @throws Fault::bad_length   size is more than twice the hash
SecureBytes capi_derive(engine::HashId hash, ByteView value, bool expand_target, std::size_t size);

} // namespace capishim::cng
