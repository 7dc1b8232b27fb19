/* SPDX-License-Identifier: BSD-2-Clause
   What a regression test may ask of capishim beyond the Windows interface. No program needs it. */
#pragma once

#ifdef _WIN32
#include <windows.h> /* the program's own: the SDK's, as a rule */
#else
#include "windows.h"
#endif

#ifndef CAPISHIM_BUILDING
#include "detail/diagnostics_prototypes.h"
#endif
