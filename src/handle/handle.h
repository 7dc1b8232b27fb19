// SPDX-License-Identifier: BSD-2-Clause
// What a handle value says: kind, generation and index as numbers, or, for contexts alone, an
// address that can be read (lifetime.md 1). No handle value is ever followed as a pointer.
#pragma once

#include <cstdint>

namespace capishim::handle {

enum class Kind : std::uint8_t {
    none,
    context,   // HCRYPTPROV
    key,       // HCRYPTKEY
    hash,      // HCRYPTHASH
    algorithm, // BCRYPT_ALG_HANDLE
    cng_key,
    cng_hash,
    secret,
    csp_context, // the provider side's own
    csp_key,
    csp_hash
};

struct Handle {
    std::uintptr_t value = 0;

    explicit operator bool() const noexcept { return value != 0; }
    bool operator==(const Handle&) const = default;
};

/// Kind, generation, index: 8 + 32 + 24 bits, or 4 + 10 + 18 where pointers have 32. The kind is
/// never 0, so every value lies above all pseudo-handles and ALG_IDs (N-13).
struct NumberFormat {
    static constexpr bool wide = sizeof(std::uintptr_t) == 8;
    static constexpr unsigned index_bits = wide ? 24 : 18;
    static constexpr unsigned generation_bits = wide ? 32 : 10;
    static constexpr std::uint32_t index_count = std::uint32_t{1} << index_bits;
    static constexpr std::uint32_t generation_mask =
        static_cast<std::uint32_t>((std::uint64_t{1} << generation_bits) - 1);

    static Handle encode(Kind kind, std::uint32_t generation, std::uint32_t index) noexcept
    {
        const std::uint64_t value =
            std::uint64_t{static_cast<std::uint8_t>(kind)} << (index_bits + generation_bits) |
            std::uint64_t{generation & generation_mask} << index_bits | index;
        return {static_cast<std::uintptr_t>(value)};
    }
    static std::uint32_t index(Handle handle) noexcept
    {
        return static_cast<std::uint32_t>(handle.value) & (index_count - 1);
    }
    static Kind kind(Handle handle) noexcept
    {
        const std::uint64_t kind = std::uint64_t{handle.value} >> (index_bits + generation_bits);
        return kind > 0xF ? Kind::none : static_cast<Kind>(kind);
    }
    static std::uint32_t generation(Handle handle) noexcept
    {
        return static_cast<std::uint32_t>(std::uint64_t{handle.value} >> index_bits) &
               generation_mask;
    }
};

} // namespace capishim::handle
