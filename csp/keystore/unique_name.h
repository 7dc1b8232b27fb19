// SPDX-License-Identifier: BSD-2-Clause
// Unique names of containers (PP_UNIQUE_CONTAINER): 32 hex digits, "_", a GUID. They are the names
// of the containers' files as well.
#pragma once

#include "base/bytes.h"

#include <string>
#include <string_view>

namespace capishim::csp {

/// The 32 digits of a container's name: the MD5 of the folded name and its NUL, each four bytes
/// printed as a little-endian number (observed.md: PP_UNIQUE_CONTAINER; U-203 for the folding).
std::string name_digits(std::string_view container_name);
/// 16 bytes as those digits.
std::string digits_of(ByteView bytes);
/// Digits and the part that is this machine's.
std::string unique_name(std::string_view digits);
/// Whether the text has the form of a unique name; a file name then, without any path.
bool is_unique_name(std::string_view text);

} // namespace capishim::csp
