// SPDX-License-Identifier: BSD-2-Clause
#include "cng/hash_object.h"

#include "cng/derive.h"

namespace capishim::cng {
namespace {

[[noreturn]] void unsupported()
{
    throw Error(Fault::not_supported);
}

/// Copying is the one use of the source that changes nothing in it, but it must not run beside one.
Hash copy_locked(std::mutex& mutex, const Hash& hash)
{
    const std::lock_guard lock(mutex);
    return Hash(hash);
}

class SingleHash final : public HashObject {
  public:
    SingleHash(const AlgorithmObject& algorithm, bool reusable, const std::optional<ByteView>& key,
               Origin origin)
        : HashObject(algorithm, reusable, origin), hash_(make_hash(algorithm, reusable, key))
    {
    }
    SingleHash(const SingleHash& other, ObjectMemory object_memory)
        : HashObject(other, object_memory), hash_(copy_locked(other.mutex_, other.hash_))
    {
    }

    void update(ByteView data) override
    {
        locked([&](Hash& hash) { hash.update(data); });
    }
    void finish(MutableBytes out) override
    {
        locked([&](Hash& hash) { hash.finish(out); });
    }
    void squeeze(MutableBytes out) override
    {
        locked([&](Hash& hash) { hash.squeeze(out); });
    }
    void set_nonce(ByteView nonce) override
    {
        locked([&](Hash& hash) { hash.set_nonce(nonce); });
    }

    SecureBytes nonce() const override
    {
        const std::lock_guard lock(mutex_);
        return secure_copy(hash_.nonce());
    }

    std::shared_ptr<HashObject> duplicate(ObjectMemory object_memory) const override
    {
        return std::make_shared<SingleHash>(*this, object_memory);
    }

    SecureBytes derive(bool expand_target, std::size_t length) override
    {
        require(algorithm().family == Family::hash, Fault::not_supported);
        SecureArray<engine::max_hash_size> value;
        const MutableBytes digest{value.data(), size()};
        const std::lock_guard lock(mutex_);
        require(!hash_.finished(), Fault::bad_hash_state); // before the length: observed.md C
        require(length <= 2 * std::size_t{size()}, Fault::bad_length);
        hash_.finish(digest);
        return capi_derive(algorithm().hash, digest, expand_target, length);
    }

  private:
    template <class Use>
    void locked(Use use)
    {
        const std::lock_guard lock(mutex_);
        use(hash_);
    }

    mutable std::mutex mutex_;
    Hash hash_;
};

} // namespace

HashObject::HashObject(const AlgorithmObject& algorithm, bool reusable, Origin origin)
    : algorithm_(&algorithm.algorithm()), object_length_(algorithm.object_length()),
      keyed_(algorithm.is_keyed_hash()), reusable_(reusable), origin_(origin)
{
}

HashObject::HashObject(const HashObject& other, ObjectMemory object_memory) : HashObject(other)
{
    memory = object_memory;
}

HashObject::~HashObject() = default;

void HashObject::update(ByteView)
{
    unsupported();
}

void HashObject::finish(MutableBytes)
{
    unsupported();
}

void HashObject::squeeze(MutableBytes)
{
    unsupported();
}

void HashObject::set_nonce(ByteView)
{
    unsupported();
}

SecureBytes HashObject::nonce() const
{
    unsupported();
}

std::shared_ptr<HashObject> HashObject::duplicate(ObjectMemory) const
{
    unsupported();
}

SecureBytes HashObject::derive(bool, std::size_t)
{
    unsupported();
}

void HashObject::process(std::span<const MultiOperation>)
{
    unsupported();
}

std::optional<ByteView> mac_key(const AlgorithmObject& algorithm, std::optional<ByteView> secret)
{
    require(algorithm.algorithm().interface == Interface::hash, Fault::not_supported);
    if (algorithm.is_keyed_hash())
        return secret.value_or(ByteView{});
    require(!secret, Fault::invalid_parameter); // N-67
    return std::nullopt;
}

Hash make_hash(const AlgorithmObject& algorithm, bool reusable, const std::optional<ByteView>& key)
{
    return key ? Hash(algorithm.algorithm(), reusable, *key)
               : Hash(algorithm.algorithm(), reusable);
}

std::shared_ptr<HashObject> create_hash(const AlgorithmObject& algorithm, bool reusable,
                                        std::optional<ByteView> secret, Origin origin)
{
    return std::make_shared<SingleHash>(algorithm, reusable || algorithm.traits().reusable,
                                        mac_key(algorithm, secret), origin);
}

void hash_at_once(const AlgorithmObject& algorithm, std::optional<ByteView> secret, ByteView data,
                  MutableBytes out)
{
    const auto key = mac_key(algorithm, secret);
    if (algorithm.algorithm().family == Family::hash) { // without an object: programs do it often
        const engine::HashId id = algorithm.algorithm().hash;
        require(out.size() == engine::hash_size(id), Fault::invalid_parameter);
        return key ? engine::hmac(id, *key, data, out.data()) : engine::hash(id, data, out.data());
    }
    Hash hash = make_hash(algorithm, false, key);
    hash.update(data);
    hash.finish(out);
}

} // namespace capishim::cng
