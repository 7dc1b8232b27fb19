// SPDX-License-Identifier: BSD-2-Clause
// Another process of the test's own program, on POSIX and on Windows alike.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace capishim_test {

class Process {
  public:
    static constexpr int killed = -1;

    enum class Stream : std::uint8_t { output, errors };

    /// Starts this program once more, with these arguments. What it writes there can be read.
    explicit Process(const std::vector<std::string>& arguments, Stream stream = Stream::output);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    /// Kills it, if need be.
    ~Process();

    /// @return whether there is something to read, which the end of its output is too
    bool has_written(std::chrono::milliseconds patience);

    /// @return false at the end of its output
    bool read(void* data, std::size_t size);

    void kill();

    /// @return its exit status, or `killed`
    int wait();

    /// Writes to the process that started this one. @return false when nobody listens
    static bool write(const void* data, std::size_t size);

  private:
    std::intptr_t process_, output_;
    bool ended_ = false;
    int status_ = 0;
};

/// Lets another process of this program do `body` and nothing else.
/// @return its answer (0..99), 100 for an exception
int in_another_process(int (*body)(const std::string&), const std::string& argument = {});

/// For main(): does what the other process is there for, and ends it; returns where this is not
/// one.
void be_another_process(int count, const char* const* arguments);

} // namespace capishim_test
