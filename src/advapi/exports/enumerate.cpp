// SPDX-License-Identifier: BSD-2-Clause
// Which providers and provider types there are, and which are the defaults.
#include "advapi/exports/with_text.h"

using namespace capishim;
using namespace capishim::advapi;

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

BOOL WINAPI CryptSetProviderA(LPCSTR pszProvName, DWORD dwProvType)
{
    return win32_call(
        Api::CryptSetProviderA,
        [&] { set_default(pszProvName, dwProvType, nullptr, CRYPT_USER_DEFAULT); }, pszProvName,
        dwProvType);
}

BOOL WINAPI CryptSetProviderExA(LPCSTR pszProvName, DWORD dwProvType, DWORD* pdwReserved,
                                DWORD dwFlags)
{
    return win32_call(
        Api::CryptSetProviderExA,
        [&] { set_default(pszProvName, dwProvType, pdwReserved, dwFlags); }, pszProvName,
        dwProvType, pdwReserved, dwFlags);
}

BOOL WINAPI CryptSetProviderW(const char16_t* pszProvName, DWORD dwProvType)
{
    return win32_call(
        Api::CryptSetProviderW,
        [&] { set_default(pszProvName, dwProvType, nullptr, CRYPT_USER_DEFAULT); }, pszProvName,
        dwProvType);
}

BOOL WINAPI CryptSetProviderExW(const char16_t* pszProvName, DWORD dwProvType, DWORD* pdwReserved,
                                DWORD dwFlags)
{
    return win32_call(
        Api::CryptSetProviderExW,
        [&] { set_default(pszProvName, dwProvType, pdwReserved, dwFlags); }, pszProvName,
        dwProvType, pdwReserved, dwFlags);
}
