// SPDX-License-Identifier: BSD-2-Clause
// The caller's output buffer under the size protocol of cryptoapi.md 0.3 and cng.md 0.3, written
// once: null asks for the size, too small is a fault that tells the size, else the bytes are
// copied.
#pragma once

#include "base/bytes.h"

namespace capishim {

class OutBuffer {
  public:
    enum class OnFailure { keep_length, zero_length };

    /// CryptoAPI's form: `*length` is the buffer's size on entry and the answer's on return.
    /// @throws Fault::invalid_parameter   `length` is null
    OutBuffer(std::uint8_t* data, std::uint32_t* length, OnFailure on_failure)
        : OutBuffer(data, length ? *length : 0, length, on_failure)
    {
    }

    /// CNG's form: the size of the buffer apart from the place for the answer's.
    OutBuffer(std::uint8_t* data, std::uint32_t capacity, std::uint32_t* length)
        : OutBuffer(data, capacity, length, OnFailure::keep_length)
    {
    }

    OutBuffer(const OutBuffer&) = delete;
    OutBuffer& operator=(const OutBuffer&) = delete;

    /// cryptoapi.md 0.2 rule 5: a provider that fails for another reason than size answers length
    /// 0.
    ~OutBuffer()
    {
        if (!answered_ && on_failure_ == OnFailure::zero_length)
            *length_ = 0;
    }

    bool is_size_query() const { return data_ == nullptr; }
    std::uint32_t capacity() const { return capacity_; }

    /// Answers a size query (false), refuses a small buffer, or returns true: room for `size`
    /// bytes. Whatever has a side effect belongs after a true.
    /// @throws Fault::buffer_too_small   after `size` was stored
    /// @throws Fault::bad_length         more than a length can say
    bool offer(std::size_t size)
    {
        require(size <= UINT32_MAX, Fault::bad_length);
        answered_ = true;
        if (is_size_query()) {
            *length_ = static_cast<std::uint32_t>(size);
            return false;
        }
        if (size > capacity_) {
            *length_ = static_cast<std::uint32_t>(size);
            throw Error(Fault::buffer_too_small);
        }
        answered_ = false;
        return true;
    }

    /// Where the bytes go once offer() said true.
    MutableBytes room() { return {data_, capacity_}; }

    /// Stores how many bytes of room() were written.
    void written(std::size_t size)
    {
        *length_ = static_cast<std::uint32_t>(size);
        answered_ = true;
    }

    /// The whole protocol for bytes that are at hand.
    void write(ByteView bytes)
    {
        if (!offer(bytes.size()))
            return;
        std::copy(bytes.begin(), bytes.end(), data_);
        written(bytes.size());
    }

    void write_u32(std::uint32_t value)
    {
        const std::uint8_t bytes[4] = {
            static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8),
            static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 24)};
        write(bytes);
    }

    /// For answers that leave `*length` as it came (the end of an enumeration).
    void leave_length() { answered_ = true; }

  private:
    OutBuffer(std::uint8_t* data, std::uint32_t capacity, std::uint32_t* length,
              OnFailure on_failure)
        : data_(data), capacity_(capacity), length_(length), on_failure_(on_failure)
    {
        require(length != nullptr, Fault::invalid_parameter);
    }

    std::uint8_t* data_;
    std::uint32_t capacity_;
    std::uint32_t* length_;
    OnFailure on_failure_;
    bool answered_ = false;
};

/// The buffer of the five functions that answer length 0 when they fail (cryptoapi.md 0.2 rule 5).
inline OutBuffer answer(std::uint8_t* data, std::uint32_t* length)
{
    return {data, length, OutBuffer::OnFailure::zero_length};
}

} // namespace capishim
