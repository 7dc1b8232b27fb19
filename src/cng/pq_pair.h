// SPDX-License-Identifier: BSD-2-Clause
// Pairs of the post-quantum algorithms: a parameter set, which a property names before the pair is
// finalized (cng.md 6.14), and blobs that carry the set's name (5.9).
#pragma once

#include "cng/key_pair.h"

#include <atomic>

namespace capishim::cng {

/// Which form of the key a blob holds.
enum class PqPart : std::uint8_t { public_key, private_key, seed };

struct PqBlobType {
    std::string_view name;
    std::uint32_t magic;
    PqPart part;
};

/// What one algorithm's blobs look like.
struct PqFormat {
    std::span<const std::string_view> sets; // names, in the order of the engine's enumeration
    std::span<const PqBlobType> types;      // public, private, seed
    PqPart generic_private;                 // what PRIVATEBLOB is on export

    /// @throws Fault::invalid_parameter   no such set
    std::size_t set_named(std::string_view name) const;
    const PqBlobType& type_of(PqPart part) const { return types[static_cast<std::size_t>(part)]; }
    /// The part that a blob type names on export. @throws Fault::not_supported
    PqPart part_named(std::string_view type) const;
};

/// A blob's contents, checked against its type.
struct PqContents {
    PqPart part;
    std::size_t set;
    ByteView key;
};

/// @throws Fault::not_supported      a type of another algorithm
/// @throws Fault::bad_blob_length    shorter or longer than the header announces
/// @throws Fault::bad_data           another magic, or a name that is no set
PqContents read_pq_blob(const PqFormat& format, std::string_view type, ByteView blob);
SecureBytes write_pq_blob(const PqFormat& format, PqPart part, std::size_t set, ByteView key);

/// @param EngineKey   has Set, generate, from_public, from_private, from_seed and their readers
template <class EngineKey>
class PqPair : public KeyPair<EngineKey> {
  public:
    using typename KeyPair<EngineKey>::Numbers;
    using Set = typename EngineKey::Set;

    PqPair(const Algorithm& algorithm, const PqFormat& format, Origin origin)
        : KeyPair<EngineKey>(algorithm, origin), format_(format)
    {
    }
    PqPair(const Algorithm& algorithm, const PqFormat& format, Numbers numbers, Origin origin)
        : KeyPair<EngineKey>(algorithm, origin, std::move(numbers)), format_(format)
    {
    }

    SecureBytes export_blob(std::string_view type) const final
    {
        const Numbers key = this->ready();
        const PqPart part = format_.part_named(type);
        return write_pq_blob(format_, part, static_cast<std::size_t>(key->set()),
                             part_of(*key, part));
    }

    std::uint32_t key_bits() const final { throw Error(Fault::not_supported); }

    std::string_view parameter_set() const final
    {
        return format_.sets[static_cast<std::size_t>(set())];
    }

    void set_parameter_set(std::string_view name) final
    {
        const bool done =
            this->while_open([&] { wanted_ = static_cast<int>(format_.set_named(name)); });
        require(done, Fault::not_supported); // N-35
    }

  protected:
    /// @throws Fault::not_supported   not named yet (N-98)
    Set set() const
    {
        if (const Numbers key = this->numbers())
            return key->set();
        require(wanted_ != unnamed, Fault::not_supported);
        return static_cast<Set>(wanted_.load());
    }

  private:
    static constexpr int unnamed = -1;

    Numbers generate() const final
    {
        require(wanted_ != unnamed, Fault::invalid_parameter); // N-57
        return EngineKey::generate(static_cast<Set>(wanted_.load()));
    }

    static ByteView part_of(const EngineKey& key, PqPart part)
    {
        if (part == PqPart::public_key)
            return key.public_key();
        return part == PqPart::seed ? key.seed() : key.private_key();
    }

    const PqFormat& format_;
    std::atomic<int> wanted_ = unnamed;
};

/// The engine's key of a blob.
template <class EngineKey>
std::shared_ptr<const EngineKey> read_pq_key(const PqFormat& format, const PairBlob& blob)
{
    const PqContents contents = read_pq_blob(format, blob.type, blob.bytes);
    const auto set = static_cast<typename EngineKey::Set>(contents.set);
    if (contents.part == PqPart::seed)
        return EngineKey::from_seed(set, contents.key);
    const auto make =
        contents.part == PqPart::public_key ? EngineKey::from_public : EngineKey::from_private;
    return make(set, contents.key, blob.validate);
}

} // namespace capishim::cng
