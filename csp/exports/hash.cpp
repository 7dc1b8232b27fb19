// SPDX-License-Identifier: BSD-2-Clause
// CP* functions on hashes and signatures.
#include "csp/exports/session.h"

using namespace capishim;
using namespace capishim::csp;

namespace {

template <class Unit>
void sign(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD dwKeySpec, const Unit* szDescription,
          DWORD dwFlags, BYTE* pbSignature, DWORD* pdwSigLen)
{
    require_pointer(pdwSigLen);
    const auto hash = pin_hash(pin_session(hProv), hHash);
    OutBuffer out = answer(pbSignature, pdwSigLen);
    hash->sign(dwKeySpec, read_description(szDescription), dwFlags, out);
}

template <class Unit>
void verify(HCRYPTPROV hProv, HCRYPTHASH hHash, const BYTE* pbSignature, DWORD dwSigLen,
            HCRYPTKEY hPubKey, const Unit* szDescription, DWORD dwFlags)
{
    require_pointer(pbSignature);
    const auto session = pin_session(hProv);
    const auto hash = pin_hash(session, hHash);
    const auto key = pin_key(session, hPubKey);
    hash->verify(view(pbSignature, dwSigLen), *key, read_description(szDescription), dwFlags);
}

} // namespace

BOOL WINAPI CPCreateHash(HCRYPTPROV hProv, ALG_ID Algid, HCRYPTKEY hKey, DWORD dwFlags,
                         HCRYPTHASH* phHash)
{
    return win32_call(
        Api::CPCreateHash,
        [&] {
            require_pointer(phHash);
            const auto session = pin_session(hProv);
            const auto key = pin_optional_key(session, hKey);
            *phHash = issue(session->context->create_hash(Algid, shared(key), dwFlags), session);
        },
        hProv, Algid, hKey, dwFlags, phHash);
}

BOOL WINAPI CPHashData(HCRYPTPROV hProv, HCRYPTHASH hHash, const BYTE* pbData, DWORD dwDataLen,
                       DWORD dwFlags)
{
    return win32_call(
        Api::CPHashData,
        [&] {
            require(pbData != nullptr || dwDataLen == 0, Fault::invalid_parameter);
            pin_hash(pin_session(hProv), hHash)->hash_data(view(pbData, dwDataLen), dwFlags);
        },
        hProv, hHash, pbData, dwDataLen, dwFlags);
}

BOOL WINAPI CPHashSessionKey(HCRYPTPROV hProv, HCRYPTHASH hHash, HCRYPTKEY hKey, DWORD dwFlags)
{
    return win32_call(
        Api::CPHashSessionKey,
        [&] {
            const auto session = pin_session(hProv);
            const auto hash = pin_hash(session, hHash);
            hash->hash_session_key(*pin_key(session, hKey), dwFlags);
        },
        hProv, hHash, hKey, dwFlags);
}

BOOL WINAPI CPGetHashParam(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD dwParam, BYTE* pbData,
                           DWORD* pdwDataLen, DWORD dwFlags)
{
    return win32_call(
        Api::CPGetHashParam,
        [&] {
            require_pointer(pdwDataLen);
            const auto hash = pin_hash(pin_session(hProv), hHash);
            OutBuffer out = answer(pbData, pdwDataLen);
            require(dwFlags == 0, Fault::bad_flags);
            hash->get_param(dwParam, out);
        },
        hProv, hHash, dwParam, pbData, pdwDataLen, dwFlags);
}

BOOL WINAPI CPSetHashParam(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD dwParam, const BYTE* pbData,
                           DWORD dwFlags)
{
    return win32_call(
        Api::CPSetHashParam,
        [&] {
            const auto hash = pin_hash(pin_session(hProv), hHash);
            require(dwFlags == 0, Fault::bad_flags);
            hash->set_param(dwParam, pbData);
        },
        hProv, hHash, dwParam, pbData, dwFlags);
}

BOOL WINAPI CPDuplicateHash(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD* pdwReserved, DWORD dwFlags,
                            HCRYPTHASH* phHash)
{
    return win32_call(
        Api::CPDuplicateHash,
        [&] {
            require(pdwReserved == nullptr && phHash != nullptr, Fault::invalid_parameter);
            const auto session = pin_session(hProv);
            const auto hash = pin_hash(session, hHash);
            require(dwFlags == 0, Fault::invalid_parameter);
            *phHash = issue(hash->duplicate(), session);
        },
        hProv, hHash, pdwReserved, dwFlags, phHash);
}

BOOL WINAPI CPDestroyHash(HCRYPTPROV hProv, HCRYPTHASH hHash)
{
    return win32_call(
        Api::CPDestroyHash, [&] { destroy_hash(hProv, hHash); }, hProv, hHash);
}

BOOL WINAPI CPSignHash(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD dwKeySpec,
                       const char16_t* szDescription, DWORD dwFlags, BYTE* pbSignature,
                       DWORD* pdwSigLen)
{
    return win32_call(
        Api::CPSignHash,
        [&] { sign(hProv, hHash, dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen); },
        hProv, hHash, dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen);
}

BOOL WINAPI CPSignHash_w32(HCRYPTPROV hProv, HCRYPTHASH hHash, DWORD dwKeySpec,
                           const char32_t* szDescription, DWORD dwFlags, BYTE* pbSignature,
                           DWORD* pdwSigLen)
{
    return win32_call(
        Api::CPSignHash,
        [&] { sign(hProv, hHash, dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen); },
        hProv, hHash, dwKeySpec, szDescription, dwFlags, pbSignature, pdwSigLen);
}

BOOL WINAPI CPVerifySignature(HCRYPTPROV hProv, HCRYPTHASH hHash, const BYTE* pbSignature,
                              DWORD dwSigLen, HCRYPTKEY hPubKey, const char16_t* szDescription,
                              DWORD dwFlags)
{
    return win32_call(
        Api::CPVerifySignature,
        [&] { verify(hProv, hHash, pbSignature, dwSigLen, hPubKey, szDescription, dwFlags); },
        hProv, hHash, pbSignature, dwSigLen, hPubKey, szDescription, dwFlags);
}

BOOL WINAPI CPVerifySignature_w32(HCRYPTPROV hProv, HCRYPTHASH hHash, const BYTE* pbSignature,
                                  DWORD dwSigLen, HCRYPTKEY hPubKey, const char32_t* szDescription,
                                  DWORD dwFlags)
{
    return win32_call(
        Api::CPVerifySignature,
        [&] { verify(hProv, hHash, pbSignature, dwSigLen, hPubKey, szDescription, dwFlags); },
        hProv, hHash, pbSignature, dwSigLen, hPubKey, szDescription, dwFlags);
}
