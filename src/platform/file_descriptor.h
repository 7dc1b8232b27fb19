// SPDX-License-Identifier: BSD-2-Clause
// Security descriptors of files: Windows alone.
#pragma once

#include "base/bytes.h"

#include <optional>
#include <string>

namespace capishim::platform {

/// @param information   OWNER_SECURITY_INFORMATION ...
/// @return a self-relative descriptor, or nothing when there is no such file
/// @throws Fault::access_denied   here and below
std::optional<Bytes> file_descriptor(const std::string& path, std::uint32_t information);
bool is_descriptor(const std::uint8_t* bytes);
void set_file_dacl(const std::string& path, const std::uint8_t* descriptor);

} // namespace capishim::platform
