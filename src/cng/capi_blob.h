// SPDX-License-Identifier: BSD-2-Clause
// What CryptoAPI's DH and DSS blobs have in common (cryptoapi.md 4.1, 4.5, 4.8).
#pragma once

#include "base/big_number.h"

namespace capishim::cng {

/// BLOBHEADER
struct CapiHeader {
    std::uint8_t type;
    std::uint8_t version;
    std::uint32_t algorithm_id;
};
constexpr std::size_t capi_header_size = 8;

inline CapiHeader read_capi_header(LittleEndianReader& reader)
{
    CapiHeader header{};
    header.type = reader.u8();
    header.version = reader.u8();
    reader.u16(); // reserved: U-50
    header.algorithm_id = reader.u32();
    return header;
}

inline void write_capi_header(LittleEndianWriter<SecureBytes>& writer, const CapiHeader& header)
{
    writer.u8(header.type);
    writer.u8(header.version);
    writer.u16(0);
    writer.u32(header.algorithm_id);
}

/// DSSSEED: how a prime came about; all ones when nobody knows (U-103).
struct DssSeed {
    static constexpr std::size_t size = 20;
    static constexpr std::uint32_t unknown = 0xFFFFFFFF;

    std::uint32_t counter = unknown;
    Bytes seed = Bytes(size, 0xFF);
};
constexpr std::size_t dss_seed_size = 4 + DssSeed::size;

inline DssSeed read_dss_seed(LittleEndianReader& reader)
{
    const std::uint32_t counter = reader.u32();
    const ByteView seed = reader.bytes(DssSeed::size);
    return {counter, {seed.begin(), seed.end()}};
}

inline void write_dss_seed(LittleEndianWriter<SecureBytes>& writer, const DssSeed& seed)
{
    writer.u32(seed.counter);
    writer.bytes(seed.seed);
}

/// A big-endian number as CryptoAPI stores it, and back.
inline void write_little(LittleEndianWriter<SecureBytes>& writer, ByteView number)
{
    writer.bytes(reversed<SecureBytes>(number));
}

} // namespace capishim::cng
