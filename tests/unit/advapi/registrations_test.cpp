// SPDX-License-Identifier: BSD-2-Clause
// capishim.conf: what a line means, and what a damaged one does.
#include "advapi/registrations.h"

#include <boost/test/unit_test.hpp>

using namespace capishim::advapi;

namespace {

RegistrationFile parse(std::string_view text)
{
    return parse_registrations(text, "/folder");
}

/// The section is left out, its neighbours are there, and one complaint names the line.
void check_damage(const std::string& section, const std::string& complaint)
{
    const std::string sound = "Type = 1\nImage Path = /x.so\n";
    const RegistrationFile file =
        parse("[First]\n" + sound + section + "\n[Last]\n" + sound); // section: from line 4
    BOOST_TEST_CONTEXT(section)
    {
        BOOST_REQUIRE_EQUAL(file.providers.size(), 2u);
        BOOST_CHECK_EQUAL(file.providers[0].name, "First");
        BOOST_CHECK_EQUAL(file.providers[1].name, "Last");
        BOOST_REQUIRE_EQUAL(file.complaints.size(), 1u);
        BOOST_CHECK_EQUAL(file.complaints[0], complaint + "; this provider is left out");
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(parse_registrations_reads)

BOOST_AUTO_TEST_CASE(sections_fields_comments_and_blank_lines)
{
    const RegistrationFile file = parse("\xEF\xBB\xBF# a comment\r\n"
                                        "\r\n"
                                        "[ Some Vendor's Provider v1.0 ]\r\n"
                                        "Image Path=/opt/vendor/csp.so\r\n"
                                        "; another comment\r\n"
                                        "\tTYPE  =  999 \r\n"
                                        "Signature = 00 01 02\r\n"
                                        "SigInFile = 0\r\n"
                                        "[=]\n"
                                        "type=1\n"
                                        "image=lib/csp = 1.so");
    BOOST_CHECK(file.complaints.empty());
    BOOST_REQUIRE_EQUAL(file.providers.size(), 2u);
    BOOST_CHECK_EQUAL(file.providers[0].name, "Some Vendor's Provider v1.0");
    BOOST_CHECK_EQUAL(file.providers[0].type, 999u);
    BOOST_CHECK_EQUAL(file.providers[0].image, "/opt/vendor/csp.so");
    BOOST_CHECK_EQUAL(file.providers[1].name, "=");
    BOOST_CHECK_EQUAL(file.providers[1].image, "/folder/lib/csp = 1.so");
}

BOOST_AUTO_TEST_CASE(an_empty_file_as_no_provider)
{
    for (const char* text : {"", "\n", "# nothing", "\xEF\xBB\xBF"}) {
        const RegistrationFile file = parse(text);
        BOOST_CHECK(file.providers.empty() && file.complaints.empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(parse_registrations_leaves_out)

BOOST_AUTO_TEST_CASE(sections_with_a_line_that_is_not_understood)
{
    for (const char* line :
         {"Type = 0", "Type = 1000", "Type = 1x", "Type = -1", "Type =", "Type = 99999999999",
          "Image Path =", "Imagepath = /x.so", "Type", "= 1", "Type = 1\nType = 1", "a\x01 = b"}) {
        const std::string text = line;
        const std::string number = text.find('\n') == std::string::npos ? "5" : "6";
        check_damage("[Damaged]\n" + text + "\nno more of this is read",
                     "line " + number + " is not understood");
    }
    check_damage("[Damaged]\nImage Path = /x.so\nImage = /y.so", "line 6 is not understood");
}

BOOST_AUTO_TEST_CASE(sections_that_lack_a_field)
{
    for (const char* section : {"[Half]\nType = 1", "[Half]\nImage Path = /x.so", "[Half]"})
        check_damage(section, "line 4 begins a section that lacks Type or Image Path");
}

BOOST_AUTO_TEST_CASE(sections_whose_name_is_none_or_came_before)
{
    check_damage("[]\nType = 1\nImage = /x.so", "line 4 names no provider");
    check_damage("[ ]\nType = 1\nImage = /x.so", "line 4 names no provider");
    check_damage("[Open\nType = 1\nImage = /x.so", "line 4 is no section's name");
    check_damage("[\x02]\nType = 1\nImage = /x.so", "line 4 is no section's name");
    check_damage("[FIRST]\nType = 2\nImage = /y.so",
                 "line 4 names a provider that is registered above");
}

BOOST_AUTO_TEST_CASE(lines_before_the_first_section)
{
    const RegistrationFile file = parse("Type = 1\n[A]\nType = 1\nImage = /x.so\n");
    BOOST_CHECK_EQUAL(file.providers.size(), 1u);
    BOOST_REQUIRE_EQUAL(file.complaints.size(), 1u);
    BOOST_CHECK_EQUAL(file.complaints[0], "line 1 stands in no section");
}

BOOST_AUTO_TEST_CASE(everything_in_a_file_of_rubbish)
{
    std::string rubbish;
    for (unsigned i = 0; i < 20000; ++i)
        rubbish += static_cast<char>(i * 2654435761u >> 24);
    BOOST_CHECK(parse(rubbish).providers.empty());
    BOOST_CHECK(parse(std::string(1000, '\0')).providers.empty());
}

BOOST_AUTO_TEST_SUITE_END()
