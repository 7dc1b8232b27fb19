// SPDX-License-Identifier: BSD-2-Clause
// CP* functions on keys. Handles are written on success alone (U-09).
#include "csp/exports/session.h"

using namespace capishim;
using namespace capishim::csp;

BOOL WINAPI CPGenKey(HCRYPTPROV hProv, ALG_ID Algid, DWORD dwFlags, HCRYPTKEY* phKey)
{
    return win32_call(
        Api::CPGenKey,
        [&] {
            require_pointer(phKey);
            const auto session = pin_session(hProv);
            *phKey = issue(session->context->gen_key(Algid, dwFlags), session);
        },
        hProv, Algid, dwFlags, phKey);
}

BOOL WINAPI CPDeriveKey(HCRYPTPROV hProv, ALG_ID Algid, HCRYPTHASH hBaseData, DWORD dwFlags,
                        HCRYPTKEY* phKey)
{
    return win32_call(
        Api::CPDeriveKey,
        [&] {
            require_pointer(phKey);
            const auto session = pin_session(hProv);
            const auto base = pin_hash(session, hBaseData);
            *phKey = issue(session->context->derive_key(Algid, *base, dwFlags), session);
        },
        hProv, Algid, hBaseData, dwFlags, phKey);
}

BOOL WINAPI CPDestroyKey(HCRYPTPROV hProv, HCRYPTKEY hKey)
{
    return win32_call(
        Api::CPDestroyKey, [&] { destroy_key(hProv, hKey); }, hProv, hKey);
}

BOOL WINAPI CPDuplicateKey(HCRYPTPROV hProv, HCRYPTKEY hKey, DWORD* pdwReserved, DWORD dwFlags,
                           HCRYPTKEY* phKey)
{
    return win32_call(
        Api::CPDuplicateKey,
        [&] {
            require(pdwReserved == nullptr && phKey != nullptr, Fault::invalid_parameter);
            const auto session = pin_session(hProv);
            const auto key = pin_key(session, hKey);
            require(dwFlags == 0, Fault::invalid_parameter);
            *phKey = issue(key->duplicate(), session);
        },
        hProv, hKey, pdwReserved, dwFlags, phKey);
}

BOOL WINAPI CPExportKey(HCRYPTPROV hProv, HCRYPTKEY hKey, HCRYPTKEY hPubKey, DWORD dwBlobType,
                        DWORD dwFlags, BYTE* pbData, DWORD* pdwDataLen)
{
    return win32_call(
        Api::CPExportKey,
        [&] {
            require_pointer(pdwDataLen);
            const auto session = pin_session(hProv);
            const auto key = pin_key(session, hKey);
            const auto export_key = pin_optional_key(session, hPubKey);
            OutBuffer out = answer(pbData, pdwDataLen);
            key->export_key(pointer(export_key), dwBlobType, dwFlags, out);
            if ((dwFlags & CRYPT_DESTROYKEY) && pbData) // U-40
                handle::handles().retire_when_idle<Key>(handle::Handle{hKey},
                                                        handle::Kind::csp_key);
        },
        hProv, hKey, hPubKey, dwBlobType, dwFlags, pbData, pdwDataLen);
}

BOOL WINAPI CPImportKey(HCRYPTPROV hProv, const BYTE* pbData, DWORD dwDataLen, HCRYPTKEY hPubKey,
                        DWORD dwFlags, HCRYPTKEY* phKey)
{
    return win32_call(
        Api::CPImportKey,
        [&] {
            require(pbData != nullptr && phKey != nullptr, Fault::invalid_parameter);
            const auto session = pin_session(hProv);
            const auto import_key = pin_optional_key(session, hPubKey);
            *phKey = issue(
                session->context->import_key(view(pbData, dwDataLen), shared(import_key), dwFlags),
                session);
        },
        hProv, pbData, dwDataLen, hPubKey, dwFlags, phKey);
}

BOOL WINAPI CPGetUserKey(HCRYPTPROV hProv, DWORD dwKeySpec, HCRYPTKEY* phUserKey)
{
    return win32_call(
        Api::CPGetUserKey,
        [&] {
            require_pointer(phUserKey);
            const auto session = pin_session(hProv);
            *phUserKey = issue(session->context->user_key(dwKeySpec), session);
        },
        hProv, dwKeySpec, phUserKey);
}

BOOL WINAPI CPGetKeyParam(HCRYPTPROV hProv, HCRYPTKEY hKey, DWORD dwParam, BYTE* pbData,
                          DWORD* pcbDataLen, DWORD dwFlags)
{
    return win32_call(
        Api::CPGetKeyParam,
        [&] {
            require_pointer(pcbDataLen);
            const auto key = pin_key(pin_session(hProv), hKey);
            OutBuffer out = answer(pbData, pcbDataLen);
            require(dwFlags == 0, Fault::bad_flags);
            key->get_param(dwParam, out);
        },
        hProv, hKey, dwParam, pbData, pcbDataLen, dwFlags);
}

BOOL WINAPI CPSetKeyParam(HCRYPTPROV hProv, HCRYPTKEY hKey, DWORD dwParam, const BYTE* pbData,
                          DWORD dwFlags)
{
    return win32_call(
        Api::CPSetKeyParam,
        [&] { pin_key(pin_session(hProv), hKey)->set_param(dwParam, pbData, dwFlags); }, hProv,
        hKey, dwParam, pbData, dwFlags);
}

BOOL WINAPI CPEncrypt(HCRYPTPROV hProv, HCRYPTKEY hKey, HCRYPTHASH hHash, BOOL Final, DWORD dwFlags,
                      BYTE* pbData, DWORD* pdwDataLen, DWORD dwBufLen)
{
    return win32_call(
        Api::CPEncrypt,
        [&] {
            require_pointer(pdwDataLen);
            const auto session = pin_session(hProv);
            const auto key = pin_key(session, hKey);
            const auto hash = pin_optional_hash(session, hHash);
            key->encrypt(pointer(hash), Final != FALSE, dwFlags, pbData, pdwDataLen, dwBufLen);
        },
        hProv, hKey, hHash, Final, dwFlags, pbData, pdwDataLen, dwBufLen);
}

BOOL WINAPI CPDecrypt(HCRYPTPROV hProv, HCRYPTKEY hKey, HCRYPTHASH hHash, BOOL Final, DWORD dwFlags,
                      BYTE* pbData, DWORD* pdwDataLen)
{
    return win32_call(
        Api::CPDecrypt,
        [&] {
            require(pbData != nullptr && pdwDataLen != nullptr, Fault::invalid_parameter);
            const auto session = pin_session(hProv);
            const auto key = pin_key(session, hKey);
            const auto hash = pin_optional_hash(session, hHash);
            key->decrypt(pointer(hash), Final != FALSE, dwFlags, pbData, pdwDataLen);
        },
        hProv, hKey, hHash, Final, dwFlags, pbData, pdwDataLen);
}
