// SPDX-License-Identifier: BSD-2-Clause
// A folder that goes away with the test.
#pragma once

#include "support/environment.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace capishim_test {

class TemporaryFolder {
  public:
    TemporaryFolder()
    {
        std::random_device random;
        const auto parent = std::filesystem::temp_directory_path();
        do
            path_ = (parent / ("capishim-test-" + std::to_string(random()))).generic_string();
        while (!std::filesystem::create_directory(path_)); // somebody else's
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::string& path() const { return path_; }
    std::string operator/(const std::string& name) const { return path_ + '/' + name; }

  private:
    std::string path_;
};

inline std::string read_whole(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_whole(const std::string& path, const std::string& contents)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc) << contents;
}

} // namespace capishim_test
