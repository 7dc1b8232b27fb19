// SPDX-License-Identifier: BSD-2-Clause
// The system's list of cryptographic service providers, where a system has one: Windows alone
// (cryptoapi.md 11.2, rule 7). Each function throws Fault::access_denied without the right to it.
#pragma once

#include <cstdint>
#include <string>

namespace capishim::platform {

/// Lists this library under a name; again is no fault.
void add_provider(const std::string& name, std::uint32_t type);
void remove_provider(const std::string& name);

/// Lists this library under a name that may be another's, and remembers what stood there.
void take_provider(const std::string& name, std::uint32_t type);
/// Restores what stood there; nothing happens where the name was not taken.
void give_provider_back(const std::string& name);

/// The same for a provider type, which is left as it is where there is one.
void take_provider_type(std::uint32_t type, const std::string& display_name,
                        const std::string& default_provider);
void give_provider_type_back(std::uint32_t type);

} // namespace capishim::platform
