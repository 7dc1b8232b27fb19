// SPDX-License-Identifier: BSD-2-Clause
// Crypt* functions on contexts.
#include "advapi/client_window.h"
#include "advapi/exports/with_text.h"

#include <cstring>

using namespace capishim;
using namespace capishim::advapi;

namespace {

void set_client_window(const BYTE* data)
{
    HWND window = nullptr;
    std::memcpy(&window, data, sizeof window);
    client_window = reinterpret_cast<std::uintptr_t>(window);
}

} // namespace

BOOL WINAPI CryptAcquireContextA(HCRYPTPROV* phProv, LPCSTR szContainer, LPCSTR szProvider,
                                 DWORD dwProvType, DWORD dwFlags)
{
    return win32_call(
        Api::CryptAcquireContextA,
        [&] { acquire(phProv, szContainer, szProvider, dwProvType, dwFlags); }, phProv, szContainer,
        szProvider, dwProvType, dwFlags);
}

BOOL WINAPI CryptAcquireContextW(HCRYPTPROV* phProv, const char16_t* szContainer,
                                 const char16_t* szProvider, DWORD dwProvType, DWORD dwFlags)
{
    return win32_call(
        Api::CryptAcquireContextW,
        [&] { acquire(phProv, szContainer, szProvider, dwProvType, dwFlags); }, phProv, szContainer,
        szProvider, dwProvType, dwFlags);
}

BOOL WINAPI CryptContextAddRef(HCRYPTPROV hProv, DWORD* pdwReserved, DWORD dwFlags)
{
    return win32_call(
        Api::CryptContextAddRef,
        [&] {
            require(pdwReserved == nullptr, Fault::invalid_parameter);
            const auto context = pin<Context>(hProv);
            require(dwFlags == 0, Fault::bad_flags);
            context->add_reference();
        },
        hProv, pdwReserved, dwFlags);
}

BOOL WINAPI CryptReleaseContext(HCRYPTPROV hProv, DWORD dwFlags)
{
    return win32_call(
        Api::CryptReleaseContext,
        [&] {
            release_context(Handle{hProv}, dwFlags);
            require(dwFlags == 0, Fault::bad_flags); // the reference is given up all the same
        },
        hProv, dwFlags);
}

BOOL WINAPI CryptGetProvParam(HCRYPTPROV hProv, DWORD dwParam, BYTE* pbData, DWORD* pdwDataLen,
                              DWORD dwFlags)
{
    return win32_call(
        Api::CryptGetProvParam,
        [&] {
            require_pointer(pdwDataLen);
            const auto context = pin<Context>(hProv);
            context->provider().get_param(dwParam, {pbData, pdwDataLen}, dwFlags);
        },
        hProv, dwParam, pbData, pdwDataLen, dwFlags);
}

BOOL WINAPI CryptSetProvParam(HCRYPTPROV hProv, DWORD dwParam, const BYTE* pbData, DWORD dwFlags)
{
    return win32_call(
        Api::CryptSetProvParam,
        [&] {
            if (hProv != 0 || dwParam != PP_CLIENT_HWND)
                pin<Context>(hProv)->provider().set_param(dwParam, pbData, dwFlags);
            if (dwParam == PP_CLIENT_HWND && pbData)
                set_client_window(pbData);
        },
        hProv, dwParam, pbData, dwFlags);
}
