// SPDX-License-Identifier: BSD-2-Clause
// FIPS 202, sections 3 and 4.
#include "engine/keccak.h"

#include <bit>
#include <utility>

namespace capishim::engine {
namespace {

using Lanes = std::array<std::uint64_t, 25>; // A[x, y] is lane x + 5 y

constexpr std::array<std::uint64_t, 24> round_constants = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
    0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

/// Table 2, reduced by the lane's 64 bits.
constexpr std::array<int, 25> rotations = {0,  1,  62, 28, 27, 36, 44, 6,  55, 20, 3,  10, 43,
                                           25, 39, 41, 45, 15, 21, 8,  18, 2,  61, 56, 14};

/// Where pi (3.2.3) puts a lane: B[y, 2x + 3y] = A[x, y].
constexpr std::size_t pi_target(std::size_t lane)
{
    const std::size_t x = lane % 5;
    const std::size_t y = lane / 5;
    return y + 5 * ((2 * x + 3 * y) % 5);
}

/// Calls `body` with each index as a constant, so that shifts and places are known when compiled.
template <std::size_t Count, class Body>
constexpr void unrolled(Body body)
{
    [&]<std::size_t... i>(std::index_sequence<i...>)
    {
        (body(std::integral_constant<std::size_t, i>{}), ...);
    }
    (std::make_index_sequence<Count>{});
}

void round(Lanes& a, std::uint64_t constant)
{
    std::array<std::uint64_t, 5> column;
    unrolled<5>([&](auto x) { column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20]; });
    Lanes b;
    unrolled<25>([&](auto i) { // theta, rho, pi
        const std::uint64_t effect = column[(i + 4) % 5] ^ std::rotl(column[(i + 1) % 5], 1);
        b[pi_target(i)] = std::rotl(a[i] ^ effect, rotations[i]);
    });
    unrolled<25>([&](auto i) { // chi
        constexpr std::size_t row = i / 5 * 5;
        a[i] = b[i] ^ (~b[row + (i + 1) % 5] & b[row + (i + 2) % 5]);
    });
    a[0] ^= constant; // iota
}

std::uint64_t load_lane(const std::uint8_t* bytes)
{
    std::uint64_t lane = 0;
    for (unsigned i = 0; i < 8; ++i)
        lane |= std::uint64_t{bytes[i]} << 8 * i;
    return lane;
}

} // namespace

void Sponge::permute()
{
    for (const std::uint64_t constant : round_constants)
        round(lanes_, constant);
    position_ = 0;
}

void Sponge::add_byte(std::uint8_t byte)
{
    lanes_[position_ / 8] ^= std::uint64_t{byte} << 8 * (position_ % 8);
    if (++position_ == rate_)
        permute();
}

void Sponge::absorb(ByteView data)
{
    while (!data.empty()) {
        if (position_ != 0 || data.size() < rate_) {
            add_byte(data[0]);
            data = data.subspan(1);
            continue;
        }
        for (std::size_t i = 0; i < rate_ / 8; ++i)
            lanes_[i] ^= load_lane(data.data() + 8 * i);
        permute();
        data = data.subspan(rate_);
    }
}

void Sponge::absorb_zeros_to_block()
{
    if (position_ != 0)
        permute();
}

/// pad10*1 after the domain's bits (5.1): the first bit is the domain's, the last the block's.
void Sponge::pad()
{
    lanes_[position_ / 8] ^= std::uint64_t{domain_} << 8 * (position_ % 8);
    lanes_[rate_ / 8 - 1] ^= std::uint64_t{1} << 63;
    permute();
    squeezing_ = true;
}

void Sponge::squeeze(MutableBytes out)
{
    if (!squeezing_)
        pad();
    for (std::uint8_t& byte : out) {
        if (position_ == rate_)
            permute();
        byte = static_cast<std::uint8_t>(lanes_[position_ / 8] >> 8 * (position_ % 8));
        ++position_;
    }
}

} // namespace capishim::engine
