// SPDX-License-Identifier: BSD-2-Clause
// CP* functions on contexts.
#include "csp/exports/session.h"
#include "csp/registered_profiles.h"

using namespace capishim;
using namespace capishim::csp;

namespace {

const Profile& default_profile(DWORD type)
{
    for (const ProviderType& row : provider_types())
        if (row.type == type)
            return *find_profile(row.default_provider);
    throw Error(Fault::provider_type_not_defined);
}

// Version 1 of the table names no provider, 2 its type, 3 its name (cryptoapi.md 11.2 rule 6). The
// name is the one that this image is registered by, which may be another than Microsoft's.
const Profile& profile_of(const VTableProvStruc* table)
{
    if (!table || table->Version < 2)
        return default_profile(PROV_RSA_FULL);
    const bool named = table->Version >= 3 && table->pszProvName;
    const Profile* const profile = named ? find_any_profile(table->pszProvName) : nullptr;
    return profile ? *profile : default_profile(table->dwProvType);
}

// U-210: the container is only read, whatever the documents of 1998 say.
ContextRequest request(const CHAR* container, DWORD flags, const VTableProvStruc* table)
{
    return {&profile_of(table), container ? std::optional<std::string>(container) : std::nullopt,
            flags};
}

HCRYPTPROV acquire(const ContextRequest& wanted)
{
    if (wanted.flags & CRYPT_DELETEKEYSET) {
        Context::delete_container(wanted);
        return 0;
    }
    auto session = std::make_shared<Session>();
    session->context = Context::acquire(wanted);
    session->family = std::make_shared<handle::Family>();
    return handle::handles().issue(handle::Kind::csp_context, std::move(session)).value;
}

} // namespace

BOOL WINAPI CPAcquireContext(HCRYPTPROV* phProv, CHAR* szContainer, DWORD dwFlags,
                             PVTableProvStruc pVTable)
{
    return win32_call(
        Api::CPAcquireContext,
        [&] {
            require_pointer(phProv);
            *phProv = 0;
            *phProv = acquire(request(szContainer, dwFlags, pVTable));
        },
        phProv, szContainer, dwFlags, pVTable);
}

BOOL WINAPI CPReleaseContext(HCRYPTPROV hProv, DWORD dwFlags)
{
    return win32_call(
        Api::CPReleaseContext,
        [&] {
            release_session(hProv);
            require(dwFlags == 0, Fault::bad_flags);
        },
        hProv, dwFlags);
}

BOOL WINAPI CPGetProvParam(HCRYPTPROV hProv, DWORD dwParam, BYTE* pbData, DWORD* pdwDataLen,
                           DWORD dwFlags)
{
    return win32_call(
        Api::CPGetProvParam,
        [&] {
            require_pointer(pdwDataLen);
            const auto session = pin_session(hProv);
            OutBuffer out = answer(pbData, pdwDataLen);
            session->context->get_param(dwParam, dwFlags, out);
        },
        hProv, dwParam, pbData, pdwDataLen, dwFlags);
}

BOOL WINAPI CPSetProvParam(HCRYPTPROV hProv, DWORD dwParam, const BYTE* pbData, DWORD dwFlags)
{
    return win32_call(
        Api::CPSetProvParam,
        [&] { pin_session(hProv)->context->set_param(dwParam, pbData, dwFlags); }, hProv, dwParam,
        pbData, dwFlags);
}

BOOL WINAPI CPGenRandom(HCRYPTPROV hProv, DWORD dwLen, BYTE* pbBuffer)
{
    return win32_call(
        Api::CPGenRandom,
        [&] {
            require(pbBuffer != nullptr || dwLen == 0, Fault::invalid_parameter);
            pin_session(hProv)->context->gen_random({pbBuffer, dwLen});
        },
        hProv, dwLen, pbBuffer);
}
