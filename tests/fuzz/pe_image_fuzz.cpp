// SPDX-License-Identifier: BSD-2-Clause
// The reader of Windows programs, and what capi retarget makes of them, with any file. A program
// that is changed imports the same functions afterwards, is changed in the planned bytes alone, and
// has nothing left to change.
#include "tools/capi/refusal.h"
#include "tools/capi/retarget.h"

#include <cstdlib>

namespace {

using namespace capishim;
using namespace capishim::capi;

void must(bool condition)
{
    if (!condition)
        std::abort();
}

Bytes without(const Plan& plan, Bytes program)
{
    for (const Patch& patch : plan.patches)
        for (std::size_t i = 0; i < patch.bytes.size(); ++i)
            program.at(static_cast<std::size_t>(patch.offset) + i) = 0;
    return program;
}

bool nothing_is_left(const Bytes& program)
{
    try {
        plan_retarget(PeImage(program));
    } catch (const Refusal& refusal) {
        return refusal.status() == ExitStatus::nothing_to_do;
    }
    return false;
}

void retarget(const Bytes& program)
{
    const PeImage image(program);
    const Plan plan = plan_retarget(image);
    const Bytes changed = retargeted(image, plan);
    must(without(plan, program) == without(plan, changed));
    must(nothing_is_left(changed));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        retarget(Bytes(data, data + size));
    } catch (const Refusal& refusal) {
        must(refusal.status() != ExitStatus::done && *refusal.what() != '\0');
    }
    return 0;
}
