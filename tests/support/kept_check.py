# SPDX-License-Identifier: BSD-2-Clause
"""Runs a check that only reads files, unless it passed before with the same files and tools.

    kept_check.py --record FILE --inputs PATH... [--tools NAME...] -- COMMAND...

For checks that compile the same headers a thousand ways: minutes of work whose answer cannot change
while nothing they read has changed. Failures and skips (exit status 77) are never kept, and a new
build folder starts without records.
"""
import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path


def files_of(paths):
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*")
                              if p.is_file() and "__pycache__" not in p.parts)
        else:
            yield path


def fingerprint(inputs, tools, command):
    digest = hashlib.sha256("\0".join(command).encode())
    for path in files_of(inputs):
        digest.update(f"\0{path}\0".encode())
        digest.update(path.read_bytes())
    for tool in tools:
        found = shutil.which(tool)
        stat = os.stat(os.path.realpath(found)) if found else None
        digest.update(f"\0{tool} {found} {stat and (stat.st_size, stat.st_mtime_ns)}".encode())
    return digest.hexdigest()


def main():
    arguments, command = sys.argv[1:], []
    if "--" in arguments:
        cut = arguments.index("--")
        arguments, command = arguments[:cut], arguments[cut + 1:]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--inputs", nargs="+", required=True)
    parser.add_argument("--tools", nargs="*", default=[])
    options = parser.parse_args(arguments)
    if not command:
        parser.error("no command after --")
    mark = fingerprint(options.inputs, options.tools, command)
    if options.record.exists() and options.record.read_text(encoding="utf-8") == mark:
        print("passed before; nothing that it reads has changed since")
        return 0
    status = subprocess.run(command, check=False).returncode
    if status == 0:
        options.record.parent.mkdir(parents=True, exist_ok=True)
        options.record.write_text(mark, encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
