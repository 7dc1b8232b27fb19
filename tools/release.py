#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Packs what was built for giving away: a zip for Windows, a tarball for Linux.

usage: release.py PLATFORM... [--from FOLDER] [--output FOLDER]

PLATFORM is windows-x64, windows-x86 or linux-x86_64. What is packed lies in dist/PLATFORM, where
build-windows.sh and build-linux.sh leave it, or in the folder that --from names. A piece that is missing,
or that nobody listed, ends the run before anything is written. The same pieces give the same bytes:
entries are sorted, owners and modes uniform, and every time is SOURCE_DATE_EPOCH or else the commit's.
"""
import argparse
import gzip
import hashlib
import io
import os
import re
import stat
import subprocess
import sys
import tarfile
import time
import zipfile
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTATION = Path("/usr/share/doc")
OWN_DOCUMENTS = {"LICENSE.txt": "LICENSE", "CHANGELOG.md": "CHANGELOG.md"}
SUMS = "SHA256SUMS"


class ReleaseError(Exception):
    """Nothing is packed; the text says why."""


@dataclass(frozen=True)
class Platform:
    """Patterns of the pieces; each must match something, and each file in the folder one of them."""
    pieces: tuple
    documents: dict  # name in the package -> file of this tree
    licences: dict   # name in the package -> file of this machine's packages, of what is linked in
    archive: str     # ending


WINDOWS = Platform(
    pieces=(
        *(name + ending for name in ("bcrypt", "capishim", "cryptsp")
          for ending in (".dll", ".dll.a", ".def")),
        "capi.exe",
        "capishim.manifest",
        "include/capishim/*.h",
        "include/capishim/detail/*.h",
        "LICENSE-Botan.txt",
        "sample/*.c",
        "sample/*.exe",
        "sample/*.manifest",
    ),
    documents={**OWN_DOCUMENTS, "README.md": "README.md", "dlls.md": "src/package/README.md",
               "capi.md": "tools/capi/README.md"},
    licences={"LICENSE-CLI11.txt": "libcli11-dev/copyright",
              "LICENSE-gcc-runtime.txt": "gcc-mingw-w64-base/copyright",
              "LICENSE-mingw-w64.txt": "mingw-w64-common/copyright"},
    archive="zip")

LINUX = Platform(
    pieces=(
        "bin/capi",
        "include/capishim/*.H",  # as some sources spell them
        "include/capishim/*.h",
        "include/capishim/detail/*.h",
        "lib/libcapishim.so",
        "lib/libcapishim.so.0",
        "lib/libcapishim.so.*.*.*",
        "lib/pkgconfig/capishim.pc",
        "LICENSE-Botan.txt",
    ),
    documents={**OWN_DOCUMENTS, "README.md": "README.md", "include.md": "include/README.md",
               "capi.md": "tools/capi/README.md"},
    licences={"LICENSE-CLI11.txt": "libcli11-dev/copyright"},
    archive="tar.gz")

PLATFORMS = {"linux-x86_64": LINUX, "windows-x64": WINDOWS, "windows-x86": WINDOWS}


@dataclass(frozen=True)
class Entry:
    contents: bytes  # of a link: where it points
    executable: bool = False
    link: bool = False


# ---- what is packed ------------------------------------------------------------------------------


def read_entry(path):
    if path.is_symlink():
        return Entry(os.readlink(path).encode(), link=True)
    return Entry(path.read_bytes(), executable=bool(path.stat().st_mode & stat.S_IXUSR))


def matches(name, pattern):
    """Part by part, so that '*' does not reach into folders."""
    names, patterns = name.split("/"), pattern.split("/")
    return len(names) == len(patterns) and all(map(fnmatchcase, names, patterns))


def read_pieces(folder, platform):
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")
                   if path.is_symlink() or path.is_file())
    wanted = (*platform.pieces, *platform.documents, *platform.licences)
    missing = [pattern for pattern in platform.pieces
               if not any(matches(name, pattern) for name in names)]
    strangers = [name for name in names if not any(matches(name, pattern) for pattern in wanted)]
    if missing:
        raise ReleaseError(f"{folder} lacks {', '.join(missing)}")
    if strangers:
        raise ReleaseError(f"{folder} has what no list names: {', '.join(strangers)}")
    return {name: read_entry(folder / name) for name in names}


def read_documents(files, folder):
    entries = {}
    for name, file in files.items():
        path = folder / file
        if not path.is_file():
            raise ReleaseError(f"{name} is to be {path}, which is not there")
        entries[name] = Entry(path.read_bytes())
    return entries


def sums_of(entries):
    """In the form that `sha256sum --check` reads."""
    lines = [f"{hashlib.sha256(entry.contents).hexdigest()}  {name}\n"
             for name, entry in sorted(entries.items()) if not entry.link]
    return Entry("".join(lines).encode())


def collect(folder, platform, documentation=DOCUMENTATION):
    if not folder.is_dir():
        raise ReleaseError(f"there is no {folder}: build it first")
    entries = {**read_pieces(folder, platform), **read_documents(platform.documents, ROOT),
               **read_documents(platform.licences, documentation)}
    if platform.archive == "zip" and len({name.lower() for name in entries}) < len(entries):
        raise ReleaseError("two names differ in case alone, which Windows takes for one")
    return {**entries, SUMS: sums_of(entries)}


# ---- how it is packed ----------------------------------------------------------------------------


def mode_of(entry):
    return 0o755 if entry.executable else 0o644


def write_zip(path, top, entries, epoch):
    date = time.gmtime(max(epoch, 315532800))[:6]  # a zip knows no year before 1980
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, entry in sorted(entries.items()):
            info = zipfile.ZipInfo(f"{top}/{name}", date)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, whose modes these are
            info.external_attr = (stat.S_IFREG | mode_of(entry)) << 16
            archive.writestr(info, entry.contents)


def write_tarball(path, top, entries, epoch):
    with open(path, "wb") as file, \
            gzip.GzipFile("", "wb", 9, file, mtime=epoch) as packed, \
            tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, entry in sorted(entries.items()):
            info = tarfile.TarInfo(f"{top}/{name}")
            info.mtime, info.uname, info.gname = epoch, "root", "root"
            info.mode = 0o777 if entry.link else mode_of(entry)
            if entry.link:
                info.type, info.linkname = tarfile.SYMTYPE, entry.contents.decode()
                archive.addfile(info)
            else:
                info.size = len(entry.contents)
                archive.addfile(info, io.BytesIO(entry.contents))


WRITERS = {"zip": write_zip, "tar.gz": write_tarball}


def version():
    text = (ROOT / "meson.build").read_text(encoding="utf-8")
    return re.search(r"^  version: '([^']+)'", text, re.MULTILINE).group(1)


def commit_time():
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    result = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%ct"], capture_output=True,
                            text=True, check=False)
    if result.returncode:
        raise ReleaseError("no SOURCE_DATE_EPOCH, and no commit to take the time from")
    return int(result.stdout)


def pack(name, folder, output, documentation=DOCUMENTATION):
    """Writes the archive, and its checksum beside it. @return  the archive's path"""
    platform = PLATFORMS[name]
    entries = collect(folder, platform, documentation)
    top = f"capishim-{version()}-{name}"
    output.mkdir(parents=True, exist_ok=True)
    archive = output / f"{top}.{platform.archive}"
    draft = output / (archive.name + ".unfinished")
    WRITERS[platform.archive](draft, top, entries, commit_time())
    draft.replace(archive)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    (output / (archive.name + ".sha256")).write_text(f"{digest}  {archive.name}\n", encoding="utf-8")
    return archive


def main(arguments):
    parser = argparse.ArgumentParser(description="Packs what was built, for giving away.")
    parser.add_argument("platform", nargs="+", choices=PLATFORMS)
    parser.add_argument("--from", dest="folder", type=Path, help="instead of dist/PLATFORM")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="for the archives (dist)")
    options = parser.parse_args(arguments)
    if options.folder and len(options.platform) > 1:
        parser.error("--from is for one platform")
    for name in options.platform:
        print(pack(name, options.folder or ROOT / "dist" / name, options.output))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (ReleaseError, OSError) as error:
        sys.exit(f"release.py: {error}")
