// SPDX-License-Identifier: BSD-2-Clause
// What the system's cryptsp.dll exports beside CryptoAPI, passed on to it. Not forwarded in the
// export table: a forwarder names its DLL without a folder, and "cryptsp", or the advapi32 that
// forwards there in its turn, may lead back to ours.
#include "platform/win32/system_library.h"
#include "platform/win32/windows_h.h"

#include <atomic>

namespace {

using capishim::platform::find_in_system;
using capishim::platform::Procedure;
using Word = ULONG_PTR; // no argument is larger, and none is a floating-point number

constexpr ULONG not_implemented = 0xC0000002; // STATUS_NOT_IMPLEMENTED

/// One function of the system, looked up when it is first called.
class Target {
  public:
    constexpr Target(const char* name, ULONG missing) : name_(name), missing_(missing) {}

    template <class... Words>
    ULONG call(Words... words)
    {
        const auto function = reinterpret_cast<ULONG(WINAPI*)(Words...)>(find());
        return function ? function(words...) : missing_;
    }

  private:
    Procedure find()
    {
        Procedure function = found_.load(std::memory_order_acquire);
        for (const wchar_t* const dll : {L"cryptsp.dll", L"advapi32.dll"})
            if (!function)
                function = find_in_system(dll, name_);
        found_.store(function, std::memory_order_release);
        return function;
    }

    const char* const name_;
    const ULONG missing_; // the answer where the system lacks the function
    std::atomic<Procedure> found_{nullptr};
};

} // namespace

// With as many arguments as x86's import libraries tell (src/package/cryptsp-names.txt).
#define PASS_ON_1(name, missing)                                                                   \
    extern "C" ULONG WINAPI name(Word a)                                                           \
    {                                                                                              \
        static constinit Target target(#name, missing);                                            \
        return target.call(a);                                                                     \
    }
#define PASS_ON_2(name)                                                                            \
    extern "C" ULONG WINAPI name(Word a, Word b)                                                   \
    {                                                                                              \
        static constinit Target target(#name, not_implemented);                                    \
        return target.call(a, b);                                                                  \
    }
#define PASS_ON_3(name)                                                                            \
    extern "C" ULONG WINAPI name(Word a, Word b, Word c)                                           \
    {                                                                                              \
        static constinit Target target(#name, not_implemented);                                    \
        return target.call(a, b, c);                                                               \
    }

PASS_ON_1(CheckSignatureInFile, FALSE)
PASS_ON_2(SystemFunction006)
PASS_ON_2(SystemFunction007)
PASS_ON_3(SystemFunction008)
PASS_ON_3(SystemFunction009)
PASS_ON_3(SystemFunction010)
PASS_ON_3(SystemFunction011)
PASS_ON_3(SystemFunction012)
PASS_ON_3(SystemFunction013)
PASS_ON_3(SystemFunction014)
PASS_ON_3(SystemFunction015)
PASS_ON_3(SystemFunction016)
PASS_ON_3(SystemFunction018)
PASS_ON_3(SystemFunction020)
PASS_ON_3(SystemFunction021)
PASS_ON_3(SystemFunction022)
PASS_ON_3(SystemFunction023)
PASS_ON_3(SystemFunction024)
PASS_ON_3(SystemFunction025)
PASS_ON_3(SystemFunction026)
PASS_ON_3(SystemFunction027)
PASS_ON_2(SystemFunction030)
PASS_ON_2(SystemFunction031)
PASS_ON_2(SystemFunction032)
PASS_ON_2(SystemFunction033)
PASS_ON_1(SystemFunction035, FALSE)
