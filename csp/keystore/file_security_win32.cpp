// SPDX-License-Identifier: BSD-2-Clause
#include "base/fault.h"
#include "csp/keystore/file_security.h"
#include "platform/file_descriptor.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {

Bytes file_security(const std::string& path, std::uint32_t information)
{
    // Who may read a SACL is a privilege of its own; without one in the file there is nothing to
    // see.
    auto descriptor = platform::file_descriptor(path, information & ~SACL_SECURITY_INFORMATION);
    require(descriptor.has_value(), Fault::bad_keyset);
    return std::move(*descriptor);
}

void set_file_security(const std::string& path, const std::uint8_t* descriptor,
                       std::uint32_t information)
{
    require(platform::is_descriptor(descriptor), Fault::invalid_parameter);
    if (information & DACL_SECURITY_INFORMATION)
        platform::set_file_dacl(path, descriptor);
}

} // namespace capishim::csp
