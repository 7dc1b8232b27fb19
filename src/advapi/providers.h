// SPDX-License-Identifier: BSD-2-Clause
// Which providers and provider types there are, and which is a type's default.
#pragma once

#include "advapi/default_providers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace capishim::advapi {

/// The provider that CryptAcquireContext opens when it is given no name: what CryptSetProvider
/// stored, for the user before the machine (U-26), else the one that Windows comes with.
/// @throws Fault::bad_provider_type, provider_type_not_defined
std::string_view default_provider(std::uint32_t type, DefaultScope scope = DefaultScope::user);

/// CryptSetProviderEx. @param name   null only where a default is removed
/// @throws Fault::invalid_parameter        no name
/// @throws Fault::bad_provider             not installed (U-28)
/// @throws Fault::provider_type_mismatch   a provider of another type
/// @throws as check_provider_type, store_default
void set_default_provider(const std::optional<std::string>& name, std::uint32_t type,
                          DefaultScope scope, bool remove);

/// The provider number `index` of CryptEnumProviders. @throws Fault::no_more_items
const csp::Profile& listed_provider(std::uint32_t index);

/// The type number `index` of CryptEnumProviderTypes. @throws Fault::no_more_items
const csp::ProviderType& listed_type(std::uint32_t index);

} // namespace capishim::advapi
