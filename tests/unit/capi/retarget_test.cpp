// SPDX-License-Identifier: BSD-2-Clause
#include "retarget_checks.h"

using namespace capishim;
using namespace capishim::capi;
using namespace capishim_test;

namespace {

std::size_t different_bytes(const Bytes& a, const Bytes& b)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        count += a[i] != b[i];
    return count;
}

bool has_note(const Bytes& program, const std::string& text)
{
    for (const std::string& note : plan_retarget(PeImage(program)).notes)
        if (note.find(text) != std::string::npos)
            return true;
    return false;
}

} // namespace

BOOST_AUTO_TEST_SUITE(retargeting)

BOOST_AUTO_TEST_CASE(changes_the_name_and_the_checksum_and_nothing_else)
{
    for (const bool wide : {false, true}) {
        const Bytes before = usual_program(wide).build();
        const Bytes after = retarget(before);
        CHECK_LIBRARIES(after, "capishim.dll", "KERNEL32.dll");
        BOOST_TEST(PeImage(after).checksum() == 0u);
        BOOST_TEST(after.size() == before.size());
        // eight letters, of which none stays at its place, and three bytes of checksum that weren't
        // 0
        BOOST_TEST(different_bytes(before, after) == 8u + 3u);
    }
}

BOOST_AUTO_TEST_CASE(knows_the_name_in_any_case_and_without_its_ending)
{
    const struct {
        const char* before;
        const char* after;
    } rows[] = {{"ADVAPI32.dll", "capishim.dll"},
                {"ADVAPI32.DLL", "capishim.dll"},
                {"advapi32.dll", "capishim.dll"},
                {"AdvApi32.Dll", "capishim.dll"},
                {"ADVAPI32", "capishim"}};
    for (const auto& row : rows) {
        PeBuilder builder;
        builder.imports = {{row.before}};
        CHECK_LIBRARIES(retarget(builder.build()), row.after);
    }
}

BOOST_AUTO_TEST_CASE(leaves_names_alone_that_are_only_like_it)
{
    for (const char* name :
         {"ADVAPI32.dllx", "ADVAPI32.dl", "ADVAPI32.", "advapi.dll", "crypt32.dll"}) {
        PeBuilder builder;
        builder.imports = {{name}};
        CHECK_REFUSED(builder.build(), ExitStatus::nothing_to_do,
                      "imports nothing from advapi32.dll");
    }
}

BOOST_AUTO_TEST_CASE(changes_delayed_imports_too)
{
    for (const bool wide : {false, true}) {
        PeBuilder builder(wide);
        builder.imports = {{"KERNEL32.dll"}};
        builder.delay_imports = {{"USER32.dll"}, {"Advapi32.dll"}};
        const Bytes after = retarget(builder.build());
        CHECK_LIBRARIES(after, "KERNEL32.dll", "USER32.dll", "capishim.dll");
    }
}

BOOST_AUTO_TEST_CASE(reads_delayed_imports_that_hold_addresses_as_in_memory)
{
    PeBuilder builder;
    builder.delay_imports_by_address = true;
    builder.delay_imports = {{"ADVAPI32.dll", {"CryptGenKey"}}};
    CHECK_LIBRARIES(retarget(builder.build()), "capishim.dll");
    builder.image_base = 0xFFFF0000; // before which every address lies then
    PeBuilder before_base;
    before_base.delay_imports_by_address = true;
    before_base.delay_imports = {{"ADVAPI32.dll"}};
    Bytes program = before_base.build();
    put(program, 0x98 + 28, builder.image_base, 4);
    CHECK_REFUSED(program, ExitStatus::damaged, "before its base");
}

BOOST_AUTO_TEST_CASE(reads_the_tables_of_linkers_that_write_only_one)
{
    PeBuilder builder = usual_program();
    builder.lookup_tables = false;
    CHECK_LIBRARIES(retarget(builder.build()), "capishim.dll", "KERNEL32.dll");
}

BOOST_AUTO_TEST_CASE(changes_each_of_several_descriptors)
{
    PeBuilder builder;
    builder.imports = {{"ADVAPI32.dll"}, {"advapi32.dll"}};
    builder.delay_imports = {{"ADVAPI32.DLL"}};
    CHECK_LIBRARIES(retarget(builder.build()), "capishim.dll", "capishim.dll", "capishim.dll");
}

BOOST_AUTO_TEST_CASE(changes_a_name_once_that_several_descriptors_share)
{
    PeBuilder builder;
    const std::uint32_t name = builder.place("ADVAPI32.dll");
    builder.imports = {{"", {"CryptGenKey"}, 0, name}, {"", {"CryptGetHashParam"}, 0, name}};
    const Bytes program = builder.build();
    const Plan plan = plan_retarget(PeImage(program));
    BOOST_TEST(plan.patches.size() == 2u); // the name, the checksum
    CHECK_LIBRARIES(retarget(program), "capishim.dll", "capishim.dll");
}

BOOST_AUTO_TEST_CASE(refuses_a_name_that_is_the_end_of_a_longer_text)
{
    for (const std::string start : {"api", "C:\\WINDOWS\\system32\\", "\\", "/"}) {
        PeBuilder builder;
        const std::uint32_t text = builder.place(start + "ADVAPI32.dll");
        builder.imports = {
            {"", {"CryptGenKey"}, 0, text + static_cast<std::uint32_t>(start.size())}};
        CHECK_REFUSED(builder.build(), ExitStatus::unsuited, "end of a longer text");
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_name_that_is_something_else_too)
{
    PeBuilder builder;
    const std::uint32_t entry = builder.place(std::string("\0\0ADVAPI32.dll", 14));
    builder.imports = {{"", {"CryptGenKey"}, 0, entry + 2}, {"OTHER.dll", {"A"}}};
    Bytes program = builder.build();
    const PeImage image(program);
    // OTHER.dll's function gets the name's bytes for its own name.
    const std::uint64_t descriptor =
        image.extent_at(image.directory(Directory::imports).address)->offset;
    LittleEndianReader second(ByteView(program).subspan(static_cast<std::size_t>(descriptor) + 20));
    put(program, image.extent_at(second.u32())->offset, entry, 4);
    CHECK_REFUSED(program, ExitStatus::damaged, "overlap");
}

BOOST_AUTO_TEST_CASE(frees_a_bound_program_from_the_builds_that_it_was_bound_to)
{
    PeBuilder builder;
    builder.imports = {{"ADVAPI32.dll", {"CryptGenKey"}, 0x36000000},
                       {"KERNEL32.dll", {"Beep"}, ~0u}};
    builder.delay_imports = {{"ADVAPI32.dll", {"CryptGenKey"}, 7}, {"USER32.dll", {"A"}, 8}};
    builder.directories[Directory::bound_imports] = {0x300, 0x40};
    const Bytes after = retarget(builder.build());
    const PeImage image(after);
    BOOST_TEST(image.directory(Directory::bound_imports).empty());
    const std::vector<ImportedLibrary> libraries = read_imports(image);
    BOOST_REQUIRE_EQUAL(libraries.size(), 4u);
    for (std::size_t i = 0; i < 3; ++i)
        BOOST_TEST(libraries[i].binding.size == 0u);
    BOOST_TEST(libraries[3].binding.size == 4u); // has nothing to do with the directory
}

BOOST_AUTO_TEST_CASE(leaves_a_checksum_of_zero_alone)
{
    PeBuilder builder = usual_program();
    builder.checksum = 0;
    const Bytes program = builder.build();
    BOOST_TEST(plan_retarget(PeImage(program)).patches.size() == 1u);
}

BOOST_AUTO_TEST_CASE(refuses_signed_programs)
{
    for (const bool wide : {false, true}) {
        PeBuilder builder = usual_program(wide);
        builder.directories[Directory::certificates] = {0x5000, 0x1000};
        CHECK_REFUSED(builder.build(), ExitStatus::signed_program, "it is signed");
    }
    PeBuilder builder = usual_program();
    builder.dll_characteristics = 0x80;
    CHECK_REFUSED(builder.build(), ExitStatus::signed_program, "integrity check");
}

BOOST_AUTO_TEST_CASE(refuses_packed_programs_by_the_names_of_their_sections)
{
    for (const char* name : {"UPX0", "UPX1", ".aspack", "PEC2", ".petite", ".MPRESS1", ".vmp0",
                             ".themida", "FSG!", ".nsp1", "nsp0"}) {
        PeBuilder builder = usual_program();
        builder.section_name = name;
        CHECK_REFUSED(builder.build(), ExitStatus::packed, "packed by");
    }
}

BOOST_AUTO_TEST_CASE(refuses_programs_that_make_their_code_when_they_run)
{
    const struct {
        const char* section;
        ExitStatus status;
    } rows[] = {{".first", ExitStatus::packed}, {".textbss", ExitStatus::done}};
    for (const auto& row : rows) {
        PeBuilder builder = usual_program();
        Bytes program = builder.build();
        constexpr std::uint64_t second_section = 0x178 + 40;
        put(program, 0x86, 2, 2);
        std::copy_n(row.section, std::string(row.section).size(), program.begin() + second_section);
        put(program, second_section + 8, 0x10000, 4);  // size in memory; none in the file
        put(program, second_section + 12, 0x20000, 4); // address
        put(program, second_section + 36, all_flags, 4);
        BOOST_TEST((status_of(program) == row.status));
    }
}

BOOST_AUTO_TEST_CASE(refuses_programs_that_find_everything_when_they_run)
{
    PeBuilder builder;
    builder.imports = {{"KERNEL32.dll", {"LoadLibraryA", "GetProcAddress", "ExitProcess"}}};
    CHECK_REFUSED(builder.build(), ExitStatus::packed, "GetProcAddress");
}

BOOST_AUTO_TEST_CASE(refuses_tables_of_imports_that_are_not_in_the_file)
{
    PeBuilder builder = usual_program();
    builder.directories[Directory::imports] = {0x10000000, 40};
    CHECK_REFUSED(builder.build(), ExitStatus::packed, "not in the file");
}

BOOST_AUTO_TEST_CASE(refuses_dotnet_programs)
{
    PeBuilder builder = usual_program();
    builder.directories[Directory::clr_header] = {section_address, 72};
    CHECK_REFUSED(builder.build(), ExitStatus::unsuited, ".NET");
}

BOOST_AUTO_TEST_CASE(refuses_imports_by_number_of_advapi32_alone)
{
    PeBuilder builder = usual_program();
    builder.imports[0].functions = {"CryptGenKey", "#300"};
    CHECK_REFUSED(builder.build(), ExitStatus::unsuited, "number 300");
}

BOOST_AUTO_TEST_CASE(refuses_names_that_capishim_does_not_have)
{
    for (const char* name : {"CryptNoSuchThing", "A", "zzz", "RegCloseKey2"}) {
        PeBuilder builder = usual_program();
        builder.imports[0].functions = {"CryptGenKey", name};
        CHECK_REFUSED(builder.build(), ExitStatus::unsuited, std::string("it imports ") + name);
    }
}

BOOST_AUTO_TEST_CASE(refuses_other_processors)
{
    for (const std::uint16_t machine : {0xAA64, 0x200, 0x1C4}) {
        PeBuilder builder = usual_program(true);
        builder.machine = machine;
        CHECK_REFUSED(builder.build(), ExitStatus::unsuited, "another processor");
    }
}

BOOST_AUTO_TEST_CASE(refuses_programs_that_look_in_the_systems_folder_only)
{
    const struct {
        std::uint16_t flags;
        std::uint32_t size; // as the structure itself says
        ExitStatus status;
    } rows[] = {{0x800, 0x100, ExitStatus::unsuited},
                {0xA00, 0x100, ExitStatus::done},  // and in the program's
                {0x1000, 0x100, ExitStatus::done}, // and in the usual ones
                {0, 0x100, ExitStatus::done},
                {0x800, 0x30, ExitStatus::done}}; // too old to have the field
    for (const auto& row : rows)
        for (const bool wide : {false, true}) {
            PeBuilder builder = usual_program(wide);
            Bytes configuration(0x100);
            put(configuration, 0, row.size, 4);
            put(configuration, wide ? 78 : 54, row.flags, 2);
            builder.directories[Directory::load_config] = {builder.place(configuration), 0x100};
            BOOST_TEST((status_of(builder.build()) == row.status));
        }
}

BOOST_AUTO_TEST_CASE(says_that_nothing_is_to_be_done)
{
    PeBuilder builder;
    builder.imports = {{"KERNEL32.dll", {"ExitProcess"}}};
    CHECK_REFUSED(builder.build(), ExitStatus::nothing_to_do, "imports nothing from advapi32.dll");
    builder.place("advapi32.dll");
    CHECK_REFUSED(builder.build(), ExitStatus::nothing_to_do, "though it names it");
    CHECK_REFUSED(PeBuilder().build(), ExitStatus::nothing_to_do,
                  "imports nothing from advapi32.dll");
    CHECK_REFUSED(retarget(usual_program().build()), ExitStatus::nothing_to_do, "already");
}

BOOST_AUTO_TEST_CASE(sorts_the_names_by_who_will_answer)
{
    PeBuilder builder;
    builder.imports = {{"ADVAPI32.dll",
                        {"RegOpenKeyExA", "CryptGenRandom", "CryptAcquireContextA", "RegCloseKey"}},
                       {"ADVAPI32.dll", {"CryptGenRandom", "SystemFunction036", "RegOpenKeyW"}}};
    const Bytes program = builder.build();
    const Plan plan = plan_retarget(PeImage(program));
    const std::vector<std::string_view> ours = {"CryptAcquireContextA", "CryptGenRandom",
                                                "SystemFunction036"};
    const std::vector<std::string_view> theirs = {"RegCloseKey", "RegOpenKeyExA", "RegOpenKeyW"};
    BOOST_TEST(plan.answered == ours, boost::test_tools::per_element());
    BOOST_TEST(plan.handed_on == theirs, boost::test_tools::per_element());
    BOOST_TEST(plan.unanswered.empty());
}

BOOST_AUTO_TEST_CASE(notes_what_stays_as_it_is)
{
    PeBuilder builder = usual_program();
    BOOST_TEST(plan_retarget(PeImage(builder.build())).notes.empty());
    PeBuilder by_name = usual_program();
    by_name.place("x AdvAPI32 y");
    BOOST_TEST(has_note(by_name.build(), "in 1 more place"));
    PeBuilder by_wide_name = usual_program();
    by_wide_name.place(std::string("a\0D\0v\0a\0p\0i\0003\0002\0", 16));
    BOOST_TEST(has_note(by_wide_name.build(), "in 1 more place"));
    PeBuilder with_cng = usual_program();
    with_cng.imports.push_back({"bcrypt.dll", {"BCryptGenRandom"}});
    BOOST_TEST(has_note(with_cng.build(), "imports bcrypt.dll too"));
}

BOOST_AUTO_TEST_CASE(shows_no_control_characters_of_a_strangers_names)
{
    BOOST_TEST(printable("a\x1B[31mb\x80\n") == "a?[31mb??");
}

BOOST_AUTO_TEST_SUITE_END()
