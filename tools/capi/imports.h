// SPDX-License-Identifier: BSD-2-Clause
// What a program imports from which library: its import and its delay-import directory.
#pragma once

#include "pe_image.h"

namespace capishim::capi {

struct ImportedFunction {
    std::string_view name; // empty: it is imported by its ordinal
    std::uint16_t ordinal = 0;

    bool by_ordinal() const { return name.empty(); }
    bool operator==(const ImportedFunction&) const = default;
};

/// One descriptor. A library may have several, and several may share the bytes of one name.
struct ImportedLibrary {
    std::string_view name; // a view of the file, as in all of this
    std::vector<ImportedFunction> functions;
    bool delayed = false;
    /// Where the descriptor says of which build of the library it holds the addresses ("bound"):
    /// the time stamp, and behind it the forwarder chain, which a delay import lacks. Empty: not
    /// bound.
    Extent binding;
};

/// @throws Refusal  damaged, or (ExitStatus::packed) the directory is not in the file
std::vector<ImportedLibrary> read_imports(const PeImage& image);

} // namespace capishim::capi
