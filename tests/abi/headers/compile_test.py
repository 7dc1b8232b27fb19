#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compiles each public header alone, and with others before and behind it.

    compile_test.py --compiler gcc --source-headers DIR --built-headers DIR [--mode alone|together|spellings]

A mode's every source must compile without a word under -Wall -Wextra -pedantic.
"""
import argparse
import itertools
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Werror"]
LANGUAGES = {"c": "-std=c11", "c++": "-std=c++20"}
WIDTHS = {"32-bit wchar_t": [], "16-bit wchar_t": ["-fshort-wchar"]}
TEXTS = {"ANSI": [], "Unicode": ["-DUNICODE", "-D_UNICODE"]}

# What a program may have in the same file. OpenSSL's types bear names that the Windows SDK has as
# macros; the C++ library's parameters bear names that old annotations have.
C_COMPANIONS = [
    "sys/socket.h", "netinet/in.h", "arpa/inet.h", "netdb.h", "sys/types.h", "sys/stat.h", "sys/time.h",
    "stdint.h", "inttypes.h", "stdio.h", "stdlib.h", "string.h", "strings.h", "wchar.h", "wctype.h",
    "unistd.h", "fcntl.h", "pthread.h", "dlfcn.h", "errno.h", "limits.h", "locale.h", "math.h",
    "signal.h", "time.h", "termios.h", "regex.h", "glob.h", "argp.h", "linux/stat.h", "linux/futex.h",
]
OPENSSL_COMPANIONS = [
    "openssl/evp.h", "openssl/x509.h", "openssl/x509v3.h", "openssl/pkcs7.h", "openssl/pkcs12.h",
    "openssl/ssl.h", "openssl/rsa.h", "openssl/rand.h", "openssl/ocsp.h", "openssl/cms.h",
    "openssl/err.h", "openssl/pem.h", "openssl/hmac.h",
]
CXX_COMPANIONS = [
    "algorithm", "any", "array", "atomic", "bitset", "charconv", "chrono", "codecvt", "compare",
    "complex", "concepts", "condition_variable", "deque", "exception", "filesystem", "forward_list",
    "fstream", "functional", "future", "initializer_list", "iomanip", "ios", "iosfwd", "iostream",
    "istream", "iterator", "limits", "list", "locale", "map", "memory", "memory_resource", "mutex",
    "new", "numeric", "optional", "ostream", "queue", "random", "ranges", "ratio", "regex", "set",
    "shared_mutex", "span", "sstream", "stack", "stdexcept", "streambuf", "string", "string_view",
    "system_error", "thread", "tuple", "type_traits", "typeinfo", "unordered_map", "unordered_set",
    "utility", "valarray", "variant", "vector", "version", "cwchar", "cstdio", "cstdlib", "cstring",
    "cctype", "cwctype",
]
EVERYTHING = ["windows.h", "wincrypt.h", "bcrypt.h", "ntstatus.h", "winerror.h", "tchar.h", "strsafe.h",
              "conio.h", "sal.h", "specstrings.h", "winternl.h", "ntsecapi.h"]


class Source:
    def __init__(self, title, language, flags, lines):
        self.title, self.language, self.flags, self.lines = title, language, flags, lines


def includes(names):
    return [f"#include <{name}>" for name in names]


def variants():
    for language, (width, w), (text, t) in itertools.product(LANGUAGES, WIDTHS.items(), TEXTS.items()):
        yield f"{language}, {width}, {text}", language, [LANGUAGES[language], *w, *t]


# Compilers for Windows have their own, which the zip leaves to them.
NOT_FOR_WINDOWS = {"conio.h", "strsafe.h", "tchar.h"}


def alone(options):
    """Each header as the first and only one, by either path, and once more behind itself."""
    left_out = NOT_FOR_WINDOWS if "mingw32" in options.compiler else set()
    headers = sorted({path.name for path in options.source_headers.glob("*.h")} - left_out)
    for header, (title, language, flags) in itertools.product(headers, variants()):
        yield Source(f"{header} ({title})", language, flags, includes([header, header, f"capishim/{header}"]))
    for header, language in itertools.product(headers, LANGUAGES):
        building = [LANGUAGES[language], "-DCAPISHIM_BUILDING"]
        if header in ("strsafe.h", "tchar.h"):  # helpers on top of the prototypes: for programs only
            continue
        yield Source(f"{header} (inside the library, {language})", language, building, includes([header]))


def openssl_found(compiler):
    probe = subprocess.run([compiler, "-xc", "-fsyntax-only", "-"], input="#include <openssl/evp.h>\n",
                           capture_output=True, text=True)
    return probe.returncode == 0


def companions(options, language):
    found = list(C_COMPANIONS)
    if openssl_found(options.compiler):
        found += OPENSSL_COMPANIONS
    return found + (CXX_COMPANIONS if language == "c++" else [])


# Old sources that use the words, and the words as names once more.
ANNOTATED = [
    "static DWORD WINAPI hash(__in_bcount(size) const BYTE *pb, __in_opt LPCSTR name, DWORD size)",
    "{ UNREFERENCED_PARAMETER(name); return size + pb[0]; }",
    "_Success_(return != 0) _Check_return_ static BOOL fill(_Out_writes_bytes_(cb) BYTE *pb, _In_ DWORD cb,",
    "  _Inout_opt_ DWORD *pcb, _Reserved_ DWORD dwFlags)",
    "{ if (pcb) *pcb = cb + dwFlags; pb[0] = 1; return TRUE; }",
    "int use(void); int use(void) { BYTE b[4] = {0}; return fill(b, 4, NULL, 0) && hash(b, NULL, 4); }",
]
OLD_WORDS = [
    "static int old_words(__in DWORD a, __out DWORD *b, __inout DWORD *c, __in_opt LPCWSTR d)",
    "{ *b = a; *c += a; return d != NULL; }",
    "int use_old(void); int use_old(void) { DWORD b, c = 0; return old_words(1, &b, &c, L\"x\"); }",
]


def together(options):
    """Ours before and behind the system's, all in one file."""
    for title, language, flags in variants():
        if "Unicode" in title:  # the same names, and these files take long
            continue
        others = companions(options, language)
        yield Source(f"ours first ({title})", language, flags, includes(EVERYTHING + others) + ANNOTATED)
        yield Source(f"ours last ({title})", language, flags, includes(others + EVERYTHING) + ANNOTATED)
    for language in LANGUAGES:
        flags = [LANGUAGES[language], "-DCAPISHIM_SAL1"]
        others = [name for name in companions(options, language) if not name.startswith("linux/")]
        for order, names in {"first": EVERYTHING + others, "last": others + EVERYTHING}.items():
            yield Source(f"ours {order}, CAPISHIM_SAL1 ({language})", language, flags,
                         includes(names) + ANNOTATED + OLD_WORDS)
    yield Source("the old words in C", "c", ["-std=c11"], includes(EVERYTHING) + OLD_WORDS)
    yield Source("the old words in C++ of their time", "c++",
                 ["-std=gnu++98", "-Wno-long-long", "-Wno-variadic-macros"],
                 includes([*EVERYTHING, "iostream", "fstream", "sstream", "map", "algorithm"]) + OLD_WORDS)


# Statements that only compile when a word or a type is what sources expect.
IDIOMS = {
    "c++": [
        "int pick(); int pick() { switch (GetLastError()) {",
        "case NTE_BAD_KEYSET: return 1; case (DWORD)NTE_EXISTS: return 2; case ERROR_MORE_DATA: return 3; } return 0; }",
        "NTSTATUS status(); NTSTATUS status() { NTSTATUS s = STATUS_NOT_FOUND; switch (s) {",
        "case STATUS_INVALID_HANDLE: return 0; default: return s; } }",
        "static_assert(std::is_same<WCHAR, wchar_t>::value, \"\");",
        "int least(int a, int b); int least(int a, int b) { return std::min(a, b) + std::numeric_limits<int>::max(); }",
        "errno_t copy(); errno_t copy() { char to[8]; WCHAR wide[8]; return strcpy_s(to, \"abc\") + wcscpy_s(wide, L\"abc\"); }",
    ],
    "c": [
        "int pick(void); int pick(void) { switch (GetLastError()) {",
        "case NTE_BAD_KEYSET: return 1; case NTE_EXISTS: return 2; case ERROR_MORE_DATA: return 3; } return 0; }",
        "_Static_assert(sizeof(WCHAR) == sizeof(L\"x\") / 2, \"\");",
        "_Static_assert((HRESULT)NTE_BAD_KEY < 0 && FAILED(NTE_BAD_KEY), \"\");",
        "int least(int a, int b); int least(int a, int b) { return min(a, max(b, 1)); }",
    ],
}
COMMON_IDIOMS = [
    "__declspec(dllexport) unsigned __int64 __cdecl big(void); unsigned __int64 __cdecl big(void) { return (unsigned __int64)1 << 40; }",
    "static __forceinline DWORD WINAPI twice(DWORD x) { return 2 * x; }",
    "DWORD four(void); DWORD four(void) { return twice(2); }",
    "typedef BOOL (WINAPI *DESTROY)(HCRYPTKEY);",
    "DESTROY look_up(void); DESTROY look_up(void) {",
    "    return (DESTROY)GetProcAddress(GetModuleHandle(TEXT(\"advapi32.dll\")), \"CryptDestroyKey\"); }",
    "void info(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *p); void info(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *p) {",
    "    BCRYPT_INIT_AUTH_MODE_INFO(*p) p->cbNonce = 12; SecureZeroMemory(p, sizeof *p); }",
    "const TCHAR *provider(void); const TCHAR *provider(void) { return MS_ENH_RSA_AES_PROV; }",
    "BCRYPT_ALG_HANDLE pseudo(void); BCRYPT_ALG_HANDLE pseudo(void) { return BCRYPT_SHA256_ALG_HANDLE; }",
    "BOOL open_it(HCRYPTPROV *p); BOOL open_it(HCRYPTPROV *p) {",
    "    return CryptAcquireContext(p, NULL, MS_DEF_PROV, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT); }",
]


def idioms(_options):
    """What sources do with the words."""
    for title, language, flags in variants():
        # as with any SDK: HRESULT against DWORD in C, and the cast of a FARPROC
        extra = ["-Wno-cast-function-type"] + (["-Wno-sign-compare"] if language == "c" else [])
        std = ["limits", "algorithm", "type_traits"] if language == "c++" else []
        linkage = ['extern "C" {', *COMMON_IDIOMS, "}"] if language == "c++" else COMMON_IDIOMS
        yield Source(f"idioms ({title})", language, flags + extra,
                     includes(EVERYTHING + std) + linkage + IDIOMS[language])


def spellings(options):
    """Each other spelling leads to a header that works."""
    ours = {path.name for path in options.source_headers.glob("*.h")}
    names = sorted(path.name for path in options.built_headers.iterdir()
                   if path.name.lower().endswith(".h") and path.name not in ours)
    if len(names) < 40:
        raise SystemExit(f"only {len(names)} other spellings in {options.built_headers}")
    for name, language in itertools.product(names, LANGUAGES):
        yield Source(f"{name} ({language})", language, [LANGUAGES[language]], includes([name, f"capishim/{name}"]))


MODES = {mode.__name__: mode for mode in (alone, together, idioms, spellings)}


def compile_source(options, source):
    compiler = options.compiler
    if source.language == "c++":
        compiler = {"gcc": "g++", "clang": "clang++"}.get(compiler, compiler)
    roots = [options.source_headers, options.built_headers]
    paths = [flag for root in roots for flag in (f"-I{root}", f"-I{root.parent}")]
    text = "\n".join([*source.lines, "typedef int something;", ""])
    command = [compiler, "-x", source.language, *source.flags, *WARNINGS, *paths, "-fsyntax-only", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    return source, done.returncode == 0 and not done.stderr, done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--source-headers", required=True, type=Path)
    parser.add_argument("--built-headers", required=True, type=Path)
    parser.add_argument("--mode", choices=MODES, required=True)
    options = parser.parse_args()
    if not shutil.which(options.compiler):
        print(f"{options.compiler} is not installed")
        return 77
    sources = list(MODES[options.mode](options))
    failed = 0
    with ThreadPoolExecutor() as pool:
        for source, passed, said in pool.map(lambda source: compile_source(options, source), sources):
            if not passed:
                failed += 1
                print(f"FAILED {source.title}\n{said[:1500]}")
    print(f"{len(sources)} sources, {failed} failed")
    return 1 if failed or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
