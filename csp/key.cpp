// SPDX-License-Identifier: BSD-2-Clause
// Keys as objects: their making, copying, permissions and ties to a context.
#include "csp/key.h"

#include "csp/context.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {

Key::Key(std::shared_ptr<Context> context, std::uint32_t algorithm_id, KeyBody body,
         std::uint32_t permissions)
    : context_(std::move(context)), algorithm_id_(algorithm_id), permissions_(permissions),
      body_(std::move(body)), complete_(true)
{
}

Key::Key(std::shared_ptr<Context> context, std::uint32_t algorithm_id, UnfinishedKey unfinished,
         std::uint32_t permissions)
    : context_(std::move(context)), algorithm_id_(algorithm_id), permissions_(permissions),
      complete_(false), unfinished_(std::move(unfinished))
{
}

Key::~Key() = default;

/// Of pairs too (U-39).
std::shared_ptr<Key> Key::duplicate()
{
    const std::lock_guard lock(mutex_);
    if (complete())
        return std::make_shared<Key>(context_, algorithm_id(), KeyBody(*body_), permissions());
    return std::make_shared<Key>(context_, algorithm_id(), unfinished<AgreedKey>(), // U-67
                                 permissions());
}

void Key::finish(std::uint32_t algorithm_id, KeyBody body, std::uint32_t permissions)
{
    require(!complete(), Fault::bad_key_state);
    body_.emplace(std::move(body));
    algorithm_id_.store(algorithm_id, std::memory_order_relaxed);
    set_permissions(permissions);
    unfinished_.reset();
    complete_.store(true, std::memory_order_release);
}

std::optional<ByteView> Key::material() const noexcept
{
    if (const auto* const key = part<SessionKey>())
        return key->material();
    if (const auto* const key = part<MacKey>())
        return key->secret;
    return std::nullopt;
}

bool Key::exportable() const noexcept
{
    return (permissions() & (CRYPT_EXPORT | CRYPT_ARCHIVE)) != 0;
}

Bytes Key::oaep_label()
{
    const std::lock_guard lock(mutex_);
    return pair()->oaep_label;
}

void Key::require_container()
{
    const PairKey& key = *pair();
    if (key.container_spec && !context_->ephemeral())
        context_->pairs().load(*key.container_spec);
}

void Key::require_private()
{
    const PairKey& key = *pair();
    require(key.numbers->has_private(), Fault::bad_key);
    require_container();
    require(!key.user_protected || !context_->silent(), Fault::silent_context);
}

std::uint32_t initial_permissions(std::uint32_t flags) noexcept
{
    std::uint32_t permissions =
        CRYPT_ENCRYPT | CRYPT_DECRYPT | CRYPT_READ | CRYPT_WRITE | CRYPT_MAC;
    if (flags & CRYPT_EXPORTABLE)
        permissions |= CRYPT_EXPORT;
    if (flags & CRYPT_ARCHIVABLE)
        permissions |= CRYPT_ARCHIVE;
    return permissions;
}

bool same_provider(const Context& a, const Context& b) noexcept
{
    // The two names of type 24 open one CSP (U-68).
    const bool both_aes = a.profile().type == PROV_RSA_AES && b.profile().type == PROV_RSA_AES;
    return &a.profile() == &b.profile() || both_aes;
}

} // namespace capishim::csp
