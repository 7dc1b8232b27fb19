// SPDX-License-Identifier: BSD-2-Clause
// Writes inputs that the fuzz target pe_image starts from, beside those of make_pe_corpus.sh.
// usage: make_pe_corpus FOLDER
#include "tests/unit/capi/pe_builder.h"

#include <filesystem>
#include <fstream>

namespace {

using namespace capishim_test;

std::filesystem::path folder;

void write(const std::string& name, const PeBuilder& program)
{
    const Bytes bytes = program.build();
    std::ofstream out(folder / (name + (program.wide ? "-x86_64" : "-i686")), std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()),
              static_cast<std::streamsize>(bytes.size()));
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2)
        return 1;
    folder = std::filesystem::path(arguments[1]) / "pe_image";
    std::filesystem::create_directories(folder);
    for (const bool wide : {false, true}) {
        PeBuilder delayed = usual_program(wide);
        delayed.delay_imports = {{"advapi32.DLL", {"CryptGenKey"}, 9}, {"USER32.dll", {"#1"}}};
        write("delayed", delayed);
        PeBuilder bound = usual_program(wide);
        bound.imports[0].time_stamp = bound.imports[1].time_stamp = ~0u;
        bound.directories[capi::Directory::bound_imports] = {0x300, 0x40};
        write("bound", bound);
    }
    PeBuilder by_address = usual_program();
    by_address.delay_imports_by_address = true;
    by_address.delay_imports = {{"ADVAPI32.dll"}};
    write("delayed-by-address", by_address);
}
