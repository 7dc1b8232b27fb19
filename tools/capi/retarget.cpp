// SPDX-License-Identifier: BSD-2-Clause
#include "retarget.h"

#include "packers.h"
#include "refusal.h"
#include "tools/capi/exported_names.h"

#include <algorithm>

namespace capishim::capi {
namespace {

/// What an import table may call advapi32.dll, and what stands there afterwards. Windows adds
/// ".dll".
struct Renaming {
    std::string_view from, to;
};
constexpr Renaming renamings[] = {{"advapi32.dll", "capishim.dll"}, {"advapi32", "capishim"}};
static_assert(std::ranges::all_of(renamings, [](const Renaming& renaming) {
    return renaming.from.size() == renaming.to.size();
}));

/// Libraries for which there is a DLL of ours with the same name, to be put beside the program.
constexpr std::string_view app_local[] = {"bcrypt.dll", "cryptsp.dll"};

constexpr std::uint16_t force_integrity = 0x80; // in DllCharacteristics: runs only when signed

// LOAD_LIBRARY_SEARCH_*: the folders where imports are looked for, when the program names them
constexpr std::uint16_t search_application_folder = 0x200, search_default_folders = 0x1000;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_in_any_case(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

const Renaming* renaming_of(std::string_view library)
{
    for (const Renaming& renaming : renamings)
        if (equal_in_any_case(library, renaming.from))
            return &renaming;
    return nullptr;
}

bool is_advapi32(const ImportedLibrary& library)
{
    return renaming_of(library.name) != nullptr;
}

bool is_capishim(const ImportedLibrary& library)
{
    return std::ranges::any_of(renamings, [&](const Renaming& renaming) {
        return equal_in_any_case(library.name, renaming.to);
    });
}

/// Whether `text` stands at `place`, its characters `step` bytes apart.
bool mentions(ByteView bytes, std::size_t place, std::string_view text, std::size_t step)
{
    if (bytes.size() - place < text.size() * step)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (lower(static_cast<char>(bytes[place + i * step])) != text[i] ||
            (step == 2 && bytes[place + i * step + 1] != 0))
            return false;
    return true;
}

/// How often the program's sections name advapi32, but for what the patches change.
std::size_t other_mentions(const PeImage& image, const std::vector<Patch>& patches)
{
    constexpr std::string_view name = "advapi32";
    std::size_t count = 0;
    for (const Section& section : image.sections()) {
        const ByteView bytes = image.file().subspan(static_cast<std::size_t>(section.raw.offset),
                                                    static_cast<std::size_t>(section.raw.size));
        for (std::size_t place = 0; place < bytes.size(); ++place)
            if ((mentions(bytes, place, name, 1) || mentions(bytes, place, name, 2)) &&
                std::ranges::find(patches, section.raw.offset + place, &Patch::offset) ==
                    patches.end())
                ++count;
    }
    return count;
}

// ---- what forbids the change ------------------------------------------------------------------

void refuse_other_machines(const PeImage& image)
{
    if (image.machine() != machine_x86 && image.machine() != machine_x64)
        throw Refusal(ExitStatus::unsuited,
                      "it is for another processor: there is a capishim.dll for "
                      "x86 and one for x64");
}

void refuse_dotnet(const PeImage& image)
{
    if (!image.directory(Directory::clr_header).empty())
        throw Refusal(
            ExitStatus::unsuited,
            "it is a .NET program: what it calls stands in its metadata (DllImport), not in "
            "its import table, and its strong name would no longer be good");
}

void refuse_signed(const PeImage& image)
{
    if (!image.directory(Directory::certificates).empty())
        throw Refusal(ExitStatus::signed_program,
                      "it is signed, and would not be any more: take the signature off first "
                      "(signtool remove /s), sign it again afterwards");
    if (image.dll_characteristics() & force_integrity)
        throw Refusal(ExitStatus::signed_program,
                      "it may only run as it was signed (its header forces an integrity check)");
}

/// Nothing to change; and why that may be.
void refuse_strangers(const PeImage& image, const std::vector<ImportedLibrary>& libraries)
{
    if (std::ranges::any_of(libraries, is_advapi32))
        return;
    if (std::ranges::any_of(libraries, is_capishim))
        throw Refusal(ExitStatus::nothing_to_do,
                      "it imports capishim.dll already, and advapi32.dll no "
                      "more");
    if (imports_like_an_unpacker(libraries))
        throw Refusal(
            ExitStatus::packed,
            "it imports nothing from advapi32.dll and hardly more than GetProcAddress: it is "
            "packed, or finds all its functions when it runs");
    throw Refusal(ExitStatus::nothing_to_do,
                  other_mentions(image, {}) == 0
                      ? "it imports nothing from advapi32.dll"
                      : "it imports nothing from advapi32.dll, though it names it: it may look for "
                        "functions there when it runs");
}

void refuse_ordinals(const ImportedLibrary& library)
{
    for (const ImportedFunction& function : library.functions)
        if (function.by_ordinal())
            throw Refusal(ExitStatus::unsuited,
                          "it imports number " + std::to_string(function.ordinal) +
                              " of advapi32.dll without a name; capishim.dll has "
                              "other numbers");
}

/// Linkers may keep one copy of two texts when one is the end of the other ("...\advapi32.dll").
void refuse_shared_text(const PeImage& image, const ImportedLibrary& library)
{
    constexpr std::uint64_t suspicious = 3;
    const std::uint64_t name = image.offset_of(library.name.data());
    const auto at = [&](std::uint64_t before) {
        return before > name ? 0 : image.file()[static_cast<std::size_t>(name - before)];
    };
    std::uint64_t length = 0;
    while (length < suspicious && at(length + 1) >= ' ' && at(length + 1) <= '~')
        ++length;
    if (length == suspicious || at(1) == '\\' || at(1) == '/')
        throw Refusal(ExitStatus::unsuited,
                      "the library's name is the end of a longer text that would "
                      "change with it");
}

std::uint16_t dependent_load_flags(const PeImage& image)
{
    const std::uint64_t place = image.is_64_bit() ? 78 : 54, size = place + 2;
    const std::uint32_t address = image.directory(Directory::load_config).address;
    const std::optional<Extent> extent = image.extent_at(address);
    if (address == 0 || !extent || extent->size < size)
        return 0;
    LittleEndianReader reader(image.bytes_at(address, size, "its load configuration"));
    if (reader.u32() < size) // an older structure
        return 0;
    reader.bytes(static_cast<std::size_t>(place - 4));
    return reader.u16();
}

void refuse_system_folder_only(const PeImage& image)
{
    const std::uint16_t flags = dependent_load_flags(image);
    if (flags != 0 && !(flags & (search_application_folder | search_default_folders)))
        throw Refusal(ExitStatus::unsuited, "it looks for libraries in the system's folder only "
                                            "(/DEPENDENTLOADFLAG): it would not find capishim.dll");
}

// ---- what changes -------------------------------------------------------------------------------

/// Several descriptors may share a name; it is one patch.
void rename(Plan& plan, const PeImage& image, const ImportedLibrary& library)
{
    const std::string_view to = renaming_of(library.name)->to;
    const std::uint64_t offset = image.offset_of(library.name.data());
    if (std::ranges::find(plan.patches, offset, &Patch::offset) == plan.patches.end())
        plan.patches.push_back({offset, Bytes(to.begin(), to.end()),
                                library.delayed ? "delay import's name" : "import's name"});
}

void clear(Plan& plan, std::uint64_t offset, std::uint64_t size, const char* what)
{
    plan.patches.push_back({offset, Bytes(static_cast<std::size_t>(size)), what});
}

/// A bound program holds the addresses of functions in one build of each library. Windows checks
/// that by the libraries' names and time stamps; without them it looks the functions up, as for any
/// other.
void unbind(Plan& plan, const PeImage& image, const std::vector<ImportedLibrary>& libraries)
{
    for (const ImportedLibrary& library : libraries)
        if (library.binding.size != 0 && (!library.delayed || is_advapi32(library)))
            clear(plan, library.binding.offset, library.binding.size, "binding");
    const DirectoryEntry& bound = image.directory(Directory::bound_imports);
    if (!bound.empty())
        clear(plan, bound.offset, 8, "bound imports' directory");
}

std::vector<std::string_view>& names_of(Plan& plan, AnsweredBy by)
{
    return by == AnsweredBy::capishim     ? plan.answered
           : by == AnsweredBy::nobody_yet ? plan.unanswered
                                          : plan.handed_on;
}

/// Windows starts no program that imports a name which its library lacks.
void sort_names(Plan& plan, const ImportedLibrary& library)
{
    for (const ImportedFunction& function : library.functions) {
        const auto row =
            std::ranges::lower_bound(exported_names, function.name, {}, &ExportedName::name);
        if (row == std::end(exported_names) || row->name != function.name)
            throw Refusal(ExitStatus::unsuited,
                          "it imports " + printable(function.name) +
                              " from advapi32.dll, which capishim.dll does not have");
        names_of(plan, row->by).push_back(function.name);
    }
}

void sort_and_unite(std::vector<std::string_view>& names)
{
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

// ---- what else the user should know ------------------------------------------------------------

void add_notes(Plan& plan, const PeImage& image, const std::vector<ImportedLibrary>& libraries)
{
    if (const std::size_t count = other_mentions(image, plan.patches))
        plan.notes.push_back("it names advapi32 in " + std::to_string(count) +
                             " more place(s): functions that it looks up there when it runs "
                             "(LoadLibrary, GetProcAddress) stay the system's");
    for (const std::string_view name : app_local)
        if (std::ranges::any_of(libraries, [&](const ImportedLibrary& library) {
                return equal_in_any_case(library.name, name);
            }))
            plan.notes.push_back("it imports " + std::string(name) +
                                 " too, which this command leaves alone");
}

// ---- the check of what came out ----------------------------------------------------------------

/// What the changed program should import.
std::vector<ImportedLibrary> expected_imports(std::vector<ImportedLibrary> libraries)
{
    for (ImportedLibrary& library : libraries)
        if (const Renaming* renaming = renaming_of(library.name))
            library.name = renaming->to;
    return libraries;
}

bool import_the_same(const ImportedLibrary& a, const ImportedLibrary& b)
{
    return a.name == b.name && a.delayed == b.delayed && a.functions == b.functions;
}

} // namespace

Plan plan_retarget(const PeImage& image)
{
    refuse_packed(image);
    refuse_dotnet(image);
    const std::vector<ImportedLibrary> libraries = read_imports(image);
    refuse_strangers(image, libraries);
    refuse_other_machines(image);
    refuse_signed(image);
    refuse_system_folder_only(image);

    Plan plan;
    for (const ImportedLibrary& library : libraries) {
        if (!is_advapi32(library))
            continue;
        refuse_ordinals(library);
        refuse_shared_text(image, library);
        rename(plan, image, library);
        sort_names(plan, library);
    }
    unbind(plan, image, libraries);
    if (image.checksum() != 0)
        clear(plan, image.checksum_offset(), 4, "checksum");
    std::ranges::sort(plan.patches, {}, &Patch::offset);
    for (std::vector<std::string_view>* names : {&plan.answered, &plan.unanswered, &plan.handed_on})
        sort_and_unite(*names);
    add_notes(plan, image, libraries);
    return plan;
}

Bytes retargeted(const PeImage& image, const Plan& plan)
{
    Bytes changed(image.file().begin(), image.file().end());
    for (const Patch& patch : plan.patches)
        std::ranges::copy(patch.bytes, changed.begin() + static_cast<std::ptrdiff_t>(patch.offset));
    const std::vector<ImportedLibrary> expected = expected_imports(read_imports(image));
    const std::vector<ImportedLibrary> found = read_imports(PeImage(changed));
    if (!std::ranges::equal(expected, found, import_the_same))
        throw Refusal(ExitStatus::damaged, "its tables overlap: what it imports would change");
    return changed;
}

std::string printable(std::string_view text)
{
    std::string shown(text);
    std::ranges::replace_if(
        shown, [](char c) { return c < ' ' || c > '~'; }, '?');
    return shown;
}

} // namespace capishim::capi
