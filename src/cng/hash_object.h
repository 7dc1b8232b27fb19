// SPDX-License-Identifier: BSD-2-Clause
// What a BCRYPT_HASH_HANDLE names: the face that hashes and multi-hashes share, and the hash with
// its lock.
#pragma once

#include "cng/hash.h"
#include "cng/object_memory.h"
#include "cng/provider.h"

#include <mutex>
#include <optional>

namespace capishim::cng {

/// One operation of BCryptProcessMultiOperations (cng.md 1.35).
struct MultiOperation {
    std::size_t index; // of the hash
    bool finishes;     // writes the value to `buffer`, instead of reading data from it
    MutableBytes buffer;
};

/// What an object does not override is not supported by it.
class HashObject {
  public:
    HashObject(const AlgorithmObject& algorithm, bool reusable, Origin origin);
    virtual ~HashObject();

    const Algorithm& algorithm() const noexcept { return *algorithm_; }
    bool keyed() const noexcept { return keyed_; }
    bool reusable() const noexcept { return reusable_; }
    std::uint32_t size() const noexcept { return hash_length(*algorithm_); }
    virtual std::uint32_t object_length() const noexcept { return object_length_; }
    const Origin& origin() const noexcept { return origin_; }

    virtual void update(ByteView data);
    virtual void finish(MutableBytes out);
    virtual void squeeze(MutableBytes out);
    virtual void set_nonce(ByteView nonce);
    virtual SecureBytes nonce() const;
    /// The same state in another object. @throws Fault::bad_hash_state   finished (N-70)
    virtual std::shared_ptr<HashObject> duplicate(ObjectMemory memory) const;
    /// Finishes, and makes a key of the value (cng.md 6.13).
    /// @throws Fault::bad_length   more than twice the hash; the hash runs on
    virtual SecureBytes derive(bool expand_target, std::size_t size);
    /// All of the operations, in their order, or none. @throws Fault::invalid_parameter   one of
    /// them is not right (N-213)
    virtual void process(std::span<const MultiOperation> operations);

    ObjectMemory memory;

  protected:
    HashObject(const HashObject& other, ObjectMemory memory);

  private:
    const Algorithm* algorithm_;
    std::uint32_t object_length_;
    bool keyed_;
    bool reusable_;
    Origin origin_;
};

/// The key that an algorithm handle's hash takes: none, or a MAC's, empty when not given.
/// @throws Fault::not_supported       not a hash algorithm
/// @throws Fault::invalid_parameter   a secret for a hash that takes none (N-67)
std::optional<ByteView> mac_key(const AlgorithmObject& algorithm, std::optional<ByteView> secret);
/// A hash with that key, as mac_key() answered it.
Hash make_hash(const AlgorithmObject& algorithm, bool reusable, const std::optional<ByteView>& key);

/// A new hash of the algorithm handle's kind (cng.md 1.28). @throws as mac_key
std::shared_ptr<HashObject> create_hash(const AlgorithmObject& algorithm, bool reusable,
                                        std::optional<ByteView> secret, Origin origin);

/// BCryptHash: the value of one piece of data. @param out   a length that the function gives
/// @throws as create_hash and Hash::finish
void hash_at_once(const AlgorithmObject& algorithm, std::optional<ByteView> secret, ByteView data,
                  MutableBytes out);

} // namespace capishim::cng
