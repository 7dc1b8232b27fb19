// SPDX-License-Identifier: BSD-2-Clause
// Ciphers as a table, and the length rules of cryptoapi.md 2.3, U-78, U-102, U-107.
#include "csp/ciphers.h"

#include "base/row.h"

#include <capishim/wincrypt.h>

#include <bit>

namespace capishim::csp {
namespace {

constexpr std::uint32_t max_rc2_key = 128; // bytes; observed.md: SIMPLEBLOB, RC2 beyond 16

constexpr CipherRow table[] = {
    // id, CNG's name, block, key, accepted bits, salted, parity, expanded
    {CALG_DES, "DES", 8, 8, {56, 64}, false, true, false}, // weak keys too (U-118)
    {CALG_RC2, "RC2", 8, 0, {}, true, false, false},
    {CALG_3DES, "3DES", 8, 24, {168, 192}, false, true, true},
    // observed.md: CryptDeriveKey to 3DES_112 truncates
    {CALG_3DES_112, "3DES_112", 8, 16, {112, 128}, false, true, false},
    {CALG_AES_128, "AES", 16, 16, {128, 128}, false, false, true},
    {CALG_AES_192, "AES", 16, 24, {192, 192}, false, false, true},
    {CALG_AES_256, "AES", 16, 32, {256, 256}, false, false, true},
    {CALG_RC4, "RC4", 0, 0, {}, true, false, false},
};
static_assert(sorted_by(table, &CipherRow::id));

} // namespace

const cng::Algorithm& cng_algorithm(std::string_view id)
{
    const cng::Algorithm* const found = cng::find_algorithm(id);
    require(found != nullptr, Fault::internal);
    return *found;
}

const cng::Algorithm& CipherRow::algorithm() const
{
    return cng_algorithm(cng_id);
}

const CipherRow* find_cipher(std::uint32_t algorithm_id) noexcept
{
    return find_row(table, &CipherRow::id, algorithm_id);
}

const CipherRow& require_cipher(const Profile& profile, std::uint32_t algorithm_id)
{
    const CipherRow* const cipher = find_cipher(algorithm_id);
    require(cipher != nullptr && profile.find(algorithm_id) != nullptr, Fault::bad_algorithm);
    return *cipher;
}

bool takes_key_length(const Profile& profile, const CipherRow& cipher, std::uint32_t bits) noexcept
{
    if (cipher.key_bytes != 0)
        return std::ranges::find(cipher.accepted_bits, bits) != cipher.accepted_bits.end();
    const AlgorithmLimits& limits = *profile.find(cipher.id);
    return bits >= limits.min_bits && bits <= limits.max_bits && bits % 8 == 0;
}

std::size_t requested_key_size(const Profile& profile, const CipherRow& cipher, std::uint32_t bits)
{
    require(bits == 0 || takes_key_length(profile, cipher, bits), Fault::bad_key_length);
    if (cipher.key_bytes != 0) // KB331367: the full key is made whatever length is asked for
        return cipher.key_bytes;
    return (bits == 0 ? profile.find(cipher.id)->default_bits : bits) / 8;
}

void check_imported_size(const Profile& profile, const CipherRow& cipher, std::size_t size,
                         KeyOrigin origin)
{
    if (cipher.key_bytes != 0)
        return require(size == cipher.key_bytes, Fault::bad_data);
    const AlgorithmLimits& limits = *profile.find(cipher.id);
    std::size_t least = limits.min_bits / 8;
    std::size_t most = limits.max_bits / 8;
    if (cipher.id == CALG_RC2 && origin == KeyOrigin::exchanged)
        most = max_rc2_key;
    if (cipher.id == CALG_RC2 && origin == KeyOrigin::hmac) { // U-212; no upper limit is seen
        least = 1;
        most = SIZE_MAX;
    }
    require(size >= least && size <= most, Fault::bad_data);
}

void set_odd_parity(MutableBytes key) noexcept
{
    for (std::uint8_t& byte : key)
        if (std::popcount(byte) % 2 == 0)
            byte ^= 1;
}

} // namespace capishim::csp
