// SPDX-License-Identifier: BSD-2-Clause
// Hash functions and HMAC. Running states can be copied; objects come from prototypes, not from
// parsed names.
#pragma once

#include "base/secure_bytes.h"

#include <memory>

namespace capishim::engine {

enum class HashId : std::uint8_t {
    md2,
    md4,
    md5,
    sha1,
    sha256,
    sha384,
    sha512,
    sha3_256,
    sha3_384,
    sha3_512
};

std::size_t hash_size(HashId id) noexcept;       // bytes
std::size_t hash_block_size(HashId id) noexcept; // bytes, as HMAC pads its key to
constexpr std::size_t max_hash_size = 64;
constexpr std::size_t max_hash_block_size = 136; // SHA3-256

class Hash {
  public:
    virtual ~Hash() = default;

    virtual HashId id() const noexcept = 0;
    virtual void update(ByteView data) = 0;
    /// Writes hash_size(id()) bytes to `digest` and returns to the empty state.
    virtual void finish(std::uint8_t* digest) = 0;
    virtual void reset() = 0;
    /// The same running state in another object.
    virtual std::unique_ptr<Hash> copy() const = 0;
};

std::unique_ptr<Hash> make_hash(HashId id);

/// One-shot: hash_size(id) bytes to `digest`.
void hash(HashId id, ByteView data, std::uint8_t* digest);

/// One-shot HMAC (RFC 2104): hash_size(id) bytes to `mac`. Allocates nothing once the thread has
/// used the hash before.
void hmac(HashId id, ByteView key, ByteView data, std::uint8_t* mac);

/// RFC 2104 over any of the hashes, kept as two running hashes so that a copy costs little.
class Hmac {
  public:
    /// Standard HMAC: keys longer than the block are hashed first, any length, 0 included.
    Hmac(HashId id, ByteView key);
    /// CryptoAPI's form with pad strings of the caller's (HMAC_INFO). An empty string stands for
    /// the standard pad. The key (hashed first when longer than the block) is XORed onto the start
    /// of each string, and the whole string is hashed (observed.md: HMAC_INFO custom strings).
    Hmac(HashId id, ByteView key, ByteView inner_string, ByteView outer_string);
    Hmac(const Hmac& other);
    Hmac& operator=(const Hmac&) = delete;
    ~Hmac();

    HashId id() const noexcept;
    void update(ByteView data);
    /// Writes hash_size(id()) bytes and returns to the state after keying.
    void finish(std::uint8_t* mac);
    void reset();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace capishim::engine
