// SPDX-License-Identifier: BSD-2-Clause
#include "cng/curves.h"

#include <algorithm>
#include <array>

namespace capishim::cng {
namespace {

using engine::CurveId;

struct NamedCurve {
    std::string_view name;
    std::optional<CurveId> id; // none: CNG's, but not ours
};

// In the order of cng.md 2.3: of a curve's names, the first is the one that is read from a key
// whose curve came without a name.
constexpr std::array named_curves = {
    NamedCurve{"curve25519", CurveId::curve25519},
    NamedCurve{"brainpoolP160r1", CurveId::brainpool160r1},
    NamedCurve{"brainpoolP160t1", CurveId::brainpool160t1},
    NamedCurve{"brainpoolP192r1", CurveId::brainpool192r1},
    NamedCurve{"brainpoolP192t1", CurveId::brainpool192t1},
    NamedCurve{"brainpoolP224r1", CurveId::brainpool224r1},
    NamedCurve{"brainpoolP224t1", CurveId::brainpool224t1},
    NamedCurve{"brainpoolP256r1", CurveId::brainpool256r1},
    NamedCurve{"brainpoolP256t1", CurveId::brainpool256t1},
    NamedCurve{"brainpoolP320r1", CurveId::brainpool320r1},
    NamedCurve{"brainpoolP320t1", CurveId::brainpool320t1},
    NamedCurve{"brainpoolP384r1", CurveId::brainpool384r1},
    NamedCurve{"brainpoolP384t1", CurveId::brainpool384t1},
    NamedCurve{"brainpoolP512r1", CurveId::brainpool512r1},
    NamedCurve{"brainpoolP512t1", CurveId::brainpool512t1},
    NamedCurve{"ec192wapi", std::nullopt},
    NamedCurve{"nistP192", CurveId::p192},
    NamedCurve{"nistP224", CurveId::p224},
    NamedCurve{"nistP256", CurveId::p256},
    NamedCurve{"nistP384", CurveId::p384},
    NamedCurve{"nistP521", CurveId::p521},
    NamedCurve{"numsP256t1", std::nullopt}, // twisted Edwards, as the next two
    NamedCurve{"numsP384t1", std::nullopt},
    NamedCurve{"numsP512t1", std::nullopt},
    NamedCurve{"secP160k1", CurveId::secp160k1},
    NamedCurve{"secP160r1", CurveId::secp160r1},
    NamedCurve{"secP160r2", CurveId::secp160r2},
    NamedCurve{"secP192k1", CurveId::secp192k1},
    NamedCurve{"secP192r1", CurveId::p192},
    NamedCurve{"secP224k1", CurveId::secp224k1},
    NamedCurve{"secP224r1", CurveId::p224},
    NamedCurve{"secP256k1", CurveId::secp256k1},
    NamedCurve{"secP256r1", CurveId::p256},
    NamedCurve{"secP384r1", CurveId::p384},
    NamedCurve{"secP521r1", CurveId::p521},
    NamedCurve{"wtls12", CurveId::p224},
    NamedCurve{"wtls7", CurveId::secp160r2},
    NamedCurve{"wtls9", CurveId::wtls9},
    NamedCurve{"x962P192v1", CurveId::p192},
    NamedCurve{"x962P192v2", CurveId::x962_p192v2},
    NamedCurve{"x962P192v3", CurveId::x962_p192v3},
    NamedCurve{"x962P239v1", CurveId::x962_p239v1},
    NamedCurve{"x962P239v2", CurveId::x962_p239v2},
    NamedCurve{"x962P239v3", CurveId::x962_p239v3},
    NamedCurve{"x962P256v1", CurveId::p256},
};

bool same_without_case(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

} // namespace

CurveChoice curve_named(std::string_view name)
{
    const auto* const found = std::ranges::find_if(
        named_curves, [&](const NamedCurve& row) { return same_without_case(row.name, name); });
    require(found != named_curves.end(), Fault::invalid_parameter);
    require(found->id.has_value(), Fault::not_supported);
    return {engine::curve(*found->id), found->name};
}

CurveChoice choice_of(engine::CurveId id)
{
    const auto* const found = std::ranges::find(named_curves, id, &NamedCurve::id);
    return {engine::curve(id), found->name};
}

CurveChoice choice_of(const engine::CurvePointer& curve)
{
    return curve->id() ? choice_of(*curve->id()) : CurveChoice{curve, {}};
}

std::vector<std::string_view> curve_names()
{
    std::vector<std::string_view> names;
    for (const NamedCurve& row : named_curves)
        if (row.id)
            names.push_back(row.name);
    return names;
}

} // namespace capishim::cng
