// SPDX-License-Identifier: BSD-2-Clause
// Multi-hash objects: an array of hash states under one key (cng.md 7.6).
#pragma once

#include "cng/hash_object.h"

namespace capishim::cng {

constexpr std::uint32_t multi_hash_object_length = 640; // without the hashes (cng.md 3.2)

/// What BCryptCreateMultiHash's page excludes: HMAC-MD2, HMAC-MD4, AES-GMAC (N-214).
/// @throws Fault::not_supported   one of them, or not a hash algorithm
void require_multi_capable(const AlgorithmObject& algorithm);

/// @param count   of hashes
/// @throws Fault::invalid_parameter   no hashes, or an algorithm handle that was not opened for it
/// @throws as mac_key and multi_hash_length
std::shared_ptr<HashObject> create_multi_hash(const AlgorithmObject& algorithm, std::size_t count,
                                              std::optional<ByteView> secret, Origin origin);

/// Bytes of caller's memory that such an object asks for. @throws as require_multi_capable
std::size_t multi_hash_length(const AlgorithmObject& algorithm, std::size_t count);

} // namespace capishim::cng
