#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: retarget_proof.sh CAPI_EXE CAPISHIM_DLL PROGRAM_EXE FOLDER
# A built program before and after `capi retarget`, under Wine: the trace, which only our DLL writes,
# says who took its calls. Its output stays the same, and --undo brings back the same bytes.
set -eu

capi=$1 dll=$2 original=$3 folder=$4
mkdir -p "$folder"
cp "$dll" "$folder/capishim.dll"
cp "$original" "$folder/program.exe"
cd "$folder"

fail() {
    echo "$*"
    exit 1
}

# run LABEL: leaves LABEL.out, and LABEL.trace where calls reached us.
run() {
    rm -f trace
    CAPISHIM_TRACE=calls:trace wine program.exe >"$1.out" || fail "$1: the program failed: $(cat "$1.out")"
    [ ! -f trace ] || mv trace "$1.trace"
}

run before
[ ! -s before.trace ] || fail "calls reached capishim.dll before: $(cat before.trace)"

wine "$capi" retarget --dry-run program.exe
cmp program.exe "$original"
wine "$capi" retarget program.exe
cmp program.exe.bak "$original"
status=0
wine "$capi" retarget program.exe || status=$?
[ $status = 3 ] || fail "retargeting again ended with $status"

run after
grep -q '^Crypt.* = TRUE' after.trace || fail "no call reached capishim.dll"
cmp before.out after.out

wine "$capi" retarget --undo program.exe
cmp program.exe "$original"
[ ! -e program.exe.bak ] || fail "the backup is still there"
run undone
[ ! -s undone.trace ] || fail "calls reached capishim.dll after --undo"
