// SPDX-License-Identifier: BSD-2-Clause
// Recognizes programs that unpack themselves when they run: the import table in such a file is only
// the unpacker's, and a change to it would reach nothing.
#pragma once

#include "imports.h"

namespace capishim::capi {

/// @throws Refusal  ExitStatus::packed
void refuse_packed(const PeImage& image);

/// Whether a program gets all its functions at run time, as unpackers do: it imports little more
/// than what that takes.
bool imports_like_an_unpacker(const std::vector<ImportedLibrary>& libraries);

} // namespace capishim::capi
