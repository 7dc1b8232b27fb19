// SPDX-License-Identifier: BSD-2-Clause
#include "cng/multi_hash.h"

#include <vector>

namespace capishim::cng {
namespace {

class MultiHash final : public HashObject {
  public:
    MultiHash(const AlgorithmObject& algorithm, std::size_t count,
              const std::optional<ByteView>& key, Origin origin)
        : HashObject(algorithm, true, origin), length_(multi_hash_length(algorithm, count))
    {
        const Hash first = make_hash(algorithm, true, key); // the copies share what the key became
        hashes_.reserve(count);
        while (hashes_.size() < count)
            hashes_.emplace_back(first);
    }

    std::uint32_t object_length() const noexcept override
    {
        return static_cast<std::uint32_t>(std::min<std::size_t>(length_, UINT32_MAX));
    }

    void process(std::span<const MultiOperation> operations) override
    {
        const std::lock_guard lock(mutex_);
        for (const MultiOperation& operation : operations) // N-213
            check(operation);
        for (const MultiOperation& operation : operations)
            run(operation);
    }

  private:
    void check(const MultiOperation& operation) const
    {
        require(operation.index < hashes_.size(), Fault::invalid_parameter);
        require(!operation.finishes || hashes_.front().gives(operation.buffer.size()),
                Fault::invalid_parameter);
    }

    void run(const MultiOperation& operation)
    {
        Hash& hash = hashes_[operation.index];
        if (operation.finishes)
            hash.finish(operation.buffer);
        else
            hash.update(operation.buffer);
    }

    std::mutex mutex_;
    std::vector<Hash> hashes_;
    std::size_t length_;
};

bool is_multi_capable(const AlgorithmObject& object)
{
    const Algorithm& algorithm = object.algorithm();
    if (algorithm.interface != Interface::hash || algorithm.family == Family::gmac)
        return false;
    return !object.traits().hmac || algorithm.hash > engine::HashId::md4;
}

} // namespace

void require_multi_capable(const AlgorithmObject& algorithm)
{
    require(is_multi_capable(algorithm), Fault::not_supported);
}

std::shared_ptr<HashObject> create_multi_hash(const AlgorithmObject& algorithm, std::size_t count,
                                              std::optional<ByteView> secret, Origin origin)
{
    require(algorithm.traits().multi && count != 0, Fault::invalid_parameter); // N-219
    return std::make_shared<MultiHash>(algorithm, count, mac_key(algorithm, secret), origin);
}

std::size_t multi_hash_length(const AlgorithmObject& algorithm, std::size_t count)
{
    require_multi_capable(algorithm);
    const std::uint64_t length =
        multi_hash_object_length + count * std::uint64_t{algorithm.object_length()};
    return static_cast<std::size_t>(std::min<std::uint64_t>(length, SIZE_MAX));
}

} // namespace capishim::cng
