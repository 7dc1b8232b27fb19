// SPDX-License-Identifier: BSD-2-Clause
// The functions that take or give text, once for text of 8, 16 and 32 bits a unit.
#pragma once

#include "advapi/exports/rim.h"
#include "advapi/providers.h"

namespace capishim::advapi {

// The type is looked at before the pointer, and *phProv is 0 after a failure and after
// CRYPT_DELETEKEYSET (observed.md: order of checks; U-10).
template <class Unit>
void acquire(HCRYPTPROV* phProv, const Unit* szContainer, const Unit* szProvider, DWORD dwProvType,
             DWORD dwFlags)
{
    if (phProv)
        *phProv = 0;
    check_provider_type(dwProvType);
    require_pointer(phProv);
    *phProv =
        acquire_context({read_text(szContainer), read_text(szProvider), dwProvType, dwFlags}).value;
}

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
    const InstalledProvider& provider = listed_provider(dwIndex);
    write_text(provider.name, szProvName, pcbProvName);
    *pdwProvType = provider.type;
}

template <class Unit>
void enumerate_types(DWORD dwIndex, DWORD* pdwReserved, DWORD dwFlags, DWORD* pdwProvType,
                     Unit* szTypeName, DWORD* pcbTypeName)
{
    require(pdwReserved == nullptr, Fault::invalid_parameter);
    require_pointer(pdwProvType);
    require_pointer(pcbTypeName);
    require(dwFlags == 0, Fault::bad_flags);
    const ListedType type = listed_type(dwIndex);
    if (type.display_name.empty()) // no name, and size 0 (cryptoapi.md 1.7)
        *pcbTypeName = 0;
    else
        write_text(type.display_name, szTypeName, pcbTypeName);
    *pdwProvType = type.type;
}

inline DefaultScope scope_of(DWORD flag)
{
    return flag == CRYPT_MACHINE_DEFAULT ? DefaultScope::machine : DefaultScope::user;
}

// U-25: exactly one of the two scopes; U-26: an unset user default is the machine's.
template <class Unit>
void get_default(DWORD dwProvType, DWORD* pdwReserved, DWORD dwFlags, Unit* pszProvName,
                 DWORD* pcbProvName)
{
    require(pdwReserved == nullptr, Fault::invalid_parameter);
    require_pointer(pcbProvName);
    require(dwFlags == CRYPT_MACHINE_DEFAULT || dwFlags == CRYPT_USER_DEFAULT, Fault::bad_flags);
    write_text(default_provider(dwProvType, scope_of(dwFlags)).name, pszProvName, pcbProvName);
}

template <class Unit>
void set_default(const Unit* pszProvName, DWORD dwProvType, DWORD* pdwReserved, DWORD dwFlags)
{
    require(pdwReserved == nullptr, Fault::invalid_parameter);
    const DWORD scope = dwFlags & ~DWORD{CRYPT_DELETE_DEFAULT};
    require(scope == CRYPT_MACHINE_DEFAULT || scope == CRYPT_USER_DEFAULT, Fault::bad_flags);
    set_default_provider(read_text(pszProvName), dwProvType, scope_of(scope),
                         (dwFlags & CRYPT_DELETE_DEFAULT) != 0);
}

template <class Unit>
void sign(HCRYPTHASH hHash, DWORD dwKeySpec, const Unit* szDescription, DWORD dwFlags,
          BYTE* pbSignature, DWORD* pdwSigLen)
{
    require_pointer(pdwSigLen);
    pin<ProviderHash>(hHash)->sign(dwKeySpec, read_description(szDescription), dwFlags,
                                   {pbSignature, pdwSigLen});
}

template <class Unit>
void verify(HCRYPTHASH hHash, const BYTE* pbSignature, DWORD dwSigLen, HCRYPTKEY hPubKey,
            const Unit* szDescription, DWORD dwFlags)
{
    require_pointer(pbSignature);
    const auto hash = pin<ProviderHash>(hHash);
    const auto key = pin<ProviderKey>(hPubKey);
    hash->verify(view(pbSignature, dwSigLen), *key, read_description(szDescription), dwFlags);
}

} // namespace capishim::advapi
