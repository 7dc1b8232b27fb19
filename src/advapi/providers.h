// SPDX-License-Identifier: BSD-2-Clause
// Which providers and provider types there are, and which is a type's default.
#pragma once

#include "csp/profiles.h"

#include <cstdint>
#include <string_view>

namespace capishim::advapi {

/// The name that CryptAcquireContext opens when it is given none.
/// @throws Fault::bad_provider_type, provider_type_not_defined
std::string_view default_provider(std::uint32_t type);

/// The provider number `index` of CryptEnumProviders. @throws Fault::no_more_items
const csp::Profile& listed_provider(std::uint32_t index);

/// The type number `index` of CryptEnumProviderTypes. @throws Fault::no_more_items
const csp::ProviderType& listed_type(std::uint32_t index);

} // namespace capishim::advapi
