# SPDX-License-Identifier: BSD-2-Clause
"""What tools/release.py packs, from folders of little files: the same bytes each time, all that is
listed and nothing else."""
import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from lists import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import release  # noqa: E402  (found through the path above)

EPOCH = "1700000000"


def fill(folder, platform):
    """A file for each piece; those of a pattern with an asterisk are called 'some'."""
    for pattern in release.PLATFORMS[platform].pieces:
        path = folder / pattern.replace("*.*.*", "0.1.0").replace("*", "some")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pattern.encode() * 100)
    if platform.startswith("linux"):
        for name, target in (("libcapishim.so", "libcapishim.so.0"),
                             ("libcapishim.so.0", "libcapishim.so.0.1.0")):
            (folder / "lib" / name).unlink()
            (folder / "lib" / name).symlink_to(target)
        (folder / "bin/capi").chmod(0o700)


class Release(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name)
        self.documentation = self.root / "doc"
        for platform in release.PLATFORMS.values():
            for file in platform.licences.values():
                (self.documentation / file).parent.mkdir(parents=True, exist_ok=True)
                (self.documentation / file).write_text("a licence", encoding="utf-8")
        patch = mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=EPOCH)
        patch.start()
        self.addCleanup(patch.stop)

    def filled(self, platform):
        folder = self.root / platform
        fill(folder, platform)
        return folder

    def pack(self, platform, output="out"):
        return release.pack(platform, self.root / platform, self.root / output, self.documentation)

    def assert_refused(self, platform, text):
        with self.assertRaisesRegex(release.ReleaseError, text):
            self.pack(platform)
        self.assertFalse((self.root / "out").exists())

    def test_the_same_pieces_give_the_same_bytes(self):
        for platform in release.PLATFORMS:
            folder = self.filled(platform)
            first = self.pack(platform, "first").read_bytes()
            for number, path in enumerate(sorted(folder.rglob("*"))):
                os.utime(path, (number, number), follow_symlinks=False)
            self.assertEqual(first, self.pack(platform, "second").read_bytes())

    def test_the_zip_unpacks_to_what_was_built(self):
        folder = self.filled("windows-x64")
        archive = self.pack("windows-x64")
        top = f"capishim-{release.version()}-windows-x64"
        self.assertEqual(archive.name, top + ".zip")
        with zipfile.ZipFile(archive) as packed:
            names = packed.namelist()
            self.assertEqual(names, sorted(names))
            self.assertEqual(packed.read(f"{top}/capishim.dll"),
                             (folder / "capishim.dll").read_bytes())
            self.assertEqual({info.date_time for info in packed.infolist()},
                             {(2023, 11, 14, 22, 13, 20)})
            for name in ("README.md", "LICENSE.txt", "LICENSE-gcc-runtime.txt", "SHA256SUMS"):
                self.assertIn(f"{top}/{name}", names)

    def test_the_tarball_keeps_links_and_modes_and_no_owners(self):
        self.filled("linux-x86_64")
        with tarfile.open(self.pack("linux-x86_64")) as packed:
            top = f"capishim-{release.version()}-linux-x86_64"
            self.assertEqual(packed.getmember(f"{top}/lib/libcapishim.so").linkname,
                             "libcapishim.so.0")
            self.assertEqual(packed.getmember(f"{top}/bin/capi").mode, 0o755)
            self.assertEqual(packed.getmember(f"{top}/README.md").mode, 0o644)
            self.assertEqual({(member.uid, member.uname, member.mtime)
                              for member in packed.getmembers()}, {(0, "root", int(EPOCH))})

    def test_the_checksums_are_of_what_is_packed(self):
        self.filled("linux-x86_64")
        archive = self.pack("linux-x86_64")
        digest, name = archive.with_name(archive.name + ".sha256").read_text().split()
        self.assertEqual((digest, name),
                         (hashlib.sha256(archive.read_bytes()).hexdigest(), archive.name))
        with tarfile.open(archive) as packed:
            packed.extractall(self.root / "unpacked")
        folder = next((self.root / "unpacked").iterdir())
        checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder,
                                 capture_output=True, text=True, check=True).stdout
        files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
        self.assertEqual(checked.count(": OK"), len(files) - 1)

    def test_each_missing_piece_is_named(self):
        for platform in release.PLATFORMS:
            for pattern in release.PLATFORMS[platform].pieces:
                folder = self.filled(platform)
                for path in [path for path in folder.rglob("*")
                             if release.matches(path.relative_to(folder).as_posix(), pattern)]:
                    path.unlink()
                with self.subTest(platform=platform, pattern=pattern):
                    self.assert_refused(platform, "lacks .*" + pattern.split("*", maxsplit=1)[0])

    def test_what_nobody_listed_is_not_packed_by_chance(self):
        folder = self.filled("windows-x86")
        (folder / "secrets.txt").write_text("x", encoding="utf-8")
        self.assert_refused("windows-x86", "secrets.txt")

    def test_names_that_windows_takes_for_one_are_refused(self):
        folder = self.filled("windows-x64")
        (folder / "include/capishim/SOME.h").write_text("x", encoding="utf-8")
        self.assert_refused("windows-x64", "case alone")

    def test_what_was_not_built_is_said(self):
        self.assert_refused("windows-x64", "build it first")

    def test_a_licence_that_is_not_there_is_said(self):
        self.filled("windows-x64")
        (self.documentation / "mingw-w64-common/copyright").unlink()
        self.assert_refused("windows-x64", "mingw-w64-common/copyright")


if __name__ == "__main__":
    unittest.main()
