// SPDX-License-Identifier: BSD-2-Clause
// Hash functions from Botan's prototypes (MD2 is ours), and HMAC over them.
#include "engine/hash.h"

#include "engine/md2.h"
#include "engine/per_thread.h"
#include "engine/prototype.h"

#include <botan/hash.h>

#include <array>

namespace capishim::engine {
namespace {

struct HashRow {
    HashId id;
    const char* botan_name; // null: our own
    std::size_t size;
    std::size_t block_size;
};

constexpr std::array hashes = {
    HashRow{HashId::md2, nullptr, 16, 16},
    HashRow{HashId::md4, "MD4", 16, 64},
    HashRow{HashId::md5, "MD5", 16, 64},
    HashRow{HashId::sha1, "SHA-1", 20, 64},
    HashRow{HashId::sha256, "SHA-256", 32, 64},
    HashRow{HashId::sha384, "SHA-384", 48, 128},
    HashRow{HashId::sha512, "SHA-512", 64, 128},
    HashRow{HashId::sha3_256, "SHA-3(256)", 32, 136},
    HashRow{HashId::sha3_384, "SHA-3(384)", 48, 104},
    HashRow{HashId::sha3_512, "SHA-3(512)", 64, 72},
};

constexpr std::size_t index_of(HashId id)
{
    return static_cast<std::size_t>(id);
}

constexpr bool rows_follow_the_enumeration()
{
    for (std::size_t i = 0; i < hashes.size(); ++i)
        if (index_of(hashes[i].id) != i)
            return false;
    return true;
}
static_assert(rows_follow_the_enumeration());

constexpr std::size_t first_of_botan = 1; // after MD2
constexpr std::size_t botan_count = hashes.size() - first_of_botan;

std::array<const char*, botan_count> botan_names()
{
    std::array<const char*, botan_count> names;
    for (std::size_t i = 0; i < botan_count; ++i)
        names[i] = hashes[first_of_botan + i].botan_name;
    return names;
}

std::unique_ptr<Botan::HashFunction> make_botan_hash(HashId id)
{
    static const Prototypes<Botan::HashFunction, botan_count> prototypes(botan_names());
    return prototypes.make(index_of(id) - first_of_botan);
}

class BotanHash final : public Hash {
  public:
    BotanHash(HashId id, std::unique_ptr<Botan::HashFunction> state)
        : id_(id), state_(std::move(state))
    {
    }

    HashId id() const noexcept override { return id_; }
    void update(ByteView data) override { state_->update(data.data(), data.size()); }
    void finish(std::uint8_t* digest) override { state_->final(digest); }
    void reset() override { state_->clear(); }

    std::unique_ptr<Hash> copy() const override
    {
        return translate([this] { return std::make_unique<BotanHash>(id_, state_->copy_state()); });
    }

  private:
    HashId id_;
    std::unique_ptr<Botan::HashFunction> state_;
};

} // namespace

std::size_t hash_size(HashId id) noexcept
{
    return hashes[index_of(id)].size;
}

std::size_t hash_block_size(HashId id) noexcept
{
    return hashes[index_of(id)].block_size;
}

std::unique_ptr<Hash> make_hash(HashId id)
{
    if (id == HashId::md2)
        return std::make_unique<Md2>();
    return translate([id] { return std::make_unique<BotanHash>(id, make_botan_hash(id)); });
}

namespace {

/// The thread's own object for one-shot values. A finished hash is empty: nothing of the data stays
/// behind in it.
Hash& kept_hash(HashId id)
{
    auto& kept = per_thread<std::array<std::unique_ptr<Hash>, hashes.size()>>()[index_of(id)];
    if (!kept) [[unlikely]]
        kept = make_hash(id);
    return *kept;
}

} // namespace

void hash(HashId id, ByteView data, std::uint8_t* digest)
{
    Hash& kept = kept_hash(id);
    kept.update(data);
    kept.finish(digest);
}

namespace {

constexpr std::uint8_t inner_byte = 0x36; // RFC 2104 section 2
constexpr std::uint8_t outer_byte = 0x5c;

SecureBytes standard_pad(HashId id, std::uint8_t byte)
{
    return SecureBytes(hash_block_size(id), byte);
}

/// A caller's pad string, zero-extended to the block (U-143); an empty one means the standard's.
SecureBytes pad_string(HashId id, ByteView string, std::uint8_t standard)
{
    if (string.empty())
        return standard_pad(id, standard);
    SecureBytes pad = secure_copy(string);
    pad.resize(std::max(pad.size(), hash_block_size(id)));
    return pad;
}

using KeyBlock = SecureArray<max_hash_block_size>;

/// A block of the standard's pad with the key on it.
KeyBlock keyed_pad(HashId id, ByteView key, std::uint8_t byte)
{
    KeyBlock block;
    std::fill_n(block.begin(), hash_block_size(id), byte);
    for (std::size_t i = 0; i < key.size(); ++i)
        block[i] ^= key[i];
    return block;
}

/// The hash of a block of pad and key, then of `data`.
void hash_keyed(HashId id, const KeyBlock& block, ByteView data, std::uint8_t* digest)
{
    Hash& kept = kept_hash(id);
    kept.update(ByteView(block).first(hash_block_size(id)));
    kept.update(data);
    kept.finish(digest);
}

/// The key as HMAC uses it: at most a block long.
SecureBytes fitting_key(HashId id, ByteView key)
{
    if (key.size() <= hash_block_size(id))
        return secure_copy(key);
    SecureBytes hashed(hash_size(id));
    hash(id, key, hashed.data());
    return hashed;
}

/// The state of a hash that has taken in `pad` with the key on its start.
std::unique_ptr<Hash> start_state(HashId id, ByteView key, SecureBytes pad)
{
    for (std::size_t i = 0; i < key.size(); ++i)
        pad[i] ^= key[i];
    auto state = make_hash(id);
    state->update(pad);
    return state;
}

} // namespace

void hmac(HashId id, ByteView key, ByteView data, std::uint8_t* mac)
{
    SecureArray<max_hash_size> digest;
    const ByteView whole = ByteView(digest).first(hash_size(id));
    if (key.size() > hash_block_size(id)) {
        hash(id, key, digest.data());
        key = whole;
    }
    const KeyBlock outer = keyed_pad(id, key, outer_byte);
    hash_keyed(id, keyed_pad(id, key, inner_byte), data, digest.data());
    hash_keyed(id, outer, whole, mac);
}

/// The two start states never change, so copies of an HMAC share them.
struct Hmac::State {
    struct Start {
        std::unique_ptr<const Hash> inner;
        std::unique_ptr<const Hash> outer;
    };

    State(HashId id, ByteView key, SecureBytes inner, SecureBytes outer)
    {
        const SecureBytes used = fitting_key(id, key);
        start = std::make_shared<const Start>(Start{start_state(id, used, std::move(inner)),
                                                    start_state(id, used, std::move(outer))});
    }

    State(const State& other)
        : start(other.start), running(other.running ? other.running->copy() : nullptr)
    {
    }

    Hash& inner()
    {
        if (!running)
            running = start->inner->copy();
        return *running;
    }

    std::shared_ptr<const Start> start;
    std::unique_ptr<Hash> running; // null before the first data
};

Hmac::Hmac(HashId id, ByteView key)
    : state_(std::make_unique<State>(id, key, standard_pad(id, inner_byte),
                                     standard_pad(id, outer_byte)))
{
}

Hmac::Hmac(HashId id, ByteView key, ByteView inner_string, ByteView outer_string)
    : state_(std::make_unique<State>(id, key, pad_string(id, inner_string, inner_byte),
                                     pad_string(id, outer_string, outer_byte)))
{
}

Hmac::Hmac(const Hmac& other) : state_(std::make_unique<State>(*other.state_)) {}

Hmac::~Hmac() = default;

HashId Hmac::id() const noexcept
{
    return state_->start->inner->id();
}

void Hmac::update(ByteView data)
{
    state_->inner().update(data);
}

void Hmac::finish(std::uint8_t* mac)
{
    SecureArray<max_hash_size> inner_digest;
    const auto outer = state_->start->outer->copy();
    state_->inner().finish(inner_digest.data());
    outer->update(ByteView(inner_digest).first(hash_size(id())));
    outer->finish(mac);
    reset();
}

void Hmac::reset()
{
    state_->running.reset();
}

} // namespace capishim::engine
