// SPDX-License-Identifier: BSD-2-Clause
// The part of ML-KEM that Botan keeps to itself: the expanded decapsulation key of FIPS 203 and
// K-PKE's decryption with it.
#pragma once

#include "engine/ml_kem.h"

namespace capishim::engine {

/// dk = s || ek || H(ek) || z, in its parts.
struct KemPrivateParts {
    ByteView secret; // s, encoded
    ByteView public_key;
    ByteView public_hash;
    ByteView rejection; // z
};

KemPrivateParts kem_private_parts(KemSet set, ByteView private_key);

/// dk out of d || z and the public key that belongs to it (FIPS 203 algorithms 13 and 16).
SecureBytes kem_expand(KemSet set, ByteView seed, ByteView public_key);

/// K-PKE.Decrypt (algorithm 15): the 32-byte message of a ciphertext, in constant time.
SecureBytes kem_decrypt(KemSet set, ByteView secret, ByteView ciphertext);

/// SHAKE256(z || c), the secret that a wrong ciphertext gets.
SecureBytes kem_rejection(ByteView rejection, ByteView ciphertext);

/// H = SHA3-256
Bytes kem_hash(ByteView bytes);

} // namespace capishim::engine
