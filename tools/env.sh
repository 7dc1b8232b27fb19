# SPDX-License-Identifier: BSD-2-Clause
# Sourced by the other scripts: where things lie, which Botan stands ready, how a folder is built.
# Contacts nothing.
# A caller sets `root` (the repository) before it reads this file.

python=/usr/bin/python3 # Debian's own: tomllib wants 3.11, and PATH may name another one first
: "${HOME:=$(getent passwd "$(id -u)" | cut -d : -f 6)}"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/capishim

say() { printf '%s\n' "$@"; }
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# What the engine needs, and no more. thread_utils stays out: its pool of threads does not survive fork().
botan_modules="
    aes aes_ni aes_vaes aes_vperm auto_rng cbc ccm cfb chacha chacha20poly1305 chacha_avx2
    chacha_rng chacha_simd32 cmac ctr des dh dsa ecdh ecdsa eme_oaep eme_pkcs1 eme_raw emsa_pkcs1
    emsa_pssr emsa_raw gcm ghash_cpu ghash_vperm gmac hkdf hmac kdf1 keccak_perm_bmi2 kmac
    legacy_ec_point md4 md5 ml_dsa ml_kem nist_keywrap ofb par_hash pbes2 pbkdf2
    pcurves_brainpool256r1 pcurves_brainpool384r1 pcurves_brainpool512r1 pcurves_secp192r1
    pcurves_secp224r1 pcurves_secp256k1 pcurves_secp256r1 pcurves_secp384r1 pcurves_secp521r1 pem
    poly1305 prf_tls pubkey raw_hash rc4 rfc6979 rsa sha1 sha1_sse2 sha1_x86 sha2_32 sha2_32_bmi2
    sha2_32_x86 sha2_64 sha2_64_bmi2 sha3 shake sp800_108 sp800_56a system_rng x25519 xts"

# The options of Botan's configure.py for one target: native, or the triplet of a mingw compiler.
botan_configure_options() {
    printf '%s\n' --minimized-build --enable-modules="$(echo $botan_modules | tr ' ' ',')" \
        --amalgamation --disable-shared-library --build-targets=static --without-documentation
    case $1 in
    native) printf '%s\n' --cc=gcc --extra-cxxflags='-fPIC -fvisibility=hidden' ;;
    # One translation unit holds the SSE2 code too, which 32-bit x86 does not take for granted.
    i686-*) printf '%s\n' --extra-cxxflags='-msse2 -fvisibility=hidden' --cpu=x86_32 ;;
    x86_64-*) printf '%s\n' --extra-cxxflags=-fvisibility=hidden --cpu=x86_64 ;;
    esac
    case $1 in
    # mingw's stack protector asks CryptoAPI for its canary as the DLL is loaded: that would be us.
    *-mingw32) printf '%s\n' --os=mingw --cc=gcc --cc-bin="$1-g++-posix" --ar-command="$1-ar" \
        --without-stack-protector ;;
    esac
}

# A name for what was configured for a target: another option makes another folder.
botan_configuration() { botan_configure_options "$1" | sha256sum | cut -c 1-12; }

# The folder below which Botan 3 for a target lies ready; fails when it was not built yet.
botan_prefix() {
    for pc in "$cache"/botan-*-"$(botan_configuration "$1")/$1/lib/pkgconfig/botan-3.pc"; do
        newest=$pc
    done
    [ -f "$newest" ] && say "${newest%/lib/pkgconfig/botan-3.pc}"
}

system_botan3() { pkg-config --atleast-version=3.6 botan-3 2>/dev/null; }

# use_botan 3|2: lets pkg-config find that Botan; $botan_major and $botan say which one it is.
# Fails when asked for 3 and only 2 is there.
use_botan() {
    botan_major=$1
    if [ "$1" = 2 ]; then
        botan="Botan $(pkg-config --modversion botan-2), the system's libbotan-2-dev"
    elif system_botan3; then
        botan="Botan $(pkg-config --modversion botan-3), the system's"
    elif prefix=$(botan_prefix native); then
        export PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
        botan="Botan $(pkg-config --modversion botan-3), built from Debian's source package ($prefix)"
    else
        return 1
    fi
}

# The mingw compilers' name of a Windows architecture.
triplet_of() {
    case $1 in
    x64) echo x86_64-w64-mingw32 ;;
    x86) echo i686-w64-mingw32 ;;
    *) fail "unknown architecture $1 (x64 or x86)" ;;
    esac
}

# configure FOLDER MESON_OPTION...: sets the folder up, unless it stands so already.
configure() {
    folder=$1
    shift
    wanted="${CXX:-c++} ${PKG_CONFIG_PATH:-} $*"
    [ "$(cat "$folder/configured" 2>/dev/null)" != "$wanted" ] || return 0
    rm -rf "$folder"
    meson setup "$folder" "$root" "$@"
    printf '%s\n' "$wanted" >"$folder/configured"
}

# Lets Boost.Test programs report in the way that count_results.py reads.
report_for_counting() {
    export BOOST_TEST_REPORT_LEVEL=short BOOST_TEST_REPORT_FORMAT=XML BOOST_TEST_COLOR_OUTPUT=no
}

# What run.sh and test.sh have in common, so that one build serves both.
common_options() {
    printf '%s ' --buildtype=debugoptimized -Dtests=true -Dfault_injection=true -Dbotan="$botan_major"
}
