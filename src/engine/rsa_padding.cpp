// SPDX-License-Identifier: BSD-2-Clause
// PKCS #1 paddings. Decoding collects what is wrong in masks and looks at them once, at the end.
#include "engine/rsa_padding.h"

#include "engine/constant_time.h"
#include "engine/random.h"

namespace capishim::engine {
namespace {

constexpr std::size_t pkcs1_overhead = 11; // 00, type, at least eight bytes of padding, 00

void fill_with_random_nonzero(MutableBytes out)
{
    random_bytes(out);
    for (std::uint8_t& byte : out)
        while (byte == 0)
            random_bytes({&byte, 1});
}

/// MGF1 (B.2.1) of `seed`, XORed onto `data`.
void apply_mask(HashId id, ByteView seed, MutableBytes data)
{
    SecureBytes input = secure_copy(seed);
    input.resize(seed.size() + 4);
    SecureArray<max_hash_size> mask;
    for (std::uint32_t counter = 0; !data.empty(); ++counter) {
        for (std::size_t i = 0; i < 4; ++i)
            input[seed.size() + i] = static_cast<std::uint8_t>(counter >> (24 - 8 * i));
        hash(id, input, mask.data());
        const std::size_t taken = std::min(hash_size(id), data.size());
        for (std::size_t i = 0; i < taken; ++i)
            data[i] ^= mask[i];
        data = data.subspan(taken);
    }
}

} // namespace

SecureBytes pkcs1_encode(ByteView message, std::size_t size)
{
    require(message.size() + pkcs1_overhead <= size, Fault::bad_length);
    SecureBytes block(size);
    const std::size_t padding = size - message.size() - 3;
    block[1] = 2;
    fill_with_random_nonzero(MutableBytes(block).subspan(2, padding));
    std::copy(message.begin(), message.end(), block.begin() + 3 + padding);
    return block;
}

namespace {

/// Where the zero lies that ends the padding, and a mask that tells whether anything is wrong.
struct Pkcs1Layout {
    std::size_t separator;
    Mask wrong;
};

Pkcs1Layout pkcs1_layout(ByteView block)
{
    const Mask wrong = ~is_zero(block[0]) | ~is_equal(block[1], 2);
    Mask searching = ~Mask{0};
    std::size_t separator = 0;
    for (std::size_t i = 2; i < block.size(); ++i) {
        const Mask here = searching & is_zero(block[i]);
        separator = select(here, i, separator);
        searching &= ~here;
    }
    return {separator, wrong | searching | is_less(separator, pkcs1_overhead - 1)};
}

} // namespace

SecureBytes pkcs1_decode(ByteView block)
{
    require(block.size() >= pkcs1_overhead, Fault::bad_padding);
    const Pkcs1Layout layout = pkcs1_layout(block);
    require(opaque(layout.wrong) == 0, Fault::bad_padding);
    return secure_copy(block.subspan(layout.separator + 1));
}

SecureBytes pkcs1_decode_or(ByteView block, ByteView other)
{
    if (block.size() < other.size() + pkcs1_overhead) // too short for any such message
        return secure_copy(other);
    const Pkcs1Layout layout = pkcs1_layout(block);
    const ByteView message = block.last(other.size());
    const Mask right = ~layout.wrong & is_equal(layout.separator + 1 + other.size(), block.size());
    SecureBytes chosen(other.size());
    for (std::size_t i = 0; i < chosen.size(); ++i)
        chosen[i] = static_cast<std::uint8_t>(select(right, message[i], other[i]));
    return chosen;
}

SecureBytes oaep_encode(ByteView message, HashId id, ByteView label, std::size_t size)
{
    const std::size_t digest = hash_size(id);
    require(message.size() + 2 * digest + 2 <= size, Fault::bad_length);
    SecureBytes block(size); // 00 || seed || DB = label's hash || 00.. || 01 || message
    const MutableBytes seed = MutableBytes(block).subspan(1, digest);
    const MutableBytes data = MutableBytes(block).subspan(1 + digest);
    random_bytes(seed);
    hash(id, label, data.data());
    data[data.size() - message.size() - 1] = 1;
    std::copy(message.begin(), message.end(), data.end() - message.size());
    apply_mask(id, seed, data);
    apply_mask(id, data, seed);
    return block;
}

SecureBytes oaep_decode(ByteView block, HashId id, ByteView label)
{
    const std::size_t digest = hash_size(id);
    require(block.size() >= 2 * digest + 2, Fault::bad_padding);
    SecureBytes open = secure_copy(block);
    const MutableBytes seed = MutableBytes(open).subspan(1, digest);
    const MutableBytes data = MutableBytes(open).subspan(1 + digest);
    apply_mask(id, data, seed);
    apply_mask(id, seed, data);

    SecureArray<max_hash_size> label_hash;
    hash(id, label, label_hash.data());
    Mask wrong = ~is_zero(open[0]);
    for (std::size_t i = 0; i < digest; ++i)
        wrong |= ~is_equal(data[i], label_hash[i]);
    Mask searching = ~Mask{0};
    std::size_t separator = 0;
    for (std::size_t i = digest; i < data.size(); ++i) {
        const Mask one = is_equal(data[i], 1);
        separator = select(searching & one, i, separator);
        wrong |= searching & ~one & ~is_zero(data[i]);
        searching &= ~one;
    }
    require(opaque(wrong | searching) == 0, Fault::bad_padding);
    return secure_copy(data.subspan(separator + 1));
}

Bytes pkcs1_signature_block(ByteView encoded, std::size_t size)
{
    require(encoded.size() + pkcs1_overhead <= size, Fault::bad_length);
    Bytes block(size, 0xff);
    const std::size_t separator = size - encoded.size() - 1;
    block[0] = 0;
    block[1] = 1;
    block[separator] = 0;
    std::copy(encoded.begin(), encoded.end(), block.begin() + separator + 1);
    return block;
}

namespace {

/// Where the parts of an EMSA-PSS block lie: [00] maskedDB || H || BC, in one bit less than the
/// modulus, so that a modulus of 8i+1 bits has a zero byte in front.
struct PssLayout {
    PssLayout(HashId id, std::size_t salt, std::size_t modulus_bits)
        : total((modulus_bits + 7) / 8), size((modulus_bits + 6) / 8), digest(hash_size(id)),
          fits(digest <= size && salt <= size && digest + salt + 2 <= size), front(total - size),
          data(fits ? size - digest - 1 : 0),
          top_mask(static_cast<std::uint8_t>(0xff >> (8 * size - (modulus_bits - 1))))
    {
    }

    std::size_t total; // bytes of the modulus
    std::size_t size;  // bytes of the encoded message
    std::size_t digest;
    bool fits;
    std::size_t front;
    std::size_t data; // bytes of maskedDB
    std::uint8_t top_mask;
};

/// H = Hash(eight zeros || digest || salt)
void pss_hash(HashId id, ByteView digest, ByteView salt, std::uint8_t* out)
{
    const std::array<std::uint8_t, 8> zeros = {};
    const auto state = make_hash(id);
    state->update(zeros);
    state->update(digest);
    state->update(salt);
    state->finish(out);
}

} // namespace

Bytes pss_encode(ByteView digest, HashId id, std::size_t salt_size, std::size_t modulus_bits)
{
    const PssLayout layout(id, salt_size, modulus_bits);
    require(layout.fits && digest.size() == layout.digest, Fault::bad_length);
    Bytes block(layout.total);
    const MutableBytes data = MutableBytes(block).subspan(layout.front, layout.data);
    const MutableBytes seal =
        MutableBytes(block).subspan(layout.front + layout.data, layout.digest);
    const MutableBytes salt = data.last(salt_size);
    random_bytes(salt);
    pss_hash(id, digest, salt, seal.data());
    data[layout.data - salt_size - 1] = 1;
    apply_mask(id, seal, data);
    data[0] &= layout.top_mask;
    block.back() = 0xbc;
    return block;
}

bool pss_matches(ByteView block, ByteView digest, HashId id, std::size_t salt_size,
                 std::size_t modulus_bits)
{
    const PssLayout layout(id, salt_size, modulus_bits);
    if (!layout.fits || digest.size() != layout.digest || block.size() != layout.total)
        return false;
    if (block.back() != 0xbc || (layout.front > 0 && block[0] != 0))
        return false;
    const ByteView masked = block.subspan(layout.front, layout.data);
    const ByteView seal = block.subspan(layout.front + layout.data, layout.digest);
    if ((masked[0] & ~layout.top_mask) != 0)
        return false;
    Bytes data(masked.begin(), masked.end());
    apply_mask(id, seal, data);
    data[0] &= layout.top_mask;
    const auto one = data.end() - static_cast<std::ptrdiff_t>(salt_size) - 1;
    if (std::any_of(data.begin(), one, [](std::uint8_t byte) { return byte != 0; }) || *one != 1)
        return false;
    SecureArray<max_hash_size> expected;
    pss_hash(id, digest, ByteView(data).last(salt_size), expected.data());
    return constant_time_equal(ByteView(expected).first(layout.digest), seal);
}

} // namespace capishim::engine
