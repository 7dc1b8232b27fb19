// SPDX-License-Identifier: BSD-2-Clause
#include "platform/paths.h"

#include "platform/entropy.h"
#include "platform/text.h"
#include "platform/win32/system_error.h"
#include "platform/win32/windows_h.h"

#include <array>

namespace capishim::platform {
namespace {

std::string narrow(std::wstring_view text)
{
    return to_utf8(std::u16string(text.begin(), text.end()));
}

/// A text of the registry's local machine, in the view of 64-bit programs, or nothing.
std::string machine_text(const wchar_t* key, const wchar_t* name)
{
    std::array<wchar_t, 128> value{};
    HKEY opened = nullptr;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, key, 0, KEY_READ | KEY_WOW64_64KEY, &opened) != 0)
        return {};
    DWORD type = 0, size = sizeof value - sizeof value[0];
    const LSTATUS answer = RegQueryValueExW(opened, name, nullptr, &type,
                                            reinterpret_cast<BYTE*>(value.data()), &size);
    RegCloseKey(opened);
    return answer == 0 && type == REG_SZ ? narrow(value.data()) : std::string();
}

/// Held by one process of the session at a time.
class SessionMutex {
  public:
    SessionMutex() : handle_(CreateMutexW(nullptr, FALSE, L"Local\\capishim session"))
    {
        if (handle_)
            WaitForSingleObject(handle_, INFINITE);
    }
    SessionMutex(const SessionMutex&) = delete;
    SessionMutex& operator=(const SessionMutex&) = delete;
    ~SessionMutex()
    {
        if (handle_) {
            ReleaseMutex(handle_);
            CloseHandle(handle_);
        }
    }

  private:
    const HANDLE handle_;
};

} // namespace

std::string environment(const char* name)
{
    const std::wstring wide = wide_path(name);
    std::wstring value(64, L'\0');
    for (;;) {
        const DWORD size =
            GetEnvironmentVariableW(wide.c_str(), value.data(), static_cast<DWORD>(value.size()));
        if (size < value.size()) {
            value.resize(size);
            return narrow(value);
        }
        value.resize(size);
    }
}

std::optional<std::string> user_store()
{
    const std::string own = environment("CAPISHIM_HOME");
    if (!own.empty())
        return own;
    const std::string data = environment("LOCALAPPDATA");
    if (data.empty())
        return std::nullopt;
    return data + "/capishim";
}

std::string machine_store()
{
    const std::string own = environment("CAPISHIM_MACHINE_HOME");
    if (!own.empty())
        return own;
    const std::string data = environment("ProgramData");
    return (data.empty() ? "C:/ProgramData" : data) + "/capishim";
}

std::string user_name()
{
    std::array<wchar_t, 257> name{}; // UNLEN and the NUL
    auto size = static_cast<DWORD>(name.size());
    return GetUserNameW(name.data(), &size) ? narrow(name.data()) : environment("USERNAME");
}

std::string machine_guid()
{
    const std::string guid = machine_text(L"SOFTWARE\\Microsoft\\Cryptography", L"MachineGuid");
    return guid.size() == 36 ? guid : "00000000-0000-0000-0000-000000000000";
}

// The system names its boots to nobody but administrators, so the user has a key of the registry
// that goes with the session: a volatile one, which is never written to the disk.
std::string boot_id()
{
    const SessionMutex mutex; // two processes might each be the first
    HKEY key = nullptr;
    if (RegCreateKeyExW(HKEY_CURRENT_USER, L"Software\\capishim\\Session", 0, nullptr,
                        REG_OPTION_VOLATILE, KEY_READ | KEY_WRITE, nullptr, &key, nullptr) != 0)
        return {};
    std::array<std::uint8_t, 16> id{};
    DWORD size = id.size(), type = 0;
    if (RegQueryValueExW(key, L"Id", nullptr, &type, id.data(), &size) != 0 || type != REG_BINARY ||
        size != id.size()) {
        system_entropy(id);
        RegSetValueExW(key, L"Id", 0, REG_BINARY, id.data(), id.size());
    }
    RegCloseKey(key);
    return {id.begin(), id.end()};
}

} // namespace capishim::platform
