// SPDX-License-Identifier: BSD-2-Clause
#include "csp/exports/session.h"

namespace capishim::csp {
namespace {

using handle::Handle;
using handle::handles;
using handle::Kind;

// Whatever is wrong with the handle, the provider only sees that it is none of its own.
template <class Call>
auto or_fault(Fault fault, Call call) -> decltype(call())
{
    try {
        return call();
    } catch (const Error& error) {
        throw Error(error.fault() == Fault::in_use ? Fault::in_use : fault);
    }
}

template <class T>
handle::Pin<T> pin_child(const SessionPin& session, std::uintptr_t value, Kind kind, Fault fault)
{
    auto child = or_fault(fault, [&] { return handles().pin<T>(Handle{value}, kind); });
    require(child.family() == session->family, fault);
    return child;
}

} // namespace

SessionPin pin_session(std::uintptr_t value)
{
    return or_fault(Fault::bad_uid,
                    [&] { return handles().pin<Session>(Handle{value}, Kind::csp_context); });
}

KeyPin pin_key(const SessionPin& session, std::uintptr_t value)
{
    return pin_child<Key>(session, value, Kind::csp_key, Fault::bad_key);
}

HashPin pin_hash(const SessionPin& session, std::uintptr_t value)
{
    return pin_child<Hash>(session, value, Kind::csp_hash, Fault::bad_hash);
}

std::optional<KeyPin> pin_optional_key(const SessionPin& session, std::uintptr_t value)
{
    return value ? std::optional(pin_key(session, value)) : std::nullopt;
}

std::optional<HashPin> pin_optional_hash(const SessionPin& session, std::uintptr_t value)
{
    return value ? std::optional(pin_hash(session, value)) : std::nullopt;
}

std::uintptr_t issue(std::shared_ptr<Key> key, const SessionPin& session)
{
    return handles().issue(Kind::csp_key, std::move(key), session->family).value;
}

std::uintptr_t issue(std::shared_ptr<Hash> hash, const SessionPin& session)
{
    return handles().issue(Kind::csp_hash, std::move(hash), session->family).value;
}

// The pin proves whose child it is and is given up before the child ends.
void destroy_key(std::uintptr_t session_value, std::uintptr_t key)
{
    const SessionPin session = pin_session(session_value);
    static_cast<void>(pin_key(session, key));
    or_fault(Fault::bad_key, [&] { handles().retire<Key>(Handle{key}, Kind::csp_key); });
}

void destroy_hash(std::uintptr_t session_value, std::uintptr_t hash)
{
    const SessionPin session = pin_session(session_value);
    static_cast<void>(pin_hash(session, hash));
    or_fault(Fault::bad_hash, [&] { handles().retire<Hash>(Handle{hash}, Kind::csp_hash); });
}

void release_session(std::uintptr_t value)
{
    const SessionPin session = pin_session(value);
    handles().retire_when_idle<Session>(Handle{value}, Kind::csp_context);
    handles().end_family(*session->family);
}

} // namespace capishim::csp
