#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Opens a container with the commands of csp/keystore/README.md and compares what comes out.
#
#   run_page.sh MAKE_CONTAINER README WORK_FOLDER
set -eu

make_container=$(realpath "$1") page=$(realpath "$2") folder=$3
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
export CAPISHIM_HOME="$PWD/home"

fail() {
    echo "run_page: $*" >&2
    exit 1
}

openssl req -x509 -newkey rsa:1024 -nodes -keyout own.pem -subj /CN=capishim -days 30 -out own.crt 2>log
openssl x509 -in own.crt -outform DER -out own.der

awk '/^```/ { inside = $0 == "```sh"; next } inside' "$page" >commands.sh
[ "$(wc -l <commands.sh)" -gt 5 ] || fail "the page has no commands"

# check_page SOURCE_OF_PASSPHRASE: makes a container and runs the page on it
check_page() {
    rm -rf home exchange.pem signature.pem exchange.crt
    "$make_container" own.der >told || fail "no container was made"
    container=$(echo home/RSA/*/"$(sed -n 's/^file=//p' told)")
    export container keyfile
    sh -eu commands.sh >log 2>&1 || fail "the page's commands fail with $1: $(cat log)"
    for pair in exchange signature; do
        theirs=$(openssl rsa -in $pair.pem -noout -modulus)
        [ "$theirs" = "Modulus=$(sed -n "s/^$pair=//p" told)" ] || fail "another $pair key with $1"
    done
    cmp own.crt exchange.crt || fail "another certificate"

    # A change of a flag must not pass the page's own check.
    sed 's/^flags: none/flags: exportable/' "$container" >changed
    cmp -s changed "$container" && fail "nothing to change"
    container=changed
    if sh -eu commands.sh >log 2>&1; then
        fail "the page's commands take a changed file with $1"
    fi
    echo "the page opens a container with $1"
}

keyfile=$(echo home/RSA)/$(id -un)/.passphrase
check_page "the passphrase that was made"

keyfile=$PWD/key.txt
export CAPISHIM_KEY_FILE="$keyfile"
check_page "a key file"
printf 'correct horse, battery staple\nsecond line\n' >key.txt
check_page "a key file of the user's"

unset CAPISHIM_KEY_FILE
printf 'a phrase' >key.txt
export CAPISHIM_PASSPHRASE='a phrase'
check_page "a passphrase"
