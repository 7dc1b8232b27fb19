// SPDX-License-Identifier: BSD-2-Clause
#include "cng/hash_object.h"

#include "cng/derive.h"

namespace capishim::cng {
namespace {

Hash make(const Algorithm& algorithm, bool reusable, const std::optional<ByteView>& secret)
{
    return secret ? Hash(algorithm, reusable, *secret) : Hash(algorithm, reusable);
}

/// The key that an algorithm handle's hash takes: none, or that of an HMAC, empty when not given.
std::optional<ByteView> mac_key(const AlgorithmObject& algorithm, std::optional<ByteView> secret)
{
    require(algorithm.algorithm().family == Family::hash, Fault::not_supported);
    if (algorithm.traits().hmac)
        return secret.value_or(ByteView{});
    require(!secret, Fault::invalid_parameter); // N-67
    return std::nullopt;
}

/// Copying is the one use of the source that changes nothing in it, but it must not run beside one.
Hash copy_locked(std::mutex& mutex, const Hash& hash)
{
    const std::lock_guard lock(mutex);
    return Hash(hash);
}

} // namespace

HashObject::HashObject(const Algorithm& algorithm, bool reusable, std::optional<ByteView> secret,
                       Origin origin)
    : hash_(make(algorithm, reusable, secret)), keyed_(secret.has_value()), origin_(origin)
{
}

HashObject::HashObject(const HashObject& other, ObjectMemory object_memory)
    : memory(object_memory), hash_(copy_locked(other.mutex_, other.hash_)), keyed_(other.keyed_),
      origin_(other.origin_)
{
}

void HashObject::update(ByteView data)
{
    const std::lock_guard lock(mutex_);
    hash_.update(data);
}

void HashObject::finish(MutableBytes out)
{
    const std::lock_guard lock(mutex_);
    hash_.finish(out);
}

std::shared_ptr<HashObject> HashObject::duplicate(ObjectMemory object_memory) const
{
    return std::make_shared<HashObject>(*this, object_memory);
}

SecureBytes HashObject::derive(bool expand_target, std::size_t length)
{
    SecureArray<engine::max_hash_size> value;
    const MutableBytes digest{value.data(), size()};
    const std::lock_guard lock(mutex_);
    require(!hash_.finished(), Fault::bad_hash_state); // before the length: observed.md part 2 C
    require(length <= 2 * size(), Fault::bad_length);
    hash_.finish(digest);
    return capi_derive(algorithm().hash, digest, expand_target, length);
}

std::uint32_t HashObject::object_length() const noexcept
{
    return algorithm().object_length + (keyed_ ? hmac_object_length : 0);
}

std::shared_ptr<HashObject> create_hash(const AlgorithmObject& algorithm, bool reusable,
                                        std::optional<ByteView> secret, Origin origin)
{
    return std::make_shared<HashObject>(algorithm.algorithm(),
                                        reusable || algorithm.traits().reusable,
                                        mac_key(algorithm, secret), origin);
}

void hash_at_once(const AlgorithmObject& algorithm, std::optional<ByteView> secret, ByteView data,
                  MutableBytes out)
{
    Hash hash = make(algorithm.algorithm(), false, mac_key(algorithm, secret));
    hash.update(data);
    hash.finish(out);
}

} // namespace capishim::cng
