#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/build_botan.sh native|TRIPLET...
# Builds Botan 3 from the source package of Debian's next release into the user's cache folder, for
# this machine (native) or for Windows (the triplet of a mingw compiler). The machine's own list of
# packages stays as it is. What is there already is not built again.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

next_release=trixie
package=botan3

mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9 # two bootstraps at once: the second finds what the first has built
rm -rf "$cache"/*.unfinished # what a killed build has left

work=$(mktemp -d)
chmod 755 "$work" # apt downloads as its own user
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# apt-get, with the next release's source packages instead of this machine's packages.
next_release_apt() {
    apt-get -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/sources.list.d" \
        -o Dir::State::lists="$work/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@"
}

# Not every source of a machine has the next release, so the package itself decides whether an attempt
# was good. Apt checks the signature of the index, and the checksums of the files against it.
fetch_once() {
    next_release_apt update || true
    (cd "$work/package" && next_release_apt source --download-only "$package") &&
        ls "$work/package/"*.dsc >/dev/null
}

# Leaves the source package in the cache. An index may not match its files while a mirror is being
# renewed; that passes.
fetch() {
    mkdir -p "$work/sources.list.d" "$work/lists/partial" "$work/package"
    [ "$(id -u)" != 0 ] || chown _apt "$work/lists/partial" "$work/package"
    this_release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    "$python" "$root/tools/next_release_sources.py" "$this_release" $next_release \
        "$work/sources.list.d"
    for pause in 5 20 60 0; do
        if fetch_once; then
            mkdir -p "$cache/source"
            mv "$work/package/"*.tar.* "$cache/source/"
            mv "$work/package/"*.dsc "$cache/source/" # last: where it stands, the rest is complete
            return
        fi
        say "the source package of $package could not be had; trying again in $pause s" >&2
        sleep $pause
    done
    return 1
}

source_package() { ls "$cache/source/$package"_*.dsc 2>/dev/null | sort -V | tail -n 1; }

# Debian's version without the mark for removed files: 3.7.1+dfsg-2 is 3.7.1-2 here.
source_version() { basename "$1" .dsc | sed "s/^${package}_//; s/+dfsg[0-9.]*//"; }

# unpack DSC FOLDER: the original source with Debian's patches.
unpack() {
    mkdir "$2" "$2.debian"
    name=${1%.dsc}
    tar -xJf "${name%-*}.orig.tar.xz" -C "$2" --strip-components=1
    tar -xJf "$name.debian.tar.xz" -C "$2.debian"
    patches=$2.debian/debian/patches
    [ -f "$patches/series" ] || return 0
    sed 's/#.*//' "$patches/series" | while read -r patch _; do
        [ -z "$patch" ] || patch -s -p1 -d "$2" <"$patches/$patch"
    done
}

# build SOURCE TARGET PREFIX: into a folder of its own that gets its name when it is complete.
build() {
    stage=$(mktemp -d -p "$cache" --suffix=.unfinished)
    trap 'rm -rf "$work" "$stage"' EXIT
    botan_configure_options "$2" >"$work/options"
    set -- "$1" "$2" "$3" --prefix="$stage" --with-build-dir="$work/$2"
    while read -r option; do set -- "$@" "$option"; done <"$work/options"
    (
        cd "$1" && makefile=$work/$2/Makefile && shift 3 &&
            "$python" configure.py "$@" &&
            make -f "$makefile" -j "$(nproc)" libs &&
            make -f "$makefile" install
    ) >"$work/$2.log" 2>&1 || {
        tail -n 20 "$work/$2.log" >&2
        return 1
    }
    # The folder finds itself wherever it is moved to.
    sed -i "s|$stage|\${pcfiledir}/../..|" "$stage/lib/pkgconfig/botan-3.pc"
    cp "$1/license.txt" "$stage/"
    chmod 755 "$stage"
    mkdir -p "${3%/*}"
    mv -T "$stage" "$3"
}

for target in "$@"; do
    botan_prefix "$target" >/dev/null && continue
    [ -n "$(source_package)" ] || fetch || fail "no source package of $package"
    dsc=$(source_package)
    version=$(source_version "$dsc")
    say "building Botan $version for $target (about a minute)"
    [ -d "$work/source" ] || unpack "$dsc" "$work/source"
    build "$work/source" "$target" "$cache/botan-$version-$(botan_configuration "$target")/$target"
done
