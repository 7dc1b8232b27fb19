# SPDX-License-Identifier: BSD-2-Clause
"""The Windows DLLs export what their lists say and nothing else, need the system's DLLs alone, and
carry the flags of their time.

    windows_dlls_test.py FOLDER OBJDUMP
"""
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

from lists import LIBRARIES, ROOT

sys.path.insert(0, str(ROOT / "src" / "package"))

import dll_exports  # noqa: E402  (found through the path above)

if len(sys.argv) < 3:
    sys.exit(__doc__)
FOLDER, OBJDUMP = Path(sys.argv.pop(1)), sys.argv.pop(1)

SYSTEM_DLLS = {"advapi32.dll", "kernel32.dll", "msvcrt.dll"}
# Of the system's C runtime, whose memory would outlive a DLL that is freed.
MEMORY = re.compile(r"_?(m|c|re)alloc|_?free|_aligned_\w+|_?(str|wcs|mbs)dup|_w?(getcwd|fullpath)"
                    r"|_w?(dupenv_s|tempnam)")
FLAGS = {"DYNAMIC_BASE", "NX_COMPAT"}
FLAGS_OF_64_BITS = FLAGS | {"HIGH_ENTROPY_VA"}


def headers(dll):
    return subprocess.run([OBJDUMP, "--private-headers", FOLDER / f"{dll}.dll"], check=True,
                          capture_output=True, text=True,
                          env=os.environ | {"TZ": "UTC"}).stdout


def exported(text):
    """name -> what it is forwarded to, or an empty string"""
    tables = text.partition("Export Address Table")[2]
    addresses, _, names = tables.partition("[Ordinal/Name Pointer] Table")
    forwards = dict(re.findall(r"\[ *(\d+)\] \+base\[ *\d+\] \w+ Forwarder RVA -- (\S+)", addresses))
    rows = re.findall(r"^\t\[ *(\d+)\] (?:\+base\[ *\d+\] +\w+ )?(\S+)$", names, re.MULTILINE)
    return {name: forwards.get(index, "") for index, name in rows}


def symbol_of(row, is_x86):
    if not is_x86:
        return row.name
    return f"_{row.name}" + ("" if row.arguments is None else f"@{row.arguments}")


class WindowsDlls(unittest.TestCase):
    maxDiff = None

    def test_export_exactly_what_is_listed(self):
        for dll in dll_exports.DLLS:
            listed = {row.name: row.forward and f"{row.forward}.{row.name}"
                      for row in dll_exports.exports_of(dll, LIBRARIES)}
            self.assertEqual(exported(headers(dll)), listed)

    def test_export_all_that_the_systems_dlls_of_their_names_do(self):
        for dll in ("bcrypt", "cryptsp"):
            self.assertLessEqual(set(dll_exports.system_names(dll)), set(exported(headers(dll))))
        stand_in = set(exported(headers("capishim")))
        self.assertLessEqual(set(dll_exports.system_names("advapi32")), stand_in)

    def test_forward_only_what_the_library_exports(self):
        target = exported(headers("capishim"))
        for dll in ("bcrypt", "cryptsp"):
            self.assertLessEqual(set(exported(headers(dll))), set(target))

    def test_need_the_systems_dlls_alone(self):
        for dll in dll_exports.DLLS:
            needed = {name.lower() for name in re.findall(r"DLL Name: (\S+)", headers(dll))}
            self.assertLessEqual(needed, SYSTEM_DLLS if dll == "capishim" else set())

    def test_are_linked_to_by_the_names_that_compilers_ask_for(self):
        for dll in dll_exports.DLLS:
            built = FOLDER / "import_libraries" / f"{dll}.dll.a"
            library = built if built.exists() else FOLDER / f"{dll}.dll.a"
            text = subprocess.run([OBJDUMP, "--syms", library], check=True, capture_output=True,
                                  text=True).stdout
            is_x86 = "pe-i386" in text
            symbols = set(re.findall(r" __imp_(\S+)$", text, re.MULTILINE))
            self.assertEqual(symbols, {symbol_of(row, is_x86)
                                       for row in dll_exports.exports_of(dll, LIBRARIES)
                                       if not row.private})

    def test_share_no_memory_with_the_systems_c_runtime(self):
        imports = headers("capishim").partition("DLL Name: msvcrt.dll")[2].partition("\n\n")[0]
        names = re.findall(r"^\t[0-9a-f]+\s+\d+\s+(\w+)", imports, re.MULTILINE)
        self.assertIn("memcpy", names)
        self.assertEqual([name for name in names if MEMORY.fullmatch(name)], [])

    def test_carry_the_flags_and_no_date(self):
        for dll in dll_exports.DLLS:
            text = headers(dll)
            flags = set(re.findall(r"^\s+([A-Z_]{4,})$", text, re.MULTILINE))
            wide = "pei-x86-64" in text
            self.assertLessEqual(FLAGS_OF_64_BITS if wide else FLAGS, flags)
            date = re.search(r"Time/Date\s+(.*)", text).group(1)
            self.assertEqual(date, "Thu Jan  1 00:00:00 1970", dll)

    def test_tell_their_version(self):
        version = re.search(r"version: '([\d.]+)'", (ROOT / "meson.build").read_text("utf-8"))
        for dll in dll_exports.DLLS:
            contents = (FOLDER / f"{dll}.dll").read_bytes()
            for text in (f"{dll}.dll", version.group(1)):
                self.assertIn(text.encode("utf-16-le"), contents)


if __name__ == "__main__":
    unittest.main()
