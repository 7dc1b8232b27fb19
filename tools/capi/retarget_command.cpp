// SPDX-License-Identifier: BSD-2-Clause
// capi retarget: what it says, and what it does to files.
#include "command.h"
#include "program_file.h"
#include "retarget.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

namespace capishim::capi {
namespace {

struct Options {
    std::string program;
    bool undo = false, dry_run = false;
};

/// The texts of CLI11 are UTF-8 here, whatever the system's code page is.
std::filesystem::path path_of(const std::string& text)
{
    return std::u8string(text.begin(), text.end());
}

void tell_names(const char* heading, const std::vector<std::string_view>& names)
{
    if (names.empty())
        return;
    std::cout << "  " << heading << " (" << names.size() << "):\n";
    for (const std::string_view name : names)
        std::cout << "    " << printable(name) << '\n';
}

void tell(const PeImage& image, const Plan& plan)
{
    std::cout << "imports from advapi32.dll:\n";
    tell_names("answered by capishim", plan.answered);
    tell_names("capishim's, but answered \"not supported\" so far", plan.unanswered);
    tell_names("handed on to the system's advapi32.dll", plan.handed_on);
    std::cout << "changes, by offset in the file:\n";
    for (const Patch& patch : plan.patches)
        std::cout << "  " << patch.offset << ": " << patch.what << ", " << patch.bytes.size()
                  << " bytes\n";
    for (const std::string& note : plan.notes)
        std::cout << "note: " << note << '\n';
    std::cout << "needs capishim.dll for " << (image.is_64_bit() ? "x64" : "x86")
              << " in its folder\n";
}

ExitStatus retarget(const ProgramFile& file, bool dry_run)
{
    const Bytes before = file.read();
    const PeImage image(before);
    const Plan plan = plan_retarget(image);
    const Bytes after = retargeted(image, plan);
    tell(image, plan);
    if (dry_run) {
        std::cout << "nothing was changed (--dry-run)\n";
        return ExitStatus::done;
    }
    file.replace(before, after);
    std::cout << "changed; the program as it was is " << file.backup().string() << '\n';
    return ExitStatus::done;
}

/// Only what this command made is undone: the program must be what the backup becomes.
ExitStatus undo(const ProgramFile& file, bool dry_run)
{
    if (!file.has_backup())
        throw Refusal(ExitStatus::nothing_to_do, "there is no backup, " + file.backup().string());
    const Bytes original = file.read_backup();
    const PeImage image(original);
    if (retargeted(image, plan_retarget(image)) != file.read())
        throw Refusal(ExitStatus::unsuited,
                      "the program is not what was made of its backup, so it is "
                      "left alone");
    if (dry_run) {
        std::cout << "the backup would take the program's place (--dry-run)\n";
        return ExitStatus::done;
    }
    file.restore();
    std::cout << "the program is again as it was\n";
    return ExitStatus::done;
}

ExitStatus perform(const Options& options)
{
    const ProgramFile file(path_of(options.program));
    try {
        return options.undo ? undo(file, options.dry_run) : retarget(file, options.dry_run);
    } catch (const Refusal& refusal) {
        throw Refusal(refusal.status(), options.program + ": " + refusal.what());
    }
}

} // namespace

void define_retarget(CLI::App& capi, Action& chosen)
{
    const auto options = std::make_shared<Options>();
    CLI::App* const command = capi.add_subcommand(
        "retarget", "Lets a program import capishim.dll in the place of ADVAPI32.dll.");
    command->add_option("PROGRAM", options->program, "the program (.exe or .dll), changed in place")
        ->required();
    command->add_flag("--undo", options->undo, "bring back the program as it was");
    command->add_flag("--dry-run", options->dry_run, "say what would change, and change nothing");
    command->callback([options, &chosen] { chosen = [options] { return perform(*options); }; });
}

} // namespace capishim::capi
