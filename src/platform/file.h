// SPDX-License-Identifier: BSD-2-Clause
// Whole files, read and replaced so that a crash leaves the old or the new contents, never a
// mixture.
#pragma once

#include "base/secure_bytes.h"

#include <optional>
#include <string>
#include <vector>

namespace capishim::platform {

/// @return nothing when there is no such file
/// @throws Fault::access_denied, Fault::internal
std::optional<SecureBytes> read_file(const std::string& path);
/// @throws Fault::access_denied   the folder cannot be searched
bool file_exists(const std::string& path);
/// Temporary file of the old one's mode (its DACL, on Windows), or 0600; write, fsync, rename,
/// fsync of the folder.
void replace_file(const std::string& path, ByteView contents);
/// Like replace_file with mode 0600, but refuses (false) when the file exists.
bool create_file(const std::string& path, ByteView contents);
/// @return false when there was no such file
bool remove_file(const std::string& path);

/// Whose a file is, and what its permission bits say. Not on Windows, whose files have security
/// descriptors (file_descriptor.h).
struct FileAccess {
    std::uint32_t owner, group, mode;
};
/// @return nothing when there is no such file
std::optional<FileAccess> file_access(const std::string& path);
/// @throws Fault::access_denied   another's file
void set_file_mode(const std::string& path, std::uint32_t mode);

/// Makes the folder and its parents, mode 0700.
void make_folder(const std::string& path);
/// Names of the entries of a folder, sorted; empty when there is no such folder.
std::vector<std::string> list_folder(const std::string& path);

/// Holds an exclusive lock between processes and threads on a lock file while it lives. The file is
/// made when needed, and stays.
class FileLock {
  public:
    explicit FileLock(const std::string& path);
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

  private:
    std::intptr_t file_ = -1; // the system's descriptor or handle
};

} // namespace capishim::platform
