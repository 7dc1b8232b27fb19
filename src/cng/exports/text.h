// SPDX-License-Identifier: BSD-2-Clause
// The API's names in the caller's width of character, 16 or 32 bits (U-01). All of them are ASCII.
#pragma once

#include "base/fault.h"

#include <array>
#include <cstring>
#include <string_view>

namespace capishim::cng {

/// A name narrowed, without allocation. Text that is longer than any name of ours, or not ASCII,
/// becomes one that matches nothing.
class Name {
  public:
    /// @param most   how many characters may be read at all, for text that has a length
    template <class Unit>
    explicit Name(const Unit* text, std::size_t most = static_cast<std::size_t>(-1))
    {
        require(text != nullptr, Fault::invalid_parameter);
        for (Unit unit; size_ < most && (unit = unit_at(text, size_)) != 0; ++size_) {
            if (size_ == text_.size() || unit > 0x7F) {
                text_[0] = '\x7F';
                size_ = 1;
                return;
            }
            text_[size_] = static_cast<char>(unit);
        }
    }

    operator std::string_view() const noexcept { return {text_.data(), size_}; }
    bool empty() const noexcept { return size_ == 0; }

  private:
    /// Text in a caller's buffer need not be aligned.
    template <class Unit>
    static Unit unit_at(const Unit* text, std::size_t index)
    {
        Unit unit;
        std::memcpy(&unit, reinterpret_cast<const char*>(text) + index * sizeof unit, sizeof unit);
        return unit;
    }

    std::array<char, 64> text_;
    std::size_t size_ = 0;
};

/// Text in a structure or a buffer, whose declared type has the library's own width.
template <class Unit>
const Unit* units(const void* text)
{
    return static_cast<const Unit*>(text);
}

/// Writes ASCII text and its NUL in the caller's units; the place need not be aligned.
template <class Unit>
std::uint8_t* put_text(std::uint8_t* to, std::string_view text)
{
    for (const char character : text) {
        const Unit unit = static_cast<Unit>(character);
        std::memcpy(to, &unit, sizeof unit);
        to += sizeof unit;
    }
    std::memset(to, 0, sizeof(Unit));
    return to + sizeof(Unit);
}

template <class Unit>
constexpr std::size_t text_size(std::string_view text)
{
    return (text.size() + 1) * sizeof(Unit);
}

} // namespace capishim::cng
