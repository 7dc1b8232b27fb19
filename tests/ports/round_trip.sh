#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Takes real files through encrypt_file and decrypt_file and compares: each cipher, with a password and
# with a sealed session key, and the lengths where the last section is empty, whole or one byte long.
#
#   round_trip.sh ENCRYPT_FILE DECRYPT_FILE WORK_FOLDER REAL_FILE [RUNNER]
set -eu

encrypt=$(realpath "$1") decrypt=$(realpath "$2") folder=$3 real_file=$(realpath "$4") runner=${5:-}
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"

fail() {
    echo "round_trip: $*" >&2
    exit 1
}

# round_trip PLAIN ARGUMENTS...
round_trip() {
    plain=$1
    shift
    $runner "$encrypt" "$plain" sealed "$@" >log || fail "encrypt_file $plain $* failed"
    $runner "$decrypt" sealed opened "$@" >>log || fail "decrypt_file $plain $* failed"
    cmp "$plain" opened || fail "$plain $* came back changed"
    if [ "$plain" = real ] && cmp -s real sealed; then
        fail "$plain $* was not encrypted"
    fi
}

cp "$real_file" real
for length in 0 1 991 992 999 1000 1001 2000 3999 4000 8000; do
    head -c $length /dev/zero | tr '\0' 'p' >"plain-$length"
    [ "$(wc -c <"plain-$length")" -eq $length ] || fail "could not make a file of $length bytes"
done

for cipher in -rc4 -3des -aes256; do
    for plain in real plain-*; do
        round_trip "$plain" "Secret Password" $cipher
    done
    round_trip real $cipher
    echo "round trips with $cipher passed"
done

# Another password must not open it. CBC padding tells; RC4 cannot know, but gives other bytes.
$runner "$encrypt" real sealed "Secret Password" -rc4 >log
$runner "$decrypt" sealed opened "secret password" -rc4 >log || true
if cmp -s real opened; then
    fail "a wrong password opened the file"
fi

# Once the container is gone nobody reads the file again.
$runner "$encrypt" real sealed >log
$runner "$decrypt" sealed opened -deletekeys >log
cmp real opened || fail "the sealed session key did not open the file"
if $runner "$decrypt" sealed opened >log 2>&1; then
    fail "the file opened without its key container"
fi
echo "the deleted container opens nothing"
