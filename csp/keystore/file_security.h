// SPDX-License-Identifier: BSD-2-Clause
// Whose a container's file is, as a security descriptor: the file's own on Windows, elsewhere what
// its owner, group and mode mean (security_descriptor.h). The meson.build chooses.
#pragma once

#include "base/bytes.h"

#include <cstdint>
#include <string>

namespace capishim::csp {

/// A self-relative descriptor with those parts; never a SACL.
/// @throws Fault::bad_keyset   no such file; also below
Bytes file_security(const std::string& path, std::uint32_t information);
/// Takes over the DACL, if `information` says so; owner and group can't be given away.
/// @throws Fault::invalid_parameter   not a descriptor, whatever is wanted of it
void set_file_security(const std::string& path, const std::uint8_t* descriptor,
                       std::uint32_t information);

} // namespace capishim::csp
