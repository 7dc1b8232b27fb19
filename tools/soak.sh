#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/soak.sh [--seconds=30] [--seed=N] [--build=build]
# Builds, then lets two processes hammer one key store while one of them is killed at random points:
# no container that was reported created may be lost, none half written, and nobody may hang.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

seconds=30 seed='' build=$root/build
for option in "$@"; do
    case $option in
    --seconds=*) seconds=${option#*=} ;;
    --seed=*) seed=${option#*=} ;;
    --build=*) build=${option#*=} ;;
    *) fail "unknown option $option" ;;
    esac
done

[ -f "$build/build.ninja" ] || fail "no build in $build; sh tools/test.sh makes one"
ninja -C "$build" tests/stress/stress_key_store >/dev/null
exec "$build/tests/stress/stress_key_store" "$seconds" $seed
