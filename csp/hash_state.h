// SPDX-License-Identifier: BSD-2-Clause
// What of a hash changes from call to call, guarded by its lock.
#pragma once

#include "cng/hash.h"
#include "csp/hash.h"
#include "csp/mac.h"

namespace capishim::csp {

/// CALG_TLS1PRF.
struct TlsPrf {
    SecureBytes secret;
    std::optional<SecureBytes> label, seed;
};

struct Hash::State {
    std::optional<cng::Hash> hash; // plain ones, and HMAC once HP_HMAC_INFO is set
    std::optional<Mac> mac;
    SecureBytes hmac_secret;
    std::optional<TlsPrf> prf;
    std::optional<Handshake> handshake; // never changes
    bool has_data = false;
    bool finished = false;
    SecureArray<engine::max_hash_size> value; // once finished
    std::size_t value_size = 0;
};

} // namespace capishim::csp
