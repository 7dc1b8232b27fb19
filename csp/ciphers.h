// SPDX-License-Identifier: BSD-2-Clause
// The session-key ciphers of all providers: what each needs beyond a profile's length limits.
#pragma once

#include "base/secure_bytes.h"
#include "cng/algorithms.h"
#include "csp/profiles.h"

#include <array>

namespace capishim::csp {

struct CipherRow {
    std::uint32_t id; // CALG_*
    std::string_view cng_id;
    std::uint32_t block_bytes;                  // 0 for a stream cipher
    std::uint32_t key_bytes;                    // 0 when the length is the caller's choice
    std::array<std::uint32_t, 2> accepted_bits; // what a caller may ask for where it is not (2.3)
    bool salted;                                // 2.5: the cipher key is key || salt
    bool parity;                                // U-117: made keys get odd parity
    bool expanded;                              // section 5: derived by the double construction

    bool is_stream() const noexcept { return block_bytes == 0; }
    const cng::Algorithm& algorithm() const;
};

/// @return the row, or null: no cipher of ours
const CipherRow* find_cipher(std::uint32_t algorithm_id) noexcept;
/// @throws Fault::bad_algorithm   no cipher, or not one of this provider
const CipherRow& require_cipher(const Profile& profile, std::uint32_t algorithm_id);

/// Whether a caller may ask for a key of `bits` (2.3).
bool takes_key_length(const Profile& profile, const CipherRow& cipher, std::uint32_t bits) noexcept;

/// The key length in bytes for the upper word of CryptGenKey's and CryptDeriveKey's flags.
/// @throws Fault::bad_key_length   U-34
std::size_t requested_key_size(const Profile& profile, const CipherRow& cipher, std::uint32_t bits);

/// What an import checks a key's length by.
enum class KeyOrigin : std::uint8_t { plain, exchanged, hmac };
/// @throws Fault::bad_data   U-102, U-107
void check_imported_size(const Profile& profile, const CipherRow& cipher, std::size_t size,
                         KeyOrigin origin);

/// Sets the low bit of each byte so that its bits are odd in number.
void set_odd_parity(MutableBytes key) noexcept;

/// CNG's row for an identifier that the tables here name.
const cng::Algorithm& cng_algorithm(std::string_view id);

} // namespace capishim::csp
