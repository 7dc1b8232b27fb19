// SPDX-License-Identifier: BSD-2-Clause
// Lookup in the sorted constexpr tables that hold what the library knows.
#pragma once

#include <algorithm>
#include <functional>
#include <iterator>

namespace capishim {

/// True when the rows ascend by `member` with no value twice: for a static_assert beside each
/// table.
template <class Rows, class Member>
constexpr bool sorted_by(const Rows& rows, Member member)
{
    return std::ranges::adjacent_find(rows, std::ranges::greater_equal{}, member) ==
           std::ranges::end(rows);
}

/// The row whose `member` equals `key`, or null. The rows must be sorted by it.
template <class Rows, class Member, class Key>
constexpr auto find_row(const Rows& rows, Member member, const Key& key)
    -> decltype(std::to_address(std::ranges::begin(rows)))
{
    const auto found = std::ranges::lower_bound(rows, key, std::ranges::less{}, member);
    if (found == std::ranges::end(rows) || std::invoke(member, *found) != key)
        return nullptr;
    return std::to_address(found);
}

} // namespace capishim
