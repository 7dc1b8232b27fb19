#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/fuzz.sh [--seconds=N] [TARGET...]
# Builds the fuzz targets of tests/fuzz (all, or those named) with clang's libFuzzer and the address
# and undefined-behaviour sanitizers, runs each for N seconds (300), and ends with the line
# "N passed, N failed". What a run finds lies in build-fuzz/found; inputs that reach new code are
# kept in build-fuzz/corpus for the next run.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

seconds=300 targets=
for argument in "$@"; do
    case $argument in
    --seconds=*) seconds=${argument#*=} ;;
    -*) fail "unknown option $argument (the file's head names them)" ;;
    *) targets="$targets $argument" ;;
    esac
done
for source in "$root"/tests/fuzz/*_fuzz.cpp; do
    name=${source##*/}
    all="${all:-} ${name%_fuzz.cpp}"
done
targets=${targets:-$all}

sh "$root/tools/bootstrap.sh"
use_botan 3 || use_botan 2
export CC=clang CXX=clang++
folder=$root/build-fuzz
configure "$folder" $(common_options) -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false \
    -Dc_args=-fsanitize=fuzzer-no-link -Dcpp_args=-fsanitize=fuzzer-no-link

passed=0 failed=0
mkdir -p "$folder/found"
export CAPISHIM_HOME="$folder/home" # some blobs are opened with a key of the user's
for target in $targets; do
    say "" "== $target"
    mkdir -p "$folder/corpus/$target"
    if ninja -C "$folder" "tests/fuzz/$target" &&
        UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 "$folder/tests/fuzz/$target" \
            -max_total_time="$seconds" -max_len=3000 -timeout=25 -print_final_stats=1 \
            -artifact_prefix="$folder/found/$target-" \
            "$folder/corpus/$target" "$root/tests/fuzz/corpus/$target"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        say "$target failed: run it again with the input that it named, in $folder/found"
    fi
done
say "" "$passed passed, $failed failed"
[ "$failed" = 0 ]
