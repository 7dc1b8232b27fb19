// SPDX-License-Identifier: BSD-2-Clause
#include "cng/dh_blobs.h"

#include <capishim/bcrypt.h>
#include <capishim/wincrypt.h>
#include <capishim/windows.h>

namespace capishim::cng {
namespace {

using engine::DhGroup;
using engine::DhKey;

constexpr std::uint8_t version_3 = 3;
constexpr std::uint32_t key_magic(bool is_private)
{
    return is_private ? BCRYPT_DH_PRIVATE_MAGIC : BCRYPT_DH_PUBLIC_MAGIC;
}

constexpr CapiMagic capi_magic(bool is_private)
{
    return is_private ? CapiMagic::dh_private_3 : CapiMagic::dh_public_3;
}

constexpr CapiPart capi_part(bool is_private)
{
    return is_private ? CapiPart::private_key : CapiPart::public_key;
}

Bytes take(LittleEndianReader& reader, std::size_t size)
{
    const ByteView bytes = reader.bytes(size);
    return {bytes.begin(), bytes.end()};
}

DhBlob make_key(DhGroup group, ByteView y, ByteView x, bool is_private, bool validate)
{
    return {is_private ? DhKey::from_private(std::move(group), y, x, validate)
                       : DhKey::from_public(std::move(group), y, validate)};
}

/// BLOBHEADER and magic.
void start_capi_blob(LittleEndianWriter<SecureBytes>& writer, const CapiHeader& header,
                     CapiMagic magic)
{
    write_capi_header(writer, header);
    write_magic(writer, magic);
}

/// The length of P in bytes; version 2 has it in bits.
std::size_t read_prime_size(LittleEndianReader& reader)
{
    const std::uint32_t bits = reader.u32();
    require(bits != 0 && bits % 8 == 0, Fault::bad_data);
    return bits / 8;
}

} // namespace

DhGroup read_dh_parameters(ByteView blob)
{
    LittleEndianReader reader(blob);
    require(reader.u32() == blob.size(), Fault::bad_data);
    require(reader.u32() == BCRYPT_DH_PARAMETERS_MAGIC, Fault::bad_data);
    const std::uint64_t size = reader.u32();
    require(blob.size() == 12 + 2 * size, Fault::bad_data);
    DhGroup group{take(reader, size), take(reader, size)};
    check_group(group);
    return group;
}

SecureBytes write_dh_parameters(const DhGroup& group)
{
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    writer.u32(static_cast<std::uint32_t>(12 + 2 * group.prime.size()));
    writer.u32(BCRYPT_DH_PARAMETERS_MAGIC);
    writer.u32(static_cast<std::uint32_t>(group.prime.size()));
    writer.bytes(group.prime);
    writer.bytes(group.generator);
    return blob;
}

DhBlob read_dh_blob(ByteView blob, bool is_private, bool validate)
{
    LittleEndianReader reader(blob);
    require(reader.u32() == key_magic(is_private), Fault::bad_data);
    const std::uint64_t size = reader.u32();
    require(blob.size() == 8 + size * (is_private ? 4 : 3), Fault::bad_data);
    DhGroup group{take(reader, size), take(reader, size)};
    const ByteView y = reader.bytes(size);
    return make_key(std::move(group), y, reader.bytes(reader.remaining()), is_private, validate);
}

SecureBytes write_dh_blob(const DhKey& key, bool is_private)
{
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    writer.u32(key_magic(is_private));
    writer.u32(static_cast<std::uint32_t>(key.group().prime.size()));
    writer.bytes(key.group().prime);
    writer.bytes(key.group().generator);
    writer.bytes(key.public_value());
    if (is_private)
        writer.bytes(key.secret());
    return blob;
}

DhBlob read_capi_dh_key(LittleEndianReader& reader, bool is_private, bool validate)
{
    CapiVersion3 read = read_capi_version_3(reader, capi_part(is_private));
    DhBlob key = make_key({std::move(read.prime), std::move(read.generator)}, read.public_value,
                          read.secret, is_private, validate);
    key.history = {std::move(read.order), std::move(read.cofactor), std::move(read.seed)};
    return key;
}

DhBlob read_capi_dh_blob(ByteView blob, bool is_private, bool validate)
{
    LittleEndianReader reader(blob);
    const CapiHeader header = read_capi_header(reader);
    require(header.type == (is_private ? PRIVATEKEYBLOB : PUBLICKEYBLOB) &&
                header.version == version_3 &&
                (header.algorithm_id == CALG_DH_SF || header.algorithm_id == CALG_DH_EPHEM),
            Fault::bad_data);
    require(static_cast<CapiMagic>(reader.u32()) == capi_magic(is_private), Fault::bad_data);
    DhBlob key = read_capi_dh_key(reader, is_private, validate);
    require(reader.remaining() == 0, Fault::bad_data);
    return key;
}

SecureBytes write_capi_dh_blob(const DhKey& key, const DhHistory& history, bool is_private,
                               std::uint32_t algorithm_id)
{
    CapiVersion3 numbers{key.group().prime,
                         history.order,
                         key.group().generator,
                         history.cofactor,
                         history.seed,
                         key.public_value(),
                         {}};
    if (is_private)
        numbers.secret = secure_copy(without_leading_zeros(key.secret()));
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    const std::uint8_t type = is_private ? PRIVATEKEYBLOB : PUBLICKEYBLOB;
    start_capi_blob(writer, {type, version_3, algorithm_id}, capi_magic(is_private));
    write_capi_version_3(writer, numbers, capi_part(is_private));
    return blob;
}

Bytes read_capi_dh_public_value(LittleEndianReader& reader)
{
    const std::size_t size = read_prime_size(reader);
    return reversed(reader.bytes(size));
}

SecureBytes write_capi_dh_public_value(ByteView public_value, std::uint32_t algorithm_id)
{
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    start_capi_blob(writer, {PUBLICKEYBLOB, CUR_BLOB_VERSION, algorithm_id},
                    CapiMagic::dh_public_2);
    writer.u32(bits_of(public_value));
    write_little(writer, public_value);
    return blob;
}

DhBlob read_capi_dh_pair(LittleEndianReader& reader, bool validate)
{
    const std::size_t size = read_prime_size(reader);
    const auto number = [&] { return reversed(reader.bytes(size)); };
    DhGroup group;
    group.prime = number();
    group.generator = number();
    return make_key(std::move(group), {}, reversed<SecureBytes>(reader.bytes(size)), true,
                    validate);
}

SecureBytes write_capi_dh_pair(const DhKey& key, std::uint32_t algorithm_id)
{
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    start_capi_blob(writer, {PRIVATEKEYBLOB, CUR_BLOB_VERSION, algorithm_id},
                    CapiMagic::dh_private_2);
    writer.u32(bits_of(key.group().prime));
    for (const ByteView number :
         {ByteView(key.group().prime), ByteView(key.group().generator), ByteView(key.secret())})
        write_little(writer, number);
    return blob;
}

} // namespace capishim::cng
