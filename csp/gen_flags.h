// SPDX-License-Identifier: BSD-2-Clause
// The flags of CryptGenKey, which finishing an agreed key takes too (cryptoapi.md 1.11, 8.3).
#pragma once

#include "csp/context.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {

/// U-33: 0x8 and 0x20 are invalid; U-31: so is CRYPT_PREGEN where there is no DH or DSS.
constexpr std::uint32_t refused_by_gen_key = CRYPT_UPDATE_KEY | 0x20 | CRYPT_PREGEN;

/// U-30, U-32: nobody can be asked here.
inline void refuse_user_interface(const Context& context, std::uint32_t flags)
{
    require((flags & CRYPT_FORCE_KEY_PROTECTION_HIGH) == 0, Fault::silent_context);
    require((flags & CRYPT_USER_PROTECTED) == 0 || !context.silent(), Fault::silent_context);
}

} // namespace capishim::csp
