// SPDX-License-Identifier: BSD-2-Clause
#include "cng/symmetric_blobs.h"

#include "cng/blob_type.h"

#include <capishim/bcrypt.h>
#include <capishim/windows.h>

namespace capishim::cng {
namespace {

/// A key as blobs are written of it.
struct KeyView {
    const Algorithm& algorithm;
    ByteView secret;
    std::uint32_t effective_bits;
};

SecureBytes write_key_data(const KeyView& key)
{
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    writer.u32(BCRYPT_KEY_DATA_BLOB_MAGIC);
    writer.u32(BCRYPT_KEY_DATA_BLOB_VERSION1);
    writer.u32(static_cast<std::uint32_t>(key.secret.size()));
    writer.bytes(key.secret);
    return blob;
}

// N-113: "CSOK", version, algorithm number, effective length, key length, key
constexpr std::uint32_t opaque_magic = 0x4B4F5343;
constexpr std::uint32_t opaque_version = 1;

std::uint32_t algorithm_number(const Algorithm& algorithm)
{
    return static_cast<std::uint32_t>(&algorithm - algorithms().data());
}

SecureBytes write_opaque(const KeyView& key)
{
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    writer.u32(opaque_magic);
    writer.u32(opaque_version);
    writer.u32(algorithm_number(key.algorithm));
    writer.u32(key.effective_bits);
    writer.u32(static_cast<std::uint32_t>(key.secret.size()));
    writer.bytes(key.secret);
    return blob;
}

SecureBytes read_rest(LittleEndianReader& reader)
{
    const std::uint32_t size = reader.u32();
    require(size == reader.remaining(), Fault::bad_data); // N-45
    return secure_copy(reader.bytes(size));
}

SymmetricBlob read_key_data(const Algorithm&, ByteView blob)
{
    LittleEndianReader reader(blob);
    require(reader.u32() == BCRYPT_KEY_DATA_BLOB_MAGIC, Fault::bad_data);
    require(reader.u32() == BCRYPT_KEY_DATA_BLOB_VERSION1, Fault::bad_data);
    return {read_rest(reader)};
}

SymmetricBlob read_opaque(const Algorithm& algorithm, ByteView blob)
{
    LittleEndianReader reader(blob);
    require(reader.u32() == opaque_magic, Fault::bad_data);
    require(reader.u32() == opaque_version, Fault::bad_data);
    require(reader.u32() == algorithm_number(algorithm), Fault::bad_data);
    const std::uint32_t effective_bits = reader.u32();
    return {read_rest(reader), algorithm.has_effective_bits() ? effective_bits : 0};
}

struct BlobType {
    std::string_view name;
    SecureBytes (*write)(const KeyView&);
    SymmetricBlob (*read)(const Algorithm&, ByteView);
};

constexpr BlobType blob_types[] = {
    {"KeyDataBlob", write_key_data, read_key_data},
    {"OpaqueKeyBlob", write_opaque, read_opaque},
};

} // namespace

SecureBytes write_symmetric_blob(std::string_view type, const Algorithm& algorithm, ByteView secret,
                                 std::uint32_t effective_bits)
{
    return blob_type_named(blob_types, type).write({algorithm, secret, effective_bits});
}

SymmetricBlob read_symmetric_blob(std::string_view type, const Algorithm& algorithm, ByteView blob)
{
    return blob_type_named(blob_types, type).read(algorithm, blob);
}

} // namespace capishim::cng
