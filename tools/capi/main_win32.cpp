// SPDX-License-Identifier: BSD-2-Clause
// On Windows arguments are wide, so that every file can be named.
#include "command.h"

#include <filesystem>
#include <string>
#include <vector>

int wmain(int count, wchar_t** arguments)
{
    std::vector<std::string> texts; // in UTF-8
    for (int i = 0; i < count; ++i)
        texts.push_back(std::filesystem::path(arguments[i]).string());
    std::vector<const char*> pointers;
    for (const std::string& text : texts)
        pointers.push_back(text.c_str());
    return capishim::capi::run(count, pointers.data());
}
