// SPDX-License-Identifier: BSD-2-Clause
// Where things are kept.
#pragma once

#include <optional>
#include <string>

namespace capishim::platform {

/// The user's store: $CAPISHIM_HOME, else $XDG_DATA_HOME/capishim, else ~/.local/share/capishim.
/// @return nothing when no home can be determined (U-18)
std::optional<std::string> user_store();
/// The machine's store: $CAPISHIM_MACHINE_HOME, else /var/lib/capishim.
std::string machine_store();
/// The login name: the default container's name (U-204).
std::string user_name();
/// A name for this machine that lasts: a GUID string of 36 characters. On Linux it is to be kept
/// confidential (machine-id(5)): show a hash of it.
std::string machine_guid();
/// What changes each time the machine starts, on Windows each time the user logs on anew; empty
/// where that can't be known.
std::string boot_id();
/// The value of an environment variable, or an empty string; empty too in a set-user-id program.
std::string environment(const char* name);

} // namespace capishim::platform
