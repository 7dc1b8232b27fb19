// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/unique_name.h"

#include "csp/keystore/hex.h"
#include "engine/hash.h" // of csp only the key store speaks to the engine: a file's name is none of CNG's
#include "platform/paths.h"
#include "platform/text.h"

#include <algorithm>
#include <array>

namespace capishim::csp {
namespace {

constexpr std::string_view form =
    "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh_hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";

bool fits(char place, char letter)
{
    return place == 'h' ? is_hex_digit(static_cast<std::uint8_t>(letter)) : letter == place;
}

/// The machine's GUID as others may see it: hashed, for the id itself is confidential.
std::string shown_machine_guid()
{
    const std::string id = "capishim container " + platform::machine_guid();
    std::array<std::uint8_t, 32> digest;
    engine::hash(engine::HashId::sha256, view(id.data(), id.size()), digest.data());
    std::string guid = digits_of(ByteView(digest).first(16));
    for (const std::size_t place : {8, 13, 18, 23})
        guid.insert(place, 1, '-');
    return guid;
}

} // namespace

std::string digits_of(ByteView bytes)
{
    Bytes in_groups(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i)
        in_groups[i] = bytes[i / 4 * 4 + 3 - i % 4];
    return to_hex(in_groups);
}

/// U-186 by observed.md: PP_UNIQUE_CONTAINER.
std::string name_digits(std::string_view container_name)
{
    const std::string folded = platform::fold_case(container_name);
    std::array<std::uint8_t, 16> digest;
    engine::hash(engine::HashId::md5, view(folded.c_str(), folded.size() + 1), digest.data());
    return digits_of(digest);
}

std::string unique_name(std::string_view digits)
{
    static const std::string guid = shown_machine_guid();
    return std::string(digits) + '_' + guid;
}

bool is_unique_name(std::string_view text)
{
    return std::ranges::equal(form, text, fits);
}

} // namespace capishim::csp
