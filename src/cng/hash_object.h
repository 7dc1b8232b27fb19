// SPDX-License-Identifier: BSD-2-Clause
// What a BCRYPT_HASH_HANDLE names: a hash with its lock, its origin and the caller's memory.
#pragma once

#include "cng/hash.h"
#include "cng/object_memory.h"
#include "cng/provider.h"

#include <mutex>
#include <optional>

namespace capishim::cng {

class HashObject {
  public:
    /// @param secret   the HMAC key; none for a plain hash
    HashObject(const Algorithm& algorithm, bool reusable, std::optional<ByteView> secret,
               Origin origin);
    HashObject(const HashObject& other, ObjectMemory memory);

    const Algorithm& algorithm() const noexcept { return hash_.algorithm(); }
    bool keyed() const noexcept { return keyed_; }
    bool reusable() const noexcept { return hash_.reusable(); }
    std::size_t size() const noexcept { return hash_.size(); }
    std::uint32_t object_length() const noexcept;
    const Origin& origin() const noexcept { return origin_; }

    /// @throws Fault::bad_hash_state   finished
    void update(ByteView data);
    /// @throws as Hash::finish
    void finish(MutableBytes out);
    /// The same state in another object. @throws Fault::bad_hash_state   finished (N-70)
    std::shared_ptr<HashObject> duplicate(ObjectMemory memory) const;
    /// Finishes, and makes a key of the value (cng.md 6.13).
    /// @throws Fault::bad_length   more than twice the hash; the hash runs on
    SecureBytes derive(bool expand_target, std::size_t size);

    ObjectMemory memory;

  private:
    mutable std::mutex mutex_;
    Hash hash_;
    bool keyed_;
    Origin origin_;
};

/// A new hash of the algorithm handle's kind (cng.md 1.28).
/// @throws Fault::not_supported       not a hash algorithm
/// @throws Fault::invalid_parameter   a secret for a hash that takes none (N-67)
std::shared_ptr<HashObject> create_hash(const AlgorithmObject& algorithm, bool reusable,
                                        std::optional<ByteView> secret, Origin origin);

/// BCryptHash: the value of one piece of data. @param out   exactly the hash's length
/// @throws as create_hash and Hash::finish
void hash_at_once(const AlgorithmObject& algorithm, std::optional<ByteView> secret, ByteView data,
                  MutableBytes out);

} // namespace capishim::cng
