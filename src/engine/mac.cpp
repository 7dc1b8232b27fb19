// SPDX-License-Identifier: BSD-2-Clause
#include "engine/mac.h"

#include "engine/block_xor.h"

#include <array>

namespace capishim::engine {
namespace {

MacBlock encrypted(const BlockCipher& cipher, MacBlock block)
{
    cipher.encrypt(block.data(), block.data(), 1);
    return block;
}

// ---- CMAC --------------------------------------------------------------------------------------

/// The block times x in GF(2^128), most significant bit first (SP 800-38B 6.1).
MacBlock doubled(const MacBlock& block)
{
    MacBlock result;
    unsigned carry = 0;
    for (std::size_t i = block.size(); i-- > 0;) {
        result[i] = static_cast<std::uint8_t>(block[i] << 1 | carry);
        carry = block[i] >> 7;
    }
    result.back() = static_cast<std::uint8_t>(result.back() ^ carry * 0x87);
    return result;
}

} // namespace

Cmac::Cmac(ByteView key) : cipher_(make_block_cipher(BlockCipherId::aes, key)) {}

void Cmac::chain(ByteView blocks)
{
    constexpr std::size_t most = 32;
    SecureArray<most * mac_block_size> ciphertext;
    while (!blocks.empty()) {
        const std::size_t count = std::min(most, blocks.size() / mac_block_size);
        cipher_->encrypt_chained(chain_.data(), blocks.data(), ciphertext.data(), count);
        blocks = blocks.subspan(count * mac_block_size);
    }
}

void Cmac::update(ByteView data)
{
    const std::size_t taken = std::min(mac_block_size - pending_size_, data.size());
    std::copy_n(data.data(), taken, pending_.data() + pending_size_);
    pending_size_ += taken;
    data = data.subspan(taken);
    if (data.empty())
        return;
    chain(pending_);
    const std::size_t whole = (data.size() - 1) / mac_block_size * mac_block_size;
    chain(data.first(whole));
    pending_size_ = data.size() - whole;
    std::copy_n(data.data() + whole, pending_size_, pending_.data());
}

void Cmac::finish(std::uint8_t* mac)
{
    MacBlock subkey = doubled(encrypted(*cipher_, {}));
    if (pending_size_ < mac_block_size) {
        subkey = doubled(subkey);
        std::fill(pending_.begin() + pending_size_, pending_.end(), std::uint8_t{0});
        pending_[pending_size_] = 0x80;
    }
    xor_block<mac_block_size>(pending_.data(), pending_.data(), subkey.data());
    chain(pending_);
    std::ranges::copy(chain_, mac);
    chain_ = pending_ = {};
    pending_size_ = 0;
}

// ---- GHASH -------------------------------------------------------------------------------------

namespace {

std::uint64_t load_big_endian(const std::uint8_t* bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i)
        value = value << 8 | bytes[i];
    return value;
}

void store_big_endian(std::uint8_t* bytes, std::uint64_t value)
{
    for (std::size_t i = 8; i-- > 0; value >>= 8)
        bytes[i] = static_cast<std::uint8_t>(value);
}

/// The low half of the product of two polynomials over GF(2). Integers are multiplied of which only
/// every fourth bit is in use: fewer than 16 ones meet in each but the last of these places, so
/// what they carry falls into the three unused places above, or out of the word.
std::uint64_t low_product(std::uint64_t x, std::uint64_t y)
{
    constexpr std::uint64_t every_fourth = 0x1111111111111111;
    std::uint64_t product = 0;
    for (unsigned place = 0; place < 4; ++place) {
        std::uint64_t sum = 0;
        for (unsigned i = 0; i < 4; ++i)
            sum ^= (x & every_fourth << i) * (y & every_fourth << ((place - i) & 3));
        product |= sum & every_fourth << place;
    }
    return product;
}

std::uint64_t bits_reversed(std::uint64_t x)
{
    x = (x >> 1 & 0x5555555555555555) | (x & 0x5555555555555555) << 1;
    x = (x >> 2 & 0x3333333333333333) | (x & 0x3333333333333333) << 2;
    x = (x >> 4 & 0x0F0F0F0F0F0F0F0F) | (x & 0x0F0F0F0F0F0F0F0F) << 4;
    return __builtin_bswap64(x);
}

struct Wide {
    std::uint64_t high, low;
};

Wide operator^(Wide a, Wide b)
{
    return {a.high ^ b.high, a.low ^ b.low};
}

/// All 127 bits: the high half is the low half of the mirrored factors' product, mirrored.
Wide product(std::uint64_t x, std::uint64_t y)
{
    return {bits_reversed(low_product(bits_reversed(x), bits_reversed(y))) >> 1, low_product(x, y)};
}

/// `word` times x^128 modulo 1 + x + x^2 + x^7 + x^128. In GCM's order a block's first bit is x^0:
/// powers grow to the right.
Wide reduced(std::uint64_t word)
{
    return {word ^ word >> 1 ^ word >> 2 ^ word >> 7, word << 63 ^ word << 62 ^ word << 57};
}

} // namespace

Ghash::Ghash(const MacBlock& key)
    : key_high_(load_big_endian(key.data())), key_low_(load_big_endian(key.data() + 8))
{
}

void Ghash::add_block(const std::uint8_t* block)
{
    high_ ^= load_big_endian(block);
    low_ ^= load_big_endian(block + 8);
    const Wide top = product(high_, key_high_); // Karatsuba's three products
    const Wide bottom = product(low_, key_low_);
    const Wide middle = product(high_ ^ low_, key_high_ ^ key_low_) ^ top ^ bottom;
    // 255 bits, moved up by one because both factors are mirrored
    std::uint64_t words[4] = {top.high, top.low ^ middle.high, bottom.high ^ middle.low,
                              bottom.low};
    for (std::size_t i = 0; i < 4; ++i)
        words[i] = words[i] << 1 | (i < 3 ? words[i + 1] >> 63 : 0);
    const Wide last = reduced(words[3]);
    words[1] ^= last.high;
    words[2] ^= last.low;
    const Wide third = reduced(words[2]);
    high_ = words[0] ^ third.high;
    low_ = words[1] ^ third.low;
}

MacBlock Ghash::value() const
{
    MacBlock block;
    store_big_endian(block.data(), high_);
    store_big_endian(block.data() + 8, low_);
    return block;
}

// ---- GMAC --------------------------------------------------------------------------------------

Gmac::Gmac(ByteView key)
    : cipher_(make_block_cipher(BlockCipherId::aes, key)), hash_(encrypted(*cipher_, {}))
{
}

void Gmac::set_nonce(ByteView nonce)
{
    require(nonce.size() == nonce_size && size_ == 0, Fault::invalid_parameter);
    std::ranges::copy(nonce, nonce_.emplace().begin());
}

void Gmac::update(ByteView data)
{
    std::size_t pending = size_ % mac_block_size;
    size_ += data.size();
    while (!data.empty()) {
        if (pending == 0 && data.size() >= mac_block_size) {
            hash_.add_block(data.data());
            data = data.subspan(mac_block_size);
            continue;
        }
        pending_[pending++] = data[0];
        data = data.subspan(1);
        if (pending == mac_block_size) {
            hash_.add_block(pending_.data());
            pending = 0;
        }
    }
}

/// The rest, zero-extended, and the block of lengths in bits: all data is "additional".
void Gmac::add_lengths()
{
    const std::size_t pending = size_ % mac_block_size;
    if (pending != 0) {
        std::fill(pending_.begin() + pending, pending_.end(), std::uint8_t{0});
        hash_.add_block(pending_.data());
    }
    MacBlock lengths;
    store_big_endian(lengths.data(), size_ * 8);
    hash_.add_block(lengths.data());
}

void Gmac::finish(std::uint8_t* mac)
{
    require(nonce_.has_value(), Fault::invalid_parameter); // N-208
    MacBlock counter;
    std::ranges::copy(*nonce_, counter.begin());
    counter.back() = 1;
    const MacBlock mask = encrypted(*cipher_, counter);
    add_lengths();
    xor_block<mac_block_size>(mac, hash_.value().data(), mask.data());
    hash_.reset();
    pending_ = {};
    size_ = 0;
    nonce_.reset();
}

} // namespace capishim::engine
