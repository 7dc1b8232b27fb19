// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/user_key.h"

#include "engine/hash.h"
#include "engine/random.h"
#include "platform/file.h"
#include "platform/paths.h"
#include "platform/user_protection.h"

namespace capishim::csp {
namespace {

constexpr std::size_t key_size = 32;

SecureBytes open_key(ByteView kept)
try {
    return platform::unprotect_for_user(kept);
} catch (const Error& error) {
    throw Error(error.fault() == Fault::bad_data ? Fault::bad_keyset_entry : error.fault());
}

/// Read anew each time, some microseconds: the file is what all processes of the user agree on, and
/// a copy that is kept would outlive it, and every other secret in this process.
SecureBytes users_key()
{
    const auto store = platform::user_store();
    require(store.has_value(), Fault::profile_not_found);
    const std::string path = *store + "/user.key";
    auto kept = platform::read_file(path);
    if (!kept) {
        platform::make_folder(*store);
        SecureArray<key_size> made;
        engine::random_bytes(made);
        // if another was quicker, its key holds
        platform::create_file(path, platform::protect_for_user(made));
        kept = platform::read_file(path);
    }
    require(kept.has_value(), Fault::bad_keyset_entry);
    SecureBytes key = open_key(*kept);
    require(key.size() == key_size, Fault::bad_keyset_entry);
    return key;
}

} // namespace

SecureArray<derived_key_size> user_key_for(std::string_view purpose)
{
    engine::Hmac derivation(engine::HashId::sha256, users_key());
    derivation.update(view(purpose.data(), purpose.size()));
    SecureArray<derived_key_size> key;
    derivation.finish(key.data());
    return key;
}

} // namespace capishim::csp
