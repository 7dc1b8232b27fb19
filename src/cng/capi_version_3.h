// SPDX-License-Identifier: BSD-2-Clause
// Version 3 of CryptoAPI's DSS and DH blobs (cryptoapi.md 4.6, 4.8): both are laid out alike, and
// tell all there is to tell of the group.
#pragma once

#include "cng/capi_blob.h"

namespace capishim::cng {

/// Parameters alone are what KP_PUB_PARAMS takes.
enum class CapiPart : std::uint8_t { parameters, public_key, private_key };

/// Big-endian numbers; those that a blob may leave out are empty.
struct CapiVersion3 {
    Bytes prime;
    Bytes order; // Q; optional for DH
    Bytes generator;
    Bytes cofactor; // J = (P - 1) / Q; optional
    DssSeed seed;
    Bytes public_value; // not among parameters
    SecureBytes secret; // of a private key
};

/// @param reader   behind the magic; what follows the numbers stays unread
/// @throws Fault::bad_data   cut short, no P, or a P that is shorter than it says
CapiVersion3 read_capi_version_3(LittleEndianReader& reader, CapiPart part);
/// Everything behind the magic.
void write_capi_version_3(LittleEndianWriter<SecureBytes>& writer, const CapiVersion3& numbers,
                          CapiPart part);

} // namespace capishim::cng
