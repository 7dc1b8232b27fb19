// SPDX-License-Identifier: BSD-2-Clause
// The keys behind RtlEncryptMemory: one of the process's own, and for each wider scope one that the
// user's key gives until the next boot.
#include "csp/memory_protection.h"

#include "csp/keystore/user_key.h"
#include "engine/random.h" // of csp only the key store speaks to the engine: see container_file.cpp
#include "engine/wide_block.h"
#include "platform/paths.h"

#include <memory>
#include <string>

namespace capishim::csp {
namespace {

constexpr std::size_t granularity = 8; // RTL_ENCRYPT_MEMORY_SIZE
using MemoryKey = SecureArray<derived_key_size>;

const MemoryKey& process_key()
{
    static const MemoryKey& key = *[] { // kept: memory may be unprotected from destructors
        auto made = std::make_unique<MemoryKey>();
        engine::random_bytes(*made);
        return made.release();
    }();
    return key;
}

MemoryKey key_for(MemoryScope scope)
{
    if (scope == MemoryScope::this_process)
        return process_key();
    return user_key_for("memory " + std::to_string(static_cast<std::uint32_t>(scope)) + ' ' +
                        platform::boot_id());
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
