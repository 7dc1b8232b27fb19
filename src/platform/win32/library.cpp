// SPDX-License-Identifier: BSD-2-Clause
#include "platform/library.h"

#include "platform/win32/system_error.h"
#include "platform/win32/windows_h.h"

#include <filesystem>

namespace capishim::platform {

std::optional<Library> Library::load(const std::string& path, std::string& why)
{
    // What the library was linked with is looked for beside it first.
    const HMODULE module =
        LoadLibraryExW(wide_path(path).c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (module)
        return Library(reinterpret_cast<void*>(module));
    why = path + ": error " + std::to_string(GetLastError());
    return std::nullopt;
}

void* Library::find(const char* name) const noexcept
{
    const FARPROC address = GetProcAddress(reinterpret_cast<HMODULE>(module_), name);
    return reinterpret_cast<void*>(address);
}

std::string path_below(const std::string& folder, const std::string& path)
{
    const bool rooted = std::filesystem::path(wide_path(path)).is_absolute();
    return rooted ? path : folder + '/' + path;
}

} // namespace capishim::platform
