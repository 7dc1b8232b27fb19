// SPDX-License-Identifier: BSD-2-Clause
// The lock between processes and threads. LockFileEx() locks by handle, and each FileLock has one
// of its own, so that it keeps threads apart as well.
#include "platform/file.h"
#include "platform/win32/system_error.h"
#include "platform/win32/windows_h.h"

namespace capishim::platform {

FileLock::FileLock(const std::string& path)
{
    const HANDLE file = CreateFileW(wide_path(path).c_str(), GENERIC_READ | GENERIC_WRITE,
                                    FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                    OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE)
        throw_system_error(GetLastError());
    OVERLAPPED place{};
    if (!LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, &place)) {
        const DWORD code = GetLastError();
        CloseHandle(file);
        throw_system_error(code);
    }
    file_ = reinterpret_cast<std::intptr_t>(file);
}

FileLock::~FileLock()
{
    const auto file = reinterpret_cast<HANDLE>(file_);
    OVERLAPPED place{};
    UnlockFileEx(file, 0, 1, 0, &place);
    CloseHandle(file);
}

} // namespace capishim::platform
