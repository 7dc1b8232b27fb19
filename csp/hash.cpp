// SPDX-License-Identifier: BSD-2-Clause
// Hashes from CryptCreateHash to their value: cryptoapi.md 1.22 to 1.24, 1.27, 1.34, 7.2, 7.3.
#include "csp/hash.h"

#include "csp/context.h"
#include "csp/hash_state.h"
#include "csp/key.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

/// A copy of the key at the start of a message: observed.md, CALG_MAC begins from the IV.
Mac make_mac(Key& key)
{
    const std::lock_guard lock(key.mutex());
    SessionKey copy(*key.session());
    copy.restart();
    require(copy.can_mac(), Fault::bad_key);
    return Mac(copy.release());
}

/// The master secret, or before the randoms are there the key as it is (12.9's official vector).
TlsPrf make_prf(Key& key)
{
    const std::lock_guard lock(key.mutex());
    MasterKey& master = *key.master();
    SecureBytes secret = master.master_secret();
    if (secret.empty())
        secret = secure_copy(master.pre_master());
    return {std::move(secret), {}, {}};
}

/// 8.4 item 7: never the pre-master secret.
SecureBytes require_master_secret(Key& key)
{
    const std::lock_guard lock(key.mutex());
    SecureBytes secret = key.master()->master_secret();
    require(!secret.empty(), Fault::bad_key_state);
    return secret;
}

Handshake copy_handshake(Key& key)
{
    const std::lock_guard lock(key.mutex());
    return key.master()->handshake();
}

/// U-54: HMAC takes any session key, and the MAC key of 8.4.
bool fits(const HashRow& algorithm, Key& key)
{
    switch (algorithm.kind) {
    case HashKind::hmac:
        return key.material().has_value();
    case HashKind::tls1_prf:
        return key.algorithm_id() == CALG_TLS1_MASTER;
    case HashKind::schannel_master:
        return key.master() != nullptr;
    default:
        return key.is_session_key();
    }
}

/// 1.22: what the key of a keyed hash must be.
void check_hash_key(const Context& context, const HashRow& algorithm, Key* key)
{
    if (!algorithm.keyed())
        return require(key == nullptr, Fault::bad_key); // U-52
    require(key != nullptr && same_provider(context, key->context()), Fault::bad_key);
    key->require_complete();
    require(fits(algorithm, *key), Fault::bad_key);
    key->require_permission(CRYPT_MAC);
}

} // namespace

std::shared_ptr<Hash> Context::create_hash(std::uint32_t algorithm_id,
                                           const std::shared_ptr<Key>& key, std::uint32_t flags)
{
    require((flags & ~CRYPT_SECRETDIGEST) == 0, Fault::bad_flags); // U-53
    const HashRow& algorithm = require_hash(profile(), algorithm_id);
    check_hash_key(*this, algorithm, key.get());
    return std::make_shared<Hash>(shared_from_this(), algorithm, key);
}

Hash::Hash(std::shared_ptr<Context> context, const HashRow& algorithm,
           const std::shared_ptr<Key>& key)
    : context_(std::move(context)), algorithm_(&algorithm), key_(key),
      state_(std::make_unique<State>())
{
    switch (algorithm.kind) {
    case HashKind::plain:
        state_->hash.emplace(cng_algorithm(algorithm.cng_id), false);
        break;
    case HashKind::mac:
        state_->mac.emplace(make_mac(*key));
        break;
    case HashKind::ssl3_shamd5:
        break;
    case HashKind::hmac:
        state_->hmac_secret = secure_copy(*key->material()); // U-142: no salt
        break;
    case HashKind::tls1_prf:
        state_->prf.emplace(make_prf(*key));
        break;
    case HashKind::schannel_master:
        state_->handshake.emplace(copy_handshake(*key));
        break;
    }
}

Hash::Hash(std::shared_ptr<Context> context, const HashRow& algorithm, std::weak_ptr<Key> key,
           std::unique_ptr<State> state)
    : context_(std::move(context)), algorithm_(&algorithm), key_(std::move(key)),
      state_(std::move(state))
{
}

Hash::~Hash() = default;

std::shared_ptr<Hash> Hash::duplicate()
{
    const std::lock_guard lock(mutex_);
    return std::make_shared<Hash>(context_, *algorithm_, key_, std::make_unique<State>(*state_));
}

void Hash::require_open_locked() const
{
    require(algorithm_->takes_data(), Fault::bad_algorithm); // U-56
    require(!state_->finished, Fault::bad_hash_state);
    require(!algorithm_->keyed() || !key_.expired(), Fault::bad_key); // lifetime.md 3
    require(state_->hash || state_->mac, Fault::bad_hash_state);      // U-144
}

void Hash::require_open()
{
    const std::lock_guard lock(mutex_);
    require_open_locked();
}

void Hash::hash_data(ByteView data, std::uint32_t flags)
{
    require(data.empty() || data.data() != nullptr, Fault::invalid_parameter); // U-55
    require((flags & ~static_cast<std::uint32_t>(CRYPT_USERDATA)) == 0, Fault::bad_flags);
    const std::lock_guard lock(mutex_);
    require_open_locked();
    if (data.empty())
        return;
    state_->has_data = true;
    if (state_->mac)
        state_->mac->update(data);
    else
        state_->hash->update(data);
}

void Hash::hash_session_key(Key& key, std::uint32_t flags)
{
    require((flags & ~CRYPT_LITTLE_ENDIAN) == 0, Fault::bad_flags);
    require(same_provider(*context_, key.context()), Fault::bad_key);
    key.require_complete();
    require(!key.is_pair(), Fault::bad_key); // U-57
    const SecureBytes secret = key.master() ? require_master_secret(key) : SecureBytes();
    const ByteView material = key.master() ? ByteView(secret) : *key.material();
    if (flags & CRYPT_LITTLE_ENDIAN)
        return hash_data(material, 0);
    hash_data(reversed<SecureBytes>(material), 0); // 7.3
}

std::size_t Hash::size_locked() const
{
    if (algorithm_->size != 0)
        return algorithm_->size;
    if (state_->mac)
        return state_->mac->size();
    if (state_->finished)
        return state_->value_size;
    require(state_->hash.has_value(), Fault::bad_hash_state); // U-144
    return state_->hash->size();
}

ByteView Hash::finish_locked()
{
    State& state = *state_;
    if (!state.finished) {
        require(state.hash || state.mac, Fault::bad_hash_state); // U-140, U-144
        const std::size_t size = size_locked();
        if (state.mac)
            state.mac->finish(state.value.data());
        else
            state.hash->finish({state.value.data(), size});
        state.value_size = size;
        state.finished = true;
        state.hash.reset(); // a finished hash answers from its value alone
        if (algorithm_->kind == HashKind::hmac)
            state.hmac_secret = {};
    }
    return {state.value.data(), state.value_size};
}

const Handshake* Hash::handshake() const noexcept
{
    return state_->handshake ? &*state_->handshake : nullptr;
}

SecureBytes Hash::value()
{
    const std::lock_guard lock(mutex_);
    return secure_copy(finish_locked());
}

} // namespace capishim::csp
