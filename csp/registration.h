// SPDX-License-Identifier: BSD-2-Clause
// The profiles as providers that the system's own CryptoAPI loads. Windows alone has that.
#pragma once

namespace capishim::csp {

/// Registers the profiles under names of our own (registered_profiles.h).
/// @throws Fault::access_denied   only administrators may; here and below
void register_providers();
/// Takes those back, and the system's names too.
void unregister_providers();

/// Registers the profiles under the system's names, remembering what stood there.
void take_system_names();
void give_system_names_back();

} // namespace capishim::csp
