# SPDX-License-Identifier: BSD-2-Clause
"""The built library exports what the lists say and nothing else.

    exports_test.py libcapishim.so
"""
import re
import subprocess
import sys
import unittest

from lists import LIBRARIES, generate

LIBRARY = sys.argv.pop(1) if len(sys.argv) > 1 else sys.exit(__doc__)


def tool(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def exported_symbols():
    """name -> version node, as the dynamic symbol table has them; the node's own entry left out."""
    symbols = {}
    for line in tool("nm", "-D", "--defined-only", LIBRARY).splitlines():
        _address, _type, symbol = line.split()
        name, _, version = symbol.partition("@@")
        if name != generate.VERSION_NODE:
            symbols[name] = version
    return symbols


class Exports(unittest.TestCase):
    maxDiff = None

    def test_are_those_of_the_lists(self):
        built, listed = set(exported_symbols()), set(generate.export_names(LIBRARIES))
        self.assertEqual(sorted(listed - built), [], "listed but not exported")
        self.assertEqual(sorted(built - listed), [], "exported but not listed")

    def test_carry_the_version_node(self):
        strays = {name: node for name, node in exported_symbols().items()
                  if node != generate.VERSION_NODE}
        self.assertEqual(strays, {})

    def test_the_soname_is_the_first_binary_interface(self):
        dynamic = tool("readelf", "--dynamic", "--wide", LIBRARY)
        soname = re.search(r"\(SONAME\).*\[(.*)\]", dynamic)
        self.assertIsNotNone(soname, dynamic)
        self.assertEqual(soname.group(1), "libcapishim.so.0")


if __name__ == "__main__":
    unittest.main()
