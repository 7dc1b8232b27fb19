# SPDX-License-Identifier: BSD-2-Clause
"""The coverage tables in the README pages are those that the lists give."""
import unittest

from lists import LIBRARIES, ROOT, generate


class CoveragePages(unittest.TestCase):
    def test_are_up_to_date(self):
        stale = generate.coverage(LIBRARIES, check=True)
        self.assertEqual(stale, [], "run src/abi/generate.py coverage")

    def test_exist_for_every_library_but_the_platforms_own(self):
        self.assertEqual(set(generate.COVERAGE_PAGES),
                         {library.dll for library in LIBRARIES if library.traced})

    def test_name_every_function(self):
        for library in LIBRARIES:
            if not library.traced:
                continue
            page = (ROOT / generate.COVERAGE_PAGES[library.dll]).read_text(encoding="utf-8")
            missing = [f.name for f in library.functions if f"| [{f.name}](" not in page]
            self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
