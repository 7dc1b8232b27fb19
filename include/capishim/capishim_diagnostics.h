/* SPDX-License-Identifier: BSD-2-Clause
   What a regression test may ask of capishim beyond the Windows interface. No program needs it. */
#pragma once

#include "windows.h"

#ifndef CAPISHIM_BUILDING
#include "detail/diagnostics_prototypes.h"
#endif
