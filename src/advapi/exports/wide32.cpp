// SPDX-License-Identifier: BSD-2-Clause
// The twins for programs whose wchar_t has 32 bits (U-01); not built for Windows.
#include "advapi/exports/with_text.h"

using namespace capishim;
using namespace capishim::advapi;

BOOL WINAPI CryptAcquireContextW_w32(HCRYPTPROV* phProv, const char32_t* szContainer,
                                     const char32_t* szProvider, DWORD dwProvType, DWORD dwFlags)
{
    return win32_call(
        Api::CryptAcquireContextW,
        [&] { acquire(phProv, szContainer, szProvider, dwProvType, dwFlags); }, phProv, szContainer,
        szProvider, dwProvType, dwFlags);
}

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

BOOL WINAPI CryptSetProviderW_w32(const char32_t* pszProvName, DWORD dwProvType)
{
    return win32_call(
        Api::CryptSetProviderW,
        [&] { set_default(pszProvName, dwProvType, nullptr, CRYPT_USER_DEFAULT); }, pszProvName,
        dwProvType);
}

BOOL WINAPI CryptSetProviderExW_w32(const char32_t* pszProvName, DWORD dwProvType,
                                    DWORD* pdwReserved, DWORD dwFlags)
{
    return win32_call(
        Api::CryptSetProviderExW,
        [&] { set_default(pszProvName, dwProvType, pdwReserved, dwFlags); }, pszProvName,
        dwProvType, pdwReserved, dwFlags);
}

BOOL WINAPI CryptSignHashW_w32(HCRYPTHASH hHash, DWORD dwKeySpec, const char32_t* szDescription,
                               DWORD dwFlags, BYTE* pbSignature, DWORD* pdwSigLen)
{
    return win32_call(
        Api::CryptSignHashW,
        [&] { sign(hHash, dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen); }, hHash,
        dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen);
}

BOOL WINAPI CryptVerifySignatureW_w32(HCRYPTHASH hHash, const BYTE* pbSignature, DWORD dwSigLen,
                                      HCRYPTKEY hPubKey, const char32_t* szDescription,
                                      DWORD dwFlags)
{
    return win32_call(
        Api::CryptVerifySignatureW,
        [&] { verify(hHash, pbSignature, dwSigLen, hPubKey, szDescription, dwFlags); }, hHash,
        pbSignature, dwSigLen, hPubKey, szDescription, dwFlags);
}
