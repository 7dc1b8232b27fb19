// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/foreign/session.h"

#include "advapi/client_window.h"

#include <algorithm>
#include <vector>

namespace capishim::advapi {
namespace {

// The tables' functions (cryptoapi.md 11.2 rule 6). Images are not signed here: all are in order.
BOOL WINAPI verify_image(LPCSTR, const BYTE*)
{
    return TRUE;
}

void WINAPI return_window(HWND* phWnd)
{
    if (phWnd)
        *phWnd = reinterpret_cast<HWND>(client_window.load());
}

/// U-210: providers of 1998 may write to the container's name, so they get a copy with room.
std::optional<std::vector<char>> writable(const std::optional<std::string>& text)
{
    if (!text)
        return std::nullopt;
    std::vector<char> copy(std::max<std::size_t>(text->size() + 1, MAX_PATH));
    std::ranges::copy(*text, copy.begin());
    return copy;
}

template <class Function>
FARPROC procedure(Function* function)
{
    return reinterpret_cast<FARPROC>(reinterpret_cast<void*>(function));
}

VTableProvStruc table_for(const Registration& provider, std::string& name)
{
    VTableProvStruc table = {};
    table.Version = 3;
    table.FuncVerifyImage = procedure(verify_image);
    table.FuncReturnhWnd = procedure(return_window);
    table.dwProvType = provider.type;
    table.pszProvName = name.data();
    return table;
}

} // namespace

std::shared_ptr<Session> Session::open(const Registration& provider,
                                       const std::optional<std::string>& container,
                                       std::uint32_t flags)
{
    auto session = std::make_shared<Session>(provider);
    auto container_name = writable(container);
    std::string provider_name = provider.name;
    VTableProvStruc table = table_for(provider, provider_name);
    call_provider(session->entries_.CPAcquireContext, &session->handle_,
                  container_name ? container_name->data() : static_cast<CHAR*>(nullptr), flags,
                  &table);
    if (flags & CRYPT_DELETEKEYSET)
        return nullptr;
    session->opened_ = true;
    return session;
}

// A context that no handle was made for, for want of memory.
Session::~Session()
{
    if (!opened_ || closed())
        return;
    close();
    leave();
}

void Session::release(std::uint32_t flags)
{
    release_flags_ = flags;
    if (gate_.leave())
        release_provider();
}

void Session::leave() noexcept
{
    if (gate_.leave())
        quietly([&] { release_provider(); }); // CryptReleaseContext has been answered already
}

void Session::release_provider()
{
    call_provider(entries_.CPReleaseContext, handle_, release_flags_);
}

} // namespace capishim::advapi
