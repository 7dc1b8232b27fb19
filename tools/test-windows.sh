#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# usage: sh tools/test-windows.sh [x64|x86] [--zip=FILE]
# Builds the DLLs (of 64 bits, unless told), packs the zip for Windows, or takes the one that is named,
# and tests what comes out of it under Wine, in a prefix of its own: all suites but unit; the ports,
# linked to capishim.dll, and unmodified ones that find our bcrypt.dll or cryptsp.dll beside them, or
# run on the system's own advapi32.dll with our provider registered (src/package/README.md). Where
# Wine runs no 32-bit programs (wine32), those of x86 are built and their exports checked. Ends with
# the line "N passed, N failed".
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tools/env.sh"

architecture=x64 zip=
for argument in "$@"; do
    case $argument in
    x64 | x86) architecture=$argument ;;
    --zip=*) zip=${argument#*=} ;;
    *) fail "unknown option $argument (the file's head names them)" ;;
    esac
done
triplet=$(triplet_of "$architecture")
cpu=${triplet%%-*}
build=$root/build-windows-$architecture
sh "$root/tools/build-windows.sh" "$architecture"
: "${zip:=$("$python" "$root/tools/release.py" "windows-$architecture")}"
work=$(mktemp -d)
trap 'WINEPREFIX=$work/prefix wineserver -k 2>/dev/null || true; rm -rf "$work"' EXIT
"$python" -m zipfile -e "$zip" "$work/unpacked"
dist=$(echo "$work"/unpacked/*)
export WINEPREFIX="$work/prefix" WINEDEBUG=-all
[ "$architecture" = x64 ] || export WINEARCH=win32
wine wineboot --init >/dev/null 2>&1 || true
if ! wine "$dist/capi.exe" --version 2>/dev/null | grep -q capi; then # by status 0 Wine lies
    [ "$architecture" = x86 ] || fail "Wine does not run capi.exe"
    say "this Wine runs no 32-bit programs: built and checked, and nothing was run" \
        "1 passed, 0 failed"
    exit
fi
ninja -C "$build"

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

trace=$work/prefix/drive_c/trace.txt
# traced PATTERN PROGRAM: runs it, and looks for calls of that pattern in the trace. Only our DLL
# writes one, so that it proves who took them.
traced() {
    rm -f "$trace"
    CAPISHIM_TRACE='calls:C:/trace.txt' timeout 300 wine "$2" || return $?
    grep -qE "^($1)" "$trace" || { echo "no call reached capishim.dll"; return 1; }
}

# check_ports ROUTE FOLDER NAMES PATTERN: the programs there whose names match, but for the two that
# want arguments.
check_ports() {
    for program in "$2"/*.exe; do
        name=$(basename "$program" -$cpu.exe)
        case $name in
        encrypt_file | decrypt_file) continue ;;
        esac
        if echo "$name" | grep -qE "^($3)"; then
            check "$1: $name" traced "$4" "$program"
        fi
    done
}

# compile_ports FOLDER FIRST_LIBRARY
compile_ports() {
    mkdir "$1"
    MINGW_ARCHITECTURES=$cpu MINGW_FIRST_LIBRARY=$2 \
        sh "$root/tests/ports/compile_with_mingw.sh" "$1" >/dev/null
}

# compile SOURCE OUTPUT FLAG...
compile() {
    source=$1 output=$2
    shift 2
    "$triplet-gcc-posix" -Wall -Wextra "$source" -o "$output" "$@" -ladvapi32
}

fails() { ! "$@"; }

whole() { (cd "$dist" && sha256sum --quiet --check --strict SHA256SUMS); }
check 'the zip: its checksums' whole

# The suites, each program with a key store of its own as on Linux; test cases are what is counted.
run_suites() {
    log=$build/meson-logs/testlog
    rm -f "$log"*.json
    report_for_counting
    meson test -C "$build" --no-rebuild --print-errorlogs --wrap="env WINEPATH=Z:$dist" || true
    "$python" "$root/tools/count_results.py" "$log"*.json >"$work/counts" || true
    cat "$work/counts"
    read -r suites_passed _ suites_failed _ <<EOF
$(tail -n 1 "$work/counts")
EOF
    passed=$((passed + suites_passed)) failed=$((failed + suites_failed))
}
# What is loaded as a provider's image lies in the build folder.
check 'the zip: its capishim.dll is the one that was built' \
    cmp "$dist/capishim.dll" "$build/src/package/capishim.dll"
# Wine's services inherit the output of the program that starts them, and outlive it: meson would wait.
wine wineboot >/dev/null 2>&1 || true
run_suites

compile_ports "$work/linked" "$dist/capishim.dll.a"
cp "$dist/capishim.dll" "$work/linked/"
check_ports linked "$work/linked" '' 'B?Crypt|SystemFunction'
compile "$root/tests/windows/diagnostics.c" "$work/linked/diagnostics.exe" -I"$dist/include" \
    "$dist/capishim.dll.a"
check 'linked: diagnostics' wine "$work/linked/diagnostics.exe"
check "linked: round_trip" sh "$root/tests/ports/round_trip.sh" \
    "$work/linked/encrypt_file-$cpu.exe" "$work/linked/decrypt_file-$cpu.exe" \
    "$work/round_trip" "$root/README.md" wine

compile "$root/tests/windows/load_and_free.c" "$work/linked/load_and_free.exe"
check 'loaded and freed 1,000 times' timeout 600 wine "$work/linked/load_and_free.exe"
"$triplet-g++-posix" -std=c++20 -O2 -Wall -Wextra -I"$root/src" -static \
    "$root/tests/windows/threads.cpp" "$root/src/platform/win32/dll_threads.cpp" \
    -o "$work/threads.exe"
check 'threads: the mutexes within, by themselves' timeout 300 wine "$work/threads.exe"

# As any compiler for Windows leaves them: they import advapi32.dll and bcrypt.dll. Wine takes its own
# DLLs before those beside a program, unless told.
compile_ports "$work/plain" ''
cp "$dist/capishim.dll" "$dist/bcrypt.dll" "$work/plain/"
export WINEDLLOVERRIDES=bcrypt=n
check_ports 'bcrypt.dll beside' "$work/plain" cng_ BCrypt

compile_ports "$work/cryptsp" -lcryptsp
compile "$root/tests/windows/passed_on.c" "$work/cryptsp/passed_on.exe"
cp "$dist/"*.dll "$work/cryptsp/" # rsa_interop asks CNG too
export WINEDLLOVERRIDES=cryptsp,bcrypt=n
check_ports 'cryptsp.dll beside' "$work/cryptsp" '[^cp]|c[^n]' Crypt
check 'cryptsp.dll beside: passed_on' wine "$work/cryptsp/passed_on.exe"

# A private side-by-side assembly, in a folder where no DLL would be looked for without a manifest.
unset WINEDLLOVERRIDES
cp -r "$dist/sample" "$work/sample"
mkdir "$work/sample/capishim"
cp "$dist/"*.dll "$dist/capishim.manifest" "$work/sample/capishim/"
check 'manifest: sample' traced 'Crypt.* = TRUE' "$work/sample/sample.exe"
cp "$work/plain/cng_random-$cpu.exe" "$work/sample/cng_random.exe"
cp "$work/sample/sample.exe.manifest" "$work/sample/cng_random.exe.manifest"
export WINEDLLOVERRIDES=bcrypt=n
check 'manifest: an unmodified program that imports bcrypt.dll' traced BCrypt \
    "$work/sample/cng_random.exe"
unset WINEDLLOVERRIDES
mv "$work/sample/sample.exe.manifest" "$work/sample/unused"
check 'manifest: without it the DLLs are not found' fails wine "$work/sample/sample.exe"

# The same programs, unmodified but for the name in their import tables.
retarget_all() {
    for program in "$1"/*.exe; do
        wine "$dist/capi.exe" retarget "$program" || [ $? = 3 ] || return 1 # 3: nothing to change
    done
}

compile "$root/tests/windows/other_names.c" "$work/other_names.exe"
for program in "$work/other_names.exe" "$work/plain/schannel_handshake-$cpu.exe"; do
    name=$(basename "$program" .exe)
    check "retargeted: $name, before and after" sh "$root/tests/windows/retarget_proof.sh" \
        "$dist/capi.exe" "$dist/capishim.dll" "$program" "$work/proof-$name"
done
export WINEDLLOVERRIDES=bcrypt=n
cp -r "$work/plain" "$work/retargeted"
check 'retargeted: capi retarget' retarget_all "$work/retargeted"
check_ports retargeted "$work/retargeted" '[^c]|c[^n]' Crypt

# The provider that the system's own advapi32 loads. The ports that ask CNG too find our bcrypt.dll.
registered_state() { wine reg export 'HKLM\SOFTWARE\Microsoft\Cryptography\Defaults' "$1" /y; }
register() { wine regsvr32 /s "$@" 'C:\capishim\capishim.dll'; }
unregistering_leaves_nothing() {
    register /u /i:microsoft
    registered_state "$work/after.reg"
    cmp "$work/before.reg" "$work/after.reg"
}

mkdir "$work/prefix/drive_c/capishim"
cp "$dist/capishim.dll" "$work/prefix/drive_c/capishim/"
unset WINEDLLOVERRIDES
registered_state "$work/before.reg" >/dev/null
compile "$root/tests/windows/registered_names.c" "$work/registered_names.exe"
check 'registered: regsvr32' register
check 'registered: names of its own' traced CPAcquireContext "$work/registered_names.exe"
check 'registered: regsvr32 /i:microsoft' register /n /i:microsoft
# Wine's advapi32 refuses KP_X without data by itself.
rm "$work/plain/dh_exchange-$cpu.exe" "$work/plain/schannel_dh_handshake-$cpu.exe"
compile "$root/tests/windows/opaque_key.c" "$work/plain/opaque_key-$cpu.exe"
export WINEDLLOVERRIDES=bcrypt=n
check_ports registered "$work/plain" '[^c]|c[^n]' CPAcquireContext
unset WINEDLLOVERRIDES
cp "$work/plain/opaque_key-$cpu.exe" "$work/opaque_key.exe"
check 'registered: DPAPI asks our provider' traced 'CPExportKey.*= TRUE' "$work/opaque_key.exe"
user_key=$(find "$work/prefix/drive_c/users" -name user.key)
check 'registered: DPAPI protects the key of the user' [ "$(wc -c <"$user_key")" -gt 32 ]
# A scratch prefix can have another crypt32.dll in the system's folder.
compile "$root/tests/windows/recursive_crypt32.c" \
    "$work/prefix/drive_c/windows/system32/crypt32.dll" -shared -DDPAPI_IMP= -Wl,--kill-at
export WINEDLLOVERRIDES=crypt32=n CAPISHIM_HOME=C:/recursive
check 'registered: a DPAPI that comes back is told that it is busy' \
    traced 'CPExportKey.*ERROR_BUSY' "$work/opaque_key.exe"
unset CAPISHIM_HOME
check 'registered: unregistering leaves nothing' unregistering_leaves_nothing
unset WINEDLLOVERRIDES

say "$passed passed, $failed failed"
[ "$failed" = 0 ]
