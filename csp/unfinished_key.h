// SPDX-License-Identifier: BSD-2-Clause
// Keys that CryptSetKeyParam has yet to finish: pairs begun with CRYPT_PREGEN wait for their
// parameters (cryptoapi.md 1.34, 8.2), agreed keys for their algorithm (8.3).
#pragma once

#include "base/out_buffer.h"
#include "cng/capi_version_3.h"
#include "csp/keystore/keystore.h"
#include "csp/pair_numbers.h"

#include <optional>
#include <variant>

namespace capishim::csp {

class Context;
class Key;

/// CRYPT_PREGEN: a DSS or DH pair whose parameters come one by one.
struct PregenPair {
    std::uint32_t algorithm_id; // CALG_DSS_SIGN, CALG_DH_SF, CALG_DH_EPHEM
    std::size_t bits;           // that P must have
    std::optional<KeySpec> container_spec;
    std::uint32_t flags;     // of CryptGenKey
    cng::CapiVersion3 group; // what is set so far
    bool finishing = false;  // KP_X is being set
};

/// CALG_AGREEDKEY_ANY: what two parties have agreed on, big-endian.
struct AgreedKey {
    SecureBytes secret;
};

using UnfinishedKey = std::variant<PregenPair, AgreedKey>;

/// CryptGetKeyParam and CryptSetKeyParam before the key is finished.
/// @throws Fault::bad_key_state   anything but what finishes the key (U-67, U-174)
void get_unfinished_param(Key& key, std::uint32_t param, OutBuffer& out);
void set_unfinished_param(Key& key, std::uint32_t param, const std::uint8_t* data,
                          std::uint32_t flags);

} // namespace capishim::csp
