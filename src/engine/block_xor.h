// SPDX-License-Identifier: BSD-2-Clause
// XOR of whole cipher blocks, each read and written by one machine operation: a block written in
// two halves and read as one stalls the processor, which chaining would pay for on every block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace capishim::engine {

template <std::size_t Size>
struct BlockWord;
template <>
struct BlockWord<8> {
    using type = std::uint64_t;
};
template <>
struct BlockWord<16> {
    using type = std::uint64_t __attribute__((vector_size(16)));
};

/// out = a ^ b, one block; any of them may be the same memory.
template <std::size_t Size>
inline void xor_block(std::uint8_t* out, const std::uint8_t* a, const std::uint8_t* b)
{
    typename BlockWord<Size>::type left;
    typename BlockWord<Size>::type right;
    std::memcpy(&left, a, Size);
    std::memcpy(&right, b, Size);
    left ^= right;
    std::memcpy(out, &left, Size);
}

/// CBC encryption (SP 800-38A 6.2) over `encrypt_block(data)`, which works in place.
template <std::size_t Size, class EncryptBlock>
inline void chain_blocks(std::uint8_t* chain, const std::uint8_t* in, std::uint8_t* out,
                         std::size_t blocks, EncryptBlock encrypt_block)
{
    const std::uint8_t* previous = chain;
    for (std::size_t i = 0; i < blocks; ++i, in += Size, out += Size) {
        xor_block<Size>(out, in, previous);
        encrypt_block(out);
        previous = out;
    }
    if (blocks > 0)
        std::memcpy(chain, previous, Size);
}

} // namespace capishim::engine
