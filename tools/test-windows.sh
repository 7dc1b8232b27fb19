#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/test-windows.sh
# Builds the 64-bit DLL and runs the ports on it under Wine, in a prefix of their own. Ends with the
# line "N passed, N failed".
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

sh "$root/tools/build-windows.sh" x64
work=$(mktemp -d)
trap 'WINEPREFIX=$work/prefix wineserver -k 2>/dev/null || true; rm -rf "$work"' EXIT
programs=$work/programs
mkdir "$programs"
MINGW_ARCHITECTURES=x86_64 MINGW_FIRST_LIBRARY="$root/dist/windows-x64/capishim.dll.a" \
    sh "$root/tests/ports/compile_with_mingw.sh" "$programs"
cp "$root/dist/windows-x64/capishim.dll" "$programs/"

export WINEPREFIX="$work/prefix" WINEDEBUG=-all
wine wineboot --init >/dev/null 2>&1 || true

passed=0 failed=0
# check NAME COMMAND...: counts how the command ends; its output is shown where it fails.
check() {
    name=$1
    shift
    status=0
    "$@" >"$work/log" 2>&1 </dev/null || status=$?
    if [ $status = 0 ]; then
        passed=$((passed + 1))
        say "$name: OK"
    elif [ $status = 77 ]; then
        say "$name: SKIPPED, $(cat "$work/log")"
    else
        failed=$((failed + 1))
        say "$name: FAIL"
        sed 's/^/    /' "$work/log"
    fi
}

# Only our DLL writes a trace, so that one proves who took the calls.
run_traced() {
    trace=$work/prefix/drive_c/trace.txt
    rm -f "$trace"
    CAPISHIM_TRACE='calls:C:/trace.txt' wine "$1" || return $?
    grep -qE '^(B?Crypt|SystemFunction)' "$trace" || { echo "no call reached capishim.dll"; return 1; }
}

for program in "$programs"/*.exe; do
    name=$(basename "$program")
    case $name in
    encrypt_file-* | decrypt_file-*) ;;
    *) check "$name" run_traced "$program" ;;
    esac
done
check round_trip sh "$root/tests/ports/round_trip.sh" "$programs/encrypt_file-x86_64.exe" \
    "$programs/decrypt_file-x86_64.exe" "$work/round_trip" "$root/README.md" wine
say "$passed passed, $failed failed"
[ "$failed" = 0 ]
