// SPDX-License-Identifier: BSD-2-Clause
#include "platform/file_descriptor.h"

#include "platform/win32/patience.h"
#include "platform/win32/system_error.h"
#include "platform/win32/windows_h.h"

namespace capishim::platform {

std::optional<Bytes> file_descriptor(const std::string& path, std::uint32_t information)
{
    const std::wstring name = wide_path(path);
    Bytes descriptor(256);
    for (;;) {
        DWORD size = 0;
        const DWORD code = patiently(name, false, [&] {
            return GetFileSecurityW(name.c_str(), information, descriptor.data(),
                                    static_cast<DWORD>(descriptor.size()), &size);
        });
        if (code == ERROR_SUCCESS) {
            descriptor.resize(GetSecurityDescriptorLength(descriptor.data()));
            return descriptor;
        }
        if (means_missing(code))
            return std::nullopt;
        if (code != ERROR_INSUFFICIENT_BUFFER)
            throw_system_error(code);
        descriptor.resize(size);
    }
}

bool is_descriptor(const std::uint8_t* bytes)
{
    return bytes && IsValidSecurityDescriptor(const_cast<std::uint8_t*>(bytes));
}

void set_file_dacl(const std::string& path, const std::uint8_t* descriptor)
{
    const std::wstring name = wide_path(path);
    const DWORD code = patiently(name, false, [&] {
        return SetFileSecurityW(name.c_str(), DACL_SECURITY_INFORMATION,
                                const_cast<std::uint8_t*>(descriptor));
    });
    if (code != ERROR_SUCCESS)
        throw_system_error(code);
}

} // namespace capishim::platform
