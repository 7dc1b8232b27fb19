// SPDX-License-Identifier: BSD-2-Clause
// A folder that goes away with the test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace capishim_test {

class TemporaryFolder {
  public:
    TemporaryFolder()
    {
        path_ = (std::filesystem::temp_directory_path() / "capishim-test-").string();
        path_.append(6, 'X'); // what mkdtemp makes unique
        if (!mkdtemp(path_.data()))
            throw std::runtime_error("no temporary folder");
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

/// Sets an environment variable for the length of a test. An empty value unsets it.
class ScopedEnvironment {
  public:
    ScopedEnvironment(std::string name, const std::string& value) : name_(std::move(name))
    {
        const char* before = std::getenv(name_.c_str());
        was_set_ = before != nullptr;
        before_ = before ? before : "";
        put(value);
    }
    ScopedEnvironment(const ScopedEnvironment&) = delete;
    ScopedEnvironment& operator=(const ScopedEnvironment&) = delete;
    ~ScopedEnvironment()
    {
        if (was_set_)
            setenv(name_.c_str(), before_.c_str(), 1);
        else
            unsetenv(name_.c_str());
    }

  private:
    void put(const std::string& value) const
    {
        if (value.empty())
            unsetenv(name_.c_str());
        else
            setenv(name_.c_str(), value.c_str(), 1);
    }

    std::string name_, before_;
    bool was_set_ = false;
};

} // namespace capishim_test
