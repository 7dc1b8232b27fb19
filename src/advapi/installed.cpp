// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/installed.h"

#include "platform/text.h"

#include <algorithm>
#include <vector>

namespace capishim::advapi {
namespace {

struct Installed {
    std::vector<Registration> registrations; // in the files' order
    std::vector<InstalledProvider> providers;
};

std::vector<InstalledProvider>::iterator find_in(std::vector<InstalledProvider>& providers,
                                                 std::string_view name)
{
    return std::ranges::find_if(providers, [&](const InstalledProvider& provider) {
        return platform::same_but_for_case(provider.name, name);
    });
}

Installed read_installed()
{
    Installed all{read_registrations(), {}};
    for (const csp::Profile& profile : csp::profiles())
        all.providers.push_back({profile.name, profile.type, profile.listed, &profile, nullptr});
    for (const Registration& one : all.registrations) {
        const InstalledProvider provider{one.name, one.type, true, nullptr, &one};
        const auto same = find_in(all.providers, one.name);
        if (same == all.providers.end())
            all.providers.push_back(provider);
        else
            *same = provider;
    }
    std::ranges::sort(all.providers, {}, &InstalledProvider::name);
    return all;
}

Installed& installed()
{
    // Kept: programs open providers from destructors too. The rows point into it.
    static Installed& all = *new Installed(read_installed());
    return all;
}

} // namespace

std::span<const InstalledProvider> installed_providers()
{
    return installed().providers;
}

const InstalledProvider* find_installed(std::string_view name)
{
    auto& providers = installed().providers;
    const auto found = find_in(providers, name);
    return found == providers.end() ? nullptr : &*found;
}

const InstalledProvider* first_registered(std::uint32_t type)
{
    for (const Registration& one : installed().registrations)
        if (one.type == type)
            return find_installed(one.name);
    return nullptr;
}

} // namespace capishim::advapi
