// SPDX-License-Identifier: BSD-2-Clause
// Crypt* functions on keys.
#include "advapi/exports/rim.h"

using namespace capishim;
using namespace capishim::advapi;

BOOL WINAPI CryptGenKey(HCRYPTPROV hProv, ALG_ID Algid, DWORD dwFlags, HCRYPTKEY* phKey)
{
    return win32_call(
        Api::CryptGenKey,
        [&] {
            require_pointer(phKey);
            const auto context = pin<Context>(hProv);
            *phKey = issue(context->provider().gen_key(Algid, dwFlags), context->family());
        },
        hProv, Algid, dwFlags, phKey);
}

BOOL WINAPI CryptDeriveKey(HCRYPTPROV hProv, ALG_ID Algid, HCRYPTHASH hBaseData, DWORD dwFlags,
                           HCRYPTKEY* phKey)
{
    return win32_call(
        Api::CryptDeriveKey,
        [&] {
            require_pointer(phKey);
            const auto context = pin<Context>(hProv);
            const auto base = pin<ProviderHash>(hBaseData);
            *phKey =
                issue(context->provider().derive_key(Algid, *base, dwFlags), context->family());
        },
        hProv, Algid, hBaseData, dwFlags, phKey);
}

BOOL WINAPI CryptDestroyKey(HCRYPTKEY hKey)
{
    return win32_call(
        Api::CryptDestroyKey,
        [&] { handle::handles().retire<ProviderKey>(Handle{hKey})->destroy(); }, hKey);
}

BOOL WINAPI CryptDuplicateKey(HCRYPTKEY hKey, DWORD* pdwReserved, DWORD dwFlags, HCRYPTKEY* phKey)
{
    return win32_call(
        Api::CryptDuplicateKey,
        [&] {
            require(pdwReserved == nullptr, Fault::invalid_parameter);
            require_pointer(phKey);
            const auto key = pin<ProviderKey>(hKey);
            *phKey = issue(key->duplicate(dwFlags), key.family());
        },
        hKey, pdwReserved, dwFlags, phKey);
}

BOOL WINAPI CryptExportKey(HCRYPTKEY hKey, HCRYPTKEY hExpKey, DWORD dwBlobType, DWORD dwFlags,
                           BYTE* pbData, DWORD* pdwDataLen)
{
    return win32_call(
        Api::CryptExportKey,
        [&] {
            require_pointer(pdwDataLen);
            const auto key = pin<ProviderKey>(hKey);
            const auto export_key = pin_optional<ProviderKey>(hExpKey);
            key->export_key(pointer(export_key), dwBlobType, dwFlags, {pbData, pdwDataLen});
            if ((dwFlags & CRYPT_DESTROYKEY) && pbData) // U-40
                handle::handles().retire_when_idle<ProviderKey>(Handle{hKey});
        },
        hKey, hExpKey, dwBlobType, dwFlags, pbData, pdwDataLen);
}

BOOL WINAPI CryptImportKey(HCRYPTPROV hProv, const BYTE* pbData, DWORD dwDataLen, HCRYPTKEY hPubKey,
                           DWORD dwFlags, HCRYPTKEY* phKey)
{
    return win32_call(
        Api::CryptImportKey,
        [&] {
            require_pointer(pbData);
            require_pointer(phKey);
            const auto context = pin<Context>(hProv);
            const auto import_key = pin_optional<ProviderKey>(hPubKey);
            *phKey = issue(context->provider().import_key(view(pbData, dwDataLen),
                                                          pointer(import_key), dwFlags),
                           context->family());
        },
        hProv, pbData, dwDataLen, hPubKey, dwFlags, phKey);
}

BOOL WINAPI CryptGetUserKey(HCRYPTPROV hProv, DWORD dwKeySpec, HCRYPTKEY* phUserKey)
{
    return win32_call(
        Api::CryptGetUserKey,
        [&] {
            require_pointer(phUserKey);
            const auto context = pin<Context>(hProv);
            *phUserKey = issue(context->provider().user_key(dwKeySpec), context->family());
        },
        hProv, dwKeySpec, phUserKey);
}

BOOL WINAPI CryptGetKeyParam(HCRYPTKEY hKey, DWORD dwParam, BYTE* pbData, DWORD* pdwDataLen,
                             DWORD dwFlags)
{
    return win32_call(
        Api::CryptGetKeyParam,
        [&] {
            require_pointer(pdwDataLen);
            pin<ProviderKey>(hKey)->get_param(dwParam, {pbData, pdwDataLen}, dwFlags);
        },
        hKey, dwParam, pbData, pdwDataLen, dwFlags);
}

BOOL WINAPI CryptSetKeyParam(HCRYPTKEY hKey, DWORD dwParam, const BYTE* pbData, DWORD dwFlags)
{
    return win32_call(
        Api::CryptSetKeyParam, [&] { pin<ProviderKey>(hKey)->set_param(dwParam, pbData, dwFlags); },
        hKey, dwParam, pbData, dwFlags);
}

BOOL WINAPI CryptEncrypt(HCRYPTKEY hKey, HCRYPTHASH hHash, BOOL Final, DWORD dwFlags, BYTE* pbData,
                         DWORD* pdwDataLen, DWORD dwBufLen)
{
    return win32_call(
        Api::CryptEncrypt,
        [&] {
            require_pointer(pdwDataLen);
            const auto key = pin<ProviderKey>(hKey);
            const auto hash = pin_optional<ProviderHash>(hHash);
            key->encrypt(pointer(hash), Final != FALSE, dwFlags, pbData, pdwDataLen, dwBufLen);
        },
        hKey, hHash, Final, dwFlags, pbData, pdwDataLen, dwBufLen);
}

BOOL WINAPI CryptDecrypt(HCRYPTKEY hKey, HCRYPTHASH hHash, BOOL Final, DWORD dwFlags, BYTE* pbData,
                         DWORD* pdwDataLen)
{
    return win32_call(
        Api::CryptDecrypt,
        [&] {
            require_pointer(pbData); // U-121
            require_pointer(pdwDataLen);
            const auto key = pin<ProviderKey>(hKey);
            const auto hash = pin_optional<ProviderHash>(hHash);
            key->decrypt(pointer(hash), Final != FALSE, dwFlags, pbData, pdwDataLen);
        },
        hKey, hHash, Final, dwFlags, pbData, pdwDataLen);
}
