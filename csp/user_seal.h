// SPDX-License-Identifier: BSD-2-Clause
// Sealing for the user's own processes, under the key that also serves RtlEncryptMemory.
#pragma once

#include "base/secure_bytes.h"

#include <string_view>

namespace capishim::csp {

/// Seals bytes so that only the user's processes can read them, and notice any change.
/// @param purpose   a text; what is sealed for one purpose opens for no other
/// @param context   bytes that go along readably and are authenticated
/// @throws Fault::profile_not_found   no home for the user's key can be determined
/// @throws Fault::bad_keyset_entry    the user's key is damaged
Bytes seal_for_user(std::string_view purpose, ByteView context, ByteView plaintext);
/// @throws Fault::bad_data   changed, or of another user, purpose or context; else as above
SecureBytes unseal_for_user(std::string_view purpose, ByteView context, ByteView sealed);

} // namespace capishim::csp
