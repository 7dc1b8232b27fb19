// SPDX-License-Identifier: BSD-2-Clause
// How curves are made, for curve.cpp alone.
#pragma once

#include "engine/curve.h"

namespace capishim::engine {

/// A curve that Botan knows by name.
CurvePointer make_weierstrass(CurveId id, const char* botan_name);
/// A curve from parameters that are known to be sound.
CurvePointer make_weierstrass(std::optional<CurveId> id, const CurveParameters& parameters);
/// @throws Fault::bad_data   make_curve()'s
void verify_parameters(const CurveParameters& parameters);
CurvePointer make_curve25519();

} // namespace capishim::engine
