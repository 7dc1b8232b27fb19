// SPDX-License-Identifier: BSD-2-Clause
#include "retarget_checks.h"

using namespace capishim;
using namespace capishim::capi;
using namespace capishim_test;

BOOST_AUTO_TEST_SUITE(pe_image)

BOOST_AUTO_TEST_CASE(reads_the_headers_of_both_widths)
{
    for (const bool wide : {false, true}) {
        BOOST_TEST_CONTEXT((wide ? "PE32+" : "PE32"))
        {
            const Bytes program = usual_program(wide).build();
            const PeImage image(program);
            BOOST_TEST(image.is_64_bit() == wide);
            BOOST_TEST(image.machine() == (wide ? machine_x64 : machine_x86));
            BOOST_TEST(image.image_base() == 0x400000u);
            BOOST_TEST(image.checksum() == 0x12345u);
            BOOST_TEST(image.sections().size() == 1u);
            BOOST_TEST(image.sections()[0].name == ".text");
        }
    }
}

BOOST_AUTO_TEST_CASE(reads_what_is_imported_by_name_and_by_number)
{
    for (const bool wide : {false, true}) {
        const Bytes program = usual_program(wide).build();
        const PeImage image(program);
        const std::vector<ImportedLibrary> libraries = read_imports(image);
        BOOST_REQUIRE_EQUAL(libraries.size(), 2u);
        BOOST_TEST(libraries[0].name == "ADVAPI32.dll");
        BOOST_REQUIRE_EQUAL(libraries[0].functions.size(), 2u);
        BOOST_TEST(libraries[0].functions[1].name == "RegCloseKey");
        BOOST_TEST(libraries[1].functions[1].by_ordinal());
        BOOST_TEST(libraries[1].functions[1].ordinal == 12);
    }
}

BOOST_AUTO_TEST_CASE(finds_what_the_file_holds_of_an_address)
{
    const Bytes program = usual_program().build();
    const PeImage image(program);
    BOOST_TEST(image.extent_at(0)->offset == 0u);
    BOOST_TEST(image.extent_at(headers_size - 1)->size == 1u);
    BOOST_TEST(!image.extent_at(headers_size));
    BOOST_TEST(image.extent_at(section_address)->offset == headers_size);
    const std::uint64_t end = section_address + program.size() - headers_size;
    BOOST_TEST(image.extent_at(end - 1)->size == 1u);
    BOOST_TEST(!image.extent_at(end));
    BOOST_TEST(!image.extent_at(0xFFFFFFFF));
}

BOOST_AUTO_TEST_CASE(names_other_kinds_of_files)
{
    const struct {
        const char* signature;
        const char* reason;
    } rows[] = {{"NE\0", "16-bit"}, {"LE\0", "LE"}, {"LX\0", "OS/2"}, {"??\0", "DOS program"}};
    for (const auto& row : rows) {
        Bytes program = usual_program().build();
        std::copy_n(row.signature, 3, program.begin() + 0x80);
        CHECK_REFUSED(program, ExitStatus::damaged, row.reason);
    }
    CHECK_REFUSED(Bytes(), ExitStatus::damaged, "does not begin with MZ");
    CHECK_REFUSED(Bytes(1000, 'M'), ExitStatus::damaged, "does not begin with MZ");
}

/// Offsets of fields in the builder's PE32 header, with values that no program has.
BOOST_AUTO_TEST_CASE(refuses_headers_that_lie)
{
    const struct {
        const char* field;
        std::uint64_t offset, value;
        std::size_t size;
        ExitStatus status;
    } rows[] = {
        {"PE header's offset", 60, 0xFFFFFFFF, 4, ExitStatus::damaged},
        {"PE header's offset, the last byte", 60, 0xFFFFFFFC, 4, ExitStatus::damaged},
        {"number of sections", 0x86, 97, 2, ExitStatus::damaged},
        {"optional header's size, none", 0x94, 0, 2, ExitStatus::damaged},
        {"optional header's size, short by one", 0x94, 96 + 16 * 8 - 1, 2, ExitStatus::damaged},
        {"optional header's size, past the end", 0x94, 0xFFFF, 2, ExitStatus::damaged},
        {"magic of a ROM image", 0x98, 0x107, 2, ExitStatus::damaged},
        {"section's size in the file", 0x188, 0xFFFFFE00, 4, ExitStatus::damaged},
        {"section's place in the file", 0x18C, 0xFFFFFE00, 4, ExitStatus::damaged},
        {"section's place in the file, odd", 0x18C, headers_size - 3, 4, ExitStatus::packed},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.field)
        {
            Bytes program = usual_program().build();
            put(program, row.offset, row.value, row.size);
            BOOST_TEST((status_of(program) == row.status));
        }
    }
}

BOOST_AUTO_TEST_CASE(takes_more_directories_than_there_are_and_fewer)
{
    constexpr std::uint64_t count_place = 0x98 + 92;
    Bytes program = usual_program().build();
    put(program, count_place, 0xFFFFFFFF, 4);
    BOOST_TEST((status_of(program) == ExitStatus::done));
    put(program, count_place, 2, 4); // imports are the second
    BOOST_TEST((status_of(program) == ExitStatus::done));
    put(program, count_place, 1, 4);
    BOOST_TEST((status_of(program) == ExitStatus::nothing_to_do));
}

BOOST_AUTO_TEST_CASE(refuses_a_file_that_is_cut_short_wherever)
{
    for (const bool wide : {false, true}) {
        PeBuilder builder = usual_program(wide);
        builder.delay_imports = {{"ADVAPI32.dll"}};
        const Bytes program = builder.build();
        for (std::size_t size = 0; size < program.size(); ++size) {
            const Bytes part(program.begin(), program.begin() + static_cast<std::ptrdiff_t>(size));
            BOOST_REQUIRE((status_of(part) == ExitStatus::damaged));
        }
    }
}

/// Whatever the damage: a refusal, or a change after which the imports are as they were.
BOOST_AUTO_TEST_CASE(stands_any_byte_that_is_wrong)
{
    for (const bool wide : {false, true}) {
        PeBuilder builder = usual_program(wide);
        builder.delay_imports = {{"ADVAPI32.dll"}};
        const Bytes program = builder.build();
        for (std::size_t place = 0; place < program.size(); ++place)
            for (const int wrong : {0x00, 0x01, 0x7F, 0x80, 0xFF}) {
                Bytes damaged = program;
                damaged[place] ^= static_cast<std::uint8_t>(wrong);
                BOOST_REQUIRE_NO_THROW(status_of(damaged)); // nothing but a Refusal leaves it
            }
    }
}

BOOST_AUTO_TEST_SUITE_END()
