# SPDX-License-Identifier: BSD-2-Clause
"""The walls between the layers, read from the sources: who includes whom, where Botan, the
platform's headers, the API's types and platform conditions may appear."""
import re
import unittest
from dataclasses import dataclass
from pathlib import Path

from lists import ROOT

SOURCES = {".h", ".hpp", ".c", ".cpp", ".cc", ".in"}

# layer -> the layers that it may include, apart from itself
MAY_INCLUDE = {
    "base": set(),
    "platform": {"base"},
    "handle": {"base", "platform"},
    "diag": {"base", "platform", "handle"},
    "abi": {"base", "diag", "platform"},
    "engine": {"base", "platform"},
    "cng": {"base", "diag", "engine"},
    "csp": {"base", "diag", "platform", "cng", "csp/keystore"},
    "csp/keystore": {"base", "diag", "platform", "cng", "engine", "csp"},  # it seals what it writes
    "advapi": {"base", "diag", "handle", "platform", "csp", "advapi/foreign"},
    "kernel": {"base", "platform"},
    "advapi/exports": {"abi", "base", "handle", "advapi", "csp"},
    "advapi/foreign": {"abi", "base", "diag", "handle", "platform", "advapi"},  # the rim to a CSP
    "cng/exports": {"abi", "base", "handle", "cng"},
    "csp/exports": {"abi", "base", "handle", "csp"},
    "diag/exports": {"abi", "base", "handle", "diag"},
    "kernel/exports": {"abi", "base", "platform", "kernel"},
}
OS_FOLDERS = ("src/platform/posix", "src/platform/win32")
RIM = ("src/abi", "src/kernel", "src/advapi/exports", "src/advapi/foreign", "src/cng/exports",
       "src/diag/exports", "csp/exports")
OUTSIDE_TESTS = ("tests/api", "tests/conformance", "tests/stress", "tests/ports", "tests/abi")

API_TYPES = re.compile(
    r"\b(HCRYPT(PROV|KEY|HASH)|BCRYPT_(ALG_|KEY_|HASH_|SECRET_)?HANDLE|ALG_ID|BOOL|BOOLEAN|BYTE|"
    r"U?CHAR|WCHAR|WORD|DWORD|U?LONG|U?LONGLONG|NTSTATUS|HANDLE|HMODULE|P?VOID|PU?CHAR|PBYTE|"
    r"LPC?W?STR|PC?W?STR|LPVOID|LPBYTE|LPDWORD|WINAPI|TRUE|FALSE)\b")
PLATFORM_MACROS = re.compile(
    r"^\s*#\s*(if|ifdef|ifndef|elif)\b.*"
    r"\b(_WIN(32|64)|__MINGW\w+|_MSC_VER|__linux__|__unix__|__APPLE__)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


@dataclass(frozen=True)
class Include:
    file: str  # relative to the root
    line: int
    system: bool
    target: str

    def __str__(self):
        return f"{self.file}:{self.line}: includes {self.target}"


def files_below(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SOURCES and path.is_file():
                yield path


def relative(path):
    return path.relative_to(ROOT).as_posix()


def is_below(file, folders):
    return any(file.startswith(folder + "/") for folder in folders)


def layer_of(file):
    """src/cng/exports/hash.cpp -> cng/exports; None for what lies in no layer's folder."""
    parts = file.removeprefix("src/").split("/")[:-1]
    if "/".join(parts[:2]) in MAY_INCLUDE:
        return "/".join(parts[:2])
    return parts[0] if parts else None


def includes_of(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield Include(relative(path), number, match.group(1) == "<", match.group(2))


def includes_below(*folders):
    return [include for path in files_below(*folders) for include in includes_of(path)]


def without_comments_and_strings(text):
    """The code alone, line by line as it was."""
    return NOT_CODE.sub(lambda match: "\n" * match.group().count("\n"), text)


def lines_that_match(pattern, path):
    code = without_comments_and_strings(path.read_text(encoding="utf-8"))
    return [f"{relative(path)}:{number}: {line.strip()}"
            for number, line in enumerate(code.splitlines(), 1) if pattern.search(line)]


def layer_fault(include):
    """Says how an include breaks the layers' table, or nothing."""
    layer = layer_of(include.file)
    if layer not in MAY_INCLUDE:
        return f"{include}, from a folder that the table of layers lacks"
    target = layer_of("src/" + include.target)
    if target is None:
        beside = (ROOT / include.file).parent / include.target
        return None if beside.exists() else f"{include}, which is not beside it"
    if target == layer or target in MAY_INCLUDE[layer]:
        return None
    return f"{include}, and {layer} may not include {target}"


def is_standard_or_ours(target):
    """<vector>, <capishim/...>: what may be included anywhere."""
    return target.startswith("capishim/") or ("/" not in target and "." not in target)


class Walls(unittest.TestCase):
    maxDiff = None

    def assert_none(self, breaches):
        self.assertEqual(len(breaches), 0, "\n" + "\n".join(map(str, breaches)))

    def test_there_is_something_to_read(self):
        self.assertGreater(len(includes_below("src", "csp")), 20)

    def test_layers_include_only_what_lies_below_them(self):
        faults = [layer_fault(include) for include in includes_below("src", "csp")
                  if not include.system]
        self.assert_none([fault for fault in faults if fault])

    def test_botan_is_known_to_the_engine_only(self):
        self.assert_none([include for include in includes_below("src", "csp", "include", "tools")
                          if "botan" in include.target and layer_of(include.file) != "engine"])

    def test_the_platforms_headers_stay_in_its_folders(self):
        self.assert_none([include for include in includes_below("src", "csp")
                          if include.system and not is_standard_or_ours(include.target)
                          and not is_below(include.file, OS_FOLDERS)
                          and not include.target.startswith("botan/")])

    def test_api_types_stay_at_the_rim(self):
        self.assert_none([line for path in files_below("src", "csp")
                          if not is_below(relative(path), RIM + OS_FOLDERS)
                          for line in lines_that_match(API_TYPES, path)])

    def test_platform_conditions_stay_in_the_platform_folder(self):
        self.assert_none([line for path in files_below("src", "csp")
                          if not is_below(relative(path), ("src/platform",))
                          for line in lines_that_match(PLATFORM_MACROS, path)])

    def test_tests_from_outside_see_public_headers_only(self):
        inner = {layer.split("/")[0] for layer in MAY_INCLUDE}
        self.assert_none([include for include in includes_below(*OUTSIDE_TESTS)
                          if not include.system and include.target.split("/")[0] in inner
                          and "/" in include.target])


class Reader(unittest.TestCase):
    """The readers above see what they are there to see."""

    def test_names_the_layer_of_a_file(self):
        self.assertEqual(layer_of("src/cng/exports/hash.cpp"), "cng/exports")
        self.assertEqual(layer_of("csp/keystore/file_store.cpp"), "csp/keystore")
        self.assertEqual(layer_of("src/platform/posix/file.cpp"), "platform")

    def test_reports_an_include_that_climbs(self):
        self.assertIn("base may not include csp",
                      layer_fault(Include("src/base/bytes.h", 1, False, "csp/context.h")))
        self.assertIn("cng may not include cng/exports",
                      layer_fault(Include("src/cng/key.h", 1, False, "cng/exports/key.h")))
        self.assertIsNone(layer_fault(Include("src/cng/key.h", 1, False, "engine/rsa.h")))

    def test_reports_a_folder_without_a_row(self):
        self.assertIn("lacks", layer_fault(Include("src/ncrypt/key.h", 1, False, "base/fault.h")))

    def test_tells_the_standard_library_from_the_platform(self):
        self.assertTrue(is_standard_or_ours("cstdint"))
        self.assertTrue(is_standard_or_ours("capishim/wincrypt.h"))
        for target in ("unistd.h", "sys/stat.h", "windows.h", "wincrypt.h", "botan/rsa.h"):
            self.assertFalse(is_standard_or_ours(target), target)

    def test_reads_code_but_not_comments_or_strings(self):
        code = without_comments_and_strings('int a; // DWORD\n"DWORD" /* BOOL\n */ BOOL b;')
        self.assertIsNone(API_TYPES.search(code.splitlines()[0]))
        self.assertEqual(API_TYPES.findall(code)[0][0], "BOOL")
        self.assertEqual(len(code.splitlines()), 3)

    def test_sees_platform_conditions(self):
        self.assertTrue(PLATFORM_MACROS.match("#ifdef _WIN32"))
        self.assertTrue(PLATFORM_MACROS.match("#  if !defined(_WIN32) && 1"))
        self.assertFalse(PLATFORM_MACROS.match("#ifdef NDEBUG"))


if __name__ == "__main__":
    unittest.main()
