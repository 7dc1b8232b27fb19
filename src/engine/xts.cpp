// SPDX-License-Identifier: BSD-2-Clause
// XTS over two keyed AES, in chunks that keep the processor's parallel block units busy.
#include "engine/xts.h"

#include "base/secure_bytes.h"
#include "engine/block_xor.h"

namespace capishim::engine {
namespace {

constexpr std::size_t block = 16;
constexpr std::size_t chunk_size = 1024;

/// Times x in GF(2^128), least significant byte first; no branch on the tweak.
void double_tweak(std::uint8_t* tweak)
{
    std::uint8_t carry = 0;
    for (std::size_t i = 0; i < block; ++i) {
        const std::uint8_t byte = tweak[i];
        tweak[i] = static_cast<std::uint8_t>(byte << 1 | carry);
        carry = byte >> 7;
    }
    tweak[0] ^= static_cast<std::uint8_t>(0x87 & (0 - carry));
}

void increment(MutableBytes number)
{
    unsigned carry = 1;
    for (std::uint8_t& byte : number) {
        carry += byte;
        byte = static_cast<std::uint8_t>(carry);
        carry >>= 8;
    }
}

using Direction = void (BlockCipher::*)(const std::uint8_t*, std::uint8_t*, std::size_t) const;

/// One chunk of a data unit: out = direction(in ^ tweaks) ^ tweaks.
void crypt_chunk(const BlockCipher& cipher, Direction direction, std::uint8_t* tweak, ByteView in,
                 std::uint8_t* out)
{
    SecureArray<chunk_size> tweaks;
    for (std::size_t at = 0; at < in.size(); at += block) {
        std::memcpy(tweaks.data() + at, tweak, block);
        xor_block<block>(out + at, in.data() + at, tweak);
        double_tweak(tweak);
    }
    (cipher.*direction)(out, out, in.size() / block);
    for (std::size_t at = 0; at < in.size(); at += block)
        xor_block<block>(out + at, out + at, tweaks.data() + at);
}

void crypt_units(const BlockCipher& data, const BlockCipher& tweak_cipher, Direction direction,
                 MutableBytes number, std::size_t unit_size, ByteView in, std::uint8_t* out)
{
    SecureArray<block> tweak;
    for (; !in.empty(); in = in.subspan(unit_size), out += unit_size) {
        tweak.fill(0);
        std::ranges::copy(number, tweak.begin());
        tweak_cipher.encrypt(tweak.data(), tweak.data(), 1);
        for (std::size_t at = 0; at < unit_size; at += chunk_size) {
            const std::size_t size = std::min(chunk_size, unit_size - at);
            crypt_chunk(data, direction, tweak.data(), in.subspan(at, size), out + at);
        }
        increment(number);
    }
}

} // namespace

Xts::Xts(ByteView key)
    : data_(make_block_cipher(BlockCipherId::aes, key.first(key.size() / 2))),
      tweak_(make_block_cipher(BlockCipherId::aes, key.last(key.size() / 2)))
{
}

void Xts::encrypt(MutableBytes number, std::size_t unit_size, ByteView in, std::uint8_t* out) const
{
    crypt_units(*data_, *tweak_, &BlockCipher::encrypt, number, unit_size, in, out);
}

void Xts::decrypt(MutableBytes number, std::size_t unit_size, ByteView in, std::uint8_t* out) const
{
    crypt_units(*data_, *tweak_, &BlockCipher::decrypt, number, unit_size, in, out);
}

} // namespace capishim::engine
