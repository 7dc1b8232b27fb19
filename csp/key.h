// SPDX-License-Identifier: BSD-2-Clause
// What an HCRYPTKEY names: a session key, or a handle to a key pair or public key, with the rules
// that a provider adds to a CNG key: algorithm, permissions, salt, parameters.
#pragma once

#include "base/out_buffer.h"
#include "cng/symmetric_key.h"
#include "csp/keystore/keystore.h"
#include "csp/profiles.h"
#include "engine/rsa.h"

#include <memory>
#include <mutex>
#include <variant>

namespace capishim::csp {

class Context;
class Hash;

/// A session key's own part.
struct SessionKey {
    SecureBytes material;  // what is exported and hashed: never includes salt
    SecureBytes salt;      // appended to the material for RC2 and RC4 (2.5)
    std::uint32_t effective_bits = 0; // RC2
    std::unique_ptr<cng::SymmetricKey> cipher; // made of material || salt
    bool used = false;     // in the middle of a message (state Mid of 1.34)
    // values that are only stored: KP_MODE and KP_IV of RC4 (U-157)
    std::uint32_t stored_mode = 0;
    std::array<std::uint8_t, 8> stored_iv{};
};

/// A handle to a pair or a public key. The key itself is shared and never changes.
struct PairKey {
    std::shared_ptr<const engine::RsaKey> rsa;
    std::optional<KeySpec> container_spec; // set for a handle to a container's pair
    bool exportable = false;
    Bytes oaep_label; // KP_OAEP_PARAMS
};

class Key {
  public:
    Key(std::shared_ptr<Context> context, std::uint32_t algorithm_id, SessionKey session,
        std::uint32_t permissions);
    Key(std::shared_ptr<Context> context, std::uint32_t algorithm_id, PairKey pair,
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
    std::uint32_t permissions() const noexcept { return permissions_; }

  private:
    std::shared_ptr<Context> context_;
    std::uint32_t algorithm_id_;
    std::uint32_t permissions_;
    std::mutex mutex_;
    std::variant<SessionKey, PairKey> body_;
};

} // namespace capishim::csp
