// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/providers.h"

#include "advapi/context.h"

#include <algorithm>

namespace capishim::advapi {

std::string_view default_provider(std::uint32_t type, DefaultScope scope)
{
    check_provider_type(type);
    const csp::Profile* stored = nullptr;
    if (scope == DefaultScope::user)
        stored = stored_default(DefaultScope::user, type);
    if (!stored)
        stored = stored_default(DefaultScope::machine, type);
    if (stored)
        return stored->name;
    const auto types = csp::provider_types();
    const auto row = std::ranges::find(types, type, &csp::ProviderType::type);
    require(row != types.end(), Fault::provider_type_not_defined);
    return row->default_provider;
}

void set_default_provider(const std::optional<std::string>& name, std::uint32_t type,
                          DefaultScope scope, bool remove)
{
    check_provider_type(type);
    require(name.has_value() || remove, Fault::invalid_parameter);
    if (remove) // a name beside it is not looked at (observed.md: CryptSetProviderEx)
        return store_default(scope, type, nullptr);
    const csp::Profile* const provider = csp::find_profile(*name);
    require(provider != nullptr, Fault::bad_provider);
    require(provider->type == type, Fault::provider_type_mismatch);
    store_default(scope, type, provider);
}

const csp::Profile& listed_provider(std::uint32_t index)
{
    for (const csp::Profile& profile : csp::profiles())
        if (profile.listed && index-- == 0)
            return profile;
    throw Error(Fault::no_more_items);
}

const csp::ProviderType& listed_type(std::uint32_t index)
{
    const auto types = csp::provider_types();
    require(index < types.size(), Fault::no_more_items);
    return types[index];
}

} // namespace capishim::advapi
