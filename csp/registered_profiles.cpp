// SPDX-License-Identifier: BSD-2-Clause
#include "csp/registered_profiles.h"

#include "platform/text.h"

#include <algorithm>
#include <string>
#include <vector>

namespace capishim::csp {
namespace {

constexpr std::string_view system_prefix = "Microsoft ", own_prefix = "capishim ";

struct Registered {
    Registered()
    {
        for (const Profile& profile : profiles())
            names.push_back(std::string(own_prefix) +
                            std::string(profile.name.substr(system_prefix.size())));
        for (std::size_t i = 0; i < names.size(); ++i) {
            rows.push_back(profiles()[i]);
            rows.back().name = names[i];
        }
    }

    std::vector<std::string> names; // none is added later, so that the rows may point at them
    std::vector<Profile> rows;
};

} // namespace

std::span<const Profile> registered_profiles()
{
    static const Registered& kept = *new Registered; // programs open providers from destructors too
    return kept.rows;
}

const Profile* find_any_profile(std::string_view name)
{
    if (const Profile* const profile = find_profile(name))
        return profile;
    const auto rows = registered_profiles();
    const auto found = std::ranges::find_if(
        rows, [&](const Profile& row) { return platform::same_but_for_case(row.name, name); });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace capishim::csp
