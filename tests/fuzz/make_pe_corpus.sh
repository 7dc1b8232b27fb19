#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tests/fuzz/make_pe_corpus.sh FOLDER
# Writes inputs that the fuzz target pe_image starts from: the smallest programs that the mingw-w64
# compilers and linkers make, so that they are as real as they are short. What these linkers don't
# make, delayed and bound imports, make_pe_corpus.cpp writes.
set -eu

mkdir -p "$1/pe_image"
out=$(cd "$1/pe_image" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >usual.c <<'C'
#include <windows.h>
#include <wincrypt.h>
int start(void) { return CryptReleaseContext(0, 0) + RegCloseKey(0); }
C
cat >stranger.c <<'C'
#include <windows.h>
int start(void) { ExitProcess(0); }
C
cat >unpacker.c <<'C'
#include <windows.h>
int start(void) { return GetProcAddress(LoadLibraryA("advapi32"), "CryptGenRandom")(); }
C
# build TRIPLET SOURCE LIBRARY...
build() {
    triplet=$1 source=$2 underscore=
    shift 2
    case $triplet in i686-*) underscore=_ ;; esac
    "$triplet-gcc" -Os -w -nostdlib -s -fno-ident -fno-asynchronous-unwind-tables \
        -Wl,-e,${underscore}start -Wl,--disable-reloc-section "$source.c" \
        -o "$out/$source-${triplet%%-*}" "$@"
}

for triplet in x86_64-w64-mingw32 i686-w64-mingw32; do
    build $triplet usual -ladvapi32
    build $triplet stranger -lkernel32
    build $triplet unpacker -lkernel32
done
