// SPDX-License-Identifier: BSD-2-Clause
// Security descriptors ([MS-DTYP] 2.4.6), as much of them as a file's owner, group and mode can
// mean.
#pragma once

#include "base/bytes.h"

#include <cstdint>

namespace capishim::csp {

/// Who may read a file beside its owner, as far as its mode tells.
enum class Readers : std::uint8_t { owner, group, everyone };

/// Whose a file is: the system's numbers of its user and group.
struct Access {
    std::uint32_t owner, group;
    Readers readers;
};

/// A self-relative descriptor with the parts asked for. Users and groups are S-1-22-1-UID and
/// S-1-22-2-GID, as Samba names them. There is never a SACL.
/// @param information   OWNER_, GROUP_, DACL_, SACL_SECURITY_INFORMATION
Bytes write_security_descriptor(const Access& access, std::uint32_t information);

/// Whom the DACL of a descriptor, self-relative or absolute, lets read: entries for everyone, all
/// who logged on or all users; else for the group of `access`; others mean nothing here.
/// @param descriptor   the caller's, who says nothing of its length
/// @throws Fault::invalid_parameter   not a descriptor, or its DACL is damaged
Readers readers_by_dacl(const std::uint8_t* descriptor, const Access& access);

} // namespace capishim::csp
