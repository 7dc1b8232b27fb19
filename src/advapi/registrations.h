// SPDX-License-Identifier: BSD-2-Clause
// The providers that capishim.conf registers (U-211): a section a provider, with the fields that
// Windows keeps in its registry.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace capishim::advapi {

/// A provider in an image of its own.
struct Registration {
    std::string name;
    std::uint32_t type = 0;
    std::string image; // the file's whole path
};

struct RegistrationFile {
    std::vector<Registration> providers;
    std::vector<std::string> complaints; // "line 12: ...", for people
};

/// Reads a file's text. A section with a line that is not understood, without a type or an image,
/// or of a name that came before is left out, whole, and complained of; the others stand.
/// @param folder   where the file lies: what an image's path is relative to
RegistrationFile parse_registrations(std::string_view text, const std::string& folder);

/// What `capishim.conf` in the user's store registers and, by other names, the machine's.
/// Complaints go to standard error: a provider that is silently missing would be looked for a long
/// time.
std::vector<Registration> read_registrations();

} // namespace capishim::advapi
