// SPDX-License-Identifier: BSD-2-Clause
// The keys behind RtlEncryptMemory: one of the process's own, and a file `memory.key` of the user's
// from which each scope has a key until the next boot.
#include "csp/memory_protection.h"

#include "engine/hash.h" // of csp only the key store speaks to the engine: see container_file.cpp
#include "engine/random.h"
#include "engine/wide_block.h"
#include "platform/file.h"
#include "platform/paths.h"

#include <memory>

namespace capishim::csp {
namespace {

constexpr std::size_t granularity = 8; // RTL_ENCRYPT_MEMORY_SIZE
constexpr std::size_t key_size = 32;

using MemoryKey = SecureArray<key_size>;

const MemoryKey& process_key()
{
    static const MemoryKey& key = *[] { // kept: memory may be unprotected from destructors
        auto made = std::make_unique<MemoryKey>();
        engine::random_bytes(*made);
        return made.release();
    }();
    return key;
}

/// The user's key, made when there is none. @throws Fault::bad_keyset_entry   it is damaged
SecureBytes users_key()
{
    const auto store = platform::user_store();
    require(store.has_value(), Fault::profile_not_found);
    const std::string path = *store + "/memory.key";
    auto key = platform::read_file(path);
    if (!key) {
        platform::make_folder(*store);
        MemoryKey made;
        engine::random_bytes(made);
        platform::create_file(path, made); // if another was quicker, its key holds
        key = platform::read_file(path);
    }
    require(key && key->size() == key_size, Fault::bad_keyset_entry);
    return std::move(*key);
}

MemoryKey key_for(MemoryScope scope)
{
    if (scope == MemoryScope::this_process)
        return process_key();
    const std::string boot = platform::boot_id();
    Bytes context;
    LittleEndianWriter writer(context);
    writer.u32(static_cast<std::uint32_t>(scope));
    writer.bytes(view(boot.data(), boot.size()));
    engine::Hmac derivation(engine::HashId::sha256, users_key());
    derivation.update(context);
    MemoryKey key;
    derivation.finish(key.data());
    return key;
}

} // namespace

void protect_memory(MutableBytes memory, MemoryScope scope)
{
    require(memory.size() % granularity == 0, Fault::invalid_parameter); // U-63
    engine::encrypt_wide_block(key_for(scope), memory);
}

void unprotect_memory(MutableBytes memory, MemoryScope scope)
{
    require(memory.size() % granularity == 0, Fault::invalid_parameter);
    engine::decrypt_wide_block(key_for(scope), memory);
}

} // namespace capishim::csp
