// SPDX-License-Identifier: BSD-2-Clause
// BCRYPT_MLKEM_KEY_BLOB and BCRYPT_PQDSA_KEY_BLOB, which are laid out alike (cng.md 5.9). The
// name of the parameter set is UTF-16 whatever the caller's characters are; the key behind it may
// be unaligned.
#include "cng/blob_type.h"
#include "cng/pq_pair.h"

namespace capishim::cng {
namespace {

constexpr std::size_t header_size = 12;

/// The set whose name and NUL these bytes are.
std::size_t set_of(const PqFormat& format, ByteView name)
{
    for (std::size_t set = 0; set < format.sets.size(); ++set) {
        Bytes encoded;
        LittleEndianWriter writer(encoded);
        for (const char character : format.sets[set])
            writer.u16(static_cast<std::uint8_t>(character));
        writer.u16(0);
        if (std::ranges::equal(name, encoded))
            return set;
    }
    throw Error(Fault::bad_data);
}

} // namespace

std::size_t PqFormat::set_named(std::string_view name) const
{
    const auto found = std::ranges::find(sets, name);
    require(found != sets.end(), Fault::invalid_parameter);
    return static_cast<std::size_t>(found - sets.begin());
}

PqPart PqFormat::part_named(std::string_view type) const
{
    if (type == "PUBLICBLOB")
        return PqPart::public_key;
    if (type == "PRIVATEBLOB")
        return generic_private;
    return blob_type_named(types, type).part;
}

PqContents read_pq_blob(const PqFormat& format, std::string_view type, ByteView blob)
{
    const PqPart wanted = format.part_named(type);
    require(blob.size() >= header_size, Fault::bad_blob_length);
    LittleEndianReader reader(blob);
    const std::uint32_t magic = reader.u32();
    const auto found = std::ranges::find(format.types, magic, &PqBlobType::magic);
    require(found != format.types.end(), Fault::bad_data);
    const bool any_private = type == "PRIVATEBLOB" && found->part != PqPart::public_key;
    require(found->part == wanted || any_private, Fault::bad_data); // the magic tells which
    const std::uint32_t name_size = reader.u32(), key_size = reader.u32();
    require(blob.size() == std::uint64_t{header_size} + name_size + key_size,
            Fault::bad_blob_length);
    const std::size_t set = set_of(format, reader.bytes(name_size));
    return {found->part, set, reader.bytes(key_size)};
}

SecureBytes write_pq_blob(const PqFormat& format, PqPart part, std::size_t set, ByteView key)
{
    const std::string_view name = format.sets[set];
    SecureBytes blob;
    LittleEndianWriter writer(blob);
    writer.u32(format.type_of(part).magic);
    writer.u32(static_cast<std::uint32_t>(2 * (name.size() + 1)));
    writer.u32(static_cast<std::uint32_t>(key.size()));
    for (const char character : name)
        writer.u16(static_cast<std::uint8_t>(character));
    writer.u16(0);
    writer.bytes(key);
    return blob;
}

} // namespace capishim::cng
