# SPDX-License-Identifier: BSD-2-Clause
"""Every prototype in the lists is the Windows SDK's (mingw-w64's headers serve as the SDK), checked
by its compilers for x86-64 and x86. Without mingw-w64 the test is skipped."""
import functools
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from lists import LIBRARIES, generate

SKIPPED = 77
COMPILERS = [compiler for compiler in ("x86_64-w64-mingw32-gcc", "i686-w64-mingw32-gcc")
             if shutil.which(compiler)]
SDK = """#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <wincrypt.h>
#include <bcrypt.h>
#include <ntsecapi.h>
#include <stdio.h>
"""
# What no SDK header at hand declares, and the symbols that no import library at hand has.
NOT_IN_HEADERS = {
    "BCryptAddContextFunctionProvider", "BCryptDecapsulate", "BCryptEncapsulate",
    "BCryptRegisterProvider", "BCryptRemoveContextFunctionProvider", "BCryptSetAuditingInterface",
    "BCryptUnregisterProvider", "GetAsymmetricEncryptionInterface", "GetCipherInterface",
    "GetHashInterface", "GetRngInterface", "GetSecretAgreementInterface", "GetSignatureInterface",
    "ProcessPrng",
}
NOT_IN_IMPORT_LIBRARIES = {"BCryptDecapsulate", "BCryptEncapsulate", "ProcessPrng"}


def functions():
    """All listed functions but those of which the SDK knows nothing: CP*, which are a provider's,
    and our own diagnostics."""
    return [function for library in LIBRARIES if library.dll not in ("csp", "diagnostics")
            for function in library.functions]


def compile_with(compiler, source, *options):
    """Compiles the text; gives the compiler's return code, output and complaints."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "check.c"
        path.write_text(SDK + source, encoding="utf-8")
        command = [compiler, "-std=gnu11", "-D_WIN32_WINNT=0x0A00", *options, str(path)]
        if "-E" not in options:
            command += ["-o", str(Path(folder) / "check.out")]
        return subprocess.run([*command, "-lbcrypt"], capture_output=True, text=True, check=False)


@functools.cache
def declared_by_the_sdk(compiler):
    text = compile_with(compiler, "", "-E", "-P").stdout
    return {function.name for function in functions()
            if re.search(rf"\b{function.name}\s*\(", text)}


def same_type(function):
    """An assertion that the SDK's function has our prototype's type."""
    ours = generate.declaration(function, f"ours_{function.name}", tail=";", prefix="typedef ")
    return (f"{ours}\n_Static_assert(__builtin_types_compatible_p(__typeof__({function.name}), "
            f'ours_{function.name}), "{function.name}");\n')


@unittest.skipUnless(COMPILERS, "mingw-w64 is missing")
class Prototypes(unittest.TestCase):
    def test_are_the_sdks(self):
        for compiler in COMPILERS:
            with self.subTest(compiler):
                declared = declared_by_the_sdk(compiler)
                source = "".join(same_type(f) for f in functions() if f.name in declared)
                run = compile_with(compiler, source, "-c")
                wrong = sorted(set(re.findall(r'static assertion failed: "(\w+)"', run.stderr)))
                self.assertEqual(wrong, [], "differ from the SDK's")
                self.assertEqual(run.returncode, 0, run.stderr)

    def test_are_in_the_sdk_as_far_as_known(self):
        for compiler in COMPILERS:
            with self.subTest(compiler):
                missing = {f.name for f in functions()} - declared_by_the_sdk(compiler)
                print(f"{compiler}: declared by no header, types not compared: "
                      f"CP*, {', '.join(sorted(missing))}", file=sys.stderr)
                self.assertEqual(sorted(missing - NOT_IN_HEADERS), [])

    def test_without_a_header_take_the_bytes_that_the_import_library_says(self):
        """On x86 a symbol ends in the bytes of its arguments: it links or it is wrong."""
        undeclared = [f for f in functions()
                      if f.name in NOT_IN_HEADERS - NOT_IN_IMPORT_LIBRARIES]
        source = "".join(generate.declaration(f, f.name, tail=";") + "\n" for f in undeclared)
        table = ", ".join(f"(void *){f.name}" for f in undeclared)
        source += f"void *volatile table[] = {{{table}}};\n"
        source += "int main(void) { return table[0] == 0; }\n"
        for compiler in COMPILERS:
            with self.subTest(compiler):
                run = compile_with(compiler, source)
                self.assertEqual(run.returncode, 0, run.stderr)


@unittest.skipUnless(COMPILERS, "mingw-w64 is missing")
class Comparison(unittest.TestCase):
    """The comparison sees the differences that matter."""

    # a wrong prototype of CryptDestroyKey, and the compilers that must tell it from the right one
    WRONG = {
        "another_parameter": "BOOL WINAPI {}(HCRYPTKEY, DWORD)",
        "another_result": "BOOLEAN WINAPI {}(HCRYPTKEY)",
        "another_calling_convention": "BOOL __cdecl {}(HCRYPTKEY)",
    }

    def test_sees_them(self):
        source = "".join(f"typedef {text.format(name)};\n"
                         "_Static_assert(__builtin_types_compatible_p("
                         f'__typeof__(CryptDestroyKey), {name}), "{name}");\n'
                         for name, text in self.WRONG.items())
        for compiler in COMPILERS:
            with self.subTest(compiler):
                run = compile_with(compiler, source, "-c")
                told_apart = set(re.findall(r'static assertion failed: "(\w+)"', run.stderr))
                # one calling convention is all that x86-64 has
                alike = set() if compiler.startswith("i686") else {"another_calling_convention"}
                self.assertEqual(told_apart, set(self.WRONG) - alike, run.stderr)


if __name__ == "__main__":
    if not COMPILERS:
        print("skipped: no mingw-w64 compiler found")
        sys.exit(SKIPPED)
    unittest.main()
