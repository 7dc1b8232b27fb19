// SPDX-License-Identifier: BSD-2-Clause
// The kinds of handle that CNG's objects go by, and their use from an export.
#pragma once

#include "cng/hash_object.h"
#include "cng/key.h"
#include "cng/level.h"
#include "cng/provider.h"
#include "cng/secret.h"
#include "handle/handle_table.h"

namespace capishim::handle {

template <>
inline constexpr Kind kind_of<cng::AlgorithmObject> = Kind::algorithm;
template <>
inline constexpr Kind kind_of<cng::KeyObject> = Kind::cng_key;
template <>
inline constexpr Kind kind_of<cng::HashObject> = Kind::cng_hash;
template <>
inline constexpr Kind kind_of<cng::SecretObject> = Kind::secret;

} // namespace capishim::handle

namespace capishim::cng {

inline handle::Handle handle_of(const void* value)
{
    return {reinterpret_cast<std::uintptr_t>(value)};
}

inline void* api_handle(handle::Handle handle)
{
    return reinterpret_cast<void*>(handle.value);
}

/// The object for the time of a call; at a raised level it must have BCRYPT_PROV_DISPATCH's mark.
template <class Object>
handle::Pin<Object> pin(const void* value)
{
    auto pinned = handle::handles().pin<Object>(handle_of(value));
    require_level_of(pinned->origin().dispatch);
    return pinned;
}

/// Gives a new object its handle, marks the caller's memory with it, and hands it out: last of all.
template <class Object>
void hand_out(std::shared_ptr<Object> object, void** out)
{
    const handle::Handle handle = handle::handles().issue(object);
    if constexpr (requires { object->memory; })
        object->memory.mark(handle.value);
    *out = api_handle(handle);
}

/// A destroy ends the handle at once; a call in flight finishes on the object (lifetime.md 4).
template <class Object>
void destroy(const void* value)
{
    const auto pinned = pin<Object>(value);
    handle::handles().retire_when_idle<Object>(handle_of(value));
    if constexpr (requires { pinned->memory; })
        pinned->memory.erase();
}

} // namespace capishim::cng
