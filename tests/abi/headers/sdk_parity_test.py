#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Holds our constants and structures to the Windows SDK's, for which mingw-w64's headers stand.

    sdk_parity_test.py --compiler x86_64-w64-mingw32-gcc --source-headers DIR

One C file is compiled twice, with our headers and with the SDK's: it fills tables with the values of all
our macros and with the sizes and offsets of all our structures. The tables must be equal. What the SDK at
hand lacks has to stand in ours_only.txt, so that a misspelt name is found.
"""
import argparse
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADERS = ["detail/types.h", "windows.h", "winerror.h", "ntstatus.h", "wincrypt.h", "bcrypt.h", "ntsecapi.h"]
OURS = ["-DCAPISHIM_BUILDING"]
# Some names are there for old systems only, some for new ones.
SDKS = [["-D_WIN32_WINNT=0x0A00", "-DNTDDI_VERSION=0x0A000006"],
        ["-D_WIN32_WINNT=0x0500", "-DNTDDI_VERSION=0x05000000"]]
OUR_INCLUDES = "".join(f"#include <{header}>\n" for header in HEADERS[1:])
SDK_INCLUDES = """#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <wincrypt.h>
#include <bcrypt.h>
#include <ntsecapi.h>
"""
TYPES = """BYTE WORD DWORD LONG ULONG BOOL BOOLEAN UCHAR USHORT SHORT UINT INT LONGLONG ULONGLONG ULONG_PTR LONG_PTR
DWORD_PTR SIZE_T WCHAR CHAR TCHAR HANDLE HMODULE HWND FARPROC HRESULT NTSTATUS LPVOID LPSTR LPCWSTR HCRYPTPROV
HCRYPTKEY HCRYPTHASH ALG_ID BCRYPT_HANDLE BCRYPT_ALG_HANDLE BCRYPT_KEY_HANDLE HASHALGORITHM_ENUM
DSAFIPSVERSION_ENUM BCRYPT_HASH_OPERATION_TYPE BCRYPT_MULTI_OPERATION_TYPE PCRYPT_INTEGER_BLOB ATOM LANGID LCID
WPARAM LPARAM LRESULT""".split()
ENUMERATORS = """DSA_HASH_ALGORITHM_SHA1 DSA_HASH_ALGORITHM_SHA256 DSA_HASH_ALGORITHM_SHA512 DSA_FIPS186_2 DSA_FIPS186_3
BCRYPT_HASH_OPERATION_HASH_DATA BCRYPT_HASH_OPERATION_FINISH_HASH BCRYPT_OPERATION_TYPE_HASH""".split()
TEXT_ROOM = 96
SECTION = '__attribute__((used, section(".parity")))'


def run(command, text):
    return subprocess.run(command, input=text, capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C"})


class Toolchain:
    def __init__(self, compiler, headers):
        self.compiler = compiler
        self.objcopy = re.sub(r"gcc$", "objcopy", compiler)
        self.headers = headers

    def flags(self, sdk):
        return sdk if sdk else [*OURS, f"-I{self.headers}"]

    def preprocess(self, text, sdk=None):
        done = run([self.compiler, *self.flags(sdk), "-E", "-P", "-x", "c", "-"], text)
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout

    def table(self, text, sdk=None):
        """The bytes that a compiled file puts into its section."""
        with tempfile.TemporaryDirectory() as folder:
            object_file, raw = Path(folder) / "table.o", Path(folder) / "table.bin"
            done = run([self.compiler, *self.flags(sdk), "-std=gnu11", "-w", "-O0", "-x", "c", "-", "-c",
                        "-o", str(object_file)], text)
            if done.returncode:
                raise SystemExit(done.stderr[:4000])
            subprocess.run([self.objcopy, "-O", "binary", "-j", ".parity", object_file, raw], check=True)
            return raw.read_bytes()

    def unknown_types(self, names, includes, sdk):
        uses = "".join(f"int size_of_{name}[sizeof({name})];\n" for name in names)
        done = run([self.compiler, *self.flags(sdk), "-fsyntax-only", "-w", "-x", "c", "-"], includes + uses)
        return {name for name in names if re.search(rf"'{name}' undeclared|unknown type name '{name}'", done.stderr)}


# ---- what our headers define -----------------------------------------------------------------


def macros_of(headers):
    names = []
    for header in HEADERS:
        text = (headers / header).read_text(encoding="utf-8")
        names += re.findall(r"^\s*#\s*define\s+([A-Za-z_]\w*)(?!\w|\()", text, re.M)
    return sorted(set(names))


INTEGER = re.compile(r"^[\w\s()<>|&~+*/-]+$")


def kinds_of(tools, names):
    """name -> integer, text or wide, as its expansion looks; what is no value is left out."""
    expanded = tools.preprocess(OUR_INCLUDES + "".join(f'"{name}" = {name};\n' for name in names))
    kinds = {}
    for name, value in re.findall(r'^"(\w+)" = *(.*?);?$', expanded, re.M):
        if value.startswith('L"'):
            kinds[name] = "wide"
        elif value.startswith('"'):
            kinds[name] = "text"
        elif INTEGER.match(value) and re.search(r"(?<!\w)\d", value):
            kinds[name] = "integer"
    return kinds


def structures_of(headers):
    """name of a structure -> its members, as the headers spell them."""
    found = {}
    for header in HEADERS:
        text = re.sub(r"//[^\n]*", "", (headers / header).read_text(encoding="utf-8"))
        for body, name in re.findall(r"typedef struct \w+\s*\{([^{}]*)\}\s*(\w+)", text):
            found[name] = re.findall(r"(\w+)(?:\[\w+\])*;", body)
    return found


# ---- the tables ------------------------------------------------------------------------------


def constants_source(includes, kinds):
    parts = [includes, "typedef struct { unsigned long long present, value; wchar_t wide[%d]; char text[%d]; } Row;\n"
             % (TEXT_ROOM, TEXT_ROOM), f"static const Row table[] {SECTION} = {{\n"]
    for name, kind in kinds.items():
        initial = {"integer": f"{{1, (unsigned long long)({name}), {{0}}, {{0}}}}",
                   "wide": f"{{1, sizeof({name}), {name}, {{0}}}}",
                   "text": f"{{1, sizeof({name}), {{0}}, {name}}}"}[kind]
        parts.append(f"#ifdef {name}\n{initial},\n#else\n{{0}},\n#endif\n")
    return "".join(parts) + "};\n"


def constants(tools, includes, kinds, sdk=None):
    data = tools.table(constants_source(includes, kinds), sdk)
    size = 16 + TEXT_ROOM * 2 + TEXT_ROOM
    rows = {}
    for i, name in enumerate(kinds):
        row = data[i * size:(i + 1) * size]
        present, value = struct.unpack_from("<QQ", row)
        if present:
            wide, text = row[16:16 + TEXT_ROOM * 2], row[16 + TEXT_ROOM * 2:]
            rows[name] = (hex(value), wide.decode("utf-16-le").rstrip("\0"), text.decode().rstrip("\0"))
    return rows


def layouts_source(includes, structures, types, enumerators):
    rows = [f"sizeof({name})," for name in types] + [f"{name}," for name in enumerators]
    for name, members in structures.items():
        rows.append(f"sizeof({name}), _Alignof({name}),")
        rows += [f"offsetof({name}, {member}), sizeof((({name}*)0)->{member})," for member in members]
    return (f"{includes}#include <stddef.h>\nstatic const unsigned long long table[] {SECTION} = {{\n"
            + "\n".join(rows) + "\n};\n")


def layouts(tools, includes, structures, types, enumerators, sdk=None):
    data = tools.table(layouts_source(includes, structures, types, enumerators), sdk)
    values = iter(struct.unpack(f"<{len(data) // 8}Q", data[:len(data) // 8 * 8]))
    found = {name: next(values) for name in [*types, *enumerators]}
    for name, members in structures.items():
        found[f"sizeof {name}"], found[f"alignment of {name}"] = next(values), next(values)
        for member in members:
            found[f"{name}.{member}"] = (next(values), next(values))
    return found


def compare(ours, theirs):
    return [f"{name}: ours {ours[name]}, the SDK's {theirs[name]}" for name in ours
            if name in theirs and ours[name] != theirs[name]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--source-headers", required=True, type=Path)
    options = parser.parse_args()
    if not shutil.which(options.compiler):
        print(f"{options.compiler} is not installed")
        return 77
    tools = Toolchain(options.compiler, options.source_headers.resolve())
    kinds = kinds_of(tools, macros_of(options.source_headers))
    ours = constants(tools, OUR_INCLUDES, kinds)
    structures = structures_of(options.source_headers)
    problems, absent = [], set(kinds) | set(structures)
    compared = 0
    for sdk in SDKS:
        theirs = constants(tools, SDK_INCLUDES, kinds, sdk)
        problems += compare(ours, theirs)
        unknown = tools.unknown_types(structures, SDK_INCLUDES, sdk)
        known = {name: members for name, members in structures.items() if name not in unknown}
        lists = (known, TYPES, ENUMERATORS) if sdk is SDKS[0] else (known, [], [])
        layout = layouts(tools, OUR_INCLUDES, *lists)
        problems += compare(layout, layouts(tools, SDK_INCLUDES, *lists, sdk))
        absent -= set(theirs) | set(known)
        compared += len(theirs) + len(layout)
    allowed = {line.split("#")[0].strip() for line in (HERE / "ours_only.txt").read_text().splitlines()}
    problems += [f"{name}: the SDK does not have it, and ours_only.txt does not name it"
                 for name in sorted(absent - allowed)]
    print("\n".join(problems))
    print(f"{len(kinds)} constants, {len(structures)} structures, {compared} comparisons, "
          f"{len(absent)} ours only, {len(problems)} problems")
    return 1 if problems or len(kinds) < 900 or len(structures) < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
