#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes a header with the names that capishim.dll exports, and who answers to each.

usage: exported_names.py OUTPUT
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "src" / "package"))

import dll_exports  # noqa: E402  (found through the path above)
from dll_exports import generate  # noqa: E402

HEAD = """#pragma once

#include <string_view>

namespace capishim::capi {

enum class AnsweredBy { capishim, nobody_yet, the_system };

struct ExportedName {
    std::string_view name;
    AnsweredBy by;
};

inline constexpr ExportedName exported_names[] = {
"""
STATES = {"done": "capishim", "listed": "nobody_yet"}


def header():
    libraries = generate.read_libraries(generate.lists_in_tree())
    states = {f.name: f.state for library in libraries for f in library.functions}
    rows = [f'    {{"{export.name}", AnsweredBy::{STATES.get(states.get(export.name), "the_system")}}},\n'
            for export in dll_exports.exports_of("capishim", libraries)]
    return (generate.banner("The exports of capishim.dll, sorted.").replace(
                "src/abi/generate.py", "tools/capi/exported_names.py")
            + HEAD + "".join(rows) + "};\n\n} // namespace capishim::capi\n")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(header(), encoding="utf-8")
