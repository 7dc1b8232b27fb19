// SPDX-License-Identifier: BSD-2-Clause
// The headers of a Windows program file (PE32 and PE32+), and where in the file lies what it has at
// an address in memory. The file is a stranger's: every offset and length is checked in 64 bits.
#pragma once

#include "base/bytes.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace capishim::capi {

constexpr std::uint16_t machine_x86 = 0x14C, machine_x64 = 0x8664;

/// Entries of the optional header's table of data directories.
enum class Directory {
    imports = 1,
    certificates = 4, // the one whose address is an offset in the file
    load_config = 10,
    bound_imports = 11,
    delay_imports = 13,
    clr_header = 14,
    count = 16
};

/// A part of the file.
struct Extent {
    std::uint64_t offset = 0, size = 0;
};

struct DirectoryEntry {
    std::uint32_t address = 0, size = 0;
    std::uint64_t offset = 0; // of this entry itself; 0 when the table is too short to have it

    bool empty() const { return address == 0 && size == 0; }
};

struct Section {
    std::string_view name; // up to 8 characters, any
    std::uint32_t address, virtual_size;
    Extent raw;
    std::uint32_t characteristics;

    bool executable() const;
};

/// Views of the file that it was made from, which must outlive it.
class PeImage {
  public:
    /// @throws Refusal  no Windows program, or damaged
    explicit PeImage(ByteView file);

    ByteView file() const { return file_; }
    std::uint16_t machine() const { return machine_; }
    bool is_64_bit() const { return is_64_bit_; }
    std::uint64_t image_base() const { return image_base_; }
    std::uint32_t image_size() const { return image_size_; }
    std::uint32_t headers_size() const { return headers_size_; }
    std::uint64_t checksum_offset() const { return checksum_offset_; }
    std::uint32_t checksum() const { return checksum_; }
    std::uint16_t dll_characteristics() const { return dll_characteristics_; }
    const std::vector<Section>& sections() const { return sections_; }
    const DirectoryEntry& directory(Directory which) const
    {
        return directories_[static_cast<std::size_t>(which)];
    }

    /// What the file holds from an address (relative to the image's base) to the end of its
    /// section; nothing where the address is nobody's, or memory that the file does not fill.
    std::optional<Extent> extent_at(std::uint64_t address) const;

    /// `size` bytes at an address. @throws Refusal  `what` lies outside the file
    ByteView bytes_at(std::uint64_t address, std::uint64_t size, const char* what) const;

    /// The text at an address, without its end. @throws Refusal  as above, or it has no end
    std::string_view text_at(std::uint64_t address, const char* what) const;

    /// Where in the file the first byte of `part` lies, which is a view of it.
    std::uint64_t offset_of(const void* part) const;

  private:
    ByteView slice(std::uint64_t offset, std::uint64_t size, const char* what) const;
    std::uint64_t find_headers() const;
    void read_optional_header(std::uint64_t offset, std::uint64_t size);
    void read_directories(std::uint64_t offset, std::uint64_t size);
    void read_sections(std::uint64_t offset, std::uint32_t count);
    Section read_section(LittleEndianReader& reader) const;

    ByteView file_;
    std::uint16_t machine_ = 0;
    bool is_64_bit_ = false;
    std::uint64_t image_base_ = 0;
    std::uint32_t section_alignment_ = 0, image_size_ = 0, headers_size_ = 0;
    std::uint64_t checksum_offset_ = 0;
    std::uint32_t checksum_ = 0;
    std::uint16_t dll_characteristics_ = 0;
    std::array<DirectoryEntry, static_cast<std::size_t>(Directory::count)> directories_;
    std::vector<Section> sections_;
};

} // namespace capishim::capi
