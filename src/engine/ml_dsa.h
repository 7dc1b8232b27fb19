// SPDX-License-Identifier: BSD-2-Clause
// ML-DSA (FIPS 204) with an empty context. Botan has it from version 3 on, and keeps private keys
// as seeds only.
#pragma once

#include "base/secure_bytes.h"

#include <memory>

namespace capishim::engine {

enum class MlDsaSet : std::uint8_t { ml_dsa_44, ml_dsa_65, ml_dsa_87 };

struct MlDsaSizes {
    std::size_t public_key;
    std::size_t private_key; // expanded
    std::size_t signature;
};

constexpr std::size_t ml_dsa_seed_size = 32;

constexpr MlDsaSizes ml_dsa_sizes(MlDsaSet set)
{
    constexpr MlDsaSizes sizes[] = {{1312, 2560, 2420}, {1952, 4032, 3309}, {2592, 4896, 4627}};
    return sizes[static_cast<std::size_t>(set)];
}

/// Whether this Botan has it.
bool has_ml_dsa() noexcept;

/// An ML-DSA key that never changes and may be used from many threads at once.
class MlDsaKey {
  public:
    using Set = MlDsaSet;

    static std::shared_ptr<const MlDsaKey> generate(MlDsaSet set);
    /// @throws Fault::bad_data   a wrong length
    static std::shared_ptr<const MlDsaKey> from_public(MlDsaSet set, ByteView key, bool validate);
    /// @throws Fault::bad_data        a wrong length
    /// @throws Fault::not_supported   always else: Botan reads no expanded keys
    static std::shared_ptr<const MlDsaKey> from_private(MlDsaSet set, ByteView key, bool validate);
    static std::shared_ptr<const MlDsaKey> from_seed(MlDsaSet set, ByteView seed);

    MlDsaSet set() const noexcept { return set_; }
    bool has_private() const noexcept { return !seed_.empty(); }
    const Bytes& public_key() const noexcept { return public_; }
    /// @throws Fault::no_private_key
    /// @throws Fault::not_supported   Botan writes no expanded keys
    const SecureBytes& private_key() const;
    /// @throws Fault::no_private_key
    const SecureBytes& seed() const;

    /// Hedged: with fresh randomness (N-205). @throws Fault::no_private_key
    Bytes sign(ByteView message) const;
    bool verify(ByteView message, ByteView signature) const;

    MlDsaKey(MlDsaSet set, Bytes public_key, SecureBytes seed)
        : set_(set), public_(std::move(public_key)), seed_(std::move(seed))
    {
    }

  private:
    MlDsaSet set_;
    Bytes public_;
    SecureBytes seed_; // empty in a public key
};

} // namespace capishim::engine
