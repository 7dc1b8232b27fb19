// SPDX-License-Identifier: BSD-2-Clause
// pbSecret and cbSecret of the functions that start hashes.
#pragma once

#include "base/bytes.h"

#include <optional>

namespace capishim::cng {

/// Absent when pointer and length are both null.
inline std::optional<ByteView> secret_argument(const std::uint8_t* secret, std::uint32_t size)
{
    require(secret || size == 0, Fault::invalid_parameter);
    return secret ? std::optional(view(secret, size)) : std::nullopt;
}

} // namespace capishim::cng
