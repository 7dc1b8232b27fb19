// SPDX-License-Identifier: BSD-2-Clause
// Reading and writing the frames of key blobs.
#include "csp/blobs.h"

namespace capishim::csp {
namespace {

/// Lets walk() fill a header from a reader.
struct FieldReader {
    LittleEndianReader& reader;

    void u8(std::uint8_t& field) { field = reader.u8(); }
    void u16(std::uint16_t& field) { field = reader.u16(); }
    void u32(std::uint32_t& field) { field = reader.u32(); }
};

} // namespace

BlobHeader read_blob_header(LittleEndianReader& reader)
{
    BlobHeader header{};
    FieldReader fields{reader};
    walk(fields, header);
    return header;
}

SecureBytes write_session_blob(const BlobHeader& header, std::uint32_t word, ByteView bytes)
{
    SecureBytes blob;
    blob.reserve(session_blob_offset + bytes.size());
    LittleEndianWriter writer(blob);
    walk(writer, header);
    writer.u32(word);
    writer.bytes(bytes);
    return blob;
}

} // namespace capishim::csp
