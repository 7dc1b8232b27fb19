// SPDX-License-Identifier: BSD-2-Clause
// Key blobs of elliptic curves: BCRYPT_ECCKEY_BLOB, BCRYPT_ECCFULLKEY_BLOB and ECCParameters
// (cng.md 5.3, 5.5).
#pragma once

#include "cng/curves.h"
#include "cng/key.h"

namespace capishim::cng {

/// A key under the name of its curve.
struct EcImport {
    CurveChoice curve;
    std::shared_ptr<const engine::EcKey> key;
};

/// @param handle   the algorithm handle's curve; null where blobs alone say it
/// @throws Fault::not_supported     another type of blob or of curve
/// @throws Fault::bad_blob_length   longer or shorter than header and curve say
/// @throws Fault::bad_data          another magic (N-146, N-148), curve or number
EcImport read_ec_blob(const Algorithm& algorithm, const CurveChoice& handle, const PairBlob& blob);
/// @throws Fault::not_supported    another type of blob, or a key that it can't hold
/// @throws Fault::no_private_key   a private type for a public key
SecureBytes write_ec_blob(const Algorithm& algorithm, const engine::EcKey& key,
                          std::string_view type);

/// BCRYPT_ECC_PARAMETER_HEADER with its numbers; without a seed.
/// @throws Fault::not_supported   no short Weierstrass curve
SecureBytes write_curve_parameters(const engine::Curve& curve);
/// @throws as read_ec_blob()
CurveChoice read_curve_parameters(ByteView blob);

} // namespace capishim::cng
