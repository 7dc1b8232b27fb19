#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/bootstrap.sh [--ci] [--botan2] [--windows=TRIPLET] [--retry]
# Makes a Debian 12 machine ready to build capishim: packages, and Botan 3 in the user's cache folder.
#   --ci        also what .ci/run needs: clang, valgrind, the mingw compilers, wine, both Botans
#   --botan2    the system's libbotan-2-dev in place of Botan 3
#   --windows=x86_64-w64-mingw32, --windows=i686-w64-mingw32
#               also Botan 3 for Windows, its compilers, and Wine
#   --retry     tries for Botan 3 again, where an earlier try failed today
# Where everything is there already, nothing is contacted and it ends at once.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

packages="binutils g++ libbenchmark-dev libboost-dev libboost-test-dev libcli11-dev libssl-dev meson
    ninja-build openssl pkg-config python3"
botan3_packages="make patch xz-utils"
botan2_packages="libbotan-2-dev"
mingw_packages="g++-mingw-w64-i686-posix g++-mingw-w64-x86-64-posix"
ci_packages="$botan2_packages $mingw_packages clang clang-format clang-tidy git libc6-dbg
    libclang-rt-14-dev valgrind wine wine64"

want=3 targets=native
for argument in "$@"; do
    case $argument in
    --ci) packages="$packages $ci_packages" ;;
    --botan2) want=2 packages="$packages $botan2_packages" ;;
    --windows=*-w64-mingw32)
        packages="$packages $mingw_packages wine wine64"
        targets="$targets ${argument#*=}"
        ;;
    --retry) rm -rf "$cache/no-botan3" "$cache/source" ;;
    *) fail "unknown option $argument (the file's head names them)" ;;
    esac
done

missing_packages() {
    for name in "$@"; do
        status=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) || status=
        [ "$status" = installed ] || printf '%s ' "$name"
    done
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@" </dev/null
}

# need PACKAGE...: installs what is missing. The index is only fetched where the machine's own is too
# old, or was never there.
need() {
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    say "missing packages: $missing"
    [ "$(id -u)" = 0 ] || fail "run this once as root: apt-get install $missing"
    apt_install $missing >/dev/null 2>&1 && return
    apt-get -q update </dev/null
    apt_install $missing
}

# Today's failure is remembered: a machine without the next release's sources isn't kept waiting.
botan3_failed_today() { [ -n "$(find "$cache/no-botan3" -mmin -1440 2>/dev/null)" ]; }

have_botan3() {
    for target in $targets; do
        [ "$target" = native ] && system_botan3 && continue
        botan_prefix "$target" >/dev/null || return 1
    done
}

# Builds Botan 3. On failure the reason stands in no-botan3.
get_botan3() {
    need $botan3_packages
    mkdir -p "$cache"
    say "getting Botan 3 from the next Debian release's source package, and building it: some minutes"
    if sh "$root/tools/build_botan.sh" $targets >"$cache/botan3.log" 2>&1; then
        rm -f "$cache/no-botan3"
    else
        tail -n 5 "$cache/botan3.log" >"$cache/no-botan3"
        return 1
    fi
}

need $packages
if [ $want = 3 ] && ! have_botan3; then
    if botan3_failed_today || ! get_botan3; then
        say "Botan 3 could not be had (the log: $cache/botan3.log), so Botan 2 is taken. The reason:"
        sed 's/^/    /' "$cache/no-botan3"
        [ "$targets" = native ] || exit 1 # Debian has no Botan for Windows to fall back to
        need $botan2_packages
    fi
fi
use_botan $want || use_botan 2
say "capishim: uses $botan"
