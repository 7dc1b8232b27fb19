// SPDX-License-Identifier: BSD-2-Clause
// The provider side's handles. Here every call names its context, and the provider answers for its
// own objects: NTE_BAD_UID for a context, NTE_BAD_KEY and NTE_BAD_HASH for what the context does
// not own (lifetime.md 1, U-06).
#pragma once

#include "abi/arguments.h"
#include "abi/call.h"
#include "abi/exports.h"
#include "csp/context.h"
#include "csp/description.h"
#include "csp/hash.h"
#include "csp/key.h"
#include "handle/handle_table.h"

#include <optional>

namespace capishim::csp {

/// What an hProv of the provider side names.
struct Session {
    std::shared_ptr<Context> context;
    std::shared_ptr<handle::Family> family;
};

using SessionPin = handle::Pin<Session>;
using KeyPin = handle::Pin<Key>;
using HashPin = handle::Pin<Hash>;

/// @throws Fault::bad_uid
SessionPin pin_session(std::uintptr_t value);
/// @throws Fault::bad_key    not a live key of this session
KeyPin pin_key(const SessionPin& session, std::uintptr_t value);
/// @throws Fault::bad_hash   not a live hash of this session
HashPin pin_hash(const SessionPin& session, std::uintptr_t value);
/// The same where 0 stands for none.
std::optional<KeyPin> pin_optional_key(const SessionPin& session, std::uintptr_t value);
std::optional<HashPin> pin_optional_hash(const SessionPin& session, std::uintptr_t value);

std::uintptr_t issue(std::shared_ptr<Key> key, const SessionPin& session);
std::uintptr_t issue(std::shared_ptr<Hash> hash, const SessionPin& session);

/// @throws Fault::bad_uid, bad_key, in_use
void destroy_key(std::uintptr_t session, std::uintptr_t key);
void destroy_hash(std::uintptr_t session, std::uintptr_t hash);
/// Ends the session and everything made through it.
void release_session(std::uintptr_t session);

} // namespace capishim::csp
