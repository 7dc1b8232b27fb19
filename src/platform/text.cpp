// SPDX-License-Identifier: BSD-2-Clause
// Conversions between UTF-8, UTF-16 and UTF-32. What is malformed becomes U+FFFD, one for each
// maximal ill-formed part (The Unicode Standard, 3.9, "U+FFFD Substitution of Maximal Subparts").
#include "platform/text.h"

#include <algorithm>

namespace capishim::platform {
namespace {

constexpr char32_t replacement = 0xFFFD;

constexpr bool is_high_surrogate(char32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool is_low_surrogate(char32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

constexpr bool is_scalar(char32_t value)
{
    return value <= 0x10FFFF && !is_high_surrogate(value) && !is_low_surrogate(value);
}

void append(std::string& text, char32_t value)
{
    const auto tail = [&](int shift) {
        text.push_back(static_cast<char>(0x80 | (value >> shift & 0x3F)));
    };
    if (value < 0x80) {
        text.push_back(static_cast<char>(value));
    } else if (value < 0x800) {
        text.push_back(static_cast<char>(0xC0 | value >> 6));
        tail(0);
    } else if (value < 0x10000) {
        text.push_back(static_cast<char>(0xE0 | value >> 12));
        tail(6);
        tail(0);
    } else {
        text.push_back(static_cast<char>(0xF0 | value >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

void append(std::u16string& text, char32_t value)
{
    if (value < 0x10000) {
        text.push_back(static_cast<char16_t>(value));
        return;
    }
    value -= 0x10000;
    text.push_back(static_cast<char16_t>(0xD800 + (value >> 10)));
    text.push_back(static_cast<char16_t>(0xDC00 + (value & 0x3FF)));
}

void append(std::u32string& text, char32_t value)
{
    text.push_back(value);
}

/// What a lead byte promises: how many bytes follow, and the range of the first of them, which
/// keeps out overlong forms, surrogates and numbers past U+10FFFF (Table 3-7).
struct LeadByte {
    unsigned char first, last;
    int tail_count;
    unsigned char second_min, second_max;
};

constexpr LeadByte lead_bytes[] = {
    {0xC2, 0xDF, 1, 0x80, 0xBF}, {0xE0, 0xE0, 2, 0xA0, 0xBF}, {0xE1, 0xEC, 2, 0x80, 0xBF},
    {0xED, 0xED, 2, 0x80, 0x9F}, {0xEE, 0xEF, 2, 0x80, 0xBF}, {0xF0, 0xF0, 3, 0x90, 0xBF},
    {0xF1, 0xF3, 3, 0x80, 0xBF}, {0xF4, 0xF4, 3, 0x80, 0x8F},
};

const LeadByte* find_lead(unsigned char byte)
{
    for (const LeadByte& lead : lead_bytes)
        if (byte >= lead.first && byte <= lead.last)
            return &lead;
    return nullptr;
}

/// Takes one character, or one ill-formed part, off the front.
char32_t take_character(std::string_view& text)
{
    const auto byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    if (byte < 0x80)
        return byte;
    const LeadByte* lead = find_lead(byte);
    if (!lead)
        return replacement;

    char32_t value = byte & (0x3Fu >> lead->tail_count);
    unsigned char min = lead->second_min, max = lead->second_max;
    for (int i = 0; i < lead->tail_count; ++i) {
        const unsigned next = text.empty() ? 0 : static_cast<unsigned char>(text.front());
        if (next < min || next > max)
            return replacement;
        value = value << 6 | (next & 0x3Fu);
        text.remove_prefix(1);
        min = 0x80;
        max = 0xBF;
    }
    return value;
}

template <class Text>
Text from_utf8(std::string_view text)
{
    Text result;
    result.reserve(text.size());
    while (!text.empty())
        append(result, take_character(text));
    return result;
}

constexpr char fold(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

} // namespace

std::string to_utf8(std::u16string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char32_t value = text[i];
        if (is_high_surrogate(value) && i + 1 < text.size() && is_low_surrogate(text[i + 1]))
            value = 0x10000 + ((value - 0xD800) << 10) + (text[++i] - 0xDC00u);
        append(result, is_scalar(value) ? value : replacement);
    }
    return result;
}

std::string to_utf8(std::u32string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const char32_t value : text)
        append(result, is_scalar(value) ? value : replacement);
    return result;
}

std::u16string to_utf16(std::string_view text)
{
    return from_utf8<std::u16string>(text);
}

std::u32string to_utf32(std::string_view text)
{
    return from_utf8<std::u32string>(text);
}

std::string fold_case(std::string_view text)
{
    std::string folded(text);
    std::ranges::transform(folded, folded.begin(), fold);
    return folded;
}

bool same_but_for_case(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, {}, fold, fold);
}

} // namespace capishim::platform
