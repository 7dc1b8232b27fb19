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
constexpr std::uint32_t capi_public_magic = 0x33484400;  // "\0DH3"
constexpr std::uint32_t capi_private_magic = 0x34484400; // "\0DH4"

constexpr std::uint32_t key_magic(bool is_private)
{
    return is_private ? BCRYPT_DH_PRIVATE_MAGIC : BCRYPT_DH_PUBLIC_MAGIC;
}

constexpr std::uint32_t capi_magic(bool is_private)
{
    return is_private ? capi_private_magic : capi_public_magic;
}

Bytes take(LittleEndianReader& reader, std::size_t size)
{
    const ByteView bytes = reader.bytes(size);
    return {bytes.begin(), bytes.end()};
}

std::size_t bytes_for(std::uint32_t bits)
{
    return static_cast<std::size_t>((std::uint64_t{bits} + 7) / 8);
}

std::uint32_t bits_of(ByteView number)
{
    return static_cast<std::uint32_t>(8 * number.size());
}

DhBlob make_key(DhGroup group, ByteView y, ByteView x, bool is_private, bool validate)
{
    return {is_private ? DhKey::from_private(std::move(group), y, x, validate)
                       : DhKey::from_public(std::move(group), y, validate)};
}

/// DHPUBKEY_VER3 or DHPRIVKEY_VER3 behind the magic: lengths in bits, and the seed.
struct CapiHead {
    std::uint32_t prime_bits, order_bits, cofactor_bits, secret_bits;
    DssSeed seed;
};

CapiHead read_capi_head(LittleEndianReader& reader, bool is_private)
{
    const CapiHeader header = read_capi_header(reader);
    require(header.type == (is_private ? PRIVATEKEYBLOB : PUBLICKEYBLOB) &&
                header.version == version_3 &&
                (header.algorithm_id == CALG_DH_SF || header.algorithm_id == CALG_DH_EPHEM),
            Fault::bad_data);
    require(reader.u32() == capi_magic(is_private), Fault::bad_data);
    CapiHead head{};
    head.prime_bits = reader.u32();
    head.order_bits = reader.u32();
    head.cofactor_bits = reader.u32();
    head.secret_bits = is_private ? reader.u32() : 0;
    head.seed = read_dss_seed(reader);
    return head;
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

DhBlob read_capi_dh_blob(ByteView blob, bool is_private, bool validate)
{
    LittleEndianReader reader(blob);
    CapiHead head = read_capi_head(reader, is_private);
    const auto number = [&](std::uint32_t bits) { return reversed(reader.bytes(bytes_for(bits))); };
    DhGroup group;
    DhHistory history;
    history.seed = std::move(head.seed);
    group.prime = number(head.prime_bits);
    history.order = number(head.order_bits);
    group.generator = number(head.prime_bits);
    history.cofactor = number(head.cofactor_bits);
    const Bytes y = number(head.prime_bits);
    const auto x = reversed<SecureBytes>(reader.bytes(bytes_for(head.secret_bits)));
    require(reader.remaining() == 0 && !y.empty() && group.bits() == head.prime_bits,
            Fault::bad_data);
    DhBlob read = make_key(std::move(group), y, x, is_private, validate);
    read.history = std::move(history);
    return read;
}

SecureBytes write_capi_dh_blob(const DhKey& key, const DhHistory& history, bool is_private)
{
    const DhGroup& group = key.group();
    const ByteView x = is_private ? without_leading_zeros(key.secret()) : ByteView{};
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    const std::uint8_t type = is_private ? PRIVATEKEYBLOB : PUBLICKEYBLOB;
    write_capi_header(writer, {type, version_3, CALG_DH_SF}); // N-157
    writer.u32(capi_magic(is_private));
    writer.u32(bits_of(group.prime));
    writer.u32(bits_of(history.order));
    writer.u32(bits_of(history.cofactor));
    if (is_private)
        writer.u32(bits_of(x));
    write_dss_seed(writer, history.seed);
    for (const ByteView number :
         {ByteView(group.prime), ByteView(history.order), ByteView(group.generator),
          ByteView(history.cofactor), ByteView(key.public_value()), x})
        write_little(writer, number);
    return blob;
}

} // namespace capishim::cng
