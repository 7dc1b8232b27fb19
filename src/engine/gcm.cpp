// SPDX-License-Identifier: BSD-2-Clause
// GHASH by integer multiplication in constant time: a product without carries is had from ordinary
// ones when of each four bits three are zero, so that carries die in the gaps (T. Pornin, BearSSL's
// ctmul64). Counter mode comes from modes.h.
#include "engine/gcm.h"

#include "engine/block_xor.h"
#include "engine/modes.h"

#include <array>

namespace capishim::engine {
namespace {

std::uint64_t load(const std::uint8_t* bytes)
{
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < sizeof word; ++i)
        word = word << 8 | bytes[i];
    return word;
}

void store(std::uint64_t word, std::uint8_t* bytes)
{
    for (std::size_t i = sizeof word; i-- > 0; word >>= 8)
        bytes[i] = static_cast<std::uint8_t>(word);
}

/// Every fourth bit of a word, from bit 0, 1, 2, 3 on.
using Quarters = std::array<std::uint64_t, 4>;

constexpr Quarters every_fourth = {0x1111111111111111, 0x2222222222222222, 0x4444444444444444,
                                   0x8888888888888888};

Quarters quarters(std::uint64_t word)
{
    Quarters parts;
    for (std::size_t i = 0; i < 4; ++i)
        parts[i] = word & every_fourth[i];
    return parts;
}

/// The low half of the product without carries.
std::uint64_t multiply_low(std::uint64_t left, std::uint64_t right)
{
    const Quarters a = quarters(left);
    const Quarters b = quarters(right);
    std::uint64_t product = 0;
    for (std::size_t i = 0; i < 4; ++i)
        product |= ((a[0] * b[i]) ^ (a[1] * b[(i + 3) % 4]) ^ (a[2] * b[(i + 2) % 4]) ^
                    (a[3] * b[(i + 1) % 4])) &
                   every_fourth[i];
    return product;
}

std::uint64_t reverse_bits(std::uint64_t word)
{
    const auto swap = [&](std::uint64_t mask, unsigned distance) {
        word = ((word & mask) << distance) | ((word >> distance) & mask);
    };
    swap(0x5555555555555555, 1);
    swap(0x3333333333333333, 2);
    swap(0x0F0F0F0F0F0F0F0F, 4);
    return __builtin_bswap64(word);
}

/// The high half is the low half of the reversed words' product, reversed.
std::uint64_t multiply_high(std::uint64_t left, std::uint64_t right)
{
    return reverse_bits(multiply_low(reverse_bits(left), reverse_bits(right))) >> 1;
}

/// A polynomial of degree 127; the standard's bit 0 is the top bit of `high`.
struct Element {
    std::uint64_t high, low;
};

/// The four words of a product, lowest first, reduced by x^128 + x^7 + x^2 + x + 1 (SP 800-38D 6.3,
/// in the standard's reversed order of bits).
Element reduce(std::array<std::uint64_t, 4> v)
{
    for (std::size_t i = 3; i > 0; --i) // reversed, a product of 127 bits by 127 starts a bit late
        v[i] = v[i] << 1 | v[i - 1] >> 63;
    v[0] <<= 1;
    for (std::size_t i = 0; i < 2; ++i) {
        v[i + 1] ^= v[i] << 63 ^ v[i] << 62 ^ v[i] << 57;
        v[i + 2] ^= v[i] ^ v[i] >> 1 ^ v[i] >> 2 ^ v[i] >> 7;
    }
    return {v[3], v[2]};
}

/// Karatsuba: three products of words instead of four.
Element multiply(const Element& a, const Element& b)
{
    const std::uint64_t a_sum = a.high ^ a.low;
    const std::uint64_t b_sum = b.high ^ b.low;
    const std::uint64_t low = multiply_low(a.low, b.low);
    const std::uint64_t low_carry = multiply_high(a.low, b.low);
    const std::uint64_t high = multiply_low(a.high, b.high);
    const std::uint64_t high_carry = multiply_high(a.high, b.high);
    const std::uint64_t middle = multiply_low(a_sum, b_sum) ^ low ^ high;
    const std::uint64_t middle_carry = multiply_high(a_sum, b_sum) ^ low_carry ^ high_carry;
    return reduce({low, low_carry ^ middle, high ^ middle_carry, high_carry});
}

} // namespace

Gcm::Gcm(const BlockCipher& aes)
{
    aes.encrypt(subkey_.data(), subkey_.data(), 1);
}

void Gcm::absorb(GcmState& state, const std::uint8_t* block) const
{
    std::uint8_t* const sum = state.accumulator.data();
    xor_block<gcm_block>(sum, sum, block);
    const std::uint8_t* const h = subkey_.data();
    const Element product = multiply({load(sum), load(sum + 8)}, {load(h), load(h + 8)});
    store(product.high, sum);
    store(product.low, sum + 8);
}

GcmState Gcm::start(ByteView nonce) const
{
    require(nonce.size() == gcm_nonce_size, Fault::invalid_parameter);
    GcmState state;
    std::ranges::copy(nonce, state.counter.begin());
    state.counter.back() = 2; // 1 is the tag's
    return state;
}

void Gcm::authenticate(GcmState& state, ByteView data) const
{
    for (; data.size() >= gcm_block; data = data.subspan(gcm_block))
        absorb(state, data.data());
    if (data.empty())
        return;
    SecureArray<gcm_block> last;
    std::ranges::copy(data, last.begin());
    absorb(state, last.data());
}

void Gcm::encrypt(const BlockCipher& aes, GcmState& state, ByteView in, std::uint8_t* out) const
{
    counter_crypt(aes, state.counter, in, out);
    authenticate(state, {out, in.size()});
}

void Gcm::decrypt(const BlockCipher& aes, GcmState& state, ByteView in, std::uint8_t* out) const
{
    authenticate(state, in);
    counter_crypt(aes, state.counter, in, out);
}

SecureArray<gcm_block> Gcm::tag(const BlockCipher& aes, const GcmState& state, ByteView nonce,
                                std::uint64_t context_size, std::uint64_t text_size) const
{
    GcmState last = state;
    SecureArray<gcm_block> lengths;
    store(8 * context_size, lengths.data());
    store(8 * text_size, lengths.data() + 8);
    absorb(last, lengths.data());
    SecureArray<gcm_block> mask = start(nonce).counter;
    mask.back() = 1;
    aes.encrypt(mask.data(), mask.data(), 1);
    xor_block<gcm_block>(last.accumulator.data(), last.accumulator.data(), mask.data());
    return last.accumulator;
}

} // namespace capishim::engine
