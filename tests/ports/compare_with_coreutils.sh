#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Holds file_hash against md5sum and its kin on real files.
#
#   compare_with_coreutils.sh FILE_HASH FILE...
set -eu

file_hash=$1
shift
for hash in md5 sha1 sha256 sha384 sha512; do
    ours=$("$file_hash" -$hash "$@")
    theirs=$("${hash}sum" "$@")
    if [ "$ours" != "$theirs" ]; then
        echo "$hash differs" "ours:" "$ours" "theirs:" "$theirs" >&2
        exit 1
    fi
    echo "$hash agrees on $# files"
done
