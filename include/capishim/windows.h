// SPDX-License-Identifier: BSD-2-Clause
// The part of <windows.h> that CryptoAPI console programs cannot do without.
#pragma once

#include "detail/types.h"
#include "winerror.h"

#ifndef WIN32_LEAN_AND_MEAN
#include "wincrypt.h"
#endif
