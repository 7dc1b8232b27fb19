// SPDX-License-Identifier: BSD-2-Clause
// The provider profiles: names, types, and which algorithms each offers at which lengths.
#pragma once

#include "base/fault.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace capishim::csp {

/// One algorithm of one provider (cryptoapi.md 2.3, 2.7): lengths in bits.
struct AlgorithmLimits {
    std::uint32_t id; // CALG_*
    std::uint32_t default_bits, min_bits, max_bits;
    std::uint32_t step_bits;
};

/// How a provider treats salts (observed.md: KP_SALT set, CRYPT_CREATE_SALT).
enum class SaltRule : std::uint8_t { eleven_bytes, none_created };

struct Profile {
    std::string_view name;
    std::uint32_t type;      // PROV_*
    std::string_view family; // whose key containers it shares: "RSA" or "DSS" (10.1)
    std::span<const AlgorithmLimits> algorithms;        // in PP_ENUMALGS order (U-89)
    std::span<const AlgorithmLimits> unlisted = {};     // there, but in no enumeration (U-72)
    std::span<const std::uint32_t> agreed_ciphers = {}; // more that agreed DH keys may become
    SaltRule salt_rule;
    std::uint32_t default_rc2_effective_bits; // 0 = the key's length
    std::uint32_t max_rc2_effective_bits;
    std::uint32_t default_symmetric_bits;     // PP_SYM_KEYSIZE
    bool listed;                              // by CryptEnumProviders (U-68)
    Fault mode_refusal = Fault::mode_refused; // of cipher modes that no provider has

    /// Whether it is one of those that serve SSL and TLS.
    bool is_schannel() const noexcept;
    /// Whether keys of that algorithm exist here, if only as agreed keys.
    bool has_key_of(std::uint32_t algorithm_id) const noexcept;
    /// @return the algorithm's row, or null: NTE_BAD_ALGID
    const AlgorithmLimits* find(std::uint32_t algorithm_id) const noexcept;
};

struct ProviderType {
    std::uint32_t type;
    std::string_view display_name;
    std::string_view default_provider;
};

/// Sorted by name (U-23).
std::span<const Profile> profiles() noexcept;
/// Sorted by number (U-24).
std::span<const ProviderType> provider_types() noexcept;
/// Compares without case (U-13). @return the profile, or null
const Profile* find_profile(std::string_view name) noexcept;

} // namespace capishim::csp
