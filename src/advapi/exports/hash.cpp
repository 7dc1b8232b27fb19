// SPDX-License-Identifier: BSD-2-Clause
// Crypt* functions on hashes and signatures.
#include "advapi/exports/with_text.h"

using namespace capishim;
using namespace capishim::advapi;

BOOL WINAPI CryptCreateHash(HCRYPTPROV hProv, ALG_ID Algid, HCRYPTKEY hKey, DWORD dwFlags,
                            HCRYPTHASH* phHash)
{
    return win32_call(
        Api::CryptCreateHash,
        [&] {
            require_pointer(phHash);
            const auto context = pin<Context>(hProv);
            const auto key = pin_optional<ProviderKey>(hKey);
            *phHash = issue(context->provider().create_hash(Algid, pointer(key), dwFlags),
                            context->family());
        },
        hProv, Algid, hKey, dwFlags, phHash);
}

BOOL WINAPI CryptHashData(HCRYPTHASH hHash, const BYTE* pbData, DWORD dwDataLen, DWORD dwFlags)
{
    return win32_call(
        Api::CryptHashData,
        [&] {
            require(pbData != nullptr || dwDataLen == 0, Fault::invalid_parameter); // U-55
            pin<ProviderHash>(hHash)->hash_data(view(pbData, dwDataLen), dwFlags);
        },
        hHash, pbData, dwDataLen, dwFlags);
}

BOOL WINAPI CryptHashSessionKey(HCRYPTHASH hHash, HCRYPTKEY hKey, DWORD dwFlags)
{
    return win32_call(
        Api::CryptHashSessionKey,
        [&] {
            const auto hash = pin<ProviderHash>(hHash);
            hash->hash_session_key(*pin<ProviderKey>(hKey), dwFlags);
        },
        hHash, hKey, dwFlags);
}

BOOL WINAPI CryptGetHashParam(HCRYPTHASH hHash, DWORD dwParam, BYTE* pbData, DWORD* pdwDataLen,
                              DWORD dwFlags)
{
    return win32_call(
        Api::CryptGetHashParam,
        [&] {
            require_pointer(pdwDataLen);
            pin<ProviderHash>(hHash)->get_param(dwParam, {pbData, pdwDataLen}, dwFlags);
        },
        hHash, dwParam, pbData, pdwDataLen, dwFlags);
}

BOOL WINAPI CryptSetHashParam(HCRYPTHASH hHash, DWORD dwParam, const BYTE* pbData, DWORD dwFlags)
{
    return win32_call(
        Api::CryptSetHashParam,
        [&] { pin<ProviderHash>(hHash)->set_param(dwParam, pbData, dwFlags); }, hHash, dwParam,
        pbData, dwFlags);
}

BOOL WINAPI CryptDuplicateHash(HCRYPTHASH hHash, DWORD* pdwReserved, DWORD dwFlags,
                               HCRYPTHASH* phHash)
{
    return win32_call(
        Api::CryptDuplicateHash,
        [&] {
            require(pdwReserved == nullptr, Fault::invalid_parameter);
            require_pointer(phHash);
            const auto hash = pin<ProviderHash>(hHash);
            *phHash = issue(hash->duplicate(dwFlags), hash.family());
        },
        hHash, pdwReserved, dwFlags, phHash);
}

BOOL WINAPI CryptDestroyHash(HCRYPTHASH hHash)
{
    return win32_call(
        Api::CryptDestroyHash,
        [&] { handle::handles().retire<ProviderHash>(Handle{hHash})->destroy(); }, hHash);
}

BOOL WINAPI CryptSignHashA(HCRYPTHASH hHash, DWORD dwKeySpec, LPCSTR szDescription, DWORD dwFlags,
                           BYTE* pbSignature, DWORD* pdwSigLen)
{
    return win32_call(
        Api::CryptSignHashA,
        [&] { sign(hHash, dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen); }, hHash,
        dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen);
}

BOOL WINAPI CryptSignHashW(HCRYPTHASH hHash, DWORD dwKeySpec, const char16_t* szDescription,
                           DWORD dwFlags, BYTE* pbSignature, DWORD* pdwSigLen)
{
    return win32_call(
        Api::CryptSignHashW,
        [&] { sign(hHash, dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen); }, hHash,
        dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen);
}

BOOL WINAPI CryptVerifySignatureA(HCRYPTHASH hHash, const BYTE* pbSignature, DWORD dwSigLen,
                                  HCRYPTKEY hPubKey, LPCSTR szDescription, DWORD dwFlags)
{
    return win32_call(
        Api::CryptVerifySignatureA,
        [&] { verify(hHash, pbSignature, dwSigLen, hPubKey, szDescription, dwFlags); }, hHash,
        pbSignature, dwSigLen, hPubKey, szDescription, dwFlags);
}

BOOL WINAPI CryptVerifySignatureW(HCRYPTHASH hHash, const BYTE* pbSignature, DWORD dwSigLen,
                                  HCRYPTKEY hPubKey, const char16_t* szDescription, DWORD dwFlags)
{
    return win32_call(
        Api::CryptVerifySignatureW,
        [&] { verify(hHash, pbSignature, dwSigLen, hPubKey, szDescription, dwFlags); }, hHash,
        pbSignature, dwSigLen, hPubKey, szDescription, dwFlags);
}
