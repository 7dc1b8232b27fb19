// SPDX-License-Identifier: BSD-2-Clause
// What this layer asks of a provider, be it the one built in or a registered one: contexts, keys
// and hashes behind one interface, in base types. Each function is one CP* function (cryptoapi.md
// 11.1); handles, references and text are done before it is asked.
#pragma once

#include "base/bytes.h"
#include "handle/handle_table.h"

#include <memory>
#include <optional>
#include <string>

namespace capishim::advapi {

class ProviderHash;
class ProviderKey;

/// The caller's buffer for an answer; `length` is not null. The provider keeps to the size
/// protocol.
struct Answer {
    std::uint8_t* data;
    std::uint32_t* length;
};

/// A signature's description, in UTF-16 units; nothing for none.
using Description = std::optional<std::u16string>;

class ProviderContext {
  public:
    ProviderContext() = default;
    ProviderContext(const ProviderContext&) = delete;
    ProviderContext& operator=(const ProviderContext&) = delete;
    virtual ~ProviderContext() = default;

    virtual void get_param(std::uint32_t param, Answer out, std::uint32_t flags) = 0;
    virtual void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags) = 0;
    virtual std::shared_ptr<ProviderKey> gen_key(std::uint32_t algorithm_id,
                                                 std::uint32_t flags) = 0;
    virtual std::shared_ptr<ProviderKey> derive_key(std::uint32_t algorithm_id, ProviderHash& base,
                                                    std::uint32_t flags) = 0;
    /// @param import_key   null for 0
    virtual std::shared_ptr<ProviderKey> import_key(ByteView blob, ProviderKey* import_key,
                                                    std::uint32_t flags) = 0;
    virtual std::shared_ptr<ProviderKey> user_key(std::uint32_t key_spec) = 0;
    /// @param key   null for 0
    virtual std::shared_ptr<ProviderHash> create_hash(std::uint32_t algorithm_id, ProviderKey* key,
                                                      std::uint32_t flags) = 0;
    virtual void gen_random(MutableBytes out) = 0;

    /// The last reference has been given up: no call comes any more, and the keys and hashes that
    /// die from now on do so with the context.
    virtual void close() noexcept {}
    /// After close(), when they are dead: the one release. @param flags   CryptReleaseContext's
    virtual void release([[maybe_unused]] std::uint32_t flags) {}
};

class ProviderKey {
  public:
    ProviderKey() = default;
    ProviderKey(const ProviderKey&) = delete;
    ProviderKey& operator=(const ProviderKey&) = delete;
    virtual ~ProviderKey() = default;

    virtual std::shared_ptr<ProviderKey> duplicate(std::uint32_t flags) = 0;
    virtual void get_param(std::uint32_t param, Answer out, std::uint32_t flags) = 0;
    virtual void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags) = 0;
    /// With CRYPT_DESTROYKEY and a buffer the provider destroys the key when it succeeds (U-40).
    /// @param export_key   null for 0
    virtual void export_key(ProviderKey* export_key, std::uint32_t blob_type, std::uint32_t flags,
                            Answer out) = 0;
    /// @param hash   null for 0
    virtual void encrypt(ProviderHash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                         std::uint32_t* length, std::uint32_t capacity) = 0;
    virtual void decrypt(ProviderHash* hash, bool final, std::uint32_t flags, std::uint8_t* data,
                         std::uint32_t* length) = 0;
    /// CryptDestroyKey, when the handle has gone; what the provider says to it is thrown.
    virtual void destroy() {}
};

class ProviderHash {
  public:
    ProviderHash() = default;
    ProviderHash(const ProviderHash&) = delete;
    ProviderHash& operator=(const ProviderHash&) = delete;
    virtual ~ProviderHash() = default;

    virtual std::shared_ptr<ProviderHash> duplicate(std::uint32_t flags) = 0;
    virtual void hash_data(ByteView data, std::uint32_t flags) = 0;
    virtual void hash_session_key(ProviderKey& key, std::uint32_t flags) = 0;
    virtual void get_param(std::uint32_t param, Answer out, std::uint32_t flags) = 0;
    virtual void set_param(std::uint32_t param, const std::uint8_t* data, std::uint32_t flags) = 0;
    virtual void sign(std::uint32_t key_spec, const Description& description, std::uint32_t flags,
                      Answer out) = 0;
    virtual void verify(ByteView signature, ProviderKey& public_key, const Description& description,
                        std::uint32_t flags) = 0;
    /// CryptDestroyHash, as ProviderKey::destroy.
    virtual void destroy() {}
};

} // namespace capishim::advapi

template <>
inline constexpr capishim::handle::Kind capishim::handle::kind_of<capishim::advapi::ProviderKey> =
    capishim::handle::Kind::key;
template <>
inline constexpr capishim::handle::Kind capishim::handle::kind_of<capishim::advapi::ProviderHash> =
    capishim::handle::Kind::hash;
