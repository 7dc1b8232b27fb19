// SPDX-License-Identifier: BSD-2-Clause
// RFC 8018's PBKDF2 with the keyed functions of CNG (cng.md 1.27).
#pragma once

#include "cng/provider.h"

namespace capishim::cng {

/// `size` bytes. Whatever CreateHash keys serves as the function: HMACs and the MACs.
/// @throws as create_hash, for a function that takes no such password for its key
SecureBytes pbkdf2(const AlgorithmObject& algorithm, ByteView password, ByteView salt,
                   std::uint64_t iterations, std::size_t size);

} // namespace capishim::cng
