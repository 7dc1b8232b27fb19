// SPDX-License-Identifier: BSD-2-Clause
// The encodings of PKCS #1 (RFC 8017) between messages and the blocks that RSA works on. Ours, and
// not Botan's, because OAEP labels are any bytes here (Botan's are part of an algorithm name), and
// because only the bare operation can be had from every Botan without its pool of threads.
#pragma once

#include "engine/hash.h"

namespace capishim::engine {

/// 7.2.1: 00 02 PS 00 M, in `size` bytes. @throws Fault::bad_length
SecureBytes pkcs1_encode(ByteView message, std::size_t size);
/// 7.2.2, in constant time for blocks of one size. @throws Fault::bad_padding
SecureBytes pkcs1_decode(ByteView block);
/// The message where the padding is right and the message as long as `other`, else `other`: neither
/// time nor answer shows which (RFC 5246 7.4.7.1).
SecureBytes pkcs1_decode_or(ByteView block, ByteView other);

/// 7.1.1 with the one hash for label and MGF1. @throws Fault::bad_length
SecureBytes oaep_encode(ByteView message, HashId hash, ByteView label, std::size_t size);
/// 7.1.2, in constant time for blocks of one size. @throws Fault::bad_padding
SecureBytes oaep_decode(ByteView block, HashId hash, ByteView label);

/// 9.2: 00 01 FF.. 00 T, in `size` bytes. @throws Fault::bad_length
Bytes pkcs1_signature_block(ByteView encoded, std::size_t size);

/// 9.1.1: the encoded message in as many bytes as a modulus of `modulus_bits` has.
/// @throws Fault::bad_length   digest of another hash, or no room
Bytes pss_encode(ByteView digest, HashId hash, std::size_t salt_size, std::size_t modulus_bits);
/// 9.1.2
bool pss_matches(ByteView block, ByteView digest, HashId hash, std::size_t salt_size,
                 std::size_t modulus_bits);

} // namespace capishim::engine
