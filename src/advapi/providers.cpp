// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/providers.h"

#include "advapi/context.h"

#include <algorithm>
#include <map>

namespace capishim::advapi {
namespace {

const csp::ProviderType* built_in_type(std::uint32_t type)
{
    const auto types = csp::provider_types();
    const auto row = std::ranges::find(types, type, &csp::ProviderType::type);
    return row == types.end() ? nullptr : &*row;
}

} // namespace

const InstalledProvider& default_provider(std::uint32_t type, DefaultScope scope)
{
    check_provider_type(type);
    const InstalledProvider* provider = nullptr;
    if (scope == DefaultScope::user)
        provider = stored_default(DefaultScope::user, type);
    if (!provider)
        provider = stored_default(DefaultScope::machine, type);
    if (!provider) {
        const csp::ProviderType* const row = built_in_type(type);
        provider = row ? find_installed(row->default_provider) : first_registered(type);
    }
    require(provider != nullptr, Fault::provider_type_not_defined);
    require(provider->type == type, Fault::provider_type_entry_bad);
    return *provider;
}

void set_default_provider(const std::optional<std::string>& name, std::uint32_t type,
                          DefaultScope scope, bool remove)
{
    check_provider_type(type);
    require(name.has_value() || remove, Fault::invalid_parameter);
    if (remove) // a name beside it is not looked at (observed.md: CryptSetProviderEx)
        return store_default(scope, type, nullptr);
    const InstalledProvider* const provider = find_installed(*name);
    require(provider != nullptr, Fault::bad_provider);
    require(provider->type == type, Fault::provider_type_mismatch);
    store_default(scope, type, provider);
}

const InstalledProvider& listed_provider(std::uint32_t index)
{
    for (const InstalledProvider& provider : installed_providers())
        if (provider.listed && index-- == 0)
            return provider;
    throw Error(Fault::no_more_items);
}

ListedType listed_type(std::uint32_t index)
{
    std::map<std::uint32_t, std::string_view> types; // U-24: by number
    for (const csp::ProviderType& row : csp::provider_types())
        types.emplace(row.type, row.display_name);
    for (const InstalledProvider& provider : installed_providers())
        types.emplace(provider.type, std::string_view());
    require(index < types.size(), Fault::no_more_items);
    const auto& [type, name] = *std::next(types.begin(), index);
    return {type, name};
}

} // namespace capishim::advapi
