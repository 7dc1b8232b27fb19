// SPDX-License-Identifier: BSD-2-Clause
// What BCryptOpenAlgorithmProvider opens: an algorithm with the settings that its objects start
// with.
#pragma once

#include "cng/algorithms.h"
#include "cng/curves.h"

#include <mutex>

namespace capishim::cng {

/// What keys made with an algorithm handle take over.
struct KeySettings {
    ChainingMode mode = ChainingMode::not_applicable;
    std::uint32_t message_block = 1;
    std::uint32_t effective_bits = 0; // RC2; 0 = the key's own bits
    CurveChoice curve = {};           // ECDH and ECDSA for every curve; null: not set
};

/// Whether CAPISHIM_FIPS=1 asks for FIPS mode (N-37).
bool fips_mode() noexcept;

/// For BCryptSetProperty of a curve, on an algorithm handle or a pair.
/// @throws Fault::not_supported   an algorithm of one curve; a curve that can't sign
void require_curve_allowed(const Algorithm& algorithm, const CurveChoice& curve);

/// What every object keeps of the algorithm handle it came from, at any depth.
struct Origin {
    bool dispatch = false;       // opened with BCRYPT_PROV_DISPATCH
    std::uintptr_t provider = 0; // the handle's value, for ProviderHandle
};

class AlgorithmObject {
  public:
    struct Traits {
        bool dispatch = false;
        bool hmac = false;
        bool reusable = false;
        bool multi = false;
        bool extended_keys = false;
        bool fips_checks = false; // XTS-AES refuses a key of two equal halves in FIPS mode
    };

    /// @param flags   BCryptOpenAlgorithmProvider's
    /// @throws Fault::not_supported       a flag that this algorithm does not take
    /// @throws Fault::invalid_parameter   an undefined flag (N-26)
    static Traits traits_of(const Algorithm& algorithm, std::uint32_t flags);

    AlgorithmObject(const Algorithm& algorithm, Traits traits);
    /// A pseudo-handle's: its name says the mode.
    AlgorithmObject(const Algorithm& algorithm, Traits traits, ChainingMode mode);

    const Algorithm& algorithm() const noexcept { return *algorithm_; }
    const Traits& traits() const noexcept { return traits_; }
    KeyLengths key_lengths() const noexcept;
    std::uint32_t object_length() const noexcept;
    /// Whether its hashes take a secret: an HMAC or another MAC.
    bool is_keyed_hash() const noexcept;

    KeySettings settings() const;
    /// Settings reach the keys made from now on (N-19). Faults as of SymmetricKey's.
    void set_chaining_mode(ChainingMode mode);
    void set_message_block_length(std::uint32_t bytes);
    void set_effective_bits(std::uint32_t bits);
    void set_curve(CurveChoice curve);

    /// The length rule of BCryptGenerateSymmetricKey (cng.md 1.10): the bytes that become the key.
    /// @throws Fault::not_supported       an algorithm without symmetric keys
    /// @throws Fault::invalid_parameter   a length that the algorithm does not allow, or FIPS
    /// checks
    ByteView fitting_secret(ByteView secret) const;
    /// The strict rule of BCryptImportKey (N-46). @throws as fitting_secret
    void require_key_length(std::size_t size) const;

  private:
    const Algorithm* algorithm_;
    Traits traits_;
    mutable std::mutex mutex_;
    KeySettings settings_;
};

} // namespace capishim::cng
