// SPDX-License-Identifier: BSD-2-Clause
#include "advapi/context.h"

#include "advapi/providers.h"
#include "diag/leak_report.h"
#include "diag/settings.h"
#include "platform/last_error.h"

#include <capishim/wincrypt.h>

namespace capishim::advapi {
namespace {

// A NULL or empty name stands for the type's default provider (observed.md: szProvider "").
const csp::Profile& choose_profile(const AcquireRequest& request)
{
    const bool named = request.provider && !request.provider->empty();
    const std::string_view name =
        named ? std::string_view(*request.provider) : default_provider(request.type);
    const csp::Profile* const profile = csp::find_profile(name);
    require(profile != nullptr, Fault::keyset_not_defined);
    require(profile->type == request.type, Fault::provider_type_mismatch);
    return *profile;
}

csp::ContextRequest provider_request(const AcquireRequest& request)
{
    const csp::Profile& profile = choose_profile(request);
    return {&profile, request.container, request.flags};
}

} // namespace

Context::Context(std::shared_ptr<csp::Context> provider)
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
    const csp::ContextRequest wanted = provider_request(request);
    if (request.flags & CRYPT_DELETEKEYSET) {
        csp::Context::delete_container(wanted);
        return {};
    }
    auto context = std::make_shared<Context>(csp::Context::acquire(wanted));
    // Windows overwrites the last error when it opens a container; 0 is the tamest of the values
    // seen (observed.md: CryptAcquireContext, last error after success).
    if (!context->provider().ephemeral() && !(request.flags & CRYPT_NEWKEYSET))
        platform::set_last_error(0);
    return handle::handles().issue(std::move(context));
}

void release_context(handle::Handle handle)
{
    const auto context = handle::handles().pin<Context>(handle);
    if (!context->give_reference_up())
        return;
    handle::handles().retire_when_idle<Context>(handle);
    handle::handles().end_family(*context->family());
}

} // namespace capishim::advapi
