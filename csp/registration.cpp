// SPDX-License-Identifier: BSD-2-Clause
#include "csp/registration.h"

#include "csp/registered_profiles.h"
#include "platform/provider_registry.h"

#include <string>

namespace capishim::csp {

void register_providers()
{
    for (const Profile& profile : registered_profiles())
        if (profile.listed)
            platform::add_provider(std::string(profile.name), profile.type);
}

void unregister_providers()
{
    give_system_names_back();
    for (const Profile& profile : registered_profiles())
        platform::remove_provider(std::string(profile.name));
}

void take_system_names()
{
    for (const Profile& profile : profiles())
        platform::take_provider(std::string(profile.name), profile.type);
    for (const ProviderType& row : provider_types())
        platform::take_provider_type(row.type, std::string(row.display_name),
                                     std::string(row.default_provider));
}

void give_system_names_back()
{
    for (const ProviderType& row : provider_types())
        platform::give_provider_type_back(row.type);
    for (const Profile& profile : profiles())
        platform::give_provider_back(std::string(profile.name));
}

} // namespace capishim::csp
