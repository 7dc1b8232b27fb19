// SPDX-License-Identifier: BSD-2-Clause
// Bytes kept so that only the user's own processes read them back, as far as the system does more
// for that than its files' permissions do: on Windows by DPAPI, elsewhere as they are.
#pragma once

#include "base/secure_bytes.h"

namespace capishim::platform {

/// @throws Fault::in_use   called from within itself: DPAPI may ask the provider that is
/// registered,
///         which may be this library. What it asks for then must not need the user's key.
/// @throws Fault::internal   the system refuses
SecureBytes protect_for_user(ByteView plaintext);
/// @throws Fault::bad_data   damaged, or another user's; else as above
SecureBytes unprotect_for_user(ByteView kept);

} // namespace capishim::platform
