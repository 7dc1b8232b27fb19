// SPDX-License-Identifier: BSD-2-Clause
// Whole files, read and replaced. A new file is written beside the old one under a temporary name
// and put in its place when it is safe on the disk.
#include "platform/file.h"

#include "platform/posix/system_error.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace capishim::platform {
namespace {

class File {
  public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }

    explicit operator bool() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

    void write(ByteView contents) const
    {
        while (!contents.empty()) {
            const ssize_t count = ::write(descriptor_, contents.data(), contents.size());
            if (count >= 0)
                contents = contents.subspan(static_cast<std::size_t>(count));
            else if (errno != EINTR)
                throw_system_error(errno);
        }
    }

    /// @return how many bytes came; 0 at the end
    std::size_t read(MutableBytes room) const
    {
        for (;;) {
            const ssize_t count = ::read(descriptor_, room.data(), room.size());
            if (count >= 0)
                return static_cast<std::size_t>(count);
            if (errno != EINTR)
                throw_system_error(errno);
        }
    }

    void sync() const
    {
        if (::fsync(descriptor_) != 0 && errno != EINVAL) // EINVAL: nothing to sync there
            throw_system_error(errno);
    }

  private:
    int descriptor_;
};

std::string parent_of(const std::string& path)
{
    const std::size_t slash = path.find_last_of('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

void sync_folder(const std::string& path)
{
    const File folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder)
        throw_system_error(errno);
    folder.sync();
}

constexpr std::uint32_t private_mode = S_IRUSR | S_IWUSR; // as mkostemp makes its files
constexpr std::uint32_t mode_bits = 0777;

const std::string name_pattern(6, 'X'); // what mkostemp makes unique

/// A file under a name of its own that goes again unless it was moved to its place.
class TemporaryFile {
  public:
    TemporaryFile(const std::string& target, ByteView contents, std::uint32_t mode)
        : name_(target + ".tmp-" + name_pattern)
    {
        const File file(::mkostemp(name_.data(), O_CLOEXEC)); // mode 0600
        if (!file) {
            name_.clear();
            throw_system_error(errno);
        }
        try {
            if (mode != private_mode && ::fchmod(file.descriptor(), mode) != 0)
                throw_system_error(errno);
            file.write(contents);
            file.sync();
        } catch (...) {
            ::unlink(name_.c_str());
            throw;
        }
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile()
    {
        if (!name_.empty())
            ::unlink(name_.c_str());
    }

    void move_over(const std::string& target)
    {
        if (::rename(name_.c_str(), target.c_str()) != 0)
            throw_system_error(errno);
        name_.clear();
        sync_folder(parent_of(target));
    }

    /// @return false when the target exists
    bool move_unless_exists(const std::string& target)
    {
        if (::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0)
            name_.clear();
        else if (errno == EEXIST)
            return false;
        // File systems that know no RENAME_NOREPLACE know hard links, which do not replace either.
        else if (::link(name_.c_str(), target.c_str()) != 0) {
            if (errno == EEXIST)
                return false;
            throw_system_error(errno);
        }
        sync_folder(parent_of(target));
        return true;
    }

  private:
    std::string name_;
};

} // namespace

void throw_system_error(int error_number, SourceLocation where)
{
    switch (error_number) {
    case EACCES:
    case EPERM:
    case EROFS:
        throw Error(Fault::access_denied, where);
    case ENOMEM:
        throw Error(Fault::out_of_memory, where);
    default:
        throw Error(Fault::internal, where);
    }
}

std::optional<SecureBytes> read_file(const std::string& path)
{
    // O_NONBLOCK: a pipe left under that name must not hang the caller.
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file) {
        if (errno == ENOENT || errno == ENOTDIR)
            return std::nullopt;
        throw_system_error(errno);
    }
    struct stat status {};
    if (::fstat(file.descriptor(), &status) != 0)
        throw_system_error(errno);
    require(S_ISREG(status.st_mode), Fault::access_denied);

    SecureBytes contents(static_cast<std::size_t>(status.st_size) + 1);
    std::size_t size = 0;
    while (const std::size_t count = file.read(MutableBytes(contents).subspan(size))) {
        size += count;
        if (size == contents.size()) // it has grown meanwhile, or is one of /proc's
            contents.resize(size * 2);
    }
    contents.resize(size);
    return contents;
}

std::optional<FileAccess> file_access(const std::string& path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0)
        return FileAccess{status.st_uid, status.st_gid, status.st_mode & mode_bits};
    if (errno != ENOENT && errno != ENOTDIR)
        throw_system_error(errno);
    return std::nullopt;
}

bool file_exists(const std::string& path)
{
    return file_access(path).has_value();
}

void set_file_mode(const std::string& path, std::uint32_t mode)
{
    if (::chmod(path.c_str(), mode & mode_bits) != 0)
        throw_system_error(errno);
}

void replace_file(const std::string& path, ByteView contents)
{
    const auto before = file_access(path);
    TemporaryFile(path, contents, before ? before->mode : private_mode).move_over(path);
}

bool create_file(const std::string& path, ByteView contents)
{
    return TemporaryFile(path, contents, private_mode).move_unless_exists(path);
}

bool remove_file(const std::string& path)
{
    if (::unlink(path.c_str()) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return false;
        throw_system_error(errno);
    }
    sync_folder(parent_of(path));
    return true;
}

void make_folder(const std::string& path)
{
    if (::mkdir(path.c_str(), S_IRWXU) == 0)
        return sync_folder(parent_of(path));
    if (errno == EEXIST)
        return;
    const int error_number = errno;
    const std::string parent = parent_of(path);
    if (error_number != ENOENT || parent == path)
        throw_system_error(error_number);
    make_folder(parent);
    if (::mkdir(path.c_str(), S_IRWXU) == 0)
        sync_folder(parent);
    else if (errno != EEXIST)
        throw_system_error(errno);
}

std::vector<std::string> list_folder(const std::string& path)
{
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
    if (!folder) {
        if (errno == ENOENT || errno == ENOTDIR)
            return {};
        throw_system_error(errno);
    }
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(folder.get())) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..")
            names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace capishim::platform
