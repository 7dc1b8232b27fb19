// SPDX-License-Identifier: BSD-2-Clause
// The providers that there are: those built in, and those that capishim.conf registers.
#pragma once

#include "advapi/registrations.h"
#include "csp/profiles.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace capishim::advapi {

/// A registered provider of a built-in one's name takes its place: programs ask for Microsoft's
/// providers by name, and vendors serve them so.
struct InstalledProvider {
    std::string_view name;
    std::uint32_t type;
    bool listed; // by CryptEnumProviders (U-68)
    // one of the two
    const csp::Profile* built_in;
    const Registration* registered;
};

/// Sorted by name (U-23). A process reads capishim.conf once.
std::span<const InstalledProvider> installed_providers();
/// Compares without case (U-13). @return the provider, or null
const InstalledProvider* find_installed(std::string_view name);
/// The first provider of a type that capishim.conf registers, or null.
const InstalledProvider* first_registered(std::uint32_t type);

} // namespace capishim::advapi
