// SPDX-License-Identifier: BSD-2-Clause
// cng.md 6.13, rules 1 to 3.
#include "cng/derive.h"

#include <array>

namespace capishim::cng {
namespace {

constexpr std::size_t pad_size = 64; // whatever the hash's block

/// Hash(byte, byte, ... XOR value), appended to `out`.
void append_expanded(SecureBytes& out, engine::HashId hash, ByteView value, std::uint8_t byte)
{
    SecureArray<pad_size> pad;
    pad.fill(byte);
    for (std::size_t i = 0; i < value.size(); ++i)
        pad[i] = static_cast<std::uint8_t>(pad[i] ^ value[i]);
    SecureArray<engine::max_hash_size> digest;
    engine::hash(hash, pad, digest.data());
    out.insert(out.end(), digest.begin(), digest.begin() + engine::hash_size(hash));
}

constexpr bool is_sha2(engine::HashId hash)
{
    return hash >= engine::HashId::sha256 && hash <= engine::HashId::sha512;
}

} // namespace

SecureBytes capi_derive(engine::HashId hash, ByteView value, bool expand_target, std::size_t size)
{
    const std::size_t hash_length = value.size();
    require(hash_length <= pad_size, Fault::invalid_parameter);
    require(size <= 2 * hash_length, Fault::bad_length);
    const bool expand = (expand_target && !is_sha2(hash)) || size > hash_length; // N-200
    if (!expand)
        return secure_copy(value.first(size));
    SecureBytes key;
    key.reserve(2 * engine::max_hash_size);
    append_expanded(key, hash, value, 0x36);
    append_expanded(key, hash, value, 0x5C);
    key.resize(size);
    return key;
}

} // namespace capishim::cng
