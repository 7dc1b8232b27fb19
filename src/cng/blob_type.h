// SPDX-License-Identifier: BSD-2-Clause
// The tables of blob types, one for each kind of key.
#pragma once

#include "base/fault.h"

#include <algorithm>
#include <string_view>

namespace capishim::cng {

/// The row of that name in an algorithm's table of blob types.
/// @throws Fault::not_supported   the algorithm does not know the type
template <class Rows>
const auto& blob_type_named(const Rows& rows, std::string_view name)
{
    const auto found =
        std::ranges::find_if(rows, [&](const auto& row) { return row.name == name; });
    require(found != std::ranges::end(rows), Fault::not_supported);
    return *found;
}

} // namespace capishim::cng
