#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Makes the lists of names that DLLs of the system export, from mingw-w64's import libraries.

    import_names.py DLL [DLL...] > DLL-names.txt

Lists what the libraries of the first DLL name, for both processors, one a line. `Name@8` has eight
bytes of arguments, as 32-bit x86 decorates it; a library of the further DLLs may know what the
first one's leaves out. The lists are kept in the tree: this runs when mingw-w64 has new ones.
"""
import re
import subprocess
import sys

TRIPLETS = {"x86_64-w64-mingw32": "__imp_", "i686-w64-mingw32": "__imp__"}


def names_in(triplet, dll):
    """name -> bytes of arguments, or None where the library does not say"""
    library = f"/usr/{triplet}/lib/lib{dll}.a"
    symbols = subprocess.run([f"{triplet}-nm", library], check=True, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    found = re.findall(r" I " + TRIPLETS[triplet] + r"(\w+)(?:@(\d+))?$", symbols, re.MULTILINE)
    return {name: size or None for name, size in found}


def main(dlls):
    listed = sorted({name for triplet in TRIPLETS for name in names_in(triplet, dlls[0])})
    sizes = {name: size for dll in dlls for name, size in names_in("i686-w64-mingw32", dll).items()
             if size}
    print("# SPDX-License-Identifier: BSD-2-Clause\n"
          f"# What {dlls[0]}.dll exports, as mingw-w64's import libraries name it.\n"
          f"# Made by import_names.py {' '.join(dlls)}; Name@8 has eight bytes of arguments.")
    for name in listed:
        print(f"{name}@{sizes[name]}" if name in sizes else name)


if __name__ == "__main__":
    main(sys.argv[1:]) if len(sys.argv) > 1 else sys.exit(__doc__)
