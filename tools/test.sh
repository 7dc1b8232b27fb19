#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/test.sh [OPTION...]
# Builds capishim, runs its tests, and ends with the line "N passed, N failed".
#   --botan2              with the system's libbotan-2-dev in place of Botan 3
#   --sanitize=KINDS      address,undefined or thread, by the compiler
#   --valgrind            runs the tests under valgrind
#   --clang               compiles with clang
#   --suite=NAME          only this suite (may come more than once): unit, api, abi, conformance, ...;
#                         nothing else is built
#   --builddir=FOLDER     build there; otherwise each choice above has a folder of its own: build,
#                         build-botan2, build-asan, ...
#   -DNAME=VALUE          goes to meson as it is, for example -Dwerror=true
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

want=3 folder=$root/build builddir= bootstrap= build= suites= test=
for argument in "$@"; do
    value=${argument#*=}
    case $argument in
    --botan2) want=2 bootstrap=--botan2 folder=$folder-botan2 ;;
    --sanitize=thread) build="$build -Db_sanitize=thread" folder=$folder-tsan ;;
    --sanitize=*) build="$build -Db_sanitize=$value" folder=$folder-asan ;;
    --valgrind) test="$test --timeout-multiplier=20 --wrap=$root/tools/valgrind.sh" ;;
    --clang) export CC=clang CXX=clang++ && folder=$folder-clang ;;
    --suite=*) suites="$suites --suite=$value" ;;
    --builddir=*) builddir=$value ;;
    -D*) build="$build $argument" ;;
    *) fail "unknown option $argument (the file's head names them)" ;;
    esac
done
folder=${builddir:-$folder}

sh "$root/tools/bootstrap.sh" $bootstrap
use_botan $want || use_botan 2
configure "$folder" $(common_options) $build
# For chosen suites meson itself builds what their tests need.
rebuild=
if [ -z "$suites" ]; then
    rebuild=--no-rebuild
    ninja -C "$folder" -k 0 || {
        say "what does not compile cannot be tested" "0 passed, 1 failed"
        exit 1
    }
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# The user's key store stays out of it, and so do wishes that the user has for own programs.
export CAPISHIM_HOME="$work/home"
unset CAPISHIM_TRACE CAPISHIM_LEAKS CAPISHIM_STRICT CAPISHIM_FAULT
report_for_counting
export ASAN_OPTIONS="strict_string_checks=1:detect_stack_use_after_return=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}"
export TSAN_OPTIONS="halt_on_error=1:second_deadlock_stack=1${TSAN_OPTIONS:+:$TSAN_OPTIONS}"

# The thread sanitizer of Debian 12 wants memory at the places it knows: no randomized layout.
fixed_layout=
setarch -R true 2>/dev/null && fixed_layout="setarch -R"

# The count decides; meson's own verdict is part of what is counted.
log=$folder/meson-logs/testlog
rm -f "$log"*.json
$fixed_layout meson test -C "$folder" $rebuild $suites --print-errorlogs $test || true
say "" "tested with $botan"
"$python" "$root/tools/count_results.py" "$log"*.json
