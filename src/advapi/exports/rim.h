// SPDX-License-Identifier: BSD-2-Clause
// What the exports of this folder share: handles to objects and back.
#pragma once

#include "abi/arguments.h"
#include "abi/call.h"
#include "abi/exports.h"
#include "advapi/context.h"
#include "advapi/text.h"
#include "csp/description.h"

#include <optional>

namespace capishim::advapi {

using csp::read_description;
using handle::Handle;

/// The object behind a handle, held for this call.
template <class T>
handle::Pin<T> pin(std::uintptr_t value)
{
    return handle::handles().pin<T>(Handle{value});
}

/// The same where 0 stands for none.
template <class T>
std::optional<handle::Pin<T>> pin_optional(std::uintptr_t value)
{
    return value ? std::optional(pin<T>(value)) : std::nullopt;
}

/// Gives `object` a handle among the children of `family`.
template <class T>
std::uintptr_t issue(std::shared_ptr<T> object, const std::shared_ptr<handle::Family>& family)
{
    return handle::handles().issue(std::move(object), family).value;
}

} // namespace capishim::advapi
