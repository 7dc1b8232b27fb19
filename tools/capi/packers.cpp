// SPDX-License-Identifier: BSD-2-Clause
#include "packers.h"

#include "refusal.h"

namespace capishim::capi {
namespace {

/// The names that packers and protectors give their sections, sorted.
struct Packer {
    std::string_view section; // how its name begins
    const char* name;
};
constexpr Packer packers[] = {
    {".MPRESS", "MPRESS"},
    {".RLPack", "RLPack"},
    {".Upack", "Upack"},
    {".adata", "ASPack"},
    {".aspack", "ASPack"},
    {".enigma", "Enigma"},
    {".mpress", "MPRESS"},
    {".neolit", "NeoLite"},
    {".nsp", "NsPack"},
    {".packed", "a packer"},
    {".perplex", "Perplex"},
    {".petite", "Petite"},
    {".shrink", "Shrinker"},
    {".svkp", "SVK Protector"},
    {".themida", "Themida"},
    {".vmp", "VMProtect"},
    {".winlic", "WinLicense"},
    {".yP", "Y0da Protector"},
    {"ASPack", "ASPack"},
    {"FSG!", "FSG"},
    {"MEW", "MEW"},
    {"PEBundle", "PEBundle"},
    {"PEC2", "PECompact"},
    {"PECompact", "PECompact"},
    {"PELOCKnt", "PELOCKnt"},
    {"Themida", "Themida"},
    {"UPX", "UPX"},
    {"VProtect", "VProtect"},
    {"WWPACK", "WWPack32"},
    {"nsp", "NsPack"},
    {"pebundle", "PEBundle"},
    {"petite", "Petite"},
};
static_assert(std::is_sorted(std::begin(packers), std::end(packers),
                             [](const Packer& a, const Packer& b) {
                                 return a.section < b.section;
                             }));

constexpr std::string_view incremental_linking = ".textbss"; // a debug build's room for new code

constexpr std::size_t few_functions = 16;

bool is_filled_when_it_runs(const Section& section)
{
    return section.executable() && section.raw.size == 0 && section.virtual_size != 0 &&
           section.name != incremental_linking;
}

bool imports(const std::vector<ImportedLibrary>& libraries, std::string_view start)
{
    for (const ImportedLibrary& library : libraries)
        for (const ImportedFunction& function : library.functions)
            if (function.name.starts_with(start))
                return true;
    return false;
}

} // namespace

void refuse_packed(const PeImage& image)
{
    for (const Section& section : image.sections()) {
        for (const Packer& packer : packers)
            if (section.name.starts_with(packer.section))
                throw Refusal(ExitStatus::packed,
                              std::string("it is packed by ") + packer.name + ": unpack it first");
        if (is_filled_when_it_runs(section))
            throw Refusal(ExitStatus::packed,
                          "it is packed: it makes code of its own when it runs; unpack it first");
    }
}

bool imports_like_an_unpacker(const std::vector<ImportedLibrary>& libraries)
{
    std::size_t count = 0;
    for (const ImportedLibrary& library : libraries)
        count += library.functions.size();
    return count <= few_functions && imports(libraries, "GetProcAddress") &&
           (imports(libraries, "LoadLibrary") || imports(libraries, "GetModuleHandle"));
}

} // namespace capishim::capi
