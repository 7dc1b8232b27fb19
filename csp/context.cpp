// SPDX-License-Identifier: BSD-2-Clause
// Opens, creates and deletes key containers for contexts, by the rules of cryptoapi.md 1.1
// and 10.2.
#include "csp/context.h"

#include "platform/paths.h"

#include <capishim/wincrypt.h>

namespace capishim::csp {
namespace {

constexpr std::uint32_t known_flags = CRYPT_VERIFYCONTEXT | CRYPT_NEWKEYSET | CRYPT_DELETEKEYSET |
                                      CRYPT_MACHINE_KEYSET | CRYPT_SILENT; // U-14

constexpr std::size_t max_name_size = MAX_PATH - 1; // bytes, without the NUL (10.1)

bool has(const ContextRequest& request, std::uint32_t flag)
{
    return (request.flags & flag) != 0;
}

// U-12: "" stands for no name.
bool is_named(const ContextRequest& request)
{
    return request.container && !request.container->empty();
}

/// The flags of 1.1, before anything is looked up.
void check_flags(const ContextRequest& request)
{
    require((request.flags & ~known_flags) == 0, Fault::bad_flags);
    require(!has(request, CRYPT_NEWKEYSET) || !has(request, CRYPT_DELETEKEYSET),
            Fault::bad_flags); // U-15
    const std::uint32_t verify = request.flags & CRYPT_VERIFYCONTEXT;
    if (verify == 0)
        return;
    // It is four bits, and takes neither a name (U-16) nor a deletion; a CRYPT_NEWKEYSET beside it
    // changes nothing (observed.md: VERIFYCONTEXT | NEWKEYSET).
    require(verify == CRYPT_VERIFYCONTEXT, Fault::bad_flags); // U-15
    require(!is_named(request) && !has(request, CRYPT_DELETEKEYSET), Fault::bad_flags);
}

void check(const ContextRequest& request)
{
    check_flags(request);
    require(!is_named(request) || request.container->size() <= max_name_size,
            Fault::bad_keyset_name);
}

std::string container_name(const ContextRequest& request)
{
    return is_named(request) ? *request.container : platform::user_name(); // U-204
}

StoreScope scope_of(const ContextRequest& request)
{
    return has(request, CRYPT_MACHINE_KEYSET) ? StoreScope::machine : StoreScope::user;
}

} // namespace

Context::Context(const ContextRequest& request)
    : profile_(request.profile),
      container_name_(has(request, CRYPT_VERIFYCONTEXT) ? std::string() : container_name(request)),
      ephemeral_(has(request, CRYPT_VERIFYCONTEXT)), silent_(has(request, CRYPT_SILENT)),
      machine_(has(request, CRYPT_MACHINE_KEYSET))
{
}

std::shared_ptr<Context> Context::acquire(const ContextRequest& request)
{
    check(request);
    const std::shared_ptr<Context> context(new Context(request));
    if (context->ephemeral_) {
        context->container_ = make_memory_store();
        return context;
    }
    const auto store = open_file_store(request.profile->family, scope_of(request));
    context->container_ = has(request, CRYPT_NEWKEYSET) ? store->create(context->container_name_)
                                                        : store->open(context->container_name_);
    return context;
}

/// Nobody who has it open is in the way (U-17).
void Context::delete_container(const ContextRequest& request)
{
    check(request);
    open_file_store(request.profile->family, scope_of(request))->remove(container_name(request));
}

} // namespace capishim::csp
