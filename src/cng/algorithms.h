// SPDX-License-Identifier: BSD-2-Clause
// The table of CNG's algorithms: identifiers, interfaces, sizes, and the engine's name for each.
#pragma once

#include "engine/block_cipher.h"
#include "engine/curve.h"
#include "engine/hash.h"
#include "engine/xof.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace capishim::cng {

/// BCRYPT_*_INTERFACE numbers.
enum class Interface : std::uint8_t {
    cipher = 1,
    hash = 2,
    asymmetric_encryption = 3,
    secret_agreement = 4,
    signature = 5,
    rng = 6,
    key_derivation = 7
};

/// What kind of objects an algorithm makes.
enum class Family : std::uint8_t {
    block_cipher,
    stream_cipher,
    xts,
    aead,
    hash,
    cmac,
    gmac,
    xof,
    rsa,
    dh,
    dsa,
    ec,
    ml_kem,
    ml_dsa,
    rng,
    kdf
};

enum class ChainingMode : std::uint8_t { not_applicable, cbc, ecb, cfb, ccm, gcm };

struct KeyLengths {
    std::uint32_t min_bits, max_bits, step_bits;
};

/// One algorithm (cng.md 2.1). The last members mean something for their family only.
struct Algorithm {
    std::string_view id; // "AES", "SHA256", "RSA" ...: compared case-sensitively (N-23)
    Family family;
    Interface interface;
    Interface second_interface = interface;                 // RSA signs as well
    KeyLengths key_lengths = {};                            // bits, as stored (N-84)
    std::uint32_t extended_max_bits = key_lengths.max_bits; // BCRYPT_EXTENDED_KEYSIZE (N-220)
    std::uint32_t block_length = 0;                         // bytes; of a hash its input block
    std::uint32_t object_length = 0;        // bytes (cng.md 3.2); 0: no objects in caller memory
    std::uint32_t fixed_strength = 0;       // KeyStrength when it isn't the key's own bits, else 0
    bool (*available)() noexcept = nullptr; // whether this Botan has it; null: each has
    engine::BlockCipherId cipher = {};
    engine::HashId hash = {};
    engine::XofId xof = {};
    std::optional<engine::CurveId> curve = {}; // none: told by handle or key

    constexpr bool is_cipher() const noexcept { return interface == Interface::cipher; }
    /// Whether keys are made of bytes: the ciphers, and key derivation.
    constexpr bool has_symmetric_keys() const noexcept
    {
        return is_cipher() || interface == Interface::key_derivation;
    }
    constexpr bool has_effective_bits() const noexcept
    {
        return is_cipher() && cipher == engine::BlockCipherId::rc2;
    }
    /// N-96, N-115
    constexpr bool has_mode(ChainingMode mode) const noexcept
    {
        if (!is_cipher() ||
            (family == Family::block_cipher) == (mode == ChainingMode::not_applicable))
            return false;
        const bool authenticated = mode == ChainingMode::ccm || mode == ChainingMode::gcm;
        return !authenticated || cipher == engine::BlockCipherId::aes;
    }
    constexpr bool takes_any_curve() const noexcept { return family == Family::ec && !curve; }
    bool is_available() const noexcept { return !available || available(); }
};

/// What BCRYPT_ALG_HANDLE_HMAC_FLAG adds to a hash's object length (cng.md 3.2).
constexpr std::uint32_t hmac_object_length = 320;

/// All algorithms, in the order of the listing (N-31), those that this Botan lacks among them.
std::span<const Algorithm> algorithms() noexcept;
/// The mode that keys of the family start in (N-83).
ChainingMode default_mode(Family family) noexcept;
/// MessageBlockLength of keys that nobody has set it on (cng.md 3.1).
std::uint32_t default_message_block(Family family) noexcept;
/// What MessageBlockLength may be: 1 or the block length in CFB (bytes), whole blocks in XTS.
/// @throws Fault::not_supported       a cipher or mode without it
/// @throws Fault::invalid_parameter   another value
void require_message_block(const Algorithm& algorithm, ChainingMode mode, std::size_t bytes);
/// @return the algorithm, or null when there is none of that name or this Botan lacks it
const Algorithm* find_algorithm(std::string_view id) noexcept;

} // namespace capishim::cng
