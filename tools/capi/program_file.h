// SPDX-License-Identifier: BSD-2-Clause
// A program in its folder, and its backup beside it: at no moment is there half a file under either
// name, and a backup is never written over.
#pragma once

#include "base/bytes.h"

#include <filesystem>

namespace capishim::capi {

class ProgramFile {
  public:
    /// @throws Refusal  there is no such file
    explicit ProgramFile(const std::filesystem::path& program);

    const std::filesystem::path& program() const { return program_; } // links are followed
    const std::filesystem::path& backup() const { return backup_; }

    Bytes read() const;
    bool has_backup() const;
    Bytes read_backup() const;

    /// Keeps the program, which is `before`, as the backup, and gives `after` its name and its
    /// mode.
    void replace(ByteView before, ByteView after) const;

    /// Gives the backup the program's name; there is no backup afterwards.
    void restore() const;

  private:
    void keep_backup(ByteView before) const;

    std::filesystem::path program_, backup_;
};

} // namespace capishim::capi
