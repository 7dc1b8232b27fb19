// SPDX-License-Identifier: BSD-2-Clause
// The system's generator, from DLLs of the system directory alone: bcrypt, cryptsp and advapi32 may
// be this library itself under their names.
#include "platform/entropy.h"

#include "platform/win32/system_library.h"
#include "platform/win32/windows_h.h"

#include <algorithm>

namespace capishim::platform {
namespace {

/// ProcessPrng(data, size) and SystemFunction036(data, size), which differ in the size's type.
struct Source {
    BOOL(WINAPI* process_prng)(PBYTE, SIZE_T) = nullptr;
    BOOLEAN(WINAPI* rtl_gen_random)(PVOID, ULONG) = nullptr;
};

/// Windows 10 and later have ProcessPrng; older ones, and Wine, the function below RtlGenRandom.
Source find_source()
{
    Source source;
    source.process_prng =
        find_in_system<decltype(source.process_prng)>(L"bcryptprimitives.dll", "ProcessPrng");
    for (const wchar_t* const dll : {L"cryptbase.dll", L"advapi32.dll"})
        if (!source.process_prng && !source.rtl_gen_random)
            source.rtl_gen_random =
                find_in_system<decltype(source.rtl_gen_random)>(dll, "SystemFunction036");
    return source;
}

} // namespace

void system_entropy(MutableBytes out)
{
    static const Source source = find_source();
    if (source.process_prng) {
        require(source.process_prng(out.data(), out.size()) != FALSE, Fault::internal);
        return;
    }
    require(source.rtl_gen_random != nullptr, Fault::internal);
    constexpr std::size_t most = 0x10000;
    while (!out.empty()) {
        const std::size_t size = std::min(out.size(), most);
        require(source.rtl_gen_random(out.data(), static_cast<ULONG>(size)) != FALSE,
                Fault::internal);
        out = out.subspan(size);
    }
}

} // namespace capishim::platform
