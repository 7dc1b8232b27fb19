#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Says what each of our Windows DLLs exports, and writes its .def file.

    dll_exports.py DLL x86|x86_64 --output FILE

DLL is capishim, bcrypt or cryptsp. The interface lists in src/abi say what is ours, the *-names.txt
of this folder what a program may look for besides. README.md in this folder explains the kinds.
"""
import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "abi"))

import generate  # noqa: E402  (found through the path above)

# What regsvr32 calls, and the bytes of their arguments.
SERVER_FUNCTIONS = {"DllInstall": 8, "DllRegisterServer": 0, "DllUnregisterServer": 0}
WIDE_ARGUMENTS = {"ULONGLONG": 8}  # on x86; all others are of four bytes


@dataclass(frozen=True)
class Export:
    name: str
    arguments: int | None  # bytes, as x86 counts them; None where nobody says
    forward: str = ""      # the DLL that has it; otherwise it is code of this one
    private: bool = False  # not in the import library


def ours(libraries):
    """name -> bytes of arguments of each function that the lists have, and the DLLs it is known from"""
    found = {}
    for library in libraries:
        if library.linux_only:
            continue
        for f in library.functions:
            size = sum(WIDE_ARGUMENTS.get(param.type, 4) for param in f.params)
            found[f.name] = (size, {f.dll, *library.also})
    return found


def system_names(dll):
    """name -> bytes of arguments, or None: what the system's DLL of that name exports"""
    lines = (HERE / f"{dll}-names.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("@") for line in lines if not line.startswith("#"))
    return {name: int(size) if size else None for name, _, size in pairs}


def passed_on(mine):
    """What programs find in cryptsp.dll that is not ours (src/platform/win32/passed_on.cpp)."""
    return {name: size for name, size in system_names("cryptsp").items() if name not in mine}


def capishim(libraries):
    mine = {name: size for name, (size, _dlls) in ours(libraries).items()}
    unlisted = passed_on(mine) | SERVER_FUNCTIONS
    code = mine | unlisted
    rows = [Export(name, size, private=name in unlisted) for name, size in code.items()]
    rows += [Export(name, size, "advapi32", private=True)
             for name, size in system_names("advapi32").items() if name not in code]
    return rows


def forwarder(dll):
    def rows(libraries):
        mine = {name: size for name, (size, dlls) in ours(libraries).items() if dll in dlls}
        return [Export(name, size, "capishim")
                for name, size in (system_names(dll) | mine).items()]
    return rows


DLLS = {"capishim": capishim, "bcrypt": forwarder("bcrypt"), "cryptsp": forwarder("cryptsp")}


def exports_of(dll, libraries=None):
    if libraries is None:
        libraries = generate.read_libraries(generate.lists_in_tree())
    return sorted(DLLS[dll](libraries), key=lambda row: row.name)


def def_line(row, cpu):
    # Only x86 decorates; the linker's --kill-at keeps that out of the DLL, the import library has it.
    name = row.name if cpu != "x86" or row.arguments is None else f"{row.name}@{row.arguments}"
    forward = f" = {row.forward}.{row.name}" if row.forward else ""
    return f"    {name}{forward}{' PRIVATE' if row.private else ''}\n"


def def_file(dll, cpu):
    return (f"; SPDX-License-Identifier: BSD-2-Clause\n; The exports of {dll}.dll.\n"
            f"; Written by src/package/dll_exports.py; do not edit.\nLIBRARY {dll}.dll\nEXPORTS\n"
            + "".join(def_line(row, cpu) for row in exports_of(dll)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dll", choices=DLLS)
    parser.add_argument("cpu", choices=["x86", "x86_64"])
    parser.add_argument("--output", required=True)
    options = parser.parse_args()
    Path(options.output).write_text(def_file(options.dll, options.cpu), encoding="utf-8")


if __name__ == "__main__":
    main()
