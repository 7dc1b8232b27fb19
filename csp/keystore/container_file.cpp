// SPDX-License-Identifier: BSD-2-Clause
#include "csp/keystore/container_file.h"

#include "engine/seal.h" // of csp only the key store speaks to the engine: sealing is none of CNG's

#include <algorithm>

namespace capishim::csp {
namespace {

constexpr std::array<std::uint8_t, 4> magic = {'C', 'S', 'K', 'C'};
constexpr std::uint32_t format_version = 1;

enum RecordFlag : std::uint8_t { exportable = 1, user_protected = 2 };
constexpr std::uint8_t known_flags = exportable | user_protected;

template <class Container>
void write_sized(LittleEndianWriter<Container>& writer, ByteView bytes)
{
    writer.u32(static_cast<std::uint32_t>(bytes.size()));
    writer.bytes(bytes);
}

ByteView read_sized(LittleEndianReader& reader)
{
    return reader.bytes(reader.u32());
}

Bytes encode_header(const ContainerFile& container)
{
    Bytes header;
    LittleEndianWriter writer(header);
    writer.bytes(magic);
    writer.u32(format_version);
    writer.bytes(container.id);
    write_sized(writer, view(container.name.data(), container.name.size()));
    return header;
}

struct Header {
    ContainerId id;
    std::string name;
};

Header read_header(LittleEndianReader& reader)
{
    require(std::ranges::equal(reader.bytes(magic.size()), magic), Fault::bad_data);
    require(reader.u32() == format_version, Fault::bad_data);
    Header header;
    std::ranges::copy(reader.bytes(header.id.size()), header.id.begin());
    const ByteView name = read_sized(reader);
    header.name.assign(name.begin(), name.end());
    return header;
}

SecureBytes encode_records(const ContainerFile& container)
{
    SecureBytes records;
    LittleEndianWriter writer(records);
    writer.u8(static_cast<std::uint8_t>(
        std::ranges::count_if(container.pairs, [](const auto& pair) { return pair.has_value(); })));
    for (std::size_t i = 0; i < container.pairs.size(); ++i) {
        const auto& pair = container.pairs[i];
        if (!pair)
            continue;
        writer.u8(static_cast<std::uint8_t>(i + 1));
        writer.u8(static_cast<std::uint8_t>((pair->exportable ? exportable : 0) |
                                            (pair->user_protected ? user_protected : 0)));
        write_sized(writer, pair->private_blob);
        write_sized(writer, pair->certificate);
    }
    return records;
}

void read_records(LittleEndianReader reader, ContainerFile& container)
{
    for (int count = reader.u8(); count > 0; --count) {
        const std::uint8_t spec = reader.u8();
        require(spec >= 1 && spec <= container.pairs.size(), Fault::bad_data);
        const std::uint8_t flags = reader.u8();
        require((flags & ~known_flags) == 0, Fault::bad_data);
        const ByteView blob = read_sized(reader);
        const ByteView certificate = read_sized(reader);
        container.pairs[spec - 1u] = {secure_copy(blob), (flags & exportable) != 0,
                                      (flags & user_protected) != 0,
                                      Bytes(certificate.begin(), certificate.end())};
    }
    require(reader.remaining() == 0, Fault::bad_data);
}

/// Whatever does not read as it should is a damaged container.
template <class Body>
auto as_damage(Body body)
{
    try {
        return body();
    } catch (const Error& error) {
        throw Error(error.fault() == Fault::bad_data ? Fault::bad_keyset_entry : error.fault(),
                    error.where());
    }
}

} // namespace

Bytes encode(const ContainerFile& container, ByteView key)
{
    Bytes file = encode_header(container);
    const Bytes sealed = engine::seal(key, file, encode_records(container));
    file.insert(file.end(), sealed.begin(), sealed.end());
    return file;
}

ContainerFile decode(ByteView file, ByteView key)
{
    return as_damage([&] {
        LittleEndianReader reader(file);
        Header header = read_header(reader);
        const std::size_t header_size = file.size() - reader.remaining();
        const SecureBytes records =
            engine::unseal(key, file.first(header_size), file.subspan(header_size));
        ContainerFile container{header.id, std::move(header.name), {}};
        read_records(LittleEndianReader(records), container);
        return container;
    });
}

std::string decode_name(ByteView file)
{
    return as_damage([&] {
        LittleEndianReader reader(file);
        return read_header(reader).name;
    });
}

} // namespace capishim::csp
