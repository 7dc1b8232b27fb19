// SPDX-License-Identifier: BSD-2-Clause
// The layout is that of "PE Format", https://learn.microsoft.com/windows/win32/debug/pe-format.
#include "pe_image.h"

#include "refusal.h"

namespace capishim::capi {
namespace {

constexpr std::uint64_t dos_header_size = 64, dos_header_link = 60;
constexpr std::uint64_t signature_size = 4, coff_header_size = 20, section_header_size = 40;
constexpr std::uint64_t page_size = 4096, sector_size = 512;
constexpr std::uint32_t mem_execute = 0x20000000;
constexpr std::size_t longest_text = 4096;  // compilers shorten longer names
constexpr std::uint32_t most_sections = 96; // Windows takes no more

/// Where the fields of an optional header lie that differ in PE32 and PE32+.
struct OptionalHeaderForm {
    std::uint16_t magic;
    bool is_64_bit;
    std::uint64_t image_base, directory_count, directories;
};
constexpr OptionalHeaderForm forms[] = {{0x10B, false, 28, 92, 96}, {0x20B, true, 24, 108, 112}};
constexpr std::uint64_t section_alignment_place = 32, image_size_place = 56,
                        headers_size_place = 60, checksum_place = 64,
                        dll_characteristics_place = 70, directory_size = 8;

/// What else begins with "MZ".
struct OtherFormat {
    std::string_view signature;
    const char* what;
};
constexpr OtherFormat other_formats[] = {{"LE", "a driver or program of Windows 3 or 9x (LE)"},
                                         {"LX", "an OS/2 program (LX)"},
                                         {"NE", "a 16-bit Windows program (NE)"}};

[[noreturn]] void refuse(const std::string& why)
{
    throw Refusal(ExitStatus::damaged, why);
}

std::string_view as_text(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::uint64_t round_up_to_page(std::uint64_t size)
{
    return (size + page_size - 1) & ~(page_size - 1);
}

LittleEndianReader reader_at(ByteView bytes, std::uint64_t place)
{
    return LittleEndianReader(bytes.subspan(static_cast<std::size_t>(place)));
}

const OptionalHeaderForm& form_of(std::uint16_t magic)
{
    for (const OptionalHeaderForm& form : forms)
        if (form.magic == magic)
            return form;
    refuse("its optional header is neither PE32 nor PE32+");
}

} // namespace

bool Section::executable() const
{
    return characteristics & mem_execute;
}

PeImage::PeImage(ByteView file) : file_(file)
{
    const std::uint64_t coff = find_headers() + signature_size;
    LittleEndianReader reader(slice(coff, coff_header_size, "its file header"));
    machine_ = reader.u16();
    const std::uint32_t section_count = reader.u16();
    reader.bytes(12); // time stamp, symbol table
    const std::uint16_t optional_header_size = reader.u16();
    const std::uint64_t optional_header = coff + coff_header_size;
    read_optional_header(optional_header, optional_header_size);
    read_sections(optional_header + optional_header_size, section_count);
}

ByteView PeImage::slice(std::uint64_t offset, std::uint64_t size, const char* what) const
{
    if (offset > file_.size() || size > file_.size() - offset)
        refuse(std::string(what) + " lies outside the file: cut short, or damaged");
    return file_.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
}

/// The offset of "PE\0\0".
std::uint64_t PeImage::find_headers() const
{
    if (file_.size() < 2 || as_text(file_.first(2)) != "MZ")
        refuse("this is no Windows program: it does not begin with MZ");
    const ByteView dos_header = slice(0, dos_header_size, "its DOS header");
    const std::uint64_t offset = reader_at(dos_header, dos_header_link).u32();
    const std::string_view signature = as_text(slice(offset, signature_size, "its PE header"));
    for (const OtherFormat& format : other_formats)
        if (signature.starts_with(format.signature))
            refuse(std::string("this is ") + format.what);
    if (signature != std::string_view("PE\0\0", signature_size))
        refuse("this is a DOS program, or damaged: it has no PE header");
    return offset;
}

void PeImage::read_optional_header(std::uint64_t offset, std::uint64_t size)
{
    const char* const what = "its optional header";
    const OptionalHeaderForm& form = form_of(LittleEndianReader(slice(offset, 2, what)).u16());
    if (size < form.directories)
        refuse("its optional header is too short");
    const ByteView header = slice(offset, size, what);
    is_64_bit_ = form.is_64_bit;
    LittleEndianReader image_base = reader_at(header, form.image_base);
    image_base_ = is_64_bit_ ? image_base.u64() : image_base.u32();
    section_alignment_ = reader_at(header, section_alignment_place).u32();
    image_size_ = reader_at(header, image_size_place).u32();
    headers_size_ = reader_at(header, headers_size_place).u32();
    checksum_offset_ = offset + checksum_place;
    checksum_ = reader_at(header, checksum_place).u32();
    dll_characteristics_ = reader_at(header, dll_characteristics_place).u16();
    const std::uint64_t count =
        std::min<std::uint64_t>(reader_at(header, form.directory_count).u32(), directories_.size());
    if (form.directories + count * directory_size > size)
        refuse("its optional header is too short for its data directories");
    read_directories(offset + form.directories, count * directory_size);
}

void PeImage::read_directories(std::uint64_t offset, std::uint64_t size)
{
    LittleEndianReader reader(slice(offset, size, "its table of data directories"));
    for (std::size_t i = 0; reader.remaining() > 0; ++i) {
        directories_[i].offset = offset + i * directory_size;
        directories_[i].address = reader.u32();
        directories_[i].size = reader.u32();
    }
}

void PeImage::read_sections(std::uint64_t offset, std::uint32_t count)
{
    if (count > most_sections)
        refuse("it has more sections than Windows takes");
    LittleEndianReader reader(slice(offset, count * section_header_size, "its section table"));
    for (std::uint32_t i = 0; i < count; ++i)
        sections_.push_back(read_section(reader));
}

Section PeImage::read_section(LittleEndianReader& reader) const
{
    Section section{};
    const std::string_view name = as_text(reader.bytes(8));
    section.name = name.substr(0, name.find('\0'));
    section.virtual_size = reader.u32();
    section.address = reader.u32();
    section.raw.size = reader.u32();
    section.raw.offset = reader.u32();
    reader.bytes(12); // relocations and line numbers
    section.characteristics = reader.u32();
    slice(section.raw.offset, section.raw.size, "one of its sections");
    // Windows takes such files in its own way: what is read here might not be what runs.
    const bool flat = section_alignment_ < page_size;
    if (section.raw.size > 0 &&
        (flat ? section.raw.offset != section.address : section.raw.offset % sector_size != 0))
        throw Refusal(ExitStatus::packed, "its sections lie at odd places in the file: packed, or "
                                          "damaged");
    return section;
}

std::optional<Extent> PeImage::extent_at(std::uint64_t address) const
{
    const std::uint64_t headers = std::min<std::uint64_t>(headers_size_, file_.size());
    if (address < headers)
        return Extent{address, headers - address};
    for (const Section& section : sections_) {
        const std::uint64_t mapped =
            section.virtual_size == 0
                ? section.raw.size
                : std::min(section.raw.size, round_up_to_page(section.virtual_size));
        if (address >= section.address && address - section.address < mapped) {
            const std::uint64_t into = address - section.address;
            return Extent{section.raw.offset + into, mapped - into};
        }
    }
    return std::nullopt;
}

ByteView PeImage::bytes_at(std::uint64_t address, std::uint64_t size, const char* what) const
{
    const std::optional<Extent> extent = extent_at(address);
    if (!extent || extent->size < size)
        refuse(std::string(what) + " lies outside of what the file holds");
    return slice(extent->offset, size, what);
}

std::string_view PeImage::text_at(std::uint64_t address, const char* what) const
{
    const std::optional<Extent> extent = extent_at(address);
    const std::uint64_t size = extent ? std::min<std::uint64_t>(extent->size, longest_text) : 0;
    const std::string_view text = as_text(bytes_at(address, size, what));
    const std::size_t end = text.find('\0');
    if (end == std::string_view::npos)
        refuse(std::string(what) + " has no end");
    return text.substr(0, end);
}

std::uint64_t PeImage::offset_of(const void* part) const
{
    return static_cast<std::uint64_t>(static_cast<const std::uint8_t*>(part) - file_.data());
}

} // namespace capishim::capi
