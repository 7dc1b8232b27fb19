// SPDX-License-Identifier: BSD-2-Clause
// Windows refuses a file for the moment in which somebody else has it open: what is open cannot be
// replaced, what is going to be deleted cannot be opened, and what a virus scanner reads can be
// neither. Such a moment is waited for.
#pragma once

#include "platform/win32/windows_h.h"

#include <string>

namespace capishim::platform {

inline constexpr DWORD longest_wait = 2000, wait_step = 5; // milliseconds

/// Where an access list denies a file, its attributes can be read nevertheless: the folder has
/// them.
inline bool is_being_deleted(const std::wstring& path)
{
    return GetFileAttributesW(path.c_str()) == INVALID_FILE_ATTRIBUTES &&
           GetLastError() == ERROR_ACCESS_DENIED;
}

/// Tries until it succeeds, or fails for a reason that lasts, or for too long.
/// @param attempt   answers whether it succeeded, else with the code in the last error
/// @return          0, or the code of the last attempt
template <class Attempt>
DWORD patiently(const std::wstring& path, bool replaces, Attempt attempt)
{
    for (DWORD waited = 0;; waited += wait_step) {
        if (attempt())
            return ERROR_SUCCESS;
        const DWORD code = GetLastError();
        const bool passes = code == ERROR_SHARING_VIOLATION ||
                            (code == ERROR_ACCESS_DENIED && (replaces || is_being_deleted(path)));
        if (!passes || waited >= longest_wait)
            return code;
        Sleep(wait_step);
    }
}

} // namespace capishim::platform
