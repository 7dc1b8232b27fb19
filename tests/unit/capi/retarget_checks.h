// SPDX-License-Identifier: BSD-2-Clause
// What retargeting made of a program, and how a refusal is expected.
#pragma once

#include "pe_builder.h"
#include "tools/capi/refusal.h"
#include "tools/capi/retarget.h"

#include <boost/test/unit_test.hpp>

namespace capishim_test {

using capi::ExitStatus;

inline std::ostream& operator<<(std::ostream& out, ExitStatus status)
{
    return out << "status " << static_cast<int>(status);
}

inline Bytes retarget(const Bytes& program)
{
    const capi::PeImage image(program);
    return capi::retargeted(image, capi::plan_retarget(image));
}

/// How it ends: ExitStatus::done, or a refusal's status, whose text is left in `why`.
inline ExitStatus status_of(const Bytes& program, std::string* why = nullptr)
{
    try {
        retarget(program);
        return ExitStatus::done;
    } catch (const capi::Refusal& refusal) {
        if (why)
            *why = refusal.what();
        return refusal.status();
    }
}

inline std::vector<std::string> library_names(const Bytes& program)
{
    std::vector<std::string> names;
    for (const capi::ImportedLibrary& library : capi::read_imports(capi::PeImage(program)))
        names.emplace_back(library.name);
    return names;
}

#define CHECK_LIBRARIES(program, ...)                                                              \
    do {                                                                                           \
        const std::vector<std::string> expected_names = {__VA_ARGS__};                             \
        BOOST_TEST(library_names(program) == expected_names, boost::test_tools::per_element());    \
    } while (false)

#define CHECK_REFUSED(program, status, text)                                                       \
    do {                                                                                           \
        std::string why;                                                                           \
        BOOST_TEST((status_of(program, &why) == (status)));                                        \
        BOOST_TEST(why.find(text) != std::string::npos, "the reason is: " << why);                 \
    } while (false)

} // namespace capishim_test
