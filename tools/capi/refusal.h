// SPDX-License-Identifier: BSD-2-Clause
// How a command of capi ends: its exit statuses, and the exception that carries one with its
// reason.
#pragma once

#include <stdexcept>
#include <string>

namespace capishim::capi {

/// The exit statuses; README.md tells users of them.
enum class ExitStatus {
    done = 0,
    file_trouble = 1, // can't be read or written, or something lies in the way
    bad_command_line = 2,
    nothing_to_do = 3,
    damaged = 4, // or no Windows program at all
    signed_program = 5,
    packed = 6,
    unsuited = 7, // intact, but the change would not reach its goal
};

/// The program stays as it is; the text tells the user why.
class Refusal : public std::runtime_error {
  public:
    Refusal(ExitStatus status, const std::string& why) : std::runtime_error(why), status_(status) {}

    ExitStatus status() const { return status_; }

  private:
    ExitStatus status_;
};

} // namespace capishim::capi
