// SPDX-License-Identifier: BSD-2-Clause
#include "support/process.h"

#include <cstdlib>
#include <string_view>

namespace capishim_test {
namespace {

constexpr std::string_view mark = "--in-another-process";

} // namespace

// Both processes are of one program, in which a function is as far from another everywhere.
int in_another_process(int (*body)(const std::string&), const std::string& argument)
{
    const auto place =
        reinterpret_cast<std::intptr_t>(body) - reinterpret_cast<std::intptr_t>(be_another_process);
    return Process({std::string(mark), std::to_string(place), argument}).wait();
}

void be_another_process(int count, const char* const* arguments)
{
    if (count != 4 || arguments[1] != mark)
        return;
    const auto place = reinterpret_cast<std::intptr_t>(be_another_process) +
                       static_cast<std::intptr_t>(std::atoll(arguments[2]));
    int answer = 100;
    try {
        answer = reinterpret_cast<int (*)(const std::string&)>(place)(arguments[3]);
    } catch (...) {
    }
    std::exit(answer);
}

} // namespace capishim_test
