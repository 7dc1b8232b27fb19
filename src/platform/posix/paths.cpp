// SPDX-License-Identifier: BSD-2-Clause
// Where things are kept, by the XDG base directory specification and the password database.
#include "platform/paths.h"

#include "platform/file.h"

#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

namespace capishim::platform {
namespace {

struct Account {
    std::string name, home;
};

std::optional<Account> account_of(uid_t user)
{
    std::string strings(16384, '\0');
    passwd entry{}, *found = nullptr;
    if (getpwuid_r(user, &entry, strings.data(), strings.size(), &found) != 0 || !found)
        return std::nullopt;
    return Account{found->pw_name, found->pw_dir};
}

std::string home_folder()
{
    const std::string home = environment("HOME");
    if (!home.empty())
        return home;
    const auto account = account_of(geteuid());
    return account ? account->home : std::string();
}

bool is_hex(std::string_view text)
{
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace

std::string environment(const char* name)
{
    // A program that runs with more rights than its caller must not let the caller choose paths.
    const char* value = secure_getenv(name);
    return value ? value : "";
}

std::optional<std::string> user_store()
{
    const std::string own = environment("CAPISHIM_HOME");
    if (!own.empty())
        return own;
    const std::string data = environment("XDG_DATA_HOME");
    if (data.starts_with('/')) // a relative path there is to be ignored, says XDG
        return data + "/capishim";
    const std::string home = home_folder();
    if (home.empty())
        return std::nullopt;
    return home + "/.local/share/capishim";
}

std::string machine_store()
{
    const std::string own = environment("CAPISHIM_MACHINE_HOME");
    return own.empty() ? "/var/lib/capishim" : own;
}

std::string user_name()
{
    const auto account = account_of(geteuid());
    return account && !account->name.empty() ? account->name : "uid-" + std::to_string(geteuid());
}

std::string machine_guid()
{
    for (const char* path : {"/etc/machine-id", "/var/lib/dbus/machine-id"}) {
        const auto contents = read_file(path);
        if (!contents || contents->size() < 32)
            continue;
        const std::string id(contents->begin(), contents->begin() + 32);
        if (is_hex(id))
            return id.substr(0, 8) + '-' + id.substr(8, 4) + '-' + id.substr(12, 4) + '-' +
                   id.substr(16, 4) + '-' + id.substr(20);
    }
    return "00000000-0000-0000-0000-000000000000"; // containers without systemd have no id
}

std::string boot_id()
{
    const auto contents = read_file("/proc/sys/kernel/random/boot_id");
    return contents ? std::string(contents->begin(), contents->end()) : std::string();
}

} // namespace capishim::platform
