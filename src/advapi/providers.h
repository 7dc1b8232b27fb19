// SPDX-License-Identifier: BSD-2-Clause
// What the enumerations list, and which provider is a type's default.
#pragma once

#include "advapi/default_providers.h"
#include "advapi/installed.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace capishim::advapi {

/// The provider that CryptAcquireContext opens when it is given no name: what CryptSetProvider
/// stored, for the user before the machine (U-26), else the one that Windows comes with, else, of a
/// type that Windows lacks, the first registered one.
/// @throws Fault::bad_provider_type, provider_type_not_defined
/// @throws Fault::provider_type_entry_bad   a registered provider has another type than the
///                                          built-in one whose name and place it took
const InstalledProvider& default_provider(std::uint32_t type,
                                          DefaultScope scope = DefaultScope::user);

/// CryptSetProviderEx. @param name   null only where a default is removed
/// @throws Fault::invalid_parameter        no name
/// @throws Fault::bad_provider             not installed (U-28)
/// @throws Fault::provider_type_mismatch   a provider of another type
/// @throws as check_provider_type, store_default
void set_default_provider(const std::optional<std::string>& name, std::uint32_t type,
                          DefaultScope scope, bool remove);

/// The provider number `index` of CryptEnumProviders. @throws Fault::no_more_items
const InstalledProvider& listed_provider(std::uint32_t index);

struct ListedType {
    std::uint32_t type;
    std::string_view display_name; // empty for types that are registered alone
};

/// The type number `index` of CryptEnumProviderTypes. @throws Fault::no_more_items
ListedType listed_type(std::uint32_t index);

} // namespace capishim::advapi
