// SPDX-License-Identifier: BSD-2-Clause
#include "platform/library.h"

#include <dlfcn.h>
#include <link.h>

namespace capishim::platform {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAPISHIM_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CAPISHIM_SANITIZED 1
#endif
#endif

// A provider's calls of its own CPHashData are meant for itself, as in a DLL, and not for the
// library of that name which the program was linked with. The sanitizers refuse the flag.
#if defined(RTLD_DEEPBIND) && !defined(CAPISHIM_SANITIZED)
constexpr int own_names_first = RTLD_DEEPBIND;
#else
constexpr int own_names_first = 0;
#endif

} // namespace

std::optional<Library> Library::load(const std::string& path, std::string& why)
{
    void* const module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | own_names_first);
    if (module)
        return Library(module);
    const char* const reason = dlerror();
    why = reason ? reason : path;
    return std::nullopt;
}

// dlsym looks through what the library was linked with too, and a provider that uses this library
// would seem to have every entry point.
void* Library::find(const char* name) const noexcept
{
    void* const address = dlsym(module_, name);
    link_map* own = nullptr;
    link_map* where = nullptr;
    Dl_info info{};
    if (!address || dlinfo(module_, RTLD_DI_LINKMAP, &own) != 0 ||
        dladdr1(address, &info, reinterpret_cast<void**>(&where), RTLD_DL_LINKMAP) == 0)
        return nullptr;
    return where == own ? address : nullptr;
}

std::string path_below(const std::string& folder, const std::string& path)
{
    return path.starts_with('/') ? path : folder + '/' + path;
}

} // namespace capishim::platform
