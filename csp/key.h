// SPDX-License-Identifier: BSD-2-Clause
// What an HCRYPTKEY names: a session key, a handle to a key pair or public key, or a key of SSL and
// TLS, with the rules that a provider adds to a CNG key: algorithm, permissions, salt, parameters.
#pragma once

#include "base/out_buffer.h"
#include "csp/keystore/keystore.h"
#include "csp/pair_numbers.h"
#include "csp/schannel_key.h"
#include "csp/session_key.h"
#include "csp/unfinished_key.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>

namespace capishim::csp {

class Context;
class Hash;

/// A handle to a pair or a public key. The key itself is shared and never changes.
struct PairKey {
    SharedNumbers numbers;
    std::optional<KeySpec> container_spec = {}; // set for a handle to a container's pair
    bool user_protected = false;
    Bytes oaep_label = {}; // KP_OAEP_PARAMS
};

using KeyBody = std::variant<SessionKey, PairKey, MasterKey, MacKey>;

/// Locks (U-11: a call waits for another on the same key): `mutex()` guards the session's and the
/// master key's state and the pair's label. A hash's lock may be taken while a key's is held, never
/// the other way round. Algorithm, key material, block length, the pair's numbers and the context
/// never change and are read without a lock; so are the permissions. An unfinished key gets its
/// algorithm and body once, under `mutex()`; until then it answers null to all who ask for a part.
class Key {
  public:
    Key(std::shared_ptr<Context> context, std::uint32_t algorithm_id, KeyBody body,
        std::uint32_t permissions);
    Key(std::shared_ptr<Context> context, std::uint32_t algorithm_id, UnfinishedKey unfinished,
        std::uint32_t permissions);
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    ~Key();

    /// An independent key in the same state (1.14).
    std::shared_ptr<Key> duplicate();

    // immutable, no lock
    Context& context() const noexcept { return *context_; }
    std::uint32_t algorithm_id() const noexcept
    {
        return algorithm_id_.load(std::memory_order_relaxed);
    }
    bool is_session_key() const noexcept { return part<SessionKey>() != nullptr; }
    bool is_pair() const noexcept { return part<PairKey>() != nullptr; }
    /// The bytes of a session key or MAC key; nothing for the others.
    std::optional<ByteView> material() const noexcept;

    // 1.17, 1.18, section 8
    void get_param(std::uint32_t param, OutBuffer& out);
    void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags);

    // 1.15, section 4. `export_key` is null for 0.
    void export_key(Key* export_key, std::uint32_t blob_type, std::uint32_t flags, OutBuffer& out);

    // Section 6. `data` in place; `*length` bytes in, bytes out; `hash` may be null.
    void encrypt(Hash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                 std::uint32_t* length, std::uint32_t capacity);
    void decrypt(Hash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                 std::uint32_t* length);

    // For the rest of the provider. The caller locks `mutex()` where it touches a session's state.
    std::mutex& mutex() noexcept { return mutex_; }
    SessionKey* session() noexcept { return const_cast<SessionKey*>(part<SessionKey>()); }
    PairKey* pair() noexcept { return const_cast<PairKey*>(part<PairKey>()); }
    MasterKey* master() noexcept { return const_cast<MasterKey*>(part<MasterKey>()); }
    const KeyBody& body() const noexcept { return *body_; }
    std::uint32_t permissions() const noexcept
    {
        return permissions_.load(std::memory_order_relaxed);
    }
    void set_permissions(std::uint32_t permissions) noexcept
    {
        permissions_.store(permissions, std::memory_order_relaxed);
    }
    /// @throws Fault::permission_denied   U-119
    void require_permission(std::uint32_t permission) const
    {
        require((permissions() & permission) != 0, Fault::permission_denied);
    }
    bool exportable() const noexcept;

    /// @throws Fault::bad_key_state   U-67, U-174
    void require_complete() const { require(complete(), Fault::bad_key_state); }
    bool complete() const noexcept { return complete_.load(std::memory_order_acquire); }
    /// What the key still is, for whoever holds `mutex()`. @throws Fault::bad_key_state   another
    template <class Kind>
    Kind& unfinished()
    {
        Kind* const kind = unfinished_ ? std::get_if<Kind>(&*unfinished_) : nullptr;
        require(kind != nullptr, Fault::bad_key_state);
        return *kind;
    }
    /// The caller holds `mutex()`. @throws Fault::bad_key_state   finished already
    void finish(std::uint32_t algorithm_id, KeyBody body, std::uint32_t permissions);

    /// A pair's KP_OAEP_PARAMS.
    Bytes oaep_label();

    /// Before a pair of a container is used.
    /// @throws Fault::bad_keyset   the container has been deleted meanwhile (lifetime.md 2)
    void require_container();
    /// Before a private key is used.
    /// @throws Fault::bad_key          public part only
    /// @throws Fault::silent_context   its use must be shown to the user, and the context is silent
    void require_private();

  private:
    class Operation;

    template <class Part>
    const Part* part() const noexcept
    {
        return complete() ? std::get_if<Part>(&*body_) : nullptr;
    }
    void require_cipher_key() const;
    void encrypt_session(const Operation& operation, std::uint32_t capacity);
    void encrypt_rsa(const Operation& operation, std::uint32_t capacity);
    void decrypt_session(const Operation& operation);
    void decrypt_rsa(const Operation& operation);

    std::shared_ptr<Context> context_;
    std::atomic<std::uint32_t> algorithm_id_;
    std::atomic<std::uint32_t> permissions_;
    std::mutex mutex_;
    std::optional<KeyBody> body_; // does not change once `complete_` is true
    std::atomic<bool> complete_;
    std::optional<UnfinishedKey> unfinished_;
};

/// U-80, with observed.md: KP_PERMISSIONS default.
std::uint32_t initial_permissions(std::uint32_t flags) noexcept;

/// Whether an object of one context may be used with another: "must come from the same CSP" (U-07).
bool same_provider(const Context& a, const Context& b) noexcept;

} // namespace capishim::csp
