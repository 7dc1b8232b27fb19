// SPDX-License-Identifier: BSD-2-Clause
// The names that the profiles are registered under where they stand beside the system's own:
// "capishim Strong Cryptographic Provider".
#pragma once

#include "csp/profiles.h"

namespace capishim::csp {

/// The profiles under those names, which PP_NAME then answers; in the profiles' order.
std::span<const Profile> registered_profiles();
/// A profile by either name. @return the profile, or null
const Profile* find_any_profile(std::string_view name);

} // namespace capishim::csp
