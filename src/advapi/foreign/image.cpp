// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/foreign/image.h"

#include "diag/notice.h"
#include "platform/file.h"
#include "platform/library.h"

#include <map>
#include <memory>
#include <mutex>

namespace capishim::advapi {
namespace {

[[noreturn]] void refuse(const Registration& provider, Fault fault, const std::string& why)
{
    diag::notice("provider \"" + provider.name + "\": " + why);
    throw Error(fault);
}

bool is_missing(const std::string& path)
{
    try {
        return !platform::file_exists(path);
    } catch (const Error&) {
        return false; // something is there, behind a folder that is closed to us
    }
}

platform::Library open_library(const Registration& provider)
{
    std::string why;
    if (const auto library = platform::Library::load(provider.image, why))
        return *library;
    if (is_missing(provider.image))
        refuse(provider, Fault::provider_image_not_found, "there is no file " + provider.image);
    refuse(provider, Fault::provider_image_failed, why);
}

ProviderEntries read_entries(const Registration& provider)
{
    const platform::Library library = open_library(provider);
    ProviderEntries entries;
    for_each_entry(entries, [&](const char* name, auto& entry) {
        entry.function = reinterpret_cast<decltype(entry.function)>(library.find(name));
    });
    if (const char* const name = missing_entry(entries))
        refuse(provider, Fault::provider_image_failed, provider.image + " lacks " + name);
    return entries;
}

/// The images that were loaded, by their paths. Kept: see installed.cpp.
struct Images {
    std::mutex mutex;
    std::map<std::string, std::unique_ptr<const ProviderEntries>> loaded;

    const ProviderEntries* find(const std::string& path)
    {
        const std::lock_guard lock(mutex);
        const auto found = loaded.find(path);
        return found == loaded.end() ? nullptr : found->second.get();
    }

    const ProviderEntries& add(const std::string& path, const ProviderEntries& entries)
    {
        auto kept = std::make_unique<const ProviderEntries>(entries);
        const std::lock_guard lock(mutex);
        return *loaded.try_emplace(path, std::move(kept)).first->second;
    }
};

Images& images()
{
    static Images& all = *new Images;
    return all;
}

} // namespace

// Loading runs the image's own code, so no lock is held over it; two threads may both do it.
const ProviderEntries& load_image(const Registration& provider)
{
    if (const ProviderEntries* const entries = images().find(provider.image))
        return *entries;
    return images().add(provider.image, read_entries(provider));
}

} // namespace capishim::advapi
