// SPDX-License-Identifier: BSD-2-Clause
// Each conversion is read here and, if it is of a number, handed to snprintf one at a time.
#include "kernel/format.h"

#include "kernel/wide.h"

#include <cstdint>
#include <cstdio>
#include <string>

namespace capishim::kernel {
namespace {

enum class Size { plain, narrow, wide, half, tiny, long_long, pointer_size };

struct Conversion {
    std::string flags;
    int width = -1;
    int precision = -1;
    Size size = Size::plain;
    char letter = 0;
};

/// Reads `%` conversions and takes their arguments, one after the other.
template <class Unit>
class Formatter {
  public:
    Formatter(const Unit* format, std::va_list arguments, std::size_t wide_unit_size)
        : format_(format), wide_unit_size_(wide_unit_size)
    {
        va_copy(arguments_, arguments);
    }
    Formatter(const Formatter&) = delete;
    Formatter& operator=(const Formatter&) = delete;
    ~Formatter() { va_end(arguments_); }

    std::basic_string<Unit> run()
    {
        while (*format_) {
            if (*format_ != '%')
                text_ += *format_++;
            else if (*++format_ == '%')
                text_ += *format_++;
            else
                put(read());
        }
        return std::move(text_);
    }

  private:
    bool take(const char* word)
    {
        std::size_t i = 0;
        for (; word[i]; ++i)
            if (format_[i] != static_cast<Unit>(word[i]))
                return false;
        format_ += i;
        return true;
    }

    int number()
    {
        if (take("*"))
            return va_arg(arguments_, int);
        int value = 0;
        for (; *format_ >= '0' && *format_ <= '9'; ++format_)
            if (value < 100'000) // longer fields would only exhaust memory
                value = value * 10 + static_cast<int>(*format_ - '0');
        return value;
    }

    Size size()
    {
        static constexpr struct {
            const char* word;
            Size size;
        } words[] = {
            {"I64", Size::long_long},  {"I32", Size::plain},      {"I", Size::pointer_size},
            {"hh", Size::tiny},        {"h", Size::half},         {"ll", Size::long_long},
            {"l", Size::wide},         {"w", Size::wide},         {"L", Size::long_long},
            {"z", Size::pointer_size}, {"t", Size::pointer_size}, {"j", Size::long_long},
        };
        for (const auto& row : words)
            if (take(row.word))
                return row.size;
        return Size::plain;
    }

    Conversion read()
    {
        Conversion conversion;
        while (*format_ == '-' || *format_ == '+' || *format_ == ' ' || *format_ == '#' ||
               *format_ == '0')
            conversion.flags += static_cast<char>(*format_++);
        if (*format_ == '*' || (*format_ >= '1' && *format_ <= '9'))
            conversion.width = number();
        if (take("."))
            conversion.precision = number();
        conversion.size = size();
        if (*format_)
            conversion.letter = *format_ < 0x80 ? static_cast<char>(*format_) : '?', ++format_;
        return conversion;
    }

    void put(const Conversion& conversion)
    {
        switch (conversion.letter) {
        case 'd':
        case 'i':
        case 'u':
        case 'x':
        case 'X':
        case 'o':
            return put_integer(conversion);
        case 'p':
            return put_pointer(conversion);
        case 'e':
        case 'E':
        case 'f':
        case 'F':
        case 'g':
        case 'G':
        case 'a':
        case 'A':
            return put_number(conversion, "", va_arg(arguments_, double));
        case 'c':
        case 'C':
            return put_character(conversion);
        case 's':
        case 'S':
            return put_string(conversion);
        default: // %n is not obeyed, whatever else is not known is shown
            text_ += static_cast<Unit>('%');
            if (conversion.letter)
                text_ += static_cast<Unit>(conversion.letter);
        }
    }

    template <class Value>
    void put_number(const Conversion& conversion, const char* size, Value value)
    {
        std::string spec = "%" + conversion.flags;
        if (conversion.width >= 0)
            spec += std::to_string(conversion.width);
        if (conversion.precision >= 0)
            spec += "." + std::to_string(conversion.precision);
        spec += size;
        spec += conversion.letter;
        const int length = std::snprintf(nullptr, 0, spec.c_str(), value);
        if (length < 0)
            return;
        std::string digits(static_cast<std::size_t>(length) + 1, 0);
        std::snprintf(digits.data(), digits.size(), spec.c_str(), value);
        digits.pop_back();
        text_.append(digits.begin(), digits.end());
    }

    void put_integer(const Conversion& conversion)
    {
        const bool is_signed = conversion.letter == 'd' || conversion.letter == 'i';
        switch (conversion.size) {
        case Size::long_long:
            return put_number(conversion, "ll", va_arg(arguments_, long long));
        case Size::pointer_size:
            return put_number(conversion, "l", va_arg(arguments_, long));
        case Size::half:
            if (is_signed)
                return put_number(conversion, "h", va_arg(arguments_, int));
            return put_number(conversion, "", va_arg(arguments_, unsigned) & 0xFFFF);
        case Size::tiny:
            return put_number(conversion, "hh", va_arg(arguments_, int));
        default: // plain, and l: a LONG has 32 bits (N-01)
            return put_number(conversion, "", va_arg(arguments_, int));
        }
    }

    /// As Windows prints them: all digits, upper case, no prefix.
    void put_pointer(const Conversion& conversion)
    {
        Conversion hex = conversion;
        hex.letter = 'X';
        hex.precision = 2 * sizeof(void*);
        put_number(hex, "l", reinterpret_cast<std::uintptr_t>(va_arg(arguments_, void*)));
    }

    /// Upper-case letters mean the other width than the format's own.
    bool wants_wide(const Conversion& conversion) const
    {
        if (conversion.size == Size::wide || conversion.size == Size::long_long)
            return true;
        if (conversion.size == Size::half)
            return false;
        const bool same = conversion.letter == 's' || conversion.letter == 'c';
        return same == (sizeof(Unit) > 1);
    }

    void put_character(const Conversion& conversion)
    {
        const int value = va_arg(arguments_, int);
        if (!wants_wide(conversion))
            return put_padded(conversion, widen<Unit>(std::string(1, static_cast<char>(value))));
        const char32_t unit = static_cast<char32_t>(value);
        put_padded(conversion, widen<Unit>(narrow(std::u32string_view(&unit, 1))));
    }

    void put_string(const Conversion& conversion)
    {
        const void* const text = va_arg(arguments_, const void*);
        if (!text)
            put_padded(conversion, widen<Unit>("(null)"));
        else if (!wants_wide(conversion))
            put_text(conversion, static_cast<const char*>(text));
        else if (wide_unit_size_ == sizeof(char16_t))
            put_text(conversion, static_cast<const char16_t*>(text));
        else
            put_text(conversion, static_cast<const char32_t*>(text));
    }

    /// The precision bounds what is read: the text need not have an end then.
    template <class From>
    void put_text(const Conversion& conversion, const From* text)
    {
        std::size_t length = 0;
        while ((conversion.precision < 0 || length < static_cast<unsigned>(conversion.precision)) &&
               text[length])
            ++length;
        put_padded(conversion, widen<Unit>(narrow(std::basic_string_view<From>(text, length))));
    }

    void put_padded(const Conversion& conversion, const std::basic_string<Unit>& text)
    {
        const bool left = conversion.width < -1 || conversion.flags.find('-') != std::string::npos;
        const auto width = static_cast<std::size_t>(
            conversion.width < -1 ? -static_cast<long>(conversion.width)
                                  : (conversion.width < 0 ? 0 : conversion.width));
        const std::size_t missing = width > text.size() ? width - text.size() : 0;
        if (!left)
            text_.append(missing, static_cast<Unit>(' '));
        text_ += text;
        if (left)
            text_.append(missing, static_cast<Unit>(' '));
    }

    const Unit* format_;
    std::size_t wide_unit_size_;
    std::va_list arguments_;
    std::basic_string<Unit> text_;
};

} // namespace

template <class Unit>
int format_text(Unit* to, std::size_t room, const Unit* format, std::va_list arguments,
                std::size_t wide_unit_size)
{
    const auto text = Formatter<Unit>(format, arguments, wide_unit_size).run();
    const std::size_t length = text.copy(to, room);
    if (length < room)
        to[length] = 0;
    return length < text.size() ? -1 : static_cast<int>(length);
}

template int format_text(char*, std::size_t, const char*, std::va_list, std::size_t);
template int format_text(char16_t*, std::size_t, const char16_t*, std::va_list, std::size_t);
template int format_text(char32_t*, std::size_t, const char32_t*, std::va_list, std::size_t);

} // namespace capishim::kernel
