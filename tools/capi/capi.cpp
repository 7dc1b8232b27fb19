// SPDX-License-Identifier: BSD-2-Clause
// The table of capi's commands, and the one place where a command's refusal becomes an exit status.
#include "command.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace capishim::capi {
namespace {

constexpr DefineCommand commands[] = {define_retarget};

ExitStatus perform(const Action& action)
{
    try {
        return action();
    } catch (const Refusal& refusal) {
        std::cerr << "capi: " << refusal.what() << '\n';
        return refusal.status();
    } catch (const std::exception& error) { // the file system's, or no memory
        std::cerr << "capi: " << error.what() << '\n';
        return ExitStatus::file_trouble;
    }
}

} // namespace

int run(int count, const char* const* arguments)
{
    CLI::App capi("Tools for programs that capishim keeps alive.", "capi");
    capi.set_version_flag("--version", "capi " CAPISHIM_VERSION);
    capi.require_subcommand(1);
    capi.allow_windows_style_options(false); // "/tools/old.exe" is a file on Windows too
    Action chosen;
    for (const DefineCommand define : commands)
        define(capi, chosen);
    try {
        capi.parse(count, arguments);
    } catch (const CLI::ParseError& error) { // --help, too
        return static_cast<int>(capi.exit(error) == 0 ? ExitStatus::done
                                                      : ExitStatus::bad_command_line);
    }
    return static_cast<int>(perform(chosen));
}

} // namespace capishim::capi
