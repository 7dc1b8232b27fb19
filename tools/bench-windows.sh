#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/bench-windows.sh [--repetitions=N] [--rows=TEXT]
# Builds the 64-bit DLLs, and runs one benchmark program under Wine with them beside it and without,
# by turns; prints a table of both sides (tests/bench/README.md). --rows: only those whose name has
# TEXT in it.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

repetitions=15 rows=
for argument in "$@"; do
    case $argument in
    --repetitions=*) repetitions=${argument#*=} ;;
    --rows=*) rows=${argument#*=} ;;
    *) fail "unknown option $argument (the file's head names them)" ;;
    esac
done

sh "$root/tools/build-windows.sh" x64
work=$(mktemp -d)
trap 'WINEPREFIX=$work/prefix wineserver -k 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/builtin" "$work/ours"
ninja -C "$root/build-windows-x64" tests/bench/windows_bench.exe
for side in builtin ours; do
    cp "$root/build-windows-x64/tests/bench/windows_bench.exe" "$work/$side/bench.exe"
done
for dll in capishim bcrypt cryptsp; do
    cp "$root/dist/windows-x64/$dll.dll" "$work/ours/"
done

export WINEPREFIX="$work/prefix" WINEDEBUG=-all
wine wineboot --init >/dev/null 2>&1 || true
say "$(wine --version), load average $(cut -d ' ' -f 1-3 /proc/loadavg)"
"$python" "$root/tests/bench/compare_windows.py" "$work" "$repetitions" "$rows"
