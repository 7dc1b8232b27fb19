#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes the tables behind GetProcAddress from the interface lists.

    procedures.py --generator src/abi/generate.py --output FILE LIST.toml ...
"""
import argparse
import importlib.util
import sys
from pathlib import Path

HEAD = """// SPDX-License-Identifier: BSD-2-Clause
// The functions of each DLL name. Written by src/kernel/procedures.py; do not edit.
#include "abi/exports.h"
#include "kernel/modules.h"

namespace capishim::kernel {
namespace {

template <class Function> Address address(Function* function)
{
    return reinterpret_cast<Address>(reinterpret_cast<void (*)()>(function));
}

"""


def load(path):
    spec = importlib.util.spec_from_file_location("generate", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


def modules_of(libraries):
    """DLL name -> its functions. A provider's own exports (CP*) are looked up in its own DLL only."""
    found = {}
    for library in libraries:
        if library.dll == "csp":
            continue
        for function in library.functions:
            names = {function.dll, *(library.also if function.dll == library.dll else ())}
            for dll in names:
                found.setdefault(dll, []).append(function)
    return {dll: sorted(found[dll], key=lambda function: function.name) for dll in sorted(found)}


def render(modules, suffix):
    text = HEAD
    for dll, functions in modules.items():
        text += f"const Procedure {dll}_procedures[] = {{\n"
        for function in functions:
            wide = function.name + (suffix if function.wide else "")
            text += f'    {{"{function.name}", address(&::{function.name}), address(&::{wide})}},\n'
        text += "};\n\n"
    rows = "".join(f'    {{"{dll}", {dll}_procedures}},\n' for dll in modules)
    return (text + f"const Module all_modules[] = {{\n{rows}}};\n\n}} // namespace\n\n"
            "std::span<const Module> modules() noexcept\n{\n    return all_modules;\n}\n\n"
            "} // namespace capishim::kernel\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--generator", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("lists", nargs="+")
    options = parser.parse_args()
    generate = load(options.generator)
    libraries = generate.read_libraries(options.lists)
    text = render(modules_of(libraries), generate.TWIN_SUFFIX)
    Path(options.output).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
