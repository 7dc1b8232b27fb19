// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/context.h"

#include "advapi/built_in.h"
#include "advapi/foreign/provider.h"
#include "advapi/providers.h"
#include "diag/leak_report.h"
#include "diag/settings.h"

namespace capishim::advapi {
namespace {

// A NULL or empty name stands for the type's default provider (observed.md: szProvider "").
const InstalledProvider& choose_provider(const AcquireRequest& request)
{
    if (!request.provider || request.provider->empty())
        return default_provider(request.type);
    const InstalledProvider* const provider = find_installed(*request.provider);
    require(provider != nullptr, Fault::keyset_not_defined);
    require(provider->type == request.type, Fault::provider_type_mismatch);
    return *provider;
}

std::shared_ptr<ProviderContext> open(const AcquireRequest& request)
{
    const InstalledProvider& provider = choose_provider(request);
    if (provider.registered)
        return open_foreign(*provider.registered, request.container, request.flags);
    return open_built_in({provider.built_in, request.container, request.flags});
}

} // namespace

Context::Context(std::shared_ptr<ProviderContext> provider)
    : provider_(std::move(provider)), family_(std::make_shared<handle::Family>())
{
}

void Context::add_reference()
{
    const std::lock_guard lock(mutex_);
    require(references_ > 0, Fault::stale_handle);
    ++references_;
}

bool Context::give_reference_up()
{
    const std::lock_guard lock(mutex_);
    require(references_ > 0, Fault::stale_handle);
    if (references_ == 1 && diag::strict())
        refuse_while_children_live();
    return --references_ == 0;
}

void Context::refuse_while_children_live() const
{
    const auto children = family_->children();
    if (children.empty())
        return;
    diag::report_handles("CryptReleaseContext refused, still alive:", children);
    throw Error(Fault::in_use);
}

void check_provider_type(std::uint32_t type)
{
    require(type >= 1 && type <= 999, Fault::bad_provider_type);
}

handle::Handle acquire_context(const AcquireRequest& request)
{
    auto opened = open(request);
    if (!opened) // a container was deleted
        return {};
    return handle::handles().issue(std::make_shared<Context>(std::move(opened)));
}

void release_context(handle::Handle handle, std::uint32_t flags)
{
    const auto context = handle::handles().pin<Context>(handle);
    if (!context->give_reference_up())
        return;
    handle::handles().retire_when_idle<Context>(handle);
    context->provider().close();
    handle::handles().end_family(*context->family());
    context->provider().release(flags);
}

} // namespace capishim::advapi
