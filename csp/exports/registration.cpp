// SPDX-License-Identifier: BSD-2-Clause
// What regsvr32 calls: registers this library as cryptographic service providers, and with
// /i:microsoft under the system's own names too.
#include "csp/registration.h"

#include "base/fault.h"

#include <capishim/windows.h>

#include <algorithm>
#include <concepts>
#include <string_view>

using namespace capishim;

namespace {

using Result = LONG; // HRESULT
constexpr Result unexpected = static_cast<Result>(0x8000FFFF);
constexpr DWORD win32_facility = 0x80070000;

Result as_result(Fault fault)
{
    const DWORD code = fault_row(fault).win32;
    return fault == Fault::none ? 0
           : code <= 0xFFFF     ? static_cast<Result>(win32_facility | code)
                                : static_cast<Result>(code);
}

template <std::invocable Body>
Result server_call(Body body) noexcept
try {
    body();
    return 0;
} catch (const Error& error) {
    return as_result(error.fault());
} catch (...) {
    return unexpected;
}

} // namespace

extern "C" {

Result WINAPI DllRegisterServer(void)
{
    return server_call(csp::register_providers);
}

Result WINAPI DllUnregisterServer(void)
{
    return server_call(csp::unregister_providers);
}

/// @param pszCmdLine   what stands after /i: on regsvr32's command line
Result WINAPI DllInstall(BOOL bInstall, const char16_t* pszCmdLine)
{
    return server_call([&] {
        const std::u16string_view wanted = pszCmdLine ? pszCmdLine : u"";
        require(wanted.empty() || wanted == u"microsoft", Fault::invalid_parameter);
        if (!wanted.empty())
            bInstall ? csp::take_system_names() : csp::give_system_names_back();
    });
}

} // extern "C"
