#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/build-windows.sh [x64|x86]...
# Cross-builds the Windows DLLs (src/package/README.md) with mingw-w64 on a static Botan 3 into
# dist/windows-ARCH (x64 when none is named), with their import libraries and .def files, after
# installing what is missing. Built again from the same sources they are the same, byte for byte.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

build_windows() {
    triplet=$(triplet_of "$1")
    sh "$root/tools/bootstrap.sh" --windows="$triplet"
    prefix=$(botan_prefix "$triplet")
    # PKG_CONFIG_LIBDIR: this machine's own libraries are not the target's.
    PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig
    PKG_CONFIG_PATH=$PKG_CONFIG_LIBDIR
    export PKG_CONFIG_LIBDIR PKG_CONFIG_PATH
    folder=$root/build-windows-$1
    cross=$root/src/package/cross/$triplet.ini
    # Meson reads the options in it once, so another file is another configuration.
    CXX="$triplet $(cksum <"$cross")" configure "$folder" --cross-file "$cross" \
        -Dbotan=3 --buildtype=release --strip
    ninja -C "$folder" package
    dist=$root/dist/windows-$1
    rm -rf "$dist"
    mkdir -p "$dist/include/capishim/detail" "$dist/sample"
    for dll in capishim bcrypt cryptsp; do
        cp "$folder/src/package/$dll.dll" "$folder/src/package/$dll.def" \
            "$folder/src/package/import_libraries/$dll.dll.a" "$dist/"
    done
    cp "$folder/tools/capi/capi.exe" "$dist/"
    cp "$folder/src/package/capishim.manifest" "$dist/"
    cp "$root/tests/windows/sample.c" "$folder/src/package/sample.exe" \
        "$folder/src/package/sample.exe.manifest" "$dist/sample/"
    cp "$root"/include/capishim/*.h "$dist/include/capishim/"
    (cd "$dist/include/capishim" && rm conio.h cspdk.h strsafe.h tchar.h) # for Linux
    cp "$root"/include/capishim/detail/*.h "$folder"/include/capishim/detail/*.h \
        "$dist/include/capishim/detail/"
    cp "$root/LICENSE" "$dist/LICENSE.txt"
    cp "$prefix/license.txt" "$dist/LICENSE-Botan.txt"
    "$python" "$root/tests/abi/windows_dlls_test.py" "$dist" "$triplet-objdump"
    say "built $dist"
}

for architecture in "${@:-x64}"; do
    (build_windows "$architecture")
done
