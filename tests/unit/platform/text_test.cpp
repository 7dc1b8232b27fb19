// SPDX-License-Identifier: BSD-2-Clause
#include "platform/text.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace capishim::platform;

namespace {

const std::string bad = "\xEF\xBF\xBD"; // U+FFFD

struct Malformed {
    const char* what;
    std::string text;
    std::u32string reading;
};

std::ostream& operator<<(std::ostream& out, const Malformed& row)
{
    return out << row.what;
}

// The Unicode Standard, tables 3-8 to 3-11, and the edges of table 3-7.
const Malformed malformed[] = {
    {"lone continuation",
     "\x80"
     "a",
     U"\xFFFD"
     U"a"},
    {"overlong slash", "\xC0\xAF", U"\xFFFD\xFFFD"},
    {"overlong of three bytes", "\xE0\x80\xAF", U"\xFFFD\xFFFD\xFFFD"},
    {"overlong of four bytes", "\xF0\x80\x80\xAF", U"\xFFFD\xFFFD\xFFFD\xFFFD"},
    {"surrogate", "\xED\xA0\x80", U"\xFFFD\xFFFD\xFFFD"},
    {"beyond U+10FFFF", "\xF4\x90\x80\x80", U"\xFFFD\xFFFD\xFFFD\xFFFD"},
    {"five byte form", "\xF8\x88\x80\x80\x80", U"\xFFFD\xFFFD\xFFFD\xFFFD\xFFFD"},
    {"cut after two of three", "\xE2\x82", U"\xFFFD"},
    {"cut after three of four", "\xF0\x9F\x98", U"\xFFFD"},
    {"truncated, then good",
     "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
     "A",
     U"\xFFFD\xFFFD\xFFFD\xFFFD"
     U"A"},
    {"byte FF", "\xFF", U"\xFFFD"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(converts_both_ways)
{
    const std::string utf8 = "a\u00e9\u20ac\U0001F600\u007f";
    const std::u16string utf16 = u"a\u00e9\u20ac\U0001F600\u007f";
    const std::u32string utf32 = U"a\u00e9\u20ac\U0001F600\u007f";
    BOOST_CHECK(to_utf16(utf8) == utf16);
    BOOST_CHECK(to_utf32(utf8) == utf32);
    BOOST_CHECK(to_utf8(utf16) == utf8);
    BOOST_CHECK(to_utf8(utf32) == utf8);
}

BOOST_AUTO_TEST_CASE(every_scalar_survives_the_round_trip)
{
    std::u32string all;
    for (char32_t value = 0; value <= 0x10FFFF; ++value)
        if (value < 0xD800 || value > 0xDFFF)
            all.push_back(value);
    const std::string utf8 = to_utf8(all);
    BOOST_CHECK(to_utf32(utf8) == all);
    BOOST_CHECK(to_utf8(to_utf16(utf8)) == utf8);
}

BOOST_DATA_TEST_CASE(replaces_each_malformed_part_of_utf8, malformed, row)
{
    BOOST_CHECK(to_utf32(row.text) == row.reading);
    BOOST_CHECK(to_utf16(row.text) == std::u16string(row.reading.begin(), row.reading.end()));
}

BOOST_AUTO_TEST_CASE(replaces_unpaired_surrogates)
{
    const char16_t high = 0xD83D, low = 0xDE00;
    BOOST_CHECK_EQUAL(to_utf8(std::u16string{high}), bad);
    BOOST_CHECK_EQUAL(to_utf8(std::u16string{low}), bad);
    BOOST_CHECK_EQUAL(to_utf8(std::u16string{low, high}), bad + bad);
    BOOST_CHECK_EQUAL(to_utf8(std::u16string{high, u'a'}), bad + "a");
    BOOST_CHECK_EQUAL(to_utf8(std::u16string{high, high, low}), bad + "\U0001F600");
    BOOST_CHECK_EQUAL(to_utf8(std::u32string{0xD83D, 0xDE00}), bad + bad);
}

BOOST_AUTO_TEST_CASE(replaces_numbers_beyond_unicode)
{
    BOOST_CHECK_EQUAL(to_utf8(std::u32string{0x110000, 0xFFFFFFFF}), bad + bad);
}

BOOST_AUTO_TEST_CASE(folds_ascii_letters_only)
{
    BOOST_CHECK_EQUAL(fold_case("ABCxyz@[`{\u00c4"), "abcxyz@[`{\u00c4");
    BOOST_CHECK(same_but_for_case("Microsoft", "mICROSOFT"));
    BOOST_CHECK(!same_but_for_case("Microsoft", "Microsof"));
    BOOST_CHECK(!same_but_for_case("[", "{"));
}

BOOST_AUTO_TEST_SUITE_END()
