// SPDX-License-Identifier: BSD-2-Clause
// The built-in provider (csp) behind this layer's interface.
#pragma once

#include "advapi/provider.h"
#include "csp/context.h"

namespace capishim::advapi {

/// @return null when the request was to delete a container
/// @throws as csp::Context::acquire
std::shared_ptr<ProviderContext> open_built_in(const csp::ContextRequest& request);

} // namespace capishim::advapi
