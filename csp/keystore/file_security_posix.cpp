// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/file_security.h"
#include "csp/security_descriptor.h"
#include "platform/file.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

Access access_of(const std::string& path)
{
    const auto file = platform::file_access(path);
    require(file.has_value(), Fault::bad_keyset);
    return {file->owner, file->group,
            file->mode & 0004   ? Readers::everyone
            : file->mode & 0040 ? Readers::group
                                : Readers::owner};
}

std::uint32_t mode_for(Readers readers)
{
    return readers == Readers::everyone ? 0644 : readers == Readers::group ? 0640 : 0600;
}

} // namespace

Bytes file_security(const std::string& path, std::uint32_t information)
{
    return write_security_descriptor(access_of(path), information);
}

void set_file_security(const std::string& path, const std::uint8_t* descriptor,
                       std::uint32_t information)
{
    const Readers readers = readers_by_dacl(descriptor, access_of(path));
    if (information & DACL_SECURITY_INFORMATION)
        platform::set_file_mode(path, mode_for(readers));
}

} // namespace capishim::csp
