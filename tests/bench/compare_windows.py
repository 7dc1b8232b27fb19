#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Runs the benchmark program for Windows under Wine, with our DLLs beside it and without, by turns,
and prints both sides' times of a call.

usage: compare_windows.py FOLDER REPETITIONS ROWS

FOLDER holds ours/bench.exe with the DLLs, and builtin/bench.exe, the same program alone. ROWS is a
part of the names of the rows to run, or empty. Ends with an error where a side's calls went anywhere
but to the DLLs that it is there to measure.
"""
import os
import statistics
import subprocess
import sys
from pathlib import Path

# side -> what Wine is told of the DLLs, and where its calls must end
SIDES = {
    "ours": ("cryptsp,bcrypt=n", r"\ours\capishim.dll"),
    "builtin": ("", "C:\\windows\\system32\\%s"),
}
DLLS = ("cryptsp.dll", "bcrypt.dll")


def run(folder, side, rows):
    """The program's lines, as lists of fields."""
    environment = os.environ | {"WINEDLLOVERRIDES": SIDES[side][0]}
    program = Path(folder, side, "bench.exe")
    result = subprocess.run(["wine", program, rows], env=environment, stdout=subprocess.PIPE,
                            check=True, text=True)
    return [line.split("\t") for line in result.stdout.splitlines()]


def check_modules(side, lines):
    found = {dll: path for kind, dll, path in lines if kind == "module"}
    for dll in DLLS:
        wanted = SIDES[side][1].replace("%s", dll)
        if not found[dll].lower().endswith(wanted.lower()):
            sys.exit(f"{side}: {dll} led to {found[dll]}, not to {wanted}")
    return ", ".join(f"{dll} led to {path}" for dll, path in found.items())


class Row:
    """One side's samples of a row, or the code that it was refused with."""

    def __init__(self):
        self.samples = []
        self.refused = None
        self.luck = False

    def add(self, kind, value):
        self.luck = kind == "luck"
        if kind == "refused":
            self.refused = value
        else:
            self.samples.append(float(value))

    def time(self):
        """The best sample; where the work itself differs from call to call, the mean."""
        if self.refused:
            return None
        return statistics.mean(self.samples) if self.luck else min(self.samples)

    def __str__(self):
        return f"refused {self.refused}" if self.refused else f"{self.time():.1f}"


def measure(folder, repetitions, rows):
    """side -> name of the row -> Row"""
    table = {side: {} for side in SIDES}
    for repetition in range(repetitions):
        for side in list(SIDES)[::-1 if repetition % 2 else 1]:
            lines = run(folder, side, rows)
            modules = check_modules(side, lines)
            if repetition == 0:
                print(f"{side}: {modules}")
            for kind, name, value in lines:
                if kind != "module":
                    table[side].setdefault(name, Row()).add(kind, value)
    return table


def main():
    folder, repetitions, rows = sys.argv[1:]
    table = measure(folder, int(repetitions), rows)
    print(f"\n{'row':<45} {'ours ns':>18} {'builtin ns':>18} {'ratio':>7}")
    for name, ours in table["ours"].items():
        builtin = table["builtin"][name]
        both = ours.time() and builtin.time()
        ratio = f"{ours.time() / builtin.time():.3f}" if both else "-"
        print(f"{name:<45} {ours!s:>18} {builtin!s:>18} {ratio:>7}")


if __name__ == "__main__":
    main()
