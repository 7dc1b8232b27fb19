#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Compiles and links every port for Windows from the same sources, with the mingw-w64 compilers that
# are installed. Exit status 77 (skipped) when there is none.
#
#   compile_with_mingw.sh OUTPUT_FOLDER
#
# MINGW_ARCHITECTURES says for which processors (default: x86_64 i686), MINGW_FIRST_LIBRARY which
# import library goes before the system's.
set -eu

sources=$(cd "$(dirname "$0")" && pwd)
output=$1
libraries="${MINGW_FIRST_LIBRARY:-} -ladvapi32 -lcrypt32 -lbcrypt"
warnings="-Wall -Wextra -Wno-unknown-pragmas -Wno-format"

# mingw-w64's headers are all lower case, which only matters where file names are case-sensitive.
sdk_names="$output/sdk-names"
mkdir -p "$sdk_names"
for name in Windows WinCrypt Wincrypt; do
    lower=$(echo "$name" | tr '[:upper:]' '[:lower:]')
    echo "#include <$lower.h>" >"$sdk_names/$name.h"
done

# build COMPILER ARCHITECTURE SOURCE VARIANT FLAGS...
build() {
    compiler=$1 architecture=$2 source=$3 variant=$4
    shift 4
    program=$(basename "${source%.*}")$variant-$architecture.exe
    # shellcheck disable=SC2086
    "$compiler" -O1 $warnings -I"$sdk_names" "$@" "$source" -o "$output/$program" $libraries
    echo "built $program"
}

built=no
for architecture in ${MINGW_ARCHITECTURES:-x86_64 i686}; do
    for flavour in -posix -win32 ''; do
        c=$architecture-w64-mingw32-gcc$flavour
        cxx=$architecture-w64-mingw32-g++$flavour
        if command -v "$c" >/dev/null && command -v "$cxx" >/dev/null; then
            break
        fi
        c=
    done
    [ -n "$c" ] || continue
    for source in "$sources"/*.c; do
        build "$c" "$architecture" "$source" ''
    done
    for source in "$sources"/*.cpp; do
        build "$cxx" "$architecture" "$source" '' -static -Wno-conversion-null
        if grep -q '_tmain' "$source"; then
            build "$cxx" "$architecture" "$source" _unicode -static -Wno-conversion-null -municode -DUNICODE -D_UNICODE
        fi
    done
    built=yes
done
[ $built = yes ] || { echo "no mingw-w64 compiler found"; exit 77; }
