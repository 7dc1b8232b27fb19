// SPDX-License-Identifier: BSD-2-Clause
// The provider's side of CryptoAPI: CP* (cryptoapi.md 11).
//
// A provider that includes this and is built plainly, with a wchar_t of 32 bits, defines CPSignHash
// and CPVerifySignature by names that say so (CPSignHash_w32), and gets text of that width. Where
// its own definitions differ from these prototypes in a const or so, CAPISHIM_NO_CP_PROTOTYPES
// leaves them out; it is to be built with -fshort-wchar then.
#pragma once

#include "wincrypt.h"

#if !defined(CAPISHIM_BUILDING) && !defined(CAPISHIM_NO_CP_PROTOTYPES)
#include "detail/csp_prototypes.h"
#endif
