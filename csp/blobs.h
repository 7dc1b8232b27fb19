// SPDX-License-Identifier: BSD-2-Clause
// The frames of key blobs: BLOBHEADER, and the DWORD that follows it in SIMPLEBLOB and
// PLAINTEXTKEYBLOB (cryptoapi.md 4). RSA's own fields are cng/rsa_blobs.h's.
#pragma once

#include "base/secure_bytes.h"

namespace capishim::csp {

/// BLOBHEADER, 8 bytes.
struct BlobHeader {
    std::uint8_t type;
    std::uint8_t version = 2;   // CUR_BLOB_VERSION
    std::uint16_t reserved = 0; // any value is tolerated (U-50)
    std::uint32_t algorithm_id = 0;
};
constexpr std::size_t blob_header_size = 8;
/// BLOBHEADER and a DWORD: where the bytes of a session key's blob begin.
constexpr std::size_t session_blob_offset = blob_header_size + 4;

/// The layout, walked by reader and writer alike.
template <class Walker, class Header>
void walk(Walker& walker, Header& header)
{
    walker.u8(header.type);
    walker.u8(header.version);
    walker.u16(header.reserved);
    walker.u32(header.algorithm_id);
}

/// @throws Fault::bad_data   cut short
BlobHeader read_blob_header(LittleEndianReader& reader);

/// A SIMPLEBLOB or PLAINTEXTKEYBLOB.
/// @param word   the algorithm that encrypted the key, or the key's length
SecureBytes write_session_blob(const BlobHeader& header, std::uint32_t word, ByteView bytes);

} // namespace capishim::csp
