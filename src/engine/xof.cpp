// SPDX-License-Identifier: BSD-2-Clause
#include "engine/xof.h"

namespace capishim::engine {
namespace {

struct XofRow {
    std::size_t rate;
    std::uint8_t domain; // SHAKE 1111, cSHAKE 00; then the first bit of the padding
    std::size_t size;
    bool keyed;
};

constexpr std::array<XofRow, 4> rows = {{
    {168, 0x1F, 32, false}, // shake128
    {136, 0x1F, 64, false}, // shake256
    {168, 0x04, 32, true},  // kmac128
    {136, 0x04, 64, true},  // kmac256
}};

const XofRow& row_of(XofId id)
{
    return rows[static_cast<std::size_t>(id)];
}

/// The numbers of SP 800-185 2.3.1: big-endian without leading zeros, at least one byte, with the
/// count of bytes before (left_encode) or behind (right_encode).
struct EncodedNumber {
    explicit EncodedNumber(std::uint64_t value)
    {
        do {
            bytes[--first] = static_cast<std::uint8_t>(value);
            value >>= 8;
        } while (value != 0);
        bytes[first - 1] = bytes[9] = static_cast<std::uint8_t>(9 - first);
    }

    ByteView left() const { return ByteView(bytes).subspan(first - 1, 10 - first); }
    ByteView right() const { return ByteView(bytes).subspan(first); }

    std::array<std::uint8_t, 10> bytes; // count, 8 bytes, count
    std::size_t first = 9;
};

void absorb_string(Sponge& sponge, ByteView string)
{
    sponge.absorb(EncodedNumber(std::uint64_t{string.size()} * 8).left());
    sponge.absorb(string);
}

/// What comes before the data: nothing for SHAKE; for KMAC two padded blocks, the names and the key
/// (SP 800-185 3.3, 4.3).
Sponge started(XofId id, ByteView key)
{
    const XofRow& row = row_of(id);
    Sponge sponge(row.rate, row.domain);
    if (!row.keyed)
        return sponge;
    constexpr std::array<std::uint8_t, 4> name = {'K', 'M', 'A', 'C'};
    const EncodedNumber rate(row.rate);
    sponge.absorb(rate.left());
    absorb_string(sponge, name);
    absorb_string(sponge, {}); // N-209: no customization
    sponge.absorb_zeros_to_block();
    sponge.absorb(rate.left());
    absorb_string(sponge, key);
    sponge.absorb_zeros_to_block();
    return sponge;
}

} // namespace

std::size_t xof_size(XofId id) noexcept
{
    return row_of(id).size;
}

bool is_keyed(XofId id) noexcept
{
    return row_of(id).keyed;
}

Xof::Xof(XofId id, ByteView key) : id_(id), start_(started(id, key)), running_(start_) {}

void Xof::end_data(std::uint64_t output_bits)
{
    if (is_keyed(id_) && !squeezing())
        running_.absorb(EncodedNumber(output_bits).right());
}

void Xof::finish(MutableBytes out)
{
    end_data(std::uint64_t{out.size()} * 8);
    running_.squeeze(out);
    running_ = start_;
}

void Xof::squeeze(MutableBytes out)
{
    end_data(0);
    running_.squeeze(out);
}

} // namespace capishim::engine
