// SPDX-License-Identifier: BSD-2-Clause
#include "program_file.h"

#include "refusal.h"

#include <fstream>

namespace capishim::capi {
namespace {

namespace fs = std::filesystem;

fs::path with_ending(fs::path path, const char* ending)
{
    return path += ending;
}

[[noreturn]] void fail(const fs::path& file, const std::string& what)
{
    throw Refusal(ExitStatus::file_trouble, file.string() + ": " + what);
}

Bytes read_file(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    in.seekg(0, std::ios::end);
    const std::streamoff size = in.tellg();
    if (size < 0)
        fail(file, "it can't be read");
    Bytes bytes(static_cast<std::size_t>(size));
    in.seekg(0);
    if (!in.read(reinterpret_cast<char*>(bytes.data()), size))
        fail(file, "it can't be read");
    return bytes;
}

void write_file(const fs::path& file, ByteView bytes)
{
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(bytes.data()),
              static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out)
        fail(file, "it can't be written");
}

/// A copy under a name of its own, gone again unless it gets its last name.
class Draft {
  public:
    /// A copy of `model`, mode included. What bears the draft's name already is left alone.
    Draft(const fs::path& model, fs::path name) : name_(std::move(name))
    {
        std::error_code error;
        if (!fs::copy_file(model, name_, error))
            fail(name_, error == std::errc::file_exists
                            ? "it is in the way; a run that was stopped may have left it"
                            : "it can't be written: " + error.message());
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft()
    {
        std::error_code ignored;
        fs::remove(name_, ignored); // after publish() there is nothing
    }

    void fill(ByteView bytes) const
    {
        const fs::perms mode = fs::status(name_).permissions();
        fs::permissions(name_, mode | fs::perms::owner_write);
        write_file(name_, bytes);
        fs::permissions(name_, mode);
    }

    void publish(const fs::path& name) const { fs::rename(name_, name); }

  private:
    fs::path name_;
};

} // namespace

ProgramFile::ProgramFile(const fs::path& program)
{
    std::error_code error;
    program_ = fs::canonical(program, error);
    if (error || !fs::is_regular_file(program_))
        fail(program, "there is no such file");
    backup_ = with_ending(program_, ".bak");
}

Bytes ProgramFile::read() const
{
    return read_file(program_);
}

bool ProgramFile::has_backup() const
{
    return fs::exists(fs::symlink_status(backup_));
}

Bytes ProgramFile::read_backup() const
{
    return read_file(backup_);
}

void ProgramFile::keep_backup(ByteView before) const
{
    std::error_code error;
    if (!fs::copy_file(program_, backup_, error))
        fail(backup_, has_backup() ? "a backup is there already, and is never written over"
                                   : "it can't be written: " + error.message());
    if (!std::ranges::equal(read_backup(), before)) {
        fs::remove(backup_);
        fail(program_, "it changed meanwhile");
    }
}

void ProgramFile::replace(ByteView before, ByteView after) const
{
    const Draft draft(program_, with_ending(program_, ".capi-new"));
    draft.fill(after);
    keep_backup(before);
    draft.publish(program_);
}

void ProgramFile::restore() const
{
    fs::rename(backup_, program_);
}

} // namespace capishim::capi
