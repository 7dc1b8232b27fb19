// SPDX-License-Identifier: BSD-2-Clause
#include "engine/wide_block.h"

#include "engine/hash.h"

#include <algorithm>

namespace capishim::engine {
namespace {

// Four suffice for large halves; those of 8 bytes of memory have 32 bits, where more are called
// for.
constexpr std::uint8_t rounds = 10;
constexpr std::size_t digest_size = 32;

using Digest = SecureArray<digest_size>;

/// target ^= F(round, source), whose stream is HMAC(HMAC(key, round || source), counter) ...
void run_round(ByteView key, std::uint8_t round, ByteView source, MutableBytes target)
{
    Digest seed;
    Hmac seeding(HashId::sha256, key);
    seeding.update({&round, 1});
    seeding.update(source);
    seeding.finish(seed.data());

    Hmac stream(HashId::sha256, seed);
    Digest block;
    for (std::uint32_t counter = 0; !target.empty(); ++counter) {
        Bytes number;
        LittleEndianWriter(number).u32(counter);
        stream.update(number);
        stream.finish(block.data());
        const std::size_t size = std::min(target.size(), block.size());
        for (std::size_t i = 0; i < size; ++i)
            target[i] = static_cast<std::uint8_t>(target[i] ^ block[i]);
        target = target.subspan(size);
    }
}

void run_round_on(ByteView key, std::uint8_t round, MutableBytes data)
{
    const MutableBytes left = data.first(data.size() / 2);
    const MutableBytes right = data.subspan(data.size() / 2);
    if (round % 2 == 0)
        run_round(key, round, right, left);
    else
        run_round(key, round, left, right);
}

} // namespace

void encrypt_wide_block(ByteView key, MutableBytes data)
{
    require(data.size() % 2 == 0, Fault::bad_length);
    for (std::uint8_t round = 0; round < rounds; ++round)
        run_round_on(key, round, data);
}

void decrypt_wide_block(ByteView key, MutableBytes data)
{
    require(data.size() % 2 == 0, Fault::bad_length);
    for (std::uint8_t round = rounds; round-- > 0;)
        run_round_on(key, round, data);
}

} // namespace capishim::engine
