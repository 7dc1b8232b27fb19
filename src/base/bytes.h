// SPDX-License-Identifier: BSD-2-Clause
// Views of bytes, and the little-endian reader and writer that every blob goes through.
#pragma once

#include "base/fault.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace capishim {

using ByteView = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;
using Bytes = std::vector<std::uint8_t>;

/// The bytes of a C buffer; a null pointer with length 0 is the empty view.
inline ByteView view(const void* data, std::size_t size)
{
    return {static_cast<const std::uint8_t*>(data), size};
}

/// `bytes` last to first: CryptoAPI stores big numbers little-endian, CNG and Botan big-endian.
template <class Container = Bytes>
Container reversed(ByteView bytes)
{
    return Container(bytes.rbegin(), bytes.rend());
}

/// Reads a blob front to back. Every read is checked; running short is Fault::bad_data.
class LittleEndianReader {
  public:
    explicit LittleEndianReader(ByteView bytes) : rest_(bytes) {}

    std::size_t remaining() const { return rest_.size(); }

    ByteView bytes(std::size_t count)
    {
        if (count > rest_.size())
            throw Error(Fault::bad_data);
        const ByteView taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }

    std::uint8_t u8() { return bytes(1)[0]; }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }

  private:
    std::uint64_t number(std::size_t size)
    {
        std::uint64_t value = 0;
        const ByteView taken = bytes(size);
        for (std::size_t i = size; i-- > 0;)
            value = value << 8 | taken[i];
        return value;
    }

    ByteView rest_;
};

/// Appends to a byte container, which may be a SecureBytes.
template <class Container>
class LittleEndianWriter {
  public:
    explicit LittleEndianWriter(Container& out) : out_(out) {}

    void bytes(ByteView data) { out_.insert(out_.end(), data.begin(), data.end()); }
    void u8(std::uint8_t value) { number(value, 1); }
    void u16(std::uint16_t value) { number(value, 2); }
    void u32(std::uint32_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }

  private:
    void number(std::uint64_t value, std::size_t size)
    {
        for (std::size_t i = 0; i < size; ++i, value >>= 8)
            out_.push_back(static_cast<std::uint8_t>(value));
    }

    Container& out_;
};

} // namespace capishim
