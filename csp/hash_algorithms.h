// SPDX-License-Identifier: BSD-2-Clause
// The hashes of all providers as a table.
#pragma once

#include "cng/algorithms.h"
#include "csp/profiles.h"

namespace capishim::csp {

enum class HashKind : std::uint8_t {
    plain,
    mac,
    ssl3_shamd5, // a place for 36 bytes that the caller computed
    hmac,
    tls1_prf,       // a master key, a label and a seed
    schannel_master // what a master key holds at one moment, for CryptDeriveKey
};

struct HashRow {
    std::uint32_t id; // CALG_*
    HashKind kind;
    std::string_view cng_id; // plain ones only, as are the next two
    engine::HashId engine_id;
    std::uint8_t x931_id; // 7.4.1; 0 where X9.31 has none
    std::size_t size;     // bytes; 0 where it depends on the key or the settings

    bool keyed() const noexcept { return kind != HashKind::plain && kind != HashKind::ssl3_shamd5; }
    /// Whether CryptHashData has something to do (U-56).
    bool takes_data() const noexcept
    {
        return kind == HashKind::plain || kind == HashKind::mac || kind == HashKind::hmac;
    }
};

/// @return the row, or null: no hash, or not one of this provider
const HashRow* find_hash(const Profile& profile, std::uint32_t algorithm_id) noexcept;
/// @throws Fault::bad_algorithm   no hash, or not one of this provider
const HashRow& require_hash(const Profile& profile, std::uint32_t algorithm_id);

} // namespace capishim::csp
