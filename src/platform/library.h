// SPDX-License-Identifier: BSD-2-Clause
// Modules that are loaded while the program runs. They stay: whoever was handed one of their
// functions may call it until the process ends.
#pragma once

#include <optional>
#include <string>

namespace capishim::platform {

class Library {
  public:
    /// @param why   says what the system said, when it could not load the file
    /// @return nothing then
    static std::optional<Library> load(const std::string& path, std::string& why);

    /// Only what the library itself defines, not what it was linked with.
    /// @return the function's address, or null
    void* find(const char* name) const noexcept;

  private:
    explicit Library(void* module) : module_(module) {}

    void* module_;
};

/// `path` as it stands when it names its root, else below `folder`.
std::string path_below(const std::string& folder, const std::string& path);

} // namespace capishim::platform
