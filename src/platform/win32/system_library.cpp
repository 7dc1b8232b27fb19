// SPDX-License-Identifier: BSD-2-Clause
#include "platform/win32/system_library.h"

#include "platform/win32/windows_h.h"

#include <cwchar>

namespace capishim::platform {

Procedure find_in_system(const wchar_t* dll, const char* function) noexcept
{
    wchar_t path[MAX_PATH];
    const UINT length = GetSystemDirectoryW(path, MAX_PATH);
    if (length == 0 || length + 1 + std::wcslen(dll) >= MAX_PATH)
        return nullptr;
    path[length] = L'\\';
    std::wcscpy(path + length + 1, dll);
    const HMODULE module = LoadLibraryW(path);
    return module ? reinterpret_cast<Procedure>(GetProcAddress(module, function)) : nullptr;
}

} // namespace capishim::platform
