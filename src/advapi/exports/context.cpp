// SPDX-License-Identifier: BSD-2-Clause
// Crypt* functions on contexts.
#include "advapi/exports/with_text.h"

using namespace capishim;
using namespace capishim::advapi;

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
            release_context(Handle{hProv});
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
            OutBuffer out = answer(pbData, pdwDataLen);
            context->provider().get_param(dwParam, dwFlags, out);
        },
        hProv, dwParam, pbData, pdwDataLen, dwFlags);
}

BOOL WINAPI CryptSetProvParam(HCRYPTPROV hProv, DWORD dwParam, const BYTE* pbData, DWORD dwFlags)
{
    return win32_call(
        Api::CryptSetProvParam,
        [&] {
            if (hProv == 0 && dwParam == PP_CLIENT_HWND) // never reaches a provider (9.2)
                return;
            pin<Context>(hProv)->provider().set_param(dwParam, pbData, dwFlags);
        },
        hProv, dwParam, pbData, dwFlags);
}
