// SPDX-License-Identifier: BSD-2-Clause
// ML-KEM (FIPS 203). Botan has it from version 3 on, and makes keys from seeds only; keys that come
// expanded are decrypted with here (ml_kem_expanded.h).
#pragma once

#include "base/secure_bytes.h"

#include <memory>

namespace capishim::engine {

enum class KemSet : std::uint8_t { ml_kem_512, ml_kem_768, ml_kem_1024 };

struct KemSizes {
    std::size_t public_key;  // ek
    std::size_t private_key; // dk, expanded
    std::size_t ciphertext;
};

constexpr std::size_t kem_seed_size = 64; // d || z
constexpr std::size_t kem_secret_size = 32;

constexpr KemSizes kem_sizes(KemSet set)
{
    constexpr KemSizes sizes[] = {{800, 1632, 768}, {1184, 2400, 1088}, {1568, 3168, 1568}};
    return sizes[static_cast<std::size_t>(set)];
}

/// Whether this Botan has it.
bool has_ml_kem() noexcept;

struct Encapsulation {
    SecureBytes secret;
    Bytes ciphertext;
};

/// An ML-KEM key that never changes and may be used from many threads at once.
class KemKey {
  public:
    using Set = KemSet;

    static std::shared_ptr<const KemKey> generate(KemSet set);
    /// @throws Fault::bad_data   a wrong length, or coefficients beyond the modulus (FIPS 203 7.2)
    static std::shared_ptr<const KemKey> from_public(KemSet set, ByteView key, bool validate);
    /// dk. @param validate   whether the hash in it must be its public key's (FIPS 203 7.3)
    static std::shared_ptr<const KemKey> from_private(KemSet set, ByteView key, bool validate);
    static std::shared_ptr<const KemKey> from_seed(KemSet set, ByteView seed);

    KemSet set() const noexcept { return set_; }
    bool has_private() const noexcept { return !private_.empty(); }
    const Bytes& public_key() const noexcept { return public_; }
    /// dk. @throws Fault::no_private_key
    const SecureBytes& private_key() const;
    /// d || z. @throws Fault::no_private_key
    /// @throws Fault::not_supported   the key came expanded, which can't be undone
    const SecureBytes& seed() const;

    Encapsulation encapsulate() const;
    /// The same from a message of 32 bytes, which must be random and secret.
    Encapsulation encapsulate(ByteView message) const;
    /// For a ciphertext that is no encapsulation the secret is one that nobody can tell (implicit
    /// rejection). @throws Fault::no_private_key
    /// @throws Fault::bad_blob_length   a ciphertext of another length
    SecureBytes decapsulate(ByteView ciphertext) const;

    KemKey(KemSet set, Bytes public_key, SecureBytes private_key, SecureBytes seed)
        : set_(set), public_(std::move(public_key)), private_(std::move(private_key)),
          seed_(std::move(seed))
    {
    }

  private:
    KemSet set_;
    Bytes public_;
    SecureBytes private_; // empty in a public key
    SecureBytes seed_;    // empty in a key that came expanded, too
};

} // namespace capishim::engine
