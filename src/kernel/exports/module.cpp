// SPDX-License-Identifier: BSD-2-Clause
// LoadLibrary, GetProcAddress and their like, on this library by the names of the DLLs it stands
// for.
#include "kernel/exports/guard.h"
#include "kernel/modules.h"
#include "kernel/wide.h"

using namespace capishim;
using namespace capishim::kernel;

namespace {

const Module program{"", {}}; // GetModuleHandle(NULL); it has no procedures to look up

HMODULE handle_of(const Module* module)
{
    return reinterpret_cast<HMODULE>(const_cast<Module*>(module));
}

template <class Unit>
HMODULE open(const Unit* name)
{
    if (!name)
        return fail(ERROR_INVALID_PARAMETER, HMODULE{});
    return guarded(HMODULE{}, [&] {
        const Module* const module = find_module(narrow(std::basic_string_view<Unit>(name)));
        return module ? handle_of(module) : fail(ERROR_MOD_NOT_FOUND, HMODULE{});
    });
}

template <class Unit>
HMODULE look_up(const Unit* name)
{
    return name ? open(name) : handle_of(&program);
}

const Module* module_of(HMODULE handle)
{
    const void* const address = handle;
    if (address == &program || is_module(address))
        return static_cast<const Module*>(address);
    return nullptr;
}

FARPROC procedure(HMODULE handle, LPCSTR name, Address Procedure::*address)
{
    const Module* const module = module_of(handle);
    if (!module)
        return fail(ERROR_MOD_NOT_FOUND, FARPROC{});
    const bool is_ordinal = reinterpret_cast<ULONG_PTR>(name) <= 0xFFFF; // we give no ordinals
    const Procedure* const found = is_ordinal ? nullptr : find_procedure(*module, name);
    return found ? found->*address : fail(ERROR_PROC_NOT_FOUND, FARPROC{});
}

} // namespace

HMODULE WINAPI GetModuleHandleA(LPCSTR lpModuleName)
{
    return look_up(lpModuleName);
}

HMODULE WINAPI GetModuleHandleW(const char16_t* lpModuleName)
{
    return look_up(lpModuleName);
}

HMODULE WINAPI GetModuleHandleW_w32(const char32_t* lpModuleName)
{
    return look_up(lpModuleName);
}

HMODULE WINAPI LoadLibraryA(LPCSTR lpLibFileName)
{
    return open(lpLibFileName);
}

HMODULE WINAPI LoadLibraryW(const char16_t* lpLibFileName)
{
    return open(lpLibFileName);
}

HMODULE WINAPI LoadLibraryW_w32(const char32_t* lpLibFileName)
{
    return open(lpLibFileName);
}

HMODULE WINAPI LoadLibraryExA(LPCSTR lpLibFileName, HANDLE, DWORD)
{
    return open(lpLibFileName);
}

HMODULE WINAPI LoadLibraryExW(const char16_t* lpLibFileName, HANDLE, DWORD)
{
    return open(lpLibFileName);
}

HMODULE WINAPI LoadLibraryExW_w32(const char32_t* lpLibFileName, HANDLE, DWORD)
{
    return open(lpLibFileName);
}

BOOL WINAPI FreeLibrary(HMODULE hLibModule)
{
    return module_of(hLibModule) ? TRUE : fail(ERROR_INVALID_HANDLE, FALSE);
}

FARPROC WINAPI GetProcAddress(HMODULE hModule, LPCSTR lpProcName)
{
    return procedure(hModule, lpProcName, &Procedure::address);
}

FARPROC WINAPI GetProcAddress_w32(HMODULE hModule, LPCSTR lpProcName)
{
    return procedure(hModule, lpProcName, &Procedure::wide_address);
}
