// SPDX-License-Identifier: BSD-2-Clause
// The DLL names that this library answers to, and the functions each of them has.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace capishim::kernel {

using Address = std::intptr_t (*)(...);

struct Procedure {
    std::string_view name;
    Address address;      ///< for programs whose wchar_t has 16 bits
    Address wide_address; ///< for those where it has 32; the same when no wide text is taken
};

struct Module {
    std::string_view name;                 ///< in lower case, without ".dll"
    std::span<const Procedure> procedures; ///< sorted by name
};

/// Written from the interface lists by procedures.py.
std::span<const Module> modules() noexcept;

/// Takes "advapi32", "ADVAPI32.DLL" and a path before either; null for any other name.
const Module* find_module(std::string_view name);
bool is_module(const void* handle) noexcept;
const Procedure* find_procedure(const Module& module, std::string_view name) noexcept;

} // namespace capishim::kernel
