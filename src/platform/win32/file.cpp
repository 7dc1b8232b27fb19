// SPDX-License-Identifier: BSD-2-Clause
// Whole files, read and replaced. A new file is written beside the old one under a temporary name
// and put in its place when it is safe on the disk. The store lies in the user's profile, whose
// access list new files inherit.
#include "platform/file.h"

#include "platform/file_descriptor.h"
#include "platform/text.h"
#include "platform/win32/patience.h"
#include "platform/win32/system_error.h"
#include "platform/win32/windows_h.h"

#include <algorithm>
#include <atomic>
#include <cstdio>

namespace capishim::platform {
namespace {

class File {
  public:
    explicit File(HANDLE handle) : handle_(handle) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { close(); }

    explicit operator bool() const { return handle_ != INVALID_HANDLE_VALUE; }
    HANDLE handle() const { return handle_; }
    void close()
    {
        if (*this)
            CloseHandle(handle_);
        handle_ = INVALID_HANDLE_VALUE;
    }

    void write(ByteView contents) const
    {
        while (!contents.empty()) {
            DWORD count = 0;
            const auto size = static_cast<DWORD>(std::min<std::size_t>(contents.size(), 1 << 20));
            if (!WriteFile(handle_, contents.data(), size, &count, nullptr))
                throw_system_error(GetLastError());
            contents = contents.subspan(count);
        }
    }

    /// @return how many bytes came; 0 at the end
    std::size_t read(MutableBytes room) const
    {
        DWORD count = 0;
        const auto size = static_cast<DWORD>(std::min<std::size_t>(room.size(), 1 << 20));
        if (!ReadFile(handle_, room.data(), size, &count, nullptr))
            throw_system_error(GetLastError());
        return count;
    }

  private:
    HANDLE handle_;
};

std::string parent_of(const std::string& path)
{
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string::npos ? "." : path.substr(0, slash);
}

/// A file under a name of its own that goes again unless it was moved to its place.
class TemporaryFile {
  public:
    TemporaryFile(const std::string& target, ByteView contents)
        : name_(wide_path(target + ".tmp-" + unique_suffix()))
    {
        File file(CreateFileW(name_.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW,
                              FILE_ATTRIBUTE_NORMAL, nullptr));
        if (!file) {
            name_.clear();
            throw_system_error(GetLastError());
        }
        try {
            file.write(contents);
            if (!FlushFileBuffers(file.handle()))
                throw_system_error(GetLastError());
        } catch (...) {
            file.close();
            DeleteFileW(name_.c_str());
            throw;
        }
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile()
    {
        if (!name_.empty())
            DeleteFileW(name_.c_str());
    }

    void set_dacl(const std::uint8_t* descriptor) const
    {
        if (!SetFileSecurityW(name_.c_str(), DACL_SECURITY_INFORMATION,
                              const_cast<std::uint8_t*>(descriptor)))
            throw_system_error(GetLastError());
    }

    /// @return false when the target exists, and is not to be replaced
    bool move_to(const std::string& target, DWORD replace)
    {
        const std::wstring place = wide_path(target);
        const DWORD code = patiently(place, replace != 0, [&] {
            return MoveFileExW(name_.c_str(), place.c_str(), MOVEFILE_WRITE_THROUGH | replace);
        });
        if (replace == 0 && (code == ERROR_ALREADY_EXISTS || code == ERROR_FILE_EXISTS))
            return false;
        if (code != ERROR_SUCCESS)
            throw_system_error(code);
        name_.clear();
        return true;
    }

  private:
    static std::string unique_suffix()
    {
        static std::atomic<unsigned> count{0};
        return std::to_string(GetCurrentProcessId()) + '-' + std::to_string(++count);
    }

    std::wstring name_;
};

struct FindHandle {
    HANDLE handle;
    ~FindHandle() { FindClose(handle); }
};

std::string narrow(const wchar_t* text)
{
    return to_utf8(std::u16string_view(reinterpret_cast<const char16_t*>(text)));
}

} // namespace

void throw_system_error(unsigned long code, SourceLocation where)
{
    switch (code) {
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_WRITE_PROTECT:
        throw Error(Fault::access_denied, where);
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
        throw Error(Fault::out_of_memory, where);
    default:
        throw Error(Fault::internal, where);
    }
}

std::wstring wide_path(const std::string& path)
{
    const std::u16string wide = to_utf16(path);
    return {wide.begin(), wide.end()};
}

bool means_missing(unsigned long code) noexcept
{
    return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND ||
           code == ERROR_INVALID_NAME;
}

std::optional<SecureBytes> read_file(const std::string& path)
{
    const std::wstring name = wide_path(path);
    HANDLE opened = INVALID_HANDLE_VALUE;
    const DWORD code = patiently(name, false, [&] {
        opened = CreateFileW(name.c_str(), GENERIC_READ,
                             FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                             OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
        return opened != INVALID_HANDLE_VALUE;
    });
    if (means_missing(code))
        return std::nullopt;
    if (code != ERROR_SUCCESS)
        throw_system_error(code);
    const File file(opened);
    LARGE_INTEGER length{};
    if (!GetFileSizeEx(file.handle(), &length))
        throw_system_error(GetLastError());
    SecureBytes contents(static_cast<std::size_t>(length.QuadPart) + 1);
    std::size_t size = 0;
    while (const std::size_t count = file.read(MutableBytes(contents).subspan(size))) {
        size += count;
        if (size == contents.size()) // it has grown meanwhile
            contents.resize(size * 2);
    }
    contents.resize(size);
    return contents;
}

bool file_exists(const std::string& path)
{
    const std::wstring name = wide_path(path);
    const DWORD code = patiently(
        name, false, [&] { return GetFileAttributesW(name.c_str()) != INVALID_FILE_ATTRIBUTES; });
    if (code != ERROR_SUCCESS && !means_missing(code))
        throw_system_error(code);
    return code == ERROR_SUCCESS;
}

void replace_file(const std::string& path, ByteView contents)
{
    const auto access = file_descriptor(path, DACL_SECURITY_INFORMATION);
    TemporaryFile file(path, contents);
    if (access)
        file.set_dacl(access->data());
    file.move_to(path, MOVEFILE_REPLACE_EXISTING);
}

bool create_file(const std::string& path, ByteView contents)
{
    return TemporaryFile(path, contents).move_to(path, 0);
}

bool remove_file(const std::string& path)
{
    const std::wstring name = wide_path(path);
    const DWORD code = patiently(name, false, [&] { return DeleteFileW(name.c_str()); });
    if (code != ERROR_SUCCESS && !means_missing(code))
        throw_system_error(code);
    return code == ERROR_SUCCESS;
}

void make_folder(const std::string& path)
{
    const std::wstring name = wide_path(path);
    if (CreateDirectoryW(name.c_str(), nullptr) || GetLastError() == ERROR_ALREADY_EXISTS)
        return;
    const DWORD code = GetLastError();
    const std::string parent = parent_of(path);
    if (code != ERROR_PATH_NOT_FOUND || parent == path || parent == ".")
        throw_system_error(code);
    make_folder(parent);
    if (!CreateDirectoryW(name.c_str(), nullptr) && GetLastError() != ERROR_ALREADY_EXISTS)
        throw_system_error(GetLastError());
}

std::vector<std::string> list_folder(const std::string& path)
{
    WIN32_FIND_DATAW entry;
    const HANDLE handle = FindFirstFileW((wide_path(path) + L"/*").c_str(), &entry);
    if (handle == INVALID_HANDLE_VALUE) {
        if (means_missing(GetLastError()))
            return {};
        throw_system_error(GetLastError());
    }
    const FindHandle closing{handle};
    std::vector<std::string> names;
    do {
        const std::string name = narrow(entry.cFileName);
        if (name != "." && name != "..")
            names.push_back(name);
    } while (FindNextFileW(handle, &entry));
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace capishim::platform
