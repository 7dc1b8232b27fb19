// SPDX-License-Identifier: BSD-2-Clause
// What an HCRYPTHASH names: a hash, MAC or HMAC, or a value set from outside (cryptoapi.md 7).
#pragma once

#include "base/out_buffer.h"
#include "cng/hash.h"
#include "cng/symmetric_key.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace capishim::csp {

class Context;
class Key;

class Hash {
  public:
    Hash(std::shared_ptr<Context> context, std::uint32_t algorithm_id,
         const std::shared_ptr<Key>& key);
    Hash(const Hash&) = delete;
    Hash& operator=(const Hash&) = delete;
    ~Hash();

    std::shared_ptr<Hash> duplicate(); // 1.27

    Context& context() const noexcept { return *context_; }
    std::uint32_t algorithm_id() const noexcept { return algorithm_id_; }

    void hash_data(ByteView data, std::uint32_t flags);               // 1.23
    void hash_session_key(Key& key, std::uint32_t flags);             // 1.24
    void get_param(std::uint32_t param, OutBuffer& out);              // 1.25, section 7.1
    void set_param(std::uint32_t param, const std::uint8_t* data);    // 1.26

    /// 1.29. @param description   UTF-16LE units are appended to the hash data (7.4.4)
    void sign(std::uint32_t key_spec, const std::optional<std::u16string>& description,
              std::uint32_t flags, OutBuffer& out);
    /// 1.30. Finishes the hash whatever the outcome. @throws Fault::bad_signature
    void verify(ByteView signature, Key& public_key,
                const std::optional<std::u16string>& description, std::uint32_t flags);

    // For CryptEncrypt and CryptDecrypt with a hash, and CryptDeriveKey.
    /// @throws Fault::bad_hash_state   finished
    void require_open();
    /// Finishes the hash if it is open and gives its value.
    SecureBytes value();

  private:
    struct State;

    std::shared_ptr<Context> context_;
    std::uint32_t algorithm_id_;
    std::weak_ptr<Key> key_; // a keyed hash needs its key's handle until the last data (lifetime.md 3)
    std::mutex mutex_;
    std::unique_ptr<State> state_;
};

} // namespace capishim::csp
