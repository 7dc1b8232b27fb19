#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Copies this machine's apt sources to a folder, asking for another Debian release's source packages.

usage: next_release_sources.py FROM TO FOLDER      for example: bookworm trixie /tmp/x/sources.list.d

Both notations are read: one line a source (*.list) and paragraphs of fields (*.sources). Keyrings,
addresses and options stay what they are; only the kind (deb-src) and the suite change. Only the
release's own suite is taken: -updates, -security and -backports may carry another major step of a
package than the one that the engine is measured with.
"""
import pathlib
import re
import sys

APT = pathlib.Path("/etc/apt")


def convert_list(text, old, new):
    for line in text.splitlines():
        match = re.match(r"deb\s+(\[.*?\]\s+)?(\S+)\s+(\S+)\s+(\w.*)", line.strip())
        if not match:
            continue
        options, address, suite, components = match.groups()
        if suite == old:
            yield f"deb-src {options or ''}{address} {new} {components}\n"


def convert_sources(text, old, new):
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines)):
        # A field is a line and the indented lines after it.
        fields = dict(re.findall(r"^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)", paragraph, re.M))
        fields = {name.capitalize(): value for name, value in fields.items()}
        enabled = fields.get("Enabled", "yes").lower() not in ("no", "false", "without", "off")
        suites, kinds = fields.get("Suites", "").split(), fields.get("Types", "").split()
        if enabled and old in suites and "deb" in kinds:
            fields.update({"Types": "deb-src", "Suites": new})
            yield "".join(f"{name}: {value}\n" for name, value in fields.items()) + "\n"


def main():
    old, new, folder = sys.argv[1:]
    files = [APT / "sources.list", *sorted((APT / "sources.list.d").glob("*"))]
    found = False
    for file in files:
        convert = {".list": convert_list, ".sources": convert_sources}.get(file.suffix)
        if convert and file.is_file():
            text = "".join(convert(file.read_text(), old, new))
            found = found or bool(text)
            pathlib.Path(folder, file.name).write_text(text)
    return 0 if found else "this machine's apt has no source for " + old


if __name__ == "__main__":
    sys.exit(main())
