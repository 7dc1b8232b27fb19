// SPDX-License-Identifier: BSD-2-Clause
// A machine on which a vendor's providers are registered, and one of their contexts.
#pragma once

#include "sample_csp.h"
#include "support/fixtures.h"

#include <string>
#ifndef _WIN32
#include <dlfcn.h>
#endif

namespace capishim_test {

constexpr char sample_name[] = "Sample Provider";
constexpr char same_image_name[] = "Sample Provider by Another Name";
constexpr char narrow_name[] = "Sample Provider Without Duplicates";
constexpr DWORD sample_type = PROV_RSA_FULL;
constexpr DWORD own_type = 900;

/// What a loaded image tells of itself.
class Control {
  public:
    explicit Control(const std::string& image) : module_(find(image))
    {
        BOOST_REQUIRE_MESSAGE(module_ != nullptr, image << " is not loaded");
    }

    unsigned count(const char* entry) const { return ask<decltype(&SampleCount)>("Count")(entry); }
    SampleCall last(const char* entry) const { return ask<decltype(&SampleLast)>("Last")(entry); }
    SampleLive alive() const { return ask<decltype(&SampleAlive)>("Alive")(); }
    SampleTable table() const { return ask<decltype(&SampleTableSeen)>("TableSeen")(); }
    HWND window() const { return ask<decltype(&SampleWindow)>("Window")(); }
    void forget() const { ask<decltype(&SampleForget)>("Forget")(); }
    void fail(const char* entry, DWORD code, BOOL silent = FALSE) const
    {
        ask<decltype(&SampleFail)>("Fail")(entry, code, silent);
    }
    void hold(const char* entry) const { ask<decltype(&SampleHold)>("Hold")(entry); }
    bool waiting() const { return ask<decltype(&SampleWaiting)>("Waiting")() != FALSE; }

  private:
    template <class Function>
    Function ask(const char* name) const
    {
        void* const address = address_of((std::string("Sample") + name).c_str());
        BOOST_REQUIRE(address != nullptr);
        return reinterpret_cast<Function>(address);
    }

#ifdef _WIN32
    static HMODULE find(const std::string& image)
    {
        return GetModuleHandleA(image.c_str());
    }
    void* address_of(const char* name) const
    {
        return reinterpret_cast<void*>(GetProcAddress(module_, name));
    }

    HMODULE module_;
#else
    static void* find(const std::string& image)
    {
        return dlopen((std::string(SAMPLE_FOLDER "/") + image).c_str(), RTLD_LAZY | RTLD_NOLOAD);
    }
    void* address_of(const char* name) const
    {
        return dlsym(module_, name);
    }

    void* module_;
#endif
};

inline HCRYPTPROV opened(const char* name, DWORD type = sample_type,
                         const char* container = nullptr, DWORD flags = CRYPT_VERIFYCONTEXT)
{
    HCRYPTPROV provider = 0;
    REQUIRE_SUCCEEDS(CryptAcquireContextA(&provider, container, name, type, flags));
    return provider;
}

/// A context of the sample provider; nothing that a test told the sample stays.
struct Sample {
    explicit Sample(const char* name = sample_name, const std::string& image = "sample_csp.so")
        : provider(opened(name)), csp(image)
    {
        csp.forget();
    }
    ~Sample()
    {
        csp.fail(nullptr, 0);
        csp.hold(nullptr);
        if (provider)
            CryptReleaseContext(provider, 0);
    }

    HCRYPTKEY make_key(ALG_ID algorithm = CALG_RC4) const
    {
        HCRYPTKEY key = 0;
        REQUIRE_SUCCEEDS(CryptGenKey(provider, algorithm, 0, &key));
        return key;
    }
    HCRYPTHASH make_hash(HCRYPTKEY key = 0) const
    {
        HCRYPTHASH hash = 0;
        REQUIRE_SUCCEEDS(CryptCreateHash(provider, CALG_SHA1, key, 0, &hash));
        return hash;
    }
    void release()
    {
        REQUIRE_SUCCEEDS(CryptReleaseContext(provider, 0));
        provider = 0;
    }

    HCRYPTPROV provider;
    Control csp;
};

} // namespace capishim_test
