// SPDX-License-Identifier: BSD-2-Clause
// Rfc3565KeyWrapBlob (cng.md 4.8, 5.1): one symmetric key under another, of AES.
#pragma once

#include "cng/key.h"

namespace capishim::cng {

/// @throws Fault::stale_handle    `kek` is no AES key (N-47)
/// @throws Fault::not_supported   `key` is no symmetric key
/// @throws Fault::bad_data        `key` is not of 8-byte units, or of less than two (N-142)
SecureBytes export_wrapped_key(const KeyObject& key, const KeyObject& kek);

/// @throws Fault::stale_handle    as above
/// @throws Fault::bad_data, invalid_parameter   a blob or a key in it that does not fit (N-45)
std::shared_ptr<KeyObject> import_wrapped_key(const AlgorithmObject& algorithm,
                                              const KeyObject& kek, ByteView blob, Origin origin,
                                              ObjectMemory object_memory);

} // namespace capishim::cng
