// SPDX-License-Identifier: BSD-2-Clause
// A registered provider behind this layer's interface.
#pragma once

#include "advapi/provider.h"
#include "advapi/registrations.h"

namespace capishim::advapi {

/// Loads the provider's image when it is not there yet, and opens a context of it.
/// @param container   UTF-8; nothing for NULL
/// @return null when the request was to delete a container
/// @throws Fault::provider_image_not_found, provider_image_failed, provider_failed
std::shared_ptr<ProviderContext> open_foreign(const Registration& provider,
                                              const std::optional<std::string>& container,
                                              std::uint32_t flags);

} // namespace capishim::advapi
