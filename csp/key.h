// SPDX-License-Identifier: BSD-2-Clause
// What an HCRYPTKEY names: a session key, a handle to a key pair or public key, or a key of SSL and
// TLS, with the rules that a provider adds to a CNG key: algorithm, permissions, salt, parameters.
#pragma once

#include "base/out_buffer.h"
#include "cng/rsa.h"
#include "csp/keystore/keystore.h"
#include "csp/schannel_key.h"
#include "csp/session_key.h"

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
    std::shared_ptr<const engine::RsaKey> rsa;
    std::optional<KeySpec> container_spec = {}; // set for a handle to a container's pair
    bool user_protected = false;
    Bytes oaep_label = {}; // KP_OAEP_PARAMS
};

using KeyBody = std::variant<SessionKey, PairKey, MasterKey, MacKey>;

/// Locks: `mutex()` guards the session's and the master key's state and the pair's label. A hash's
/// lock may be taken while a key's is held, never the other way round. Algorithm, key material,
/// block length, the RSA key and the context never change and are read without a lock; so are the
/// permissions.
class Key {
  public:
    Key(std::shared_ptr<Context> context, std::uint32_t algorithm_id, KeyBody body,
        std::uint32_t permissions);
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    ~Key();

    /// An independent key in the same state (1.14).
    std::shared_ptr<Key> duplicate();

    // immutable, no lock
    Context& context() const noexcept { return *context_; }
    std::uint32_t algorithm_id() const noexcept { return algorithm_id_; }
    bool is_session_key() const noexcept { return std::holds_alternative<SessionKey>(body_); }
    bool is_pair() const noexcept { return std::holds_alternative<PairKey>(body_); }
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
    SessionKey* session() noexcept { return std::get_if<SessionKey>(&body_); }
    PairKey* pair() noexcept { return std::get_if<PairKey>(&body_); }
    MasterKey* master() noexcept { return std::get_if<MasterKey>(&body_); }
    const KeyBody& body() const noexcept { return body_; }
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

    void require_cipher_key() const;
    void encrypt_session(const Operation& operation, std::uint32_t capacity);
    void encrypt_rsa(const Operation& operation, std::uint32_t capacity);
    void decrypt_session(const Operation& operation);
    void decrypt_rsa(const Operation& operation);

    std::shared_ptr<Context> context_;
    std::uint32_t algorithm_id_;
    std::atomic<std::uint32_t> permissions_;
    std::mutex mutex_;
    KeyBody body_;
};

/// U-80, with observed.md: KP_PERMISSIONS default.
std::uint32_t initial_permissions(std::uint32_t flags) noexcept;

/// Whether an object of one context may be used with another: "must come from the same CSP" (U-07).
bool same_provider(const Context& a, const Context& b) noexcept;

} // namespace capishim::csp
