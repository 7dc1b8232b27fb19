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

/// What follows the BLOBHEADER and says which numbers come, and in which version.
enum class CapiMagic : std::uint32_t {
    dh_public_2 = 0x31484400,   // "\0DH1"
    dss_public_2 = 0x31535344,  // "DSS1"
    dh_private_2 = 0x32484400,  // "\0DH2"
    dss_private_2 = 0x32535344, // "DSS2"
    dh_public_3 = 0x33484400,   // "\0DH3"
    dss_public_3 = 0x33535344,  // "DSS3"
    dh_private_3 = 0x34484400,  // "\0DH4"
    dss_private_3 = 0x34535344, // "DSS4"
};

inline void write_magic(LittleEndianWriter<SecureBytes>& writer, CapiMagic magic)
{
    writer.u32(static_cast<std::uint32_t>(magic));
}

/// DSSSEED: how a prime came about; all ones when nobody knows (U-103). In a blob the seed is
/// little-endian like every other number (observed.md: DSSSEED.seed in v2 blobs).
struct DssSeed {
    static constexpr std::size_t size = 20;
    static constexpr std::uint32_t unknown = 0xFFFFFFFF;

    std::uint32_t counter = unknown;
    Bytes seed = Bytes(size, 0xFF); // in the order of FIPS 186
};
constexpr std::size_t dss_seed_size = 4 + DssSeed::size;

inline DssSeed read_dss_seed(LittleEndianReader& reader)
{
    const std::uint32_t counter = reader.u32();
    return {counter, reversed(reader.bytes(DssSeed::size))};
}

inline void write_dss_seed(LittleEndianWriter<SecureBytes>& writer, const DssSeed& seed)
{
    writer.u32(seed.counter);
    writer.bytes(reversed(seed.seed));
}

/// U-106: lengths in bits are rounded up to bytes.
inline std::size_t bytes_for(std::uint32_t bits)
{
    return static_cast<std::size_t>((std::uint64_t{bits} + 7) / 8);
}

inline std::uint32_t bits_of(ByteView number)
{
    return static_cast<std::uint32_t>(8 * number.size());
}

/// A big-endian number as CryptoAPI stores it, and back.
inline void write_little(LittleEndianWriter<SecureBytes>& writer, ByteView number)
{
    writer.bytes(reversed<SecureBytes>(number));
}

} // namespace capishim::cng
