// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/providers.h"

#include "advapi/context.h"

#include <algorithm>

namespace capishim::advapi {

std::string_view default_provider(std::uint32_t type)
{
    check_provider_type(type);
    const auto types = csp::provider_types();
    const auto row = std::ranges::find(types, type, &csp::ProviderType::type);
    require(row != types.end(), Fault::provider_type_not_defined);
    return row->default_provider;
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
