// SPDX-License-Identifier: BSD-2-Clause
// The kernel contract of cng.md 0.9, which holds only while a test has raised its thread's level.
#pragma once

#include "base/fault.h"
#include "diag/irql.h"

namespace capishim::cng {

/// Above passive level only an object with BCRYPT_PROV_DISPATCH's mark may be used.
/// @throws Fault::not_dispatchable
inline void require_level_of(bool dispatch)
{
    require(dispatch || diag::irql() < diag::dispatch_level, Fault::not_dispatchable);
}

/// For the functions that run at passive level only (N-20). @throws Fault::invalid_parameter
inline void require_passive_level()
{
    require(diag::irql() < diag::dispatch_level, Fault::invalid_parameter);
}

} // namespace capishim::cng
