// SPDX-License-Identifier: BSD-2-Clause
// The user's key: 32 random bytes in a file `user.key` of the user's store (on Windows
// protected by DPAPI), from which keys for several purposes are derived.
#pragma once

#include "base/secure_bytes.h"

#include <string_view>

namespace capishim::csp {

constexpr std::size_t derived_key_size = 32;

/// HMAC-SHA-256 of `purpose` under the user's key, which is made when there is none.
/// @throws Fault::profile_not_found   no home can be determined
/// @throws Fault::bad_keyset_entry    the file is damaged
SecureArray<derived_key_size> user_key_for(std::string_view purpose);

} // namespace capishim::csp
