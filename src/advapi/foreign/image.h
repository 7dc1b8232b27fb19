// SPDX-License-Identifier: BSD-2-Clause
// The entry points of a registered provider's image.
#pragma once

#include "abi/provider_entries.h"
#include "advapi/registrations.h"

namespace capishim::advapi {

/// Loads the image once a process; it stays loaded, since threads may be inside of it at any time.
/// What is wrong with an image is also told on standard error.
/// @throws Fault::provider_image_not_found   there is no such file
/// @throws Fault::provider_image_failed      it is no library, or lacks an entry point
const ProviderEntries& load_image(const Registration& provider);

} // namespace capishim::advapi
