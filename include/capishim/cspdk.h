// SPDX-License-Identifier: BSD-2-Clause
// The provider's side of CryptoAPI: CP* (cryptoapi.md 11).
#pragma once

#include "wincrypt.h"

#ifndef CAPISHIM_BUILDING
#include "detail/csp_prototypes.h"
#endif
