// SPDX-License-Identifier: BSD-2-Clause
// RSA keys and their operations. All numbers and blocks are big-endian, as in PKCS #1; CryptoAPI's
// reversal is done by its own layer.
#pragma once

#include "engine/hash.h"

#include <memory>

namespace capishim::engine {

/// Big-endian numbers; the private ones are empty in a public key.
struct RsaNumbers {
    Bytes modulus;
    Bytes public_exponent;
    SecureBytes prime1, prime2;
    SecureBytes exponent1, exponent2; // d mod (p-1), d mod (q-1)
    SecureBytes coefficient;          // q^-1 mod p
    SecureBytes private_exponent;
};

/// An RSA key that never changes and may be used from many threads at once.
class RsaKey {
  public:
    virtual ~RsaKey() = default;

    /// Makes a pair with e = 65537. Any length from 384 bits, in steps of 8.
    static std::shared_ptr<const RsaKey> generate(std::size_t modulus_bits);
    /// @throws Fault::bad_data   modulus even or zero, exponent zero
    static std::shared_ptr<const RsaKey> from_public(ByteView modulus, ByteView exponent);
    /// Takes the numbers as they are (d modulo phi or lambda; e = d = 1 too: KB228786), so that an
    /// export gives back the same bytes. Missing exponents (empty) are computed.
    /// @throws Fault::bad_data   p * q is not the modulus
    static std::shared_ptr<const RsaKey> from_private(RsaNumbers numbers);

    virtual const RsaNumbers& numbers() const noexcept = 0;
    virtual bool has_private() const noexcept = 0;
    virtual std::size_t bits() const noexcept = 0;
    std::size_t size() const noexcept { return (bits() + 7) / 8; } // k, in bytes

    /// Raw x^e mod n and x^d mod n on blocks of exactly size() bytes.
    /// @throws Fault::bad_data   the number is not below the modulus
    virtual Bytes public_operation(ByteView block) const = 0;
    virtual SecureBytes private_operation(ByteView block) const = 0;

    /// PKCS #1 v1.5 type 2. @throws Fault::bad_length   longer than k - 11
    virtual Bytes encrypt_pkcs1(ByteView message) const = 0;
    /// @throws Fault::bad_padding   (no difference in time or answer between bad paddings)
    virtual SecureBytes decrypt_pkcs1(ByteView ciphertext) const = 0;
    /// OAEP with one hash for the label and MGF1. @throws Fault::bad_length
    virtual Bytes encrypt_oaep(ByteView message, HashId hash, ByteView label) const = 0;
    virtual SecureBytes decrypt_oaep(ByteView ciphertext, HashId hash, ByteView label) const = 0;

    /// PKCS #1 v1.5 type 1 over `encoded` = DigestInfo || hash, or a bare hash.
    /// @throws Fault::bad_length   longer than k - 11
    virtual Bytes sign_pkcs1(ByteView encoded) const = 0;
    virtual bool verify_pkcs1(ByteView encoded, ByteView signature) const = 0;
    /// EMSA-PSS, MGF1 with the same hash. @throws Fault::bad_length   the salt does not fit
    virtual Bytes sign_pss(ByteView digest, HashId hash, std::size_t salt_size) const = 0;
    virtual bool verify_pss(ByteView digest, HashId hash, std::size_t salt_size,
                            ByteView signature) const = 0;
};

/// The DER prefix that turns a hash into a DigestInfo (cryptoapi.md 7.4.1).
ByteView digest_info_prefix(HashId id) noexcept;

} // namespace capishim::engine
