// SPDX-License-Identifier: BSD-2-Clause
// CNG's names of elliptic curves (cng.md 2.3), and the curve that an algorithm handle or a key has.
#pragma once

#include "engine/curve.h"

#include <string_view>
#include <vector>

namespace capishim::cng {

/// A curve under one of its names (N-92); one that came as parameters and has none has the empty
/// name, a handle without a curve the null pointer.
struct CurveChoice {
    engine::CurvePointer curve;
    std::string_view name;
};

/// The curve of a name, compared without case (N-91).
/// @throws Fault::not_supported       a curve of CNG's that this library lacks
/// @throws Fault::invalid_parameter   no name of a curve
CurveChoice curve_named(std::string_view name);
/// The curve under the first of its names.
CurveChoice choice_of(engine::CurveId id);
CurveChoice choice_of(const engine::CurvePointer& curve);
/// The names of all curves that this library has.
std::vector<std::string_view> curve_names();

} // namespace capishim::cng
