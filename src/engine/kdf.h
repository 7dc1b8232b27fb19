// SPDX-License-Identifier: BSD-2-Clause
// Key derivation, composed of our hashes and HMAC: so each works with every hash that there is, and
// with either Botan. Sizes are bytes.
#pragma once

#include "engine/hash.h"

#include <functional>
#include <span>

namespace capishim::engine {

/// A keyed function of a message in parts. It may write over a part: all are read before.
using Prf = std::function<void(std::span<const ByteView> message, std::uint8_t* value)>;

/// HMAC as such a function.
Prf hmac_prf(HashId hash, ByteView key);

/// PBKDF2 (RFC 8018 5.2). @param prf_size     bytes that `prf` writes, at most max_hash_size
/// @param iterations   at least 1
SecureBytes pbkdf2(const Prf& prf, std::size_t prf_size, ByteView salt, std::uint64_t iterations,
                   std::size_t size);

/// SP 800-108 in counter mode: HMAC(key, [i]32 || fixed || [bits]32), i from 1, big-endian.
/// @param bits   the length field; usually 8 * size
SecureBytes sp800_108_counter(HashId hash, ByteView key, ByteView fixed, std::uint32_t bits,
                              std::size_t size);

/// SP 800-56A's concatenation: Hash([i]32 || secret || other_info), i from 1, big-endian.
SecureBytes concat_kdf(HashId hash, ByteView secret, ByteView other_info, std::size_t size);

/// RFC 5869 2.2 and 2.3. An empty salt is the standard's string of zeros.
SecureBytes hkdf_extract(HashId hash, ByteView salt, ByteView secret);
/// @throws Fault::bad_length   more than 255 times the hash
SecureBytes hkdf_expand(HashId hash, ByteView prk, ByteView info, std::size_t size);

/// TLS's functions: of 1.0 and 1.1 (RFC 2246 5: MD5 and SHA-1), and of 1.2 (RFC 5246 5).
/// @param seed   label || seed
SecureBytes tls_1_0_prf(ByteView secret, ByteView seed, std::size_t size);
SecureBytes tls_1_2_prf(HashId hash, ByteView secret, ByteView seed, std::size_t size);

/// SSL 3.0's construction (RFC 6101 6.1, 6.2.2): MD5(secret || SHA-1("A" || secret || seed)), the
/// same with "BB", with "CCC" ...
/// @throws Fault::bad_length   more than 26 blocks of 16 bytes
SecureBytes ssl_3_0_prf(ByteView secret, ByteView seed, std::size_t size);

} // namespace capishim::engine
