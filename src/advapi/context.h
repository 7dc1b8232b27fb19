// SPDX-License-Identifier: BSD-2-Clause
// A context as its handle counts it: references, and the family of keys and hashes made through it.
#pragma once

#include "advapi/provider.h"
#include "handle/handle_table.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace capishim::advapi {

/// What CryptAcquireContext is given; text is UTF-8, nothing stands for NULL.
struct AcquireRequest {
    std::optional<std::string> container;
    std::optional<std::string> provider;
    std::uint32_t type;
    std::uint32_t flags;
};

class Context {
  public:
    explicit Context(std::shared_ptr<ProviderContext> provider);

    ProviderContext& provider() const noexcept { return *provider_; }
    const std::shared_ptr<handle::Family>& family() const noexcept { return family_; }

    /// @throws Fault::stale_handle   released meanwhile
    void add_reference();
    /// @return true when that was the last one; the family is still there then
    /// @throws Fault::stale_handle   released meanwhile
    /// @throws Fault::in_use         strict mode, the last reference, and children are alive
    bool give_reference_up();

  private:
    void refuse_while_children_live() const;

    const std::shared_ptr<ProviderContext> provider_;
    const std::shared_ptr<handle::Family> family_;
    std::mutex mutex_;
    std::uint32_t references_ = 1;
};

/// Opens or makes a container; with CRYPT_DELETEKEYSET deletes it and gives the null handle.
/// @throws Fault::keyset_not_defined, provider_type_mismatch ... and those of default_provider and
///         of the provider
handle::Handle acquire_context(const AcquireRequest& request);

/// lifetime.md 2: at the last reference the context ends, its keys become orphans, its hashes end.
/// @param flags   for the provider, which is told at the last reference
void release_context(handle::Handle handle, std::uint32_t flags);

/// @throws Fault::bad_provider_type   outside 1..999
void check_provider_type(std::uint32_t type);

} // namespace capishim::advapi

template <>
inline constexpr capishim::handle::Kind capishim::handle::kind_of<capishim::advapi::Context> =
    capishim::handle::Kind::context;
