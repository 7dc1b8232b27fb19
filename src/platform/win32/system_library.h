// SPDX-License-Identifier: BSD-2-Clause
// Functions of the system's own DLLs, whatever DLLs of the same names lie beside the program.
#pragma once

namespace capishim::platform {

using Procedure = void (*)();

/// Loads a DLL from the system's directory, by its full path: a name alone would find one of that
/// name that the process has loaded already, which may be this library. It stays loaded.
/// Not for DllMain.
/// @return null where there is no such DLL, or it lacks the function
Procedure find_in_system(const wchar_t* dll, const char* function) noexcept;

template <class Function>
Function find_in_system(const wchar_t* dll, const char* function) noexcept
{
    return reinterpret_cast<Function>(find_in_system(dll, function));
}

} // namespace capishim::platform
