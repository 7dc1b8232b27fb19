// SPDX-License-Identifier: BSD-2-Clause
// The properties of cng.md 3.1 as a table of (name, readers, writers). Text is left narrow: how
// wide a caller's characters are is the rim's affair.
#pragma once

#include "cng/hash_object.h"
#include "cng/key.h"
#include "cng/provider.h"
#include "cng/secret.h"

#include <string_view>
#include <variant>
#include <vector>

namespace capishim::cng {

/// ChainingMode's fixed field of 32 characters (observed.md part 2 A).
struct FieldText {
    static constexpr std::size_t units = 32;
    std::string_view text;
};

/// One object identifier, DER-encoded, that becomes a BCRYPT_OID_LIST.
struct OidText {
    ByteView der;
};

/// BCRYPT_MULTI_OBJECT_LENGTH_STRUCT: what a multi-hash needs, and each of its hashes besides.
struct MultiObjectLength {
    std::uint32_t per_object, per_element;
};

/// Names that become a BCRYPT_ECC_CURVE_NAMES.
using NameList = std::vector<std::string_view>;

using PropertyValue = std::variant<MultiObjectLength, std::uint32_t, KeyLengths, std::string_view,
                                   FieldText, OidText, NameList, SecureBytes>;

/// @throws Fault::not_supported   unknown, or not a property of this object (N-111)
PropertyValue get_property(const AlgorithmObject& algorithm, std::string_view name);
PropertyValue get_property(const KeyObject& key, std::string_view name);
PropertyValue get_property(const HashObject& hash, std::string_view name);

/// What BCryptSetProperty was given, for the two ways to read it.
struct PropertyInput {
    std::string_view text; // up to the NUL, whatever the size says
    ByteView bytes;
};

/// Whether the property's value is text: only then is the caller's memory read up to a NUL.
bool is_text_property(std::string_view name) noexcept;

/// @throws Fault::not_supported       unknown, read-only, or not of this object
/// @throws Fault::invalid_parameter   a value or size that is not acceptable
void set_property(AlgorithmObject& algorithm, std::string_view name, const PropertyInput& input);
void set_property(KeyObject& key, std::string_view name, const PropertyInput& input);
void set_property(HashObject& hash, std::string_view name, const PropertyInput& input);
void set_property(SecretObject& secret, std::string_view name, const PropertyInput& input);

} // namespace capishim::cng
