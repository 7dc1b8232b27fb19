// SPDX-License-Identifier: BSD-2-Clause
// An open context of a registered provider: its own handle, and the way in which it is called.
#pragma once

#include "abi/api_table.h"
#include "advapi/foreign/gate.h"
#include "advapi/foreign/image.h"
#include "diag/trace.h"
#include "platform/last_error.h"

#include <capishim/wincrypt.h>

#include <concepts>
#include <memory>
#include <optional>
#include <string>

namespace capishim::advapi {

/// The provider may call this library in its turn: what the thread's outer call has noted for the
/// trace and the leak report is put back.
class OuterCall {
  public:
    OuterCall() = default;
    OuterCall(const OuterCall&) = delete;
    OuterCall& operator=(const OuterCall&) = delete;
    ~OuterCall()
    {
        handle::current_maker() = maker_;
        handle::last_issued() = issued_;
    }

  private:
    const handle::Maker maker_ = handle::current_maker();
    const handle::Handle issued_ = handle::last_issued();
};

/// Calls an entry point. None of this library's locks is held, so a provider is called from as many
/// threads as the program has (cryptoapi.md 11.2 rule 9). The last error is the provider's alone:
/// what a success leaves there stays too, as it does on Windows (observed.md: PP_KEYSET_SEC_DESCR).
/// @throws Fault::provider_failed        with the last error that the provider left
/// @throws Fault::call_not_implemented   an optional entry that is missing (11.2 rule 4)
template <Api api, class Function, class... Args>
void call_provider(const ProviderEntry<api, Function>& entry, const Args&... args)
{
    require(entry.function != nullptr, Fault::call_not_implemented);
    const OuterCall outer;
    diag::CallTrace trace(call_info(api), args...);
    platform::LastErrorOfCall::hand_out();
    const bool succeeded = entry.function(args...) != FALSE;
    platform::LastErrorOfCall::take_back();
    const std::uint32_t left = platform::last_error();
    const Outcome outcome = succeeded ? Outcome() : Outcome{Fault::provider_failed, left};
    trace.finish(outcome);
    if (!succeeded)
        throw Error(outcome);
}

/// A call that the program did not ask for: it sees neither a failure nor another last error.
template <std::invocable Body>
void quietly(Body body) noexcept
{
    const std::uint32_t before = platform::last_error();
    try {
        body();
    } catch (...) {
    }
    platform::set_last_error(before);
}

class Session {
  public:
    /// CPAcquireContext. @return null when a container was deleted
    static std::shared_ptr<Session> open(const Registration& provider,
                                         const std::optional<std::string>& container,
                                         std::uint32_t flags);
    explicit Session(const Registration& provider)
        : provider_(provider), entries_(load_image(provider))
    {
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    const ProviderEntries& entries() const noexcept { return entries_; }
    /// Whether objects of the two may meet: they "must come from the same CSP" (U-07). Whether they
    /// must be of one context too is for the provider to say.
    bool same_provider(const Session& other) const noexcept
    {
        return &provider_ == &other.provider_;
    }

    /// Calls an entry with this context's handle before the other arguments.
    /// @throws as call_provider
    /// @throws Fault::context_released   meanwhile
    template <Api api, class Function, class... Args>
    void call(const ProviderEntry<api, Function>& entry, const Args&... args)
    {
        const Visit visit(*this);
        call_provider(entry, handle_, args...);
    }

    void close() noexcept { gate_.close(); }
    bool closed() const noexcept { return gate_.closed(); }
    /// CPReleaseContext, when close() has been called: now, or by the last call that is still
    /// inside. @throws Fault::provider_failed   now alone
    void release(std::uint32_t flags);

  private:
    class Visit {
      public:
        explicit Visit(Session& session) : session_(session)
        {
            require(session.gate_.enter(), Fault::context_released);
        }
        Visit(const Visit&) = delete;
        Visit& operator=(const Visit&) = delete;
        ~Visit() { session_.leave(); }

      private:
        Session& session_;
    };

    void leave() noexcept;
    void release_provider();

    const Registration& provider_;
    const ProviderEntries& entries_;
    HCRYPTPROV handle_ = 0;
    bool opened_ = false;
    std::uint32_t release_flags_ = 0;
    Gate gate_;
};

} // namespace capishim::advapi
