// SPDX-License-Identifier: BSD-2-Clause
// See "The .idata Section" and "Delay-Load Import Tables" in the PE format's description.
#include "imports.h"

#include "refusal.h"

namespace capishim::capi {
namespace {

constexpr std::uint64_t import_descriptor_size = 20, import_binding_place = 4,
                        delay_descriptor_size = 32, delay_binding_place = 28;
constexpr std::uint32_t addresses_are_relative = 1; // in a delay descriptor's attributes
constexpr std::size_t most_libraries = 1 << 12, most_functions = 1 << 16; // of the whole program

/// Walks both directories of one image.
class ImportReader {
  public:
    explicit ImportReader(const PeImage& image) : image_(image) {}

    std::vector<ImportedLibrary> read()
    {
        read_directory(Directory::imports, import_descriptor_size,
                       &ImportReader::read_import_descriptor);
        read_directory(Directory::delay_imports, delay_descriptor_size,
                       &ImportReader::read_delay_descriptor);
        return std::move(libraries_);
    }

  private:
    using ReadDescriptor = bool (ImportReader::*)(ByteView);

    /// Ends at the empty descriptor; the directory's size is not to be relied on.
    void read_directory(Directory which, std::uint64_t step, ReadDescriptor read_descriptor)
    {
        std::uint64_t address = image_.directory(which).address;
        if (address == 0)
            return;
        if (!image_.extent_at(address))
            throw Refusal(ExitStatus::packed,
                          "its table of imports is not in the file: packed, or damaged");
        while ((this->*read_descriptor)(image_.bytes_at(address, step, "its table of imports")))
            address += step;
    }

    /// @return  false: this was the end
    bool read_import_descriptor(ByteView descriptor)
    {
        LittleEndianReader reader(descriptor);
        const std::uint32_t lookup_table = reader.u32(), time_stamp = reader.u32();
        reader.u32(); // forwarder chain
        const std::uint32_t name = reader.u32(), address_table = reader.u32();
        if (name == 0 || address_table == 0)
            return false;
        ImportedLibrary& library = add_library(name);
        // Windows, too, takes the other table where this one can't be.
        const bool has_lookup_table =
            lookup_table >= image_.headers_size() && lookup_table < image_.image_size();
        read_functions(library, has_lookup_table ? lookup_table : address_table, 0);
        if (time_stamp != 0)
            library.binding = {image_.offset_of(descriptor.data()) + import_binding_place, 8};
        return true;
    }

    bool read_delay_descriptor(ByteView descriptor)
    {
        LittleEndianReader reader(descriptor);
        const std::uint32_t attributes = reader.u32(), name = reader.u32();
        reader.bytes(8); // module handle, address table
        const std::uint32_t name_table = reader.u32();
        reader.bytes(8); // tables for binding and unloading
        const std::uint32_t time_stamp = reader.u32();
        if (name == 0)
            return false;
        // Visual C++ 6 wrote addresses as they are in memory; only 32 bits had room for that.
        const std::uint64_t base = attributes & addresses_are_relative ? 0 : image_.image_base();
        ImportedLibrary& library = add_library(relative(name, base));
        library.delayed = true;
        read_functions(library, relative(name_table, base), base);
        if (time_stamp != 0)
            library.binding = {image_.offset_of(descriptor.data()) + delay_binding_place, 4};
        return true;
    }

    static std::uint64_t relative(std::uint64_t address, std::uint64_t base)
    {
        if (address < base)
            throw Refusal(ExitStatus::damaged,
                          "an address of its delay imports lies before its base");
        return address - base;
    }

    ImportedLibrary& add_library(std::uint64_t name)
    {
        if (libraries_.size() == most_libraries)
            throw Refusal(ExitStatus::damaged, "its tables of imported libraries have no end");
        libraries_.push_back(
            {image_.text_at(name, "the name of an imported library"), {}, false, {}});
        return libraries_.back();
    }

    void read_functions(ImportedLibrary& library, std::uint64_t table, std::uint64_t base)
    {
        const std::uint64_t step = image_.is_64_bit() ? 8 : 4;
        for (;; table += step) {
            LittleEndianReader reader(
                image_.bytes_at(table, step, "a table of imported functions"));
            const std::uint64_t entry = image_.is_64_bit() ? reader.u64() : reader.u32();
            if (entry == 0)
                return;
            if (++function_count_ > most_functions)
                throw Refusal(ExitStatus::damaged, "its tables of imported functions have no end");
            library.functions.push_back(read_function(entry, base));
        }
    }

    ImportedFunction read_function(std::uint64_t entry, std::uint64_t base) const
    {
        if (entry >> (image_.is_64_bit() ? 63 : 31))
            return {{}, static_cast<std::uint16_t>(entry)};
        constexpr std::uint64_t hint_size = 2;
        const std::string_view name =
            image_.text_at(relative(entry, base) + hint_size, "the name of an imported function");
        if (name.empty())
            throw Refusal(ExitStatus::damaged, "an imported function has no name");
        return {name, 0};
    }

    const PeImage& image_;
    std::vector<ImportedLibrary> libraries_;
    std::size_t function_count_ = 0;
};

} // namespace

std::vector<ImportedLibrary> read_imports(const PeImage& image)
{
    return ImportReader(image).read();
}

} // namespace capishim::capi
