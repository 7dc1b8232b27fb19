// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/default_providers.h"

#include "base/fault.h"
#include "platform/file.h"
#include "platform/paths.h"

#include <charconv>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace capishim::advapi {
namespace {

using Defaults = std::map<std::uint32_t, const InstalledProvider*>;

std::optional<std::string> store_of(DefaultScope scope)
{
    return scope == DefaultScope::user ? platform::user_store() : platform::machine_store();
}

/// Adds what one line says; a line that names no installed provider of that type says nothing.
void read_line(std::string_view line, Defaults& defaults)
{
    constexpr std::string_view separator = " = ";
    const std::size_t middle = line.find(separator);
    if (middle == std::string_view::npos)
        return;
    std::uint32_t type = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + middle, type);
    const InstalledProvider* const provider =
        find_installed(line.substr(middle + separator.size()));
    if (error == std::errc() && end == line.data() + middle && provider && provider->type == type)
        defaults[type] = provider;
}

Defaults read_defaults(const std::string& path)
{
    Defaults defaults;
    const auto file = platform::read_file(path);
    if (!file)
        return defaults;
    std::string_view rest(reinterpret_cast<const char*>(file->data()), file->size());
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        read_line(rest.substr(0, end), defaults);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return defaults;
}

Bytes written(const Defaults& defaults)
{
    std::string text;
    for (const auto& [type, provider] : defaults)
        text += std::to_string(type) + " = " + std::string(provider->name) + '\n';
    return {text.begin(), text.end()};
}

std::string file_in(const std::string& store)
{
    return store + "/default-providers";
}

/// What a process knows of one scope's defaults.
class Known {
  public:
    explicit Known(DefaultScope scope) : scope_(scope) {}

    const InstalledProvider* find(std::uint32_t type)
    {
        {
            const std::lock_guard lock(mutex_);
            if (defaults_)
                return find_in(*defaults_, type);
        }
        const std::lock_guard lock(mutex_);
        if (!defaults_)
            defaults_ = read();
        return find_in(*defaults_, type);
    }

    void change(std::uint32_t type, const InstalledProvider* provider)
    {
        const auto store = store_of(scope_);
        require(store.has_value(), Fault::profile_not_found);
        platform::make_folder(*store);
        const platform::FileLock file_lock(file_in(*store) + ".lock");
        Defaults defaults = read_defaults(file_in(*store));
        if (provider)
            defaults[type] = provider;
        else if (defaults.erase(type) == 0)
            return;
        platform::replace_file(file_in(*store), written(defaults));
        const std::lock_guard lock(mutex_);
        defaults_ = std::move(defaults);
    }

  private:
    static const InstalledProvider* find_in(const Defaults& defaults, std::uint32_t type)
    {
        const auto found = defaults.find(type);
        return found == defaults.end() ? nullptr : found->second;
    }

    /// Defaults that can't be read are none: an old program is better served by the built-in ones
    /// than by none at all.
    Defaults read() const
    {
        const auto store = store_of(scope_);
        try {
            return store ? read_defaults(file_in(*store)) : Defaults();
        } catch (const Error&) {
            return {};
        }
    }

    DefaultScope scope_;
    std::mutex mutex_;
    std::optional<Defaults> defaults_;
};

Known& known(DefaultScope scope)
{
    // Kept: programs open providers from destructors too.
    static auto& user = *new Known(DefaultScope::user);
    static auto& machine = *new Known(DefaultScope::machine);
    return scope == DefaultScope::user ? user : machine;
}

} // namespace

const InstalledProvider* stored_default(DefaultScope scope, std::uint32_t type)
{
    return known(scope).find(type);
}

void store_default(DefaultScope scope, std::uint32_t type, const InstalledProvider* provider)
{
    known(scope).change(type, provider);
}

} // namespace capishim::advapi
