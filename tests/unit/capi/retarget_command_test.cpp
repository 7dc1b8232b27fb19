// SPDX-License-Identifier: BSD-2-Clause
// The command with files: what it leaves in a folder, what it says, its exit status.
#include "retarget_checks.h"
#include "support/temporary_folder.h"
#include "tools/capi/command.h"

#include <filesystem>
#include <iostream>
#include <set>
#include <sstream>

using namespace capishim;
using namespace capishim::capi;
using namespace capishim_test;

namespace {

namespace fs = std::filesystem;

/// Catches what goes to a stream.
class Captured {
  public:
    explicit Captured(std::ostream& stream) : stream_(stream), before_(stream.rdbuf(text_.rdbuf()))
    {
    }
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;
    ~Captured() { stream_.rdbuf(before_); }

    std::string text() const { return text_.str(); }

  private:
    std::ostringstream text_;
    std::ostream& stream_;
    std::streambuf* before_;
};

/// A program in a folder of its own.
struct Place {
    TemporaryFolder folder;
    fs::path program = folder / "program.exe", backup = folder / "program.exe.bak";
    Bytes before = usual_program().build();
    Bytes after = retarget(before);
    std::string said; // by the last run, on both streams

    Place() { write(program, before); }

    static void write(const fs::path& file, const Bytes& bytes)
    {
        write_whole(file, std::string(bytes.begin(), bytes.end()));
    }

    static Bytes read(const fs::path& file)
    {
        const std::string contents = read_whole(file);
        return Bytes(contents.begin(), contents.end());
    }

    ExitStatus capi(std::vector<const char*> arguments)
    {
        arguments.insert(arguments.begin(), "capi");
        const Captured out(std::cout), error(std::cerr);
        const int status = run(static_cast<int>(arguments.size()), arguments.data());
        said = out.text() + error.text();
        return static_cast<ExitStatus>(status);
    }

    ExitStatus retarget_program(std::vector<const char*> options = {})
    {
        const std::string name = program.string();
        options.insert(options.begin(), {"retarget", name.c_str()});
        return capi(options);
    }

    std::set<std::string> files() const
    {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder.path()))
            names.insert(entry.path().filename().string());
        return names;
    }

    bool says(const char* text) const { return said.find(text) != std::string::npos; }
};

using Names = std::set<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(retarget_command, Place)

BOOST_AUTO_TEST_CASE(changes_the_program_and_keeps_it_as_it_was)
{
    BOOST_TEST((retarget_program() == ExitStatus::done));
    BOOST_TEST((read(program) == after));
    BOOST_TEST((read(backup) == before));
    BOOST_TEST((files() == Names{"program.exe", "program.exe.bak"}));
    for (const char* text :
         {"answered by capishim (1)", "CryptGenRandom", "handed on", "RegCloseKey",
          "checksum, 4 bytes", "import's name, 12 bytes", "for x86"})
        BOOST_TEST(says(text), text << " is not in: " << said);
}

BOOST_AUTO_TEST_CASE(undoes_it_byte_by_byte)
{
    retarget_program();
    BOOST_TEST((retarget_program({"--undo"}) == ExitStatus::done));
    BOOST_TEST((read(program) == before));
    BOOST_TEST((files() == Names{"program.exe"}));
    BOOST_TEST((retarget_program({"--undo"}) == ExitStatus::nothing_to_do));
    BOOST_TEST(says("there is no backup"));
    BOOST_TEST((retarget_program() == ExitStatus::done)); // and again
}

BOOST_AUTO_TEST_CASE(changes_nothing_when_it_is_to_tell_only)
{
    BOOST_TEST((retarget_program({"--dry-run"}) == ExitStatus::done));
    BOOST_TEST(says("import's name"));
    BOOST_TEST((read(program) == before));
    BOOST_TEST((files() == Names{"program.exe"}));
    retarget_program();
    BOOST_TEST((retarget_program({"--undo", "--dry-run"}) == ExitStatus::done));
    BOOST_TEST((read(program) == after));
    BOOST_TEST((files() == Names{"program.exe", "program.exe.bak"}));
}

BOOST_AUTO_TEST_CASE(never_writes_over_a_backup)
{
    const Bytes other = {1, 2, 3};
    write(backup, other);
    BOOST_TEST((retarget_program() == ExitStatus::file_trouble));
    BOOST_TEST(says("a backup is there already"));
    BOOST_TEST((read(program) == before));
    BOOST_TEST((read(backup) == other));
    BOOST_TEST((files() == Names{"program.exe", "program.exe.bak"}));
}

BOOST_AUTO_TEST_CASE(leaves_a_file_alone_that_has_its_drafts_name)
{
    write(folder / "program.exe.capi-new", {7});
    BOOST_TEST((retarget_program() == ExitStatus::file_trouble));
    BOOST_TEST(says("in the way"));
    BOOST_TEST((read(folder / "program.exe.capi-new") == Bytes{7}));
    BOOST_TEST((files() == Names{"program.exe", "program.exe.capi-new"}));
}

BOOST_AUTO_TEST_CASE(undoes_only_what_it_did)
{
    retarget_program();
    Bytes updated = after;
    updated.back() ^= 1;
    write(program, updated);
    BOOST_TEST((retarget_program({"--undo"}) == ExitStatus::unsuited));
    BOOST_TEST((read(program) == updated));
    BOOST_TEST((read(backup) == before));
}

BOOST_AUTO_TEST_CASE(keeps_the_mode_be_it_for_reading_only)
{
    for (const fs::perms mode : {fs::perms{0750}, fs::perms{0444}}) {
        fs::permissions(program, mode);
        BOOST_TEST((retarget_program() == ExitStatus::done));
        BOOST_TEST((fs::status(program).permissions() == mode));
        BOOST_TEST((fs::status(backup).permissions() == mode));
        BOOST_TEST((retarget_program({"--undo"}) == ExitStatus::done));
        BOOST_TEST((fs::status(program).permissions() == mode));
    }
}

BOOST_AUTO_TEST_CASE(follows_a_link_to_the_program)
{
    const fs::path link = folder / "link.exe";
    fs::create_symlink("program.exe", link);
    BOOST_TEST((capi({"retarget", link.c_str()}) == ExitStatus::done));
    BOOST_TEST(fs::is_symlink(link));
    BOOST_TEST((read(program) == after));
    BOOST_TEST((read(backup) == before));
}

BOOST_AUTO_TEST_CASE(leaves_nothing_behind_when_it_refuses)
{
    PeBuilder builder = usual_program();
    builder.directories[Directory::certificates] = {0x5000, 0x1000};
    write(program, builder.build());
    BOOST_TEST((retarget_program() == ExitStatus::signed_program));
    BOOST_TEST(says("program.exe: it is signed"));
    BOOST_TEST((files() == Names{"program.exe"}));
    BOOST_TEST((read(program) == builder.build()));
}

BOOST_AUTO_TEST_CASE(answers_the_command_line)
{
    BOOST_TEST((capi({}) == ExitStatus::bad_command_line));
    BOOST_TEST((capi({"nonsense"}) == ExitStatus::bad_command_line));
    BOOST_TEST((capi({"retarget"}) == ExitStatus::bad_command_line));
    BOOST_TEST((capi({"retarget", "--nonsense", "x"}) == ExitStatus::bad_command_line));
    BOOST_TEST((capi({"--help"}) == ExitStatus::done));
    BOOST_TEST(says("retarget"));
    BOOST_TEST((capi({"--version"}) == ExitStatus::done));
    BOOST_TEST(says("capi 0."));
    BOOST_TEST((capi({"retarget", "/no/such/file"}) == ExitStatus::file_trouble));
    BOOST_TEST(says("no such file"));
    BOOST_TEST((capi({"retarget", "/"}) == ExitStatus::file_trouble));
}

BOOST_AUTO_TEST_SUITE_END()
