// SPDX-License-Identifier: BSD-2-Clause
// Which providers and provider types there are.
#include "advapi/exports/rim.h"
#include "advapi/providers.h"

using namespace capishim;
using namespace capishim::advapi;

namespace {

// The type is written also when only the name's size is asked for: samples use that call as their
// loop condition (cryptoapi.md 1.6).
template <class Unit>
void enumerate_providers(DWORD dwIndex, DWORD* pdwReserved, DWORD dwFlags, DWORD* pdwProvType,
                         Unit* szProvName, DWORD* pcbProvName)
{
    require(pdwReserved == nullptr, Fault::invalid_parameter);
    require_pointer(pdwProvType);
    require_pointer(pcbProvName);
    require(dwFlags == 0, Fault::bad_flags);
    const csp::Profile& profile = listed_provider(dwIndex);
    write_text(profile.name, szProvName, pcbProvName);
    *pdwProvType = profile.type;
}

template <class Unit>
void enumerate_types(DWORD dwIndex, DWORD* pdwReserved, DWORD dwFlags, DWORD* pdwProvType,
                     Unit* szTypeName, DWORD* pcbTypeName)
{
    require(pdwReserved == nullptr, Fault::invalid_parameter);
    require_pointer(pdwProvType);
    require_pointer(pcbTypeName);
    require(dwFlags == 0, Fault::bad_flags);
    const csp::ProviderType& type = listed_type(dwIndex);
    write_text(type.display_name, szTypeName, pcbTypeName);
    *pdwProvType = type.type;
}

// U-25: exactly one of the two scopes; U-26: an unset user default is the machine's.
template <class Unit>
void get_default(DWORD dwProvType, DWORD* pdwReserved, DWORD dwFlags, Unit* pszProvName,
                 DWORD* pcbProvName)
{
    require(pdwReserved == nullptr, Fault::invalid_parameter);
    require_pointer(pcbProvName);
    require(dwFlags == CRYPT_MACHINE_DEFAULT || dwFlags == CRYPT_USER_DEFAULT, Fault::bad_flags);
    write_text(default_provider(dwProvType), pszProvName, pcbProvName);
}

} // namespace

BOOL WINAPI CryptEnumProvidersA(DWORD dwIndex, DWORD* pdwReserved, DWORD dwFlags,
                                DWORD* pdwProvType, LPSTR szProvName, DWORD* pcbProvName)
{
    return win32_call(
        Api::CryptEnumProvidersA,
        [&] {
            enumerate_providers(dwIndex, pdwReserved, dwFlags, pdwProvType, szProvName,
                                pcbProvName);
        },
        dwIndex, pdwReserved, dwFlags, pdwProvType, szProvName, pcbProvName);
}

BOOL WINAPI CryptEnumProvidersW(DWORD dwIndex, DWORD* pdwReserved, DWORD dwFlags,
                                DWORD* pdwProvType, char16_t* szProvName, DWORD* pcbProvName)
{
    return win32_call(
        Api::CryptEnumProvidersW,
        [&] {
            enumerate_providers(dwIndex, pdwReserved, dwFlags, pdwProvType, szProvName,
                                pcbProvName);
        },
        dwIndex, pdwReserved, dwFlags, pdwProvType, szProvName, pcbProvName);
}

BOOL WINAPI CryptEnumProviderTypesA(DWORD dwIndex, DWORD* pdwReserved, DWORD dwFlags,
                                    DWORD* pdwProvType, LPSTR szTypeName, DWORD* pcbTypeName)
{
    return win32_call(
        Api::CryptEnumProviderTypesA,
        [&] {
            enumerate_types(dwIndex, pdwReserved, dwFlags, pdwProvType, szTypeName, pcbTypeName);
        },
        dwIndex, pdwReserved, dwFlags, pdwProvType, szTypeName, pcbTypeName);
}

BOOL WINAPI CryptEnumProviderTypesW(DWORD dwIndex, DWORD* pdwReserved, DWORD dwFlags,
                                    DWORD* pdwProvType, char16_t* szTypeName, DWORD* pcbTypeName)
{
    return win32_call(
        Api::CryptEnumProviderTypesW,
        [&] {
            enumerate_types(dwIndex, pdwReserved, dwFlags, pdwProvType, szTypeName, pcbTypeName);
        },
        dwIndex, pdwReserved, dwFlags, pdwProvType, szTypeName, pcbTypeName);
}

BOOL WINAPI CryptGetDefaultProviderA(DWORD dwProvType, DWORD* pdwReserved, DWORD dwFlags,
                                     LPSTR pszProvName, DWORD* pcbProvName)
{
    return win32_call(
        Api::CryptGetDefaultProviderA,
        [&] { get_default(dwProvType, pdwReserved, dwFlags, pszProvName, pcbProvName); },
        dwProvType, pdwReserved, dwFlags, pszProvName, pcbProvName);
}

BOOL WINAPI CryptGetDefaultProviderW(DWORD dwProvType, DWORD* pdwReserved, DWORD dwFlags,
                                     char16_t* pszProvName, DWORD* pcbProvName)
{
    return win32_call(
        Api::CryptGetDefaultProviderW,
        [&] { get_default(dwProvType, pdwReserved, dwFlags, pszProvName, pcbProvName); },
        dwProvType, pdwReserved, dwFlags, pszProvName, pcbProvName);
}

#ifndef _WIN32
BOOL WINAPI CryptEnumProvidersW_w32(DWORD dwIndex, DWORD* pdwReserved, DWORD dwFlags,
                                    DWORD* pdwProvType, char32_t* szProvName, DWORD* pcbProvName)
{
    return win32_call(
        Api::CryptEnumProvidersW,
        [&] {
            enumerate_providers(dwIndex, pdwReserved, dwFlags, pdwProvType, szProvName,
                                pcbProvName);
        },
        dwIndex, pdwReserved, dwFlags, pdwProvType, szProvName, pcbProvName);
}

BOOL WINAPI CryptEnumProviderTypesW_w32(DWORD dwIndex, DWORD* pdwReserved, DWORD dwFlags,
                                        DWORD* pdwProvType, char32_t* szTypeName,
                                        DWORD* pcbTypeName)
{
    return win32_call(
        Api::CryptEnumProviderTypesW,
        [&] {
            enumerate_types(dwIndex, pdwReserved, dwFlags, pdwProvType, szTypeName, pcbTypeName);
        },
        dwIndex, pdwReserved, dwFlags, pdwProvType, szTypeName, pcbTypeName);
}

BOOL WINAPI CryptGetDefaultProviderW_w32(DWORD dwProvType, DWORD* pdwReserved, DWORD dwFlags,
                                         char32_t* pszProvName, DWORD* pcbProvName)
{
    return win32_call(
        Api::CryptGetDefaultProviderW,
        [&] { get_default(dwProvType, pdwReserved, dwFlags, pszProvName, pcbProvName); },
        dwProvType, pdwReserved, dwFlags, pszProvName, pcbProvName);
}
#endif
