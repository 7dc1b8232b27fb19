// SPDX-License-Identifier: BSD-2-Clause
// Looking modules and procedures up. Without .dll a name means the same, as LoadLibrary's page
// says.
#include "kernel/modules.h"

#include "base/row.h"
#include "platform/text.h"

#include <algorithm>
#include <string>

namespace capishim::kernel {

const Module* find_module(std::string_view name)
{
    name.remove_prefix(name.find_last_of("\\/") + 1); // npos + 1 is 0
    std::string folded = platform::fold_case(name);
    if (folded.ends_with(".dll"))
        folded.resize(folded.size() - 4);
    const auto all = modules();
    const auto found = std::ranges::find(all, std::string_view(folded), &Module::name);
    return found == all.end() ? nullptr : &*found;
}

bool is_module(const void* handle) noexcept
{
    return std::ranges::any_of(modules(), [&](const Module& module) { return &module == handle; });
}

const Procedure* find_procedure(const Module& module, std::string_view name) noexcept
{
    return find_row(module.procedures, &Procedure::name, name);
}

} // namespace capishim::kernel
