// SPDX-License-Identifier: BSD-2-Clause
// Which bytes of a program change so that it imports capishim.dll in the place of ADVAPI32.dll, and
// whether they may. The names are equally long, so nothing moves.
#pragma once

#include "imports.h"

#include <string>

namespace capishim::capi {

/// Bytes that replace others.
struct Patch {
    std::uint64_t offset;
    Bytes bytes;
    const char* what; // for the user
};

struct Plan {
    std::vector<Patch> patches; // in the order of their offsets

    // the names that the program imports from advapi32.dll: sorted, each once
    std::vector<std::string_view> answered;   // by capishim itself
    std::vector<std::string_view> unanswered; // capishim's too, but it says "not supported" so far
    std::vector<std::string_view> handed_on;  // to the system

    std::vector<std::string> notes; // what else the user should know
};

/// @throws Refusal  the program should stay as it is
Plan plan_retarget(const PeImage& image);

/// The program with the plan's patches, read again to see that they changed what they should.
/// @throws Refusal  ExitStatus::damaged: its tables overlap
Bytes retargeted(const PeImage& image, const Plan& plan);

/// Names from a stranger's file, for a terminal: what can't be printed is shown as '?'.
std::string printable(std::string_view text);

} // namespace capishim::capi
