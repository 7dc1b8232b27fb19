# SPDX-License-Identifier: BSD-2-Clause
"""What is installed serves a program: headers, library and pkg-config file, in a folder of their own.

    install_test.py BUILD_FOLDER
"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from lists import ROOT

BUILD = Path(sys.argv[1])

PROGRAM = r"""
#include <windows.h>
#include <wincrypt.h>
#include <bcrypt.h>

int main(void)
{
    HCRYPTPROV provider;
    WCHAR name[100];
    DWORD size = sizeof name;
    BYTE bytes[16];
    if (!CryptAcquireContext(&provider, NULL, NULL, PROV_RSA_AES, CRYPT_VERIFYCONTEXT))
        return 1;
    if (!CryptGenRandom(provider, sizeof bytes, bytes) || !CryptReleaseContext(provider, 0))
        return 2;
    if (!CryptGetDefaultProviderW(PROV_RSA_FULL, NULL, CRYPT_USER_DEFAULT, name, &size))
        return 3;
    if (name[0] != L'M' || size != (lstrlenW(name) + 1) * sizeof(WCHAR))
        return 4;
    return BCryptGenRandom(NULL, bytes, sizeof bytes, BCRYPT_USE_SYSTEM_PREFERRED_RNG) ? 5 : 0;
}
"""


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if result.returncode:
        raise AssertionError(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}")
    return result.stdout


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = Path(cls.folder.name)
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", cls.root)
        cls.library = next(cls.root.rglob("libcapishim.so"))
        (cls.root / "program.c").write_text(PROGRAM, encoding="utf-8")
        (cls.root / "program.cpp").write_text(PROGRAM, encoding="utf-8")
        cls.environment = {
            **os.environ,
            "PKG_CONFIG_PATH": str(next(cls.root.rglob("capishim.pc")).parent),
            "PKG_CONFIG_SYSROOT_DIR": str(cls.root),
            "LD_LIBRARY_PATH": str(cls.library.parent),
        }
        cls.flags = run("pkg-config", "--cflags", "--libs", "capishim", env=cls.environment).split()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_library_has_its_soname(self):
        self.assertIn("[libcapishim.so.0]", run("readelf", "-d", self.library))

    def test_every_public_header_is_there(self):
        installed = {path.name for path in self.root.rglob("capishim/*.h")}
        ours = {path.name for path in (ROOT / "include/capishim").glob("*.h")}
        self.assertLessEqual(ours, installed)
        self.assertLessEqual({"Windows.h", "WinCrypt.h", "Wincrypt.h"}, installed)

    def test_users_hear_nothing_of_botan(self):
        self.assertNotIn("botan", " ".join(self.flags))

    def test_programs_compile_and_run(self):
        for compiler, source, *more in (("cc", "program.c"), ("cc", "program.c", "-fshort-wchar"),
                                        ("c++", "program.cpp"),
                                        ("c++", "program.cpp", "-DUNICODE")):
            with self.subTest(compiler=compiler, more=more):
                program = self.root / "program"
                run(compiler, *more, self.root / source, "-o", program, *self.flags,
                    env=self.environment)
                run(program, env=self.environment)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
