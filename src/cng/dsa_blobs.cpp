// SPDX-License-Identifier: BSD-2-Clause
#include "cng/dsa_blobs.h"

#include <capishim/bcrypt.h>
#include <capishim/wincrypt.h>
#include <capishim/windows.h>

#include <array>

namespace capishim::cng {
namespace {

using engine::DsaGroup;
using engine::DsaHash;
using engine::DsaKey;
using engine::DsaStandard;

static_assert(static_cast<int>(DsaHash::sha512) == DSA_HASH_ALGORITHM_SHA512 &&
              static_cast<int>(DsaStandard::fips186_3) == DSA_FIPS186_3);

constexpr std::size_t version_1_order = 20;
constexpr std::uint8_t capi_version_3 = 3;

/// The magics of one kind of blob in its two versions.
struct Magics {
    std::uint32_t version_1, version_2;
};

constexpr Magics parameter_magics = {BCRYPT_DSA_PARAMETERS_MAGIC, BCRYPT_DSA_PARAMETERS_MAGIC_V2};
constexpr Magics public_magics = {BCRYPT_DSA_PUBLIC_MAGIC, BCRYPT_DSA_PUBLIC_MAGIC_V2};
constexpr Magics private_magics = {BCRYPT_DSA_PRIVATE_MAGIC, BCRYPT_DSA_PRIVATE_MAGIC_V2};

constexpr const Magics& key_magics(bool is_private)
{
    return is_private ? private_magics : public_magics;
}

/// What stands before the numbers, whatever the version.
struct Head {
    std::size_t key_size = 0, seed_size = DssSeed::size, order_size = version_1_order;
    DsaHash hash = DsaHash::sha1;
    DsaStandard standard = DsaStandard::fips186_2;
};

std::uint32_t big_endian_u32(ByteView bytes)
{
    return LittleEndianReader(reversed(bytes)).u32();
}

/// @throws Fault::bad_data   the version does not fit the size (N-156), or a field has no meaning
Head read_head(LittleEndianReader& reader, const Magics& magics)
{
    const std::uint32_t magic = reader.u32();
    require(magic == magics.version_1 || magic == magics.version_2, Fault::bad_data);
    Head head;
    head.key_size = reader.u32();
    require((magic == magics.version_1) == (head.key_size <= dsa_version_1_size), Fault::bad_data);
    if (magic == magics.version_1)
        return head;
    const std::uint32_t hash = reader.u32(), standard = reader.u32();
    require(hash <= DSA_HASH_ALGORITHM_SHA512 && standard <= DSA_FIPS186_3, Fault::bad_data);
    head.hash = static_cast<DsaHash>(hash);
    head.standard = static_cast<DsaStandard>(standard);
    head.seed_size = reader.u32();
    head.order_size = reader.u32();
    require(head.order_size == 20 || head.order_size == 28 || head.order_size == 32,
            Fault::bad_data);
    return head;
}

/// Counter, seed, q, P and G; `reader` stands behind the head.
DsaGroup read_group(LittleEndianReader& reader, const Head& head)
{
    const auto take = [&](std::size_t size) {
        const ByteView bytes = reader.bytes(size);
        return Bytes(bytes.begin(), bytes.end());
    };
    DsaGroup group;
    group.counter = big_endian_u32(reader.bytes(4));
    group.seed = take(head.seed_size);
    group.order = take(head.order_size);
    group.prime = take(head.key_size);
    group.generator = take(head.key_size);
    group.hash = head.hash;
    group.standard = head.standard;
    return group;
}

/// Bytes of what read_group reads; each is below 2^32, so that the sum can't overflow.
std::uint64_t group_size(const Head& head)
{
    return 4 + std::uint64_t{head.seed_size} + head.order_size + 2 * std::uint64_t{head.key_size};
}

void write_group(LittleEndianWriter<SecureBytes>& writer, const DsaGroup& group,
                 const Magics& magics)
{
    const bool version_1 = group.prime.size() <= dsa_version_1_size;
    writer.u32(version_1 ? magics.version_1 : magics.version_2);
    writer.u32(static_cast<std::uint32_t>(group.prime.size()));
    if (!version_1) {
        writer.u32(static_cast<std::uint32_t>(group.hash));
        writer.u32(static_cast<std::uint32_t>(group.standard));
        writer.u32(static_cast<std::uint32_t>(group.seed.size()));
        writer.u32(static_cast<std::uint32_t>(group.order.size()));
    }
    SecureBytes counter;
    LittleEndianWriter(counter).u32(group.counter);
    writer.bytes(reversed(counter));
    for (const ByteView number : {ByteView(group.seed), ByteView(group.order),
                                  ByteView(group.prime), ByteView(group.generator)})
        writer.bytes(number);
}

/// CryptoAPI's fields of 20 bytes, whatever the group was made by.
DssSeed seed_of(const DsaGroup& group)
{
    return group.seed.size() == DssSeed::size ? DssSeed{group.counter, group.seed} : DssSeed{};
}

constexpr CapiMagic capi_magic(bool is_private)
{
    return is_private ? CapiMagic::dss_private_2 : CapiMagic::dss_public_2;
}

constexpr CapiMagic capi_magic_3(bool is_private)
{
    return is_private ? CapiMagic::dss_private_3 : CapiMagic::dss_public_3;
}

constexpr CapiPart capi_part(bool is_private)
{
    return is_private ? CapiPart::private_key : CapiPart::public_key;
}

/// A whole blob of version 2 for a prime of `bits`.
std::uint64_t capi_blob_size(std::uint32_t bits, bool is_private)
{
    const std::uint64_t size = bytes_for(bits);
    return capi_header_size + 8 + 2 * size + version_1_order +
           (is_private ? version_1_order : size) + dss_seed_size;
}

std::shared_ptr<const DsaKey> make_key(DsaGroup group, ByteView y, ByteView x, bool is_private,
                                       bool validate)
{
    return is_private ? DsaKey::from_private(std::move(group), y, x, validate)
                      : DsaKey::from_public(std::move(group), y, validate);
}

} // namespace

DsaGroup read_dsa_parameters(ByteView blob)
{
    LittleEndianReader reader(blob);
    require(reader.u32() == blob.size(), Fault::bad_data);
    const Head head = read_head(reader, parameter_magics);
    require(reader.remaining() == group_size(head), Fault::bad_data);
    DsaGroup group = read_group(reader, head);
    check_group(group, true);
    return group;
}

std::shared_ptr<const DsaKey> read_dsa_blob(ByteView blob, bool is_private, bool validate)
{
    constexpr std::size_t least = 8, least_version_2 = 24;
    require(blob.size() >= least, Fault::bad_blob_length);
    LittleEndianReader reader(blob);
    const bool version_2 = LittleEndianReader(blob).u32() == key_magics(is_private).version_2;
    require(!version_2 || blob.size() >= least_version_2, Fault::bad_blob_length);
    const Head head = read_head(reader, key_magics(is_private));
    const std::uint64_t secret_size = is_private ? head.order_size : 0;
    require(reader.remaining() == group_size(head) + head.key_size + secret_size,
            Fault::bad_blob_length);
    DsaGroup group = read_group(reader, head);
    const ByteView y = reader.bytes(head.key_size);
    return make_key(std::move(group), y, reader.bytes(secret_size), is_private, validate);
}

SecureBytes write_dsa_blob(const DsaKey& key, bool is_private)
{
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    write_group(writer, key.group(), key_magics(is_private));
    writer.bytes(key.public_value());
    if (is_private)
        writer.bytes(key.secret());
    return blob;
}

std::shared_ptr<const DsaKey> read_capi_dsa_blob(ByteView blob, bool is_private, bool validate)
{
    require(blob.size() >= capi_header_size + 8, Fault::bad_blob_length);
    LittleEndianReader reader(blob);
    const CapiHeader header = read_capi_header(reader);
    require(header.type == (is_private ? PRIVATEKEYBLOB : PUBLICKEYBLOB) &&
                header.version == CUR_BLOB_VERSION && header.algorithm_id == CALG_DSS_SIGN,
            Fault::bad_data);
    require(static_cast<CapiMagic>(reader.u32()) == capi_magic(is_private), Fault::bad_data);
    const std::uint32_t bits = LittleEndianReader(reader).u32();
    require(blob.size() == capi_blob_size(bits, is_private), Fault::bad_blob_length);
    return read_capi_dsa_key(reader, is_private, validate);
}

std::shared_ptr<const DsaKey> read_capi_dsa_key(LittleEndianReader& reader, bool is_private,
                                                bool validate)
{
    const std::uint32_t bits = reader.u32();
    const std::size_t size = bytes_for(bits);
    DsaGroup group;
    group.prime = reversed(reader.bytes(size));
    group.order = reversed(reader.bytes(version_1_order));
    group.generator = reversed(reader.bytes(size));
    const auto last =
        reversed<SecureBytes>(reader.bytes(is_private ? version_1_order : size)); // x or y
    DssSeed seed = read_dss_seed(reader);
    group.counter = seed.counter;
    group.seed = std::move(seed.seed);
    require(group.bits() == bits, Fault::bad_data);
    return make_key(std::move(group), is_private ? ByteView{} : ByteView(last), last, is_private,
                    validate);
}

SecureBytes write_capi_dsa_blob(const DsaKey& key, bool is_private)
{
    const DsaGroup& group = key.group();
    require(group.order.size() == version_1_order, Fault::not_supported);
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    const std::uint8_t type = is_private ? PRIVATEKEYBLOB : PUBLICKEYBLOB;
    write_capi_header(writer, {type, CUR_BLOB_VERSION, CALG_DSS_SIGN}); // N-157
    write_magic(writer, capi_magic(is_private));
    writer.u32(static_cast<std::uint32_t>(group.bits()));
    write_little(writer, group.prime);
    write_little(writer, group.order);
    write_little(writer, group.generator);
    write_little(writer, is_private ? ByteView(key.secret()) : ByteView(key.public_value()));
    write_dss_seed(writer, seed_of(group));
    return blob;
}

CapiDsaKey read_capi_dsa_key_3(LittleEndianReader& reader, bool is_private, bool validate)
{
    CapiVersion3 read = read_capi_version_3(reader, capi_part(is_private));
    DsaGroup group;
    group.prime = std::move(read.prime);
    group.order = std::move(read.order);
    group.generator = std::move(read.generator);
    group.seed = std::move(read.seed.seed);
    group.counter = read.seed.counter;
    return {make_key(std::move(group), read.public_value, read.secret, is_private, validate),
            std::move(read.cofactor)};
}

SecureBytes write_capi_dsa_blob_3(const CapiDsaKey& dsa, bool is_private)
{
    const DsaKey& key = *dsa.key;
    const DsaGroup& group = key.group();
    CapiVersion3 numbers{
        group.prime,        group.order, group.generator, dsa.cofactor, seed_of(group),
        key.public_value(), {}};
    if (is_private)
        numbers.secret = key.secret();
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    const std::uint8_t type = is_private ? PRIVATEKEYBLOB : PUBLICKEYBLOB;
    write_capi_header(writer, {type, capi_version_3, CALG_DSS_SIGN});
    write_magic(writer, capi_magic_3(is_private));
    write_capi_version_3(writer, numbers, capi_part(is_private));
    return blob;
}

} // namespace capishim::cng
