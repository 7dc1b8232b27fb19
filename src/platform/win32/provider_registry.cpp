// SPDX-License-Identifier: BSD-2-Clause
// The providers' keys under HKEY_LOCAL_MACHINE. A key that we took bears the value `capishim`, and
// keeps what stood in it in a subkey; without one it was made by us.
#include "platform/provider_registry.h"

#include "platform/win32/system_error.h"
#include "platform/win32/windows_h.h"

#include <array>
#include <cstdio>
#include <utility>
#include <vector>

namespace capishim::platform {
namespace {

constexpr wchar_t providers[] = L"SOFTWARE\\Microsoft\\Cryptography\\Defaults\\Provider\\";
constexpr wchar_t types[] = L"SOFTWARE\\Microsoft\\Cryptography\\Defaults\\Provider Types\\";
constexpr wchar_t mark[] = L"capishim", kept[] = L"capishim replaced";

void demand(LSTATUS answer, SourceLocation where = SourceLocation::current())
{
    if (answer != ERROR_SUCCESS)
        throw_system_error(static_cast<unsigned long>(answer), where);
}

struct Value {
    std::wstring name;
    DWORD type;
    std::vector<BYTE> data;
};

class Key {
  public:
    Key(HKEY parent, const std::wstring& path)
    {
        demand(RegCreateKeyExW(parent, path.c_str(), 0, nullptr, 0, KEY_ALL_ACCESS, nullptr, &key_,
                               nullptr));
    }
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    ~Key() { RegCloseKey(key_); }

    HKEY handle() const { return key_; }

    bool has_value(const wchar_t* name) const
    {
        return RegQueryValueExW(key_, name, nullptr, nullptr, nullptr, nullptr) == ERROR_SUCCESS;
    }
    bool has_key(const wchar_t* name) const
    {
        HKEY found = nullptr;
        if (RegOpenKeyExW(key_, name, 0, KEY_READ, &found) != ERROR_SUCCESS)
            return false;
        RegCloseKey(found);
        return true;
    }

    void set(const Value& value) const
    {
        demand(RegSetValueExW(key_, value.name.c_str(), 0, value.type, value.data.data(),
                              static_cast<DWORD>(value.data.size())));
    }
    void set(const wchar_t* name, DWORD number) const
    {
        demand(RegSetValueExW(key_, name, 0, REG_DWORD, reinterpret_cast<const BYTE*>(&number),
                              sizeof number));
    }
    void set(const wchar_t* name, const std::wstring& text) const
    {
        demand(RegSetValueExW(key_, name, 0, REG_SZ, reinterpret_cast<const BYTE*>(text.c_str()),
                              static_cast<DWORD>((text.size() + 1) * sizeof(wchar_t))));
    }

    std::vector<Value> values() const
    {
        DWORD count = 0, longest_name = 0, longest_data = 0;
        demand(RegQueryInfoKeyW(key_, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, &count,
                                &longest_name, &longest_data, nullptr, nullptr));
        std::vector<Value> found;
        for (DWORD i = 0; i < count; ++i) {
            DWORD name_size = longest_name + 1, size = longest_data;
            Value value{std::wstring(name_size, L'\0'), 0, std::vector<BYTE>(size)};
            demand(RegEnumValueW(key_, i, value.name.data(), &name_size, nullptr, &value.type,
                                 value.data.data(), &size));
            value.name.resize(name_size);
            value.data.resize(size);
            found.push_back(std::move(value));
        }
        return found;
    }
    void replace_values(const std::vector<Value>& by) const
    {
        for (const Value& old : values())
            demand(RegDeleteValueW(key_, old.name.c_str()));
        for (const Value& value : by)
            set(value);
    }
    void remove_key(const wchar_t* name) const
    {
        const LSTATUS answer = RegDeleteTreeW(key_, name);
        demand(answer == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : answer);
    }

  private:
    HKEY key_ = nullptr;
};

bool exists(const std::wstring& path)
{
    HKEY key = nullptr;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path.c_str(), 0, KEY_READ, &key) != ERROR_SUCCESS)
        return false;
    RegCloseKey(key);
    return true;
}

void remove(const std::wstring& path)
{
    const LSTATUS answer = RegDeleteTreeW(HKEY_LOCAL_MACHINE, path.c_str());
    demand(answer == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : answer);
}

/// Marks the key as ours, once what stands in it is safe.
void take(const std::wstring& path)
{
    const bool new_one = !exists(path);
    const Key key(HKEY_LOCAL_MACHINE, path);
    if (key.has_value(mark))
        return;
    key.remove_key(kept); // of an attempt that was cut off
    if (!new_one)
        Key(key.handle(), kept).replace_values(key.values());
    key.set(mark, 1);
}

void give_back(const std::wstring& path)
{
    if (!exists(path))
        return;
    bool made_by_us = false;
    {
        const Key key(HKEY_LOCAL_MACHINE, path);
        if (!key.has_value(mark))
            return;
        made_by_us = !key.has_key(kept);
        if (!made_by_us) {
            key.replace_values(Key(key.handle(), kept).values());
            key.remove_key(kept);
        }
    }
    if (made_by_us)
        remove(path);
}

std::wstring type_path(std::uint32_t type)
{
    std::array<wchar_t, 16> name{};
    std::swprintf(name.data(), name.size(), L"Type %03u", static_cast<unsigned>(type));
    return std::wstring(types) + name.data();
}

/// The file that this code was loaded from.
std::wstring own_path()
{
    HMODULE module = nullptr;
    std::wstring path(MAX_PATH, L'\0');
    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                                GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                            reinterpret_cast<LPCWSTR>(&own_path), &module))
        throw_system_error(GetLastError());
    for (;;) {
        const DWORD size = GetModuleFileNameW(module, path.data(), static_cast<DWORD>(path.size()));
        if (size == 0)
            throw_system_error(GetLastError());
        if (size < path.size()) {
            path.resize(size);
            return path;
        }
        path.resize(path.size() * 2);
    }
}

void write_provider(const std::wstring& path, std::uint32_t type)
{
    const Key key(HKEY_LOCAL_MACHINE, path);
    key.set(L"Image Path", own_path());
    key.set(L"Type", type);
    key.set(L"SigInFile", 0); // nobody signs providers any more
}

} // namespace

void add_provider(const std::string& name, std::uint32_t type)
{
    write_provider(providers + wide_path(name), type);
}

void remove_provider(const std::string& name)
{
    remove(providers + wide_path(name));
}

void take_provider(const std::string& name, std::uint32_t type)
{
    take(providers + wide_path(name));
    write_provider(providers + wide_path(name), type);
}

void give_provider_back(const std::string& name)
{
    give_back(providers + wide_path(name));
}

void take_provider_type(std::uint32_t type, const std::string& display_name,
                        const std::string& default_provider)
{
    if (exists(type_path(type)))
        return;
    take(type_path(type));
    const Key key(HKEY_LOCAL_MACHINE, type_path(type));
    key.set(L"TypeName", wide_path(display_name));
    key.set(L"Name", wide_path(default_provider));
}

void give_provider_type_back(std::uint32_t type)
{
    give_back(type_path(type));
}

} // namespace capishim::platform
