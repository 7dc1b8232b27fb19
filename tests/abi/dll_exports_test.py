# SPDX-License-Identifier: BSD-2-Clause
"""What the Windows DLLs are told to export (src/package/dll_exports.py)."""
import sys
import unittest

from lists import LIBRARIES, ROOT

sys.path.insert(0, str(ROOT / "src" / "package"))

import dll_exports  # noqa: E402  (found through the path above)


class DllExports(unittest.TestCase):
    maxDiff = None

    def rows(self, dll):
        return {row.name: row for row in dll_exports.exports_of(dll, LIBRARIES)}

    def test_agree_with_the_sdk_on_the_bytes_of_arguments(self):
        mine = {name: size for name, (size, _dlls) in dll_exports.ours(LIBRARIES).items()}
        for dll in ("advapi32", "cryptsp"):
            told = {name: size for name, size in dll_exports.system_names(dll).items()
                    if name in mine and size is not None}
            self.assertEqual({name: mine[name] for name in told}, told)

    def test_leave_nothing_out_that_programs_import_from_bcrypt_dll(self):
        self.assertLessEqual(set(dll_exports.system_names("bcrypt")),
                             set(dll_exports.ours(LIBRARIES)))

    def test_forward_what_is_advapi32s_and_not_ours(self):
        rows = self.rows("capishim")
        self.assertEqual(rows["RegOpenKeyExA"].forward, "advapi32")
        self.assertEqual(rows["CryptAcquireContextA"].forward, "")
        self.assertEqual(rows["CPAcquireContext"].forward, "")

    def test_never_forward_what_could_lead_back(self):
        """The system's advapi32 forwards to cryptsp.dll, which may be ours."""
        rows = self.rows("capishim")
        self.assertEqual([name for name in dll_exports.system_names("cryptsp")
                          if rows[name].forward], [])

    def test_lead_the_forwarders_to_the_library_alone(self):
        library = self.rows("capishim")
        for dll in ("bcrypt", "cryptsp"):
            for row in self.rows(dll).values():
                self.assertEqual((row.forward, library[row.name].forward), ("capishim", ""))

    def test_decorate_names_for_x86_alone(self):
        self.assertIn("    CryptGenRandom@12\n", dll_exports.def_file("capishim", "x86"))
        self.assertIn("    CryptGenRandom\n", dll_exports.def_file("capishim", "x86_64"))
        self.assertIn("    CryptGenRandom@12 = capishim.CryptGenRandom\n",
                      dll_exports.def_file("cryptsp", "x86"))


if __name__ == "__main__":
    unittest.main()
