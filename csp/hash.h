// SPDX-License-Identifier: BSD-2-Clause
// What an HCRYPTHASH names: a hash, MAC or HMAC, or a value set from outside (cryptoapi.md 7).
#pragma once

#include "base/out_buffer.h"
#include "csp/hash_algorithms.h"
#include "csp/schannel_key.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace capishim::csp {

class Context;
class Key;

/// The lock inside may be taken while a key's is held; no key's lock is taken under it.
class Hash {
    struct State;

  public:
    /// @param key   for keyed hashes; Context::create_hash has checked that it fits
    Hash(std::shared_ptr<Context> context, const HashRow& algorithm,
         const std::shared_ptr<Key>& key);
    Hash(std::shared_ptr<Context> context, const HashRow& algorithm, std::weak_ptr<Key> key,
         std::unique_ptr<State> state);
    Hash(const Hash&) = delete;
    Hash& operator=(const Hash&) = delete;
    ~Hash();

    std::shared_ptr<Hash> duplicate(); // 1.27

    Context& context() const noexcept { return *context_; }
    const HashRow& algorithm() const noexcept { return *algorithm_; }
    std::uint32_t algorithm_id() const noexcept { return algorithm_->id; }

    void hash_data(ByteView data, std::uint32_t flags);            // 1.23
    void hash_session_key(Key& key, std::uint32_t flags);          // 1.24
    void get_param(std::uint32_t param, OutBuffer& out);           // 1.25, section 7.1
    void set_param(std::uint32_t param, const std::uint8_t* data); // 1.26

    /// 1.29. @param description   UTF-16LE units are appended to the hash data (7.4.4)
    void sign(std::uint32_t key_spec, const std::optional<std::u16string>& description,
              std::uint32_t flags, OutBuffer& out);
    /// 1.30. Finishes the hash whatever the outcome, bar arguments that can't be right.
    /// @throws Fault::bad_signature
    void verify(ByteView signature, Key& public_key,
                const std::optional<std::u16string>& description, std::uint32_t flags);

    // For CryptEncrypt and CryptDecrypt with a hash, and CryptDeriveKey.
    /// @throws Fault::bad_algorithm    it takes no data
    /// @throws Fault::bad_hash_state   finished
    /// @throws Fault::bad_key          keyed, and the key has been destroyed
    void require_open();
    /// Finishes the hash if it is open and gives its value, as often as it is asked (U-36, U-60).
    SecureBytes value();
    /// What CALG_SCHANNEL_MASTER_HASH holds, null for others. It never changes, so no lock.
    const Handshake* handshake() const noexcept;

  private:
    void require_open_locked() const;
    std::size_t size_locked() const;
    ByteView finish_locked();
    SecureBytes described_value(const std::optional<std::u16string>& description);
    void set_value(const std::uint8_t* data);
    void set_hmac_info(const std::uint8_t* data);
    void set_prf_input(std::uint32_t param, const std::uint8_t* data);
    void get_prf(OutBuffer& out);

    std::shared_ptr<Context> context_;
    const HashRow* algorithm_;
    std::weak_ptr<Key>
        key_; // a keyed hash needs its key's handle until the last data (lifetime.md 3, U-37)
    std::mutex mutex_;
    std::unique_ptr<State> state_;
};

} // namespace capishim::csp
