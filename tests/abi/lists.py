# SPDX-License-Identifier: BSD-2-Clause
"""The interface lists and their generator, for the tests of this folder."""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "src" / "abi"))

import generate  # noqa: E402  (found through the path above)

LIBRARIES = generate.read_libraries(generate.lists_in_tree())
