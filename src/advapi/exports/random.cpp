// SPDX-License-Identifier: BSD-2-Clause
// Random bytes, and memory under a key that does not leave the system.
#include "csp/random.h"

#include "advapi/exports/rim.h"
#include "csp/memory_protection.h"

namespace capishim::advapi {
namespace {

/// U-63: one of the documented options. @throws Fault::invalid_parameter
csp::MemoryScope memory_scope(ULONG option)
{
    const auto scope = static_cast<csp::MemoryScope>(option);
    using enum csp::MemoryScope;
    require(scope == this_process || scope == cross_process || scope == same_logon ||
                scope == for_system,
            Fault::invalid_parameter);
    return scope;
}

MutableBytes memory_argument(PVOID Memory, ULONG MemorySize)
{
    require(Memory != nullptr || MemorySize == 0, Fault::invalid_parameter);
    return {static_cast<BYTE*>(Memory), MemorySize};
}

} // namespace
} // namespace capishim::advapi

using namespace capishim;
using namespace capishim::advapi;

BOOL WINAPI CryptGenRandom(HCRYPTPROV hProv, DWORD dwLen, BYTE* pbBuffer)
{
    return win32_call(
        Api::CryptGenRandom,
        [&] {
            require(pbBuffer != nullptr || dwLen == 0, Fault::invalid_parameter); // U-62
            pin<Context>(hProv)->provider().gen_random({pbBuffer, dwLen});
        },
        hProv, dwLen, pbBuffer);
}

// RtlGenRandom. A null buffer of some length crashes on Windows (observed.md); here it is refused.
BOOLEAN WINAPI SystemFunction036(PVOID RandomBuffer, ULONG RandomBufferLength)
{
    return byte_boolean_call(
        Api::SystemFunction036,
        [&] {
            require(RandomBuffer != nullptr || RandomBufferLength == 0, Fault::invalid_parameter);
            csp::random_bytes({static_cast<BYTE*>(RandomBuffer), RandomBufferLength});
        },
        RandomBuffer, RandomBufferLength);
}

// RtlEncryptMemory.
NTSTATUS WINAPI SystemFunction040(PVOID Memory, ULONG MemorySize, ULONG OptionFlags)
{
    return nt_call(
        Api::SystemFunction040,
        [&] {
            csp::protect_memory(memory_argument(Memory, MemorySize), memory_scope(OptionFlags));
        },
        Memory, MemorySize, OptionFlags);
}

// RtlDecryptMemory.
NTSTATUS WINAPI SystemFunction041(PVOID Memory, ULONG MemorySize, ULONG OptionFlags)
{
    return nt_call(
        Api::SystemFunction041,
        [&] {
            csp::unprotect_memory(memory_argument(Memory, MemorySize), memory_scope(OptionFlags));
        },
        Memory, MemorySize, OptionFlags);
}
