#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/build-linux.sh
# Builds the library and the command-line tool as a release has them and installs them into
# dist/linux-x86_64 (named by the machine's processor), after installing what is missing. The folder
# works wherever it is put: its pkg-config file finds its own place.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

sh "$root/tools/bootstrap.sh"
use_botan 3 || use_botan 2
configure "$root/build-linux" --buildtype=release --strip --prefix=/usr --libdir=lib \
    -Dtests=false -Dbotan="$botan_major" -Dpkgconfig.relocatable=true
ninja -C "$root/build-linux"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
meson install -C "$root/build-linux" --no-rebuild --quiet --destdir "$work"
license=$(pkg-config --variable=prefix "botan-$botan_major")/license.txt # of a Botan built by bootstrap.sh
[ -f "$license" ] || license=/usr/share/doc/libbotan-$botan_major-dev/copyright
cp "$license" "$work/usr/LICENSE-Botan.txt"
dist=$root/dist/linux-$(uname -m)
rm -rf "$dist"
mkdir -p "$root/dist"
mv "$work/usr" "$dist"
say "built $dist"
