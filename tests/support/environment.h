// SPDX-License-Identifier: BSD-2-Clause
// Environment variables, on POSIX and on Windows alike.
#pragma once

#include <cstdlib>
#include <string>

namespace capishim_test {

/// For this process, and those that it starts. An empty value unsets it.
inline void set_environment(const std::string& name, const std::string& value)
{
#ifdef _WIN32
    _putenv_s(name.c_str(), value.c_str());
#else
    if (value.empty())
        unsetenv(name.c_str());
    else
        setenv(name.c_str(), value.c_str(), 1);
#endif
}

/// Sets an environment variable for the length of a test.
class ScopedEnvironment {
  public:
    ScopedEnvironment(std::string name, const std::string& value) : name_(std::move(name))
    {
        const char* const before = std::getenv(name_.c_str());
        before_ = before ? before : "";
        set_environment(name_, value);
    }
    ScopedEnvironment(const ScopedEnvironment&) = delete;
    ScopedEnvironment& operator=(const ScopedEnvironment&) = delete;
    ~ScopedEnvironment() { set_environment(name_, before_); }

  private:
    std::string name_, before_;
};

} // namespace capishim_test
