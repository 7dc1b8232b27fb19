// SPDX-License-Identifier: BSD-2-Clause
// PUBLICKEYBLOB and PRIVATEKEYBLOB of every algorithm and version (cryptoapi.md 4.2 to 4.8), read.
#pragma once

#include "csp/pair_numbers.h"

namespace capishim::csp {

struct PairBlob {
    std::uint32_t algorithm_id; // CALG_RSA_KEYX ...
    SharedNumbers numbers;
};

/// Bytes behind the blob are ignored (U-96).
/// @throws Fault::bad_data      damaged, or no such public-key algorithm
/// @throws Fault::bad_version   not one of the algorithm's
PairBlob read_pair_blob(ByteView blob);

} // namespace capishim::csp
