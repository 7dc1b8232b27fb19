// SPDX-License-Identifier: BSD-2-Clause
#include "cng/properties.h"

#include "base/row.h"
#include "cng/aead.h"
#include "cng/ec_blobs.h"
#include "cng/multi_hash.h"
#include "engine/rsa.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

#include <array>

namespace capishim::cng {
namespace {

[[noreturn]] void unsupported()
{
    throw Error(Fault::not_supported);
}

// ---- Chaining modes ----------------------------------------------------------------------------

struct ModeName {
    ChainingMode mode;
    std::string_view name;
};

constexpr std::array mode_names = {
    ModeName{ChainingMode::not_applicable, "ChainingModeN/A"},
    ModeName{ChainingMode::cbc, "ChainingModeCBC"},
    ModeName{ChainingMode::ecb, "ChainingModeECB"},
    ModeName{ChainingMode::cfb, "ChainingModeCFB"},
    ModeName{ChainingMode::ccm, "ChainingModeCCM"},
    ModeName{ChainingMode::gcm, "ChainingModeGCM"},
};

FieldText name_of(ChainingMode mode)
{
    return {std::ranges::find(mode_names, mode, &ModeName::mode)->name};
}

ChainingMode mode_named(std::string_view name)
{
    const auto* const found = std::ranges::find(mode_names, name, &ModeName::name);
    require(found != mode_names.end(), Fault::invalid_parameter); // N-96
    return found->mode;
}

// ---- What algorithms and hashes answer ---------------------------------------------------------

const Algorithm& require_family(const Algorithm& algorithm, Family family)
{
    require(algorithm.family == family, Fault::not_supported);
    return algorithm;
}

const Algorithm& require_hash(const AlgorithmObject& object)
{
    require(object.algorithm().interface == Interface::hash, Fault::not_supported);
    return object.algorithm();
}

const Algorithm& require_cipher(const Algorithm& algorithm)
{
    require(algorithm.is_cipher(), Fault::not_supported);
    return algorithm;
}

MultiObjectLength multi_object_length(const AlgorithmObject& object)
{
    require_multi_capable(object);
    return {multi_hash_object_length, object.object_length()};
}

/// HMAC's object is larger; asymmetric algorithms have none.
std::uint32_t object_length(const AlgorithmObject& object)
{
    require(object.algorithm().object_length != 0, Fault::not_supported);
    return object.object_length();
}

std::uint32_t padding_schemes(const Algorithm& algorithm)
{
    constexpr std::uint32_t signing = BCRYPT_SUPPORTED_PAD_PKCS1_SIG | BCRYPT_SUPPORTED_PAD_PSS;
    constexpr std::uint32_t encryption = BCRYPT_SUPPORTED_PAD_PKCS1_ENC | BCRYPT_SUPPORTED_PAD_OAEP;
    require_family(algorithm, Family::rsa);
    return algorithm.interface == Interface::signature ? signing : signing | encryption; // N-107
}

/// SHAKE128's and SHAKE256's; cSHAKE has the same function but no name of its own (cng.md 7.5).
OidText oid_of_xof(const Algorithm& algorithm)
{
    static constexpr std::uint8_t oids[][11] = {
        {0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x0b},
        {0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x0c}};
    require(algorithm.id.starts_with("SHAKE"), Fault::not_supported);
    return {oids[static_cast<std::size_t>(algorithm.xof)]};
}

/// `06 len body` out of the DigestInfo prefix `30 len 30 len 06 len body ...`.
OidText oid_of(const Algorithm& algorithm)
{
    if (algorithm.family == Family::xof)
        return oid_of_xof(algorithm);
    require_family(algorithm, Family::hash);
    const ByteView prefix = engine::digest_info_prefix(algorithm.hash);
    return {prefix.subspan(4, std::size_t{2} + prefix[5])};
}

const Algorithm& require_any_curve(const Algorithm& algorithm)
{
    require(algorithm.takes_any_curve(), Fault::not_supported);
    return algorithm;
}

/// The curve that a handle of an elliptic-curve algorithm has. N-98: none yet is a fault.
CurveChoice curve_of(const AlgorithmObject& object)
{
    const Algorithm& algorithm = require_family(object.algorithm(), Family::ec);
    CurveChoice choice = algorithm.curve ? choice_of(*algorithm.curve) : object.settings().curve;
    require(choice.curve != nullptr, Fault::not_supported);
    return choice;
}

std::string_view curve_name(const AlgorithmObject& object)
{
    const std::string_view name = curve_of(object).name;
    require(!name.empty(), Fault::not_supported); // parameters of no named curve
    return name;
}

/// Names that the algorithm takes: what can't sign is not ECDSA's.
NameList curve_names_of(const Algorithm& algorithm)
{
    NameList names = curve_names();
    std::erase_if(names, [&](std::string_view name) {
        return algorithm.interface == Interface::signature &&
               !curve_named(name).curve->parameters();
    });
    return names;
}

KeyLengths key_lengths(const AlgorithmObject& object)
{
    if (object.algorithm().family == Family::ec) { // N-104
        const auto bits = static_cast<std::uint32_t>(curve_of(object).curve->bits());
        return {bits, bits, 0};
    }
    const KeyLengths lengths = object.key_lengths();
    require(lengths.max_bits != 0, Fault::not_supported);
    return lengths;
}

std::uint32_t kem_secret_length(const Algorithm& algorithm)
{
    require_family(algorithm, Family::ml_kem);
    return engine::kem_secret_size;
}

std::uint32_t public_key_length(const KeyObject& key)
{
    require(!key.algorithm().has_symmetric_keys(), Fault::not_supported);
    return key.public_key_bits(); // N-109
}

std::uint32_t algorithm_message_block(const AlgorithmObject& object)
{
    const KeySettings settings = object.settings();
    const bool xts = object.algorithm().family == Family::xts;
    require(xts || settings.mode == ChainingMode::cfb, Fault::not_supported);
    return settings.message_block;
}

KeyLengths auth_tag_lengths(const AlgorithmObject& object)
{
    const AeadRules* const rules = aead_rules(object.algorithm(), object.settings().mode);
    require(rules != nullptr, Fault::not_supported);
    return rules->tag_bytes;
}

std::uint32_t algorithm_effective_bits(const AlgorithmObject& object)
{
    require(object.algorithm().has_effective_bits(), Fault::not_supported);
    return object.settings().effective_bits;
}

// ---- The table ---------------------------------------------------------------------------------

/// A null reader or writer: that object does not have the property, or does not let it be set.
struct Property {
    std::string_view name;
    PropertyValue (*of_algorithm)(const AlgorithmObject&);
    PropertyValue (*of_key)(const KeyObject&);
    PropertyValue (*of_hash)(const HashObject&);
};

using A = const AlgorithmObject&;
using K = const KeyObject&;
using H = const HashObject&;
using V = PropertyValue;

constexpr std::array properties = {
    Property{"AlgorithmName", [](A a) -> V { return a.algorithm().id; },
             [](K k) -> V { return k.algorithm().id; }, [](H h) -> V { return h.algorithm().id; }},
    Property{"AuthTagLength", [](A a) -> V { return auth_tag_lengths(a); }, nullptr,
             nullptr}, // observed.md part 2 A: not on keys
    Property{"BlockLength", [](A a) -> V { return require_cipher(a.algorithm()).block_length; },
             [](K k) -> V { return k.block_length(); }, nullptr},
    Property{"BlockSizeList", [](A a) -> V { return require_cipher(a.algorithm()).block_length; },
             [](K k) -> V { return k.block_length(); }, nullptr},
    Property{"ChainingMode",
             [](A a) -> V {
                 require_cipher(a.algorithm());
                 return name_of(a.settings().mode);
             },
             [](K k) -> V { return name_of(k.chaining_mode()); }, nullptr},
    Property{"DHParameters", nullptr,
             [](K k) -> V {
                 require_family(k.algorithm(), Family::dh);
                 return k.domain_parameters();
             },
             nullptr},
    Property{"ECCCurveName", [](A a) -> V { return curve_name(a); },
             [](K k) -> V { return k.curve_name(); }, nullptr},
    Property{"ECCCurveNameList",
             [](A a) -> V { return curve_names_of(require_any_curve(a.algorithm())); }, nullptr,
             nullptr},
    Property{"ECCParameters",
             [](A a) -> V {
                 require_any_curve(a.algorithm());
                 return write_curve_parameters(*curve_of(a).curve);
             },
             [](K k) -> V {
                 require_any_curve(k.algorithm());
                 return k.domain_parameters();
             },
             nullptr},
    Property{"EffectiveKeyLength", [](A a) -> V { return algorithm_effective_bits(a); },
             [](K k) -> V { return k.effective_bits(); }, nullptr},
    Property{"HashBlockLength", [](A a) -> V { return require_hash(a).block_length; }, nullptr,
             [](H h) -> V { return h.algorithm().block_length; }},
    Property{"HashDigestLength", [](A a) -> V { return hash_length(require_hash(a)); }, nullptr,
             [](H h) -> V { return static_cast<std::uint32_t>(h.size()); }},
    Property{"HashOIDList", [](A a) -> V { return oid_of(require_hash(a)); }, nullptr, nullptr},
    Property{"IV", nullptr, [](K k) -> V { return k.chain(); }, [](H h) -> V { return h.nonce(); }},
    Property{"IsKeyedHash",
             [](A a) -> V {
                 require_hash(a);
                 return std::uint32_t{a.is_keyed_hash()};
             },
             nullptr, [](H h) -> V { return std::uint32_t{h.keyed()}; }},
    Property{"IsReusableHash",
             [](A a) -> V {
                 require_hash(a);
                 return std::uint32_t{a.traits().reusable};
             },
             nullptr, [](H h) -> V { return std::uint32_t{h.reusable()}; }},
    Property{"KEMCiphertextLength", nullptr, [](K k) -> V { return k.kem_ciphertext_length(); },
             nullptr},
    Property{"KEMSharedSecretLength", [](A a) -> V { return kem_secret_length(a.algorithm()); },
             [](K k) -> V { return kem_secret_length(k.algorithm()); }, nullptr},
    Property{"KeyLength", nullptr, [](K k) -> V { return k.key_bits(); }, nullptr},
    Property{"KeyLengths", [](A a) -> V { return key_lengths(a); }, nullptr, nullptr},
    Property{"KeyStrength", nullptr, [](K k) -> V { return k.strength_bits(); }, nullptr},
    Property{"MessageBlockLength", [](A a) -> V { return algorithm_message_block(a); },
             [](K k) -> V { return k.message_block_length(); }, nullptr},
    Property{"MultiObjectLength", [](A a) -> V { return multi_object_length(a); }, nullptr,
             nullptr},
    Property{"ObjectLength", [](A a) -> V { return object_length(a); },
             [](K k) -> V {
                 require(k.algorithm().has_symmetric_keys(), Fault::not_supported);
                 return k.algorithm().object_length; // N-106
             },
             [](H h) -> V { return h.object_length(); }},
    Property{"PaddingSchemes", [](A a) -> V { return padding_schemes(a.algorithm()); },
             [](K k) -> V { return padding_schemes(k.algorithm()); }, nullptr},
    Property{"ParameterSetName", nullptr, [](K k) -> V { return k.parameter_set(); }, nullptr},
    Property{"PrimitiveType",
             [](A a) -> V { return static_cast<std::uint32_t>(a.algorithm().interface); }, nullptr,
             nullptr}, // N-108
    Property{"PublicKeyLength", nullptr, [](K k) -> V { return public_key_length(k); }, nullptr},
    Property{"SignatureLength", nullptr, [](K k) -> V { return k.signature_length(); }, nullptr},
};
static_assert(sorted_by(properties, &Property::name));

template <class Object>
PropertyValue read(const Object& object, std::string_view name,
                   PropertyValue (*Property::*reader)(const Object&))
{
    const Property* const row = find_row(properties, &Property::name, name);
    if (row == nullptr || row->*reader == nullptr)
        unsupported();
    return (row->*reader)(object);
}

// ---- Writers -----------------------------------------------------------------------------------

std::uint32_t dword(const PropertyInput& input)
{
    require(input.bytes.size() == 4, Fault::invalid_parameter); // N-34
    return LittleEndianReader(input.bytes).u32();
}

struct Writer {
    std::string_view name;
    bool text;
    void (*to_algorithm)(AlgorithmObject&, const PropertyInput&);
    void (*to_key)(KeyObject&, const PropertyInput&);
    void (*to_secret)(SecretObject&, const PropertyInput&) = nullptr;
    void (*to_hash)(HashObject&, const PropertyInput&) = nullptr;
};

// HKDF's three steps, on a key or a secret (cng.md 6.10).

constexpr auto set_hkdf_hash = [](auto& object, const PropertyInput& input) {
    object.set_hkdf_hash(hash_named(input.text));
};
constexpr auto finalize_with_salt = [](auto& object, const PropertyInput& input) {
    object.finalize_hkdf(input.bytes);
};
constexpr auto finalize_as_prk = [](auto& object, const PropertyInput& input) {
    require(input.bytes.empty(), Fault::invalid_parameter);
    object.finalize_hkdf(std::nullopt);
};

constexpr std::array writers = {
    Writer{"ChainingMode", true,
           [](AlgorithmObject& a, const PropertyInput& in) {
               require_cipher(a.algorithm());
               a.set_chaining_mode(mode_named(in.text));
           },
           [](KeyObject& k, const PropertyInput& in) {
               require_cipher(k.algorithm());
               k.set_chaining_mode(mode_named(in.text));
           }},
    Writer{"DHParameters", false, nullptr,
           [](KeyObject& k, const PropertyInput& in) {
               require_family(k.algorithm(), Family::dh);
               k.set_domain_parameters(in.bytes);
           }},
    Writer{"DSAParameters", false, nullptr,
           [](KeyObject& k, const PropertyInput& in) {
               require_family(k.algorithm(), Family::dsa);
               k.set_domain_parameters(in.bytes);
           }},
    Writer{"ECCCurveName", true,
           [](AlgorithmObject& a, const PropertyInput& in) {
               require_any_curve(a.algorithm());
               a.set_curve(curve_named(in.text));
           },
           [](KeyObject& k, const PropertyInput& in) {
               require_any_curve(k.algorithm());
               k.set_curve(curve_named(in.text));
           }},
    Writer{"ECCParameters", false,
           [](AlgorithmObject& a, const PropertyInput& in) {
               require_any_curve(a.algorithm());
               a.set_curve(read_curve_parameters(in.bytes));
           },
           [](KeyObject& k, const PropertyInput& in) {
               require_any_curve(k.algorithm());
               k.set_curve(read_curve_parameters(in.bytes));
           }},
    Writer{"EffectiveKeyLength", false,
           [](AlgorithmObject& a, const PropertyInput& in) { a.set_effective_bits(dword(in)); },
           [](KeyObject& k, const PropertyInput& in) { k.set_effective_bits(dword(in)); }},
    Writer{"HkdfHashAlgorithm", true, nullptr, set_hkdf_hash, set_hkdf_hash},
    Writer{"HkdfPrkAndFinalize", false, nullptr, finalize_as_prk, finalize_as_prk},
    Writer{"HkdfSaltAndFinalize", false, nullptr, finalize_with_salt, finalize_with_salt},
    Writer{"IV", false, nullptr, [](KeyObject& k, const PropertyInput& in) { k.set_iv(in.bytes); },
           nullptr, [](HashObject& h, const PropertyInput& in) { h.set_nonce(in.bytes); }},
    Writer{"KeyLength", false, nullptr,
           [](KeyObject& k, const PropertyInput& in) { k.set_key_bits(dword(in)); }},
    Writer{
        "MessageBlockLength", false,
        [](AlgorithmObject& a, const PropertyInput& in) { a.set_message_block_length(dword(in)); },
        [](KeyObject& k, const PropertyInput& in) { k.set_message_block_length(dword(in)); }},
    Writer{"ParameterSetName", true, nullptr,
           [](KeyObject& k, const PropertyInput& in) { k.set_parameter_set(in.text); }},
    Writer{"PrivKeyVal", false, nullptr,
           [](KeyObject& k, const PropertyInput& in) { k.set_private_value(in.bytes); }},
};
static_assert(sorted_by(writers, &Writer::name));

template <class Object>
void write(Object& object, std::string_view name, const PropertyInput& input,
           void (*Writer::*writer)(Object&, const PropertyInput&))
{
    const Writer* const row = find_row(writers, &Writer::name, name);
    if (row == nullptr || row->*writer == nullptr)
        unsupported();
    (row->*writer)(object, input);
}

} // namespace

PropertyValue get_property(const AlgorithmObject& algorithm, std::string_view name)
{
    return read(algorithm, name, &Property::of_algorithm);
}

PropertyValue get_property(const KeyObject& key, std::string_view name)
{
    return read(key, name, &Property::of_key);
}

PropertyValue get_property(const HashObject& hash, std::string_view name)
{
    return read(hash, name, &Property::of_hash);
}

bool is_text_property(std::string_view name) noexcept
{
    const Writer* const row = find_row(writers, &Writer::name, name);
    return row != nullptr && row->text;
}

void set_property(AlgorithmObject& algorithm, std::string_view name, const PropertyInput& input)
{
    write(algorithm, name, input, &Writer::to_algorithm);
}

void set_property(KeyObject& key, std::string_view name, const PropertyInput& input)
{
    write(key, name, input, &Writer::to_key);
}

void set_property(SecretObject& secret, std::string_view name, const PropertyInput& input)
{
    write(secret, name, input, &Writer::to_secret);
}

void set_property(HashObject& hash, std::string_view name, const PropertyInput& input)
{
    write(hash, name, input, &Writer::to_hash);
}

} // namespace capishim::cng
