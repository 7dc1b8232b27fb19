#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/run.sh
# Builds capishim and lets an old CryptoAPI program, compiled unchanged, do its work on real files:
# encrypt one, show the calls that it made, decrypt it, compare. Uses a key store of its own, that
# goes away with the other temporary files.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

sh "$root/tools/bootstrap.sh"
use_botan 3 || use_botan 2
configure "$root/build" $(common_options)
ninja -C "$root/build" tests/ports/encrypt_file tests/ports/decrypt_file

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
export CAPISHIM_HOME="$work/home"
unset CAPISHIM_STRICT CAPISHIM_LEAKS CAPISHIM_FAULT
ports=$root/build/tests/ports

# traced LOG PROGRAM ARGUMENT...: says what is run, and keeps a line a call.
traced() {
    log=$1
    shift
    say "\$ ${1##*/} $(shift && echo "$*")"
    CAPISHIM_TRACE=calls:"$log" "$@"
}

# round_trip FILE [PASSWORD] [CIPHER]: the file comes back the same, and was something else between.
round_trip() {
    file=$1
    shift
    rm -f "$work"/*.calls
    traced "$work/encrypt.calls" "$ports/encrypt_file" "$file" "$work/encrypted" "$@"
    traced "$work/decrypt.calls" "$ports/decrypt_file" "$work/encrypted" "$work/decrypted" "$@"
    ! cmp -s "$file" "$work/encrypted" || fail "$file was not encrypted"
    cmp "$file" "$work/decrypted" || fail "$file did not come back"
}

say "" "== encrypt_file, decrypt_file: the key is derived from a password, RC4 over MD5"
round_trip "$root/README.md" "correct horse battery staple"
say "" "the calls of encrypt_file, each with its result:"
cat "$work/encrypt.calls"

say "" "== the same with AES-256 over SHA-256, on a larger file"
round_trip "$(readlink -f "$root/build/libcapishim.so")" "correct horse battery staple" -aes256
say "calls: $(cat "$work"/*.calls | wc -l)"

say "" "== and with a session key, sealed by the exchange key of a container"
round_trip "$root/README.md" -3des

say "" "success: every file came back the same, through $botan"
