// SPDX-License-Identifier: BSD-2-Clause
// Makes Windows programs in memory: headers, one section, its tables of imports, and nothing to
// run.
#pragma once

#include "base/bytes.h"
#include "tools/capi/pe_image.h"

#include <map>
#include <string>

namespace capishim_test {

using namespace capishim;

constexpr std::uint32_t section_address = 0x1000, headers_size = 0x400;
constexpr std::uint32_t all_flags = 0xE0000060; // of a section: code and data, to read, write, run

inline void put(Bytes& bytes, std::uint64_t offset, std::uint64_t value, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i)
        bytes.at(static_cast<std::size_t>(offset) + i) = static_cast<std::uint8_t>(value >> 8 * i);
}

/// A library with the functions imported from it; "#7" is the function with the ordinal 7.
struct Library {
    std::string name;
    std::vector<std::string> functions = {"CryptGenRandom", "RegCloseKey"};
    std::uint32_t time_stamp = 0;   // not 0: bound
    std::uint32_t name_address = 0; // not 0: where the name is already
};

class PeBuilder {
  public:
    bool wide = false; // PE32+
    std::uint16_t machine = 0;
    std::uint64_t image_base = 0x400000;
    std::uint32_t checksum = 0x12345;
    std::uint16_t dll_characteristics = 0;
    std::string section_name = ".text";
    std::vector<Library> imports, delay_imports;
    bool delay_imports_by_address = false; // as Visual C++ 6 did
    bool lookup_tables = true;             // false: as Borland's linker did
    std::map<capi::Directory, std::pair<std::uint32_t, std::uint32_t>> directories;

    explicit PeBuilder(bool wide_ = false) : wide(wide_) {}

    /// Puts bytes into the section. @return  their address
    std::uint32_t place(ByteView bytes)
    {
        const std::uint32_t address = here();
        data_.insert(data_.end(), bytes.begin(), bytes.end());
        return address;
    }

    std::uint32_t place(const std::string& text)
    {
        return place(view(text.c_str(), text.size() + 1));
    }

    Bytes build() const { return PeBuilder(*this).assemble(); }

  private:
    Bytes assemble()
    {
        place_imports();
        place_delay_imports();
        while (data_.size() % 0x200 != 0)
            data_.push_back(0);
        Bytes file = headers();
        file.insert(file.end(), data_.begin(), data_.end());
        return file;
    }

    std::uint32_t here() const
    {
        return section_address + static_cast<std::uint32_t>(data_.size());
    }

    void align()
    {
        while (data_.size() % 8 != 0)
            data_.push_back(0);
    }

    std::uint32_t place_numbers(const std::vector<std::uint64_t>& numbers, std::size_t size)
    {
        align();
        Bytes bytes(numbers.size() * size);
        for (std::size_t i = 0; i < numbers.size(); ++i)
            put(bytes, i * size, numbers[i], size);
        return place(bytes);
    }

    std::uint64_t function_entry(const std::string& function, std::uint64_t base)
    {
        if (function.starts_with('#'))
            return std::stoull(function.substr(1)) | (1ULL << (wide ? 63 : 31));
        return base + place(std::string("\0\0", 2) + function);
    }

    std::uint32_t place_functions(const Library& library, std::uint64_t base)
    {
        std::vector<std::uint64_t> entries;
        for (const std::string& function : library.functions)
            entries.push_back(function_entry(function, base));
        entries.push_back(0);
        return place_numbers(entries, wide ? 8 : 4);
    }

    std::uint32_t name_of(const Library& library)
    {
        return library.name_address != 0 ? library.name_address : place(library.name);
    }

    void place_imports()
    {
        if (imports.empty())
            return;
        std::vector<std::uint64_t> table;
        for (const Library& library : imports) {
            const std::uint32_t lookup = lookup_tables ? place_functions(library, 0) : 0;
            const std::uint32_t addresses = place_functions(library, 0);
            for (const std::uint32_t field :
                 {lookup, library.time_stamp, library.time_stamp, name_of(library), addresses})
                table.push_back(field);
        }
        table.resize(table.size() + 5);
        const std::uint32_t address = place_numbers(table, 4);
        directories.try_emplace(capi::Directory::imports, address, table.size() * 4);
    }

    void place_delay_imports()
    {
        if (delay_imports.empty())
            return;
        const std::uint64_t base = delay_imports_by_address ? image_base : 0;
        std::vector<std::uint64_t> table;
        for (const Library& library : delay_imports) {
            const std::uint64_t names = base + place_functions(library, base);
            for (const std::uint64_t field :
                 {std::uint64_t{!delay_imports_by_address}, base + name_of(library),
                  std::uint64_t{0}, base + here(), names, std::uint64_t{0}, std::uint64_t{0},
                  std::uint64_t{library.time_stamp}})
                table.push_back(field);
        }
        table.resize(table.size() + 8);
        const std::uint32_t address = place_numbers(table, 4);
        directories.try_emplace(capi::Directory::delay_imports, address, table.size() * 4);
    }

    Bytes headers() const
    {
        constexpr std::uint64_t pe = 0x80, coff = pe + 4, optional = coff + 20;
        const std::uint64_t tables = optional + (wide ? 112 : 96);
        const std::uint64_t optional_size = tables + 16 * 8 - optional;
        Bytes file(headers_size);
        put(file, 0, 0x5A4D, 2);
        put(file, 60, pe, 4);
        put(file, pe, 0x4550, 4);
        put(file, coff, machine != 0 ? machine : wide ? capi::machine_x64 : capi::machine_x86, 2);
        put(file, coff + 2, 1, 2); // sections
        put(file, coff + 16, optional_size, 2);
        put(file, optional, wide ? 0x20B : 0x10B, 2);
        put(file, optional + (wide ? 24 : 28), image_base, wide ? 8 : 4);
        put(file, optional + 32, 0x1000, 4); // alignment of sections, in memory and in the file
        put(file, optional + 36, 0x200, 4);
        put(file, optional + 56, section_address + data_.size(), 4);
        put(file, optional + 60, headers_size, 4);
        put(file, optional + 64, checksum, 4);
        put(file, optional + 70, dll_characteristics, 2);
        put(file, tables - 4, 16, 4);
        for (const auto& [which, entry] : directories) {
            put(file, tables + static_cast<std::uint64_t>(which) * 8, entry.first, 4);
            put(file, tables + static_cast<std::uint64_t>(which) * 8 + 4, entry.second, 4);
        }
        put_section_header(file, optional + optional_size);
        return file;
    }

    void put_section_header(Bytes& file, std::uint64_t place) const
    {
        std::copy(section_name.begin(), section_name.end(),
                  file.begin() + static_cast<std::ptrdiff_t>(place));
        put(file, place + 8, data_.size(), 4);
        put(file, place + 12, section_address, 4);
        put(file, place + 16, data_.size(), 4);
        put(file, place + 20, headers_size, 4);
        put(file, place + 36, all_flags, 4);
    }

    Bytes data_;
};

/// A program that imports from advapi32.dll and from kernel32.dll.
inline PeBuilder usual_program(bool wide = false)
{
    PeBuilder program(wide);
    program.imports = {{"ADVAPI32.dll"}, {"KERNEL32.dll", {"ExitProcess", "#12"}}};
    return program;
}

} // namespace capishim_test
