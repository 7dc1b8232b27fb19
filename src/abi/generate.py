#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Turns the interface lists (*.toml in this folder) into everything that follows from them.

    generate.py OUTPUT --output FILE LIST.toml ...   writes one generated file
    generate.py coverage [--check]                   brings the README pages' tables up to date

README.md in this folder describes the fields of a list and what each output is for.
"""
import argparse
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VERSION_NODE = "CAPISHIM_0"
TWIN_SUFFIX = "_w32"

# kind in a list -> kind in the trace table; a string of wide text becomes wide_string
PARAM_KINDS = {
    "alg_id": "alg_id",
    "bool": "boolean",
    "bytes": "bytes",
    "flags": "flags",
    "handle_alg": "handle",
    "handle_any": "handle",
    "handle_hash": "handle",
    "handle_key": "handle",
    "handle_prov": "handle",
    "handle_secret": "handle",
    "integer": "integer",
    "length": "length",
    "length_ptr": "length_ptr",
    "out_handle": "out_handle",
    "param_id": "param_id",
    "pointer": "pointer",
    "secret": "secret",
    "string": "string",
}
RESULT_KINDS = {"BOOL": "boolean", "BOOLEAN": "byte_boolean", "NTSTATUS": "ntstatus",
                "VOID": "nothing"}
DIRECTIONS = ("in", "out", "inout")
STATES = ("done", "listed")
PLATFORMS = ("", "linux", "any")
WIDE_TYPES = {"LPCWSTR": "const {}*", "PCWSTR": "const {}*", "LPWSTR": "{}*", "PWSTR": "{}*",
              "WCHAR": "{}"}
WIDE_PATTERN = re.compile(r"\b(" + "|".join(WIDE_TYPES) + r")\b")

FILE_FIELDS = {"dll", "also", "header", "link", "answer", "platform", "function"}
FUNCTION_FIELDS = {"name", "result", "wide", "public", "variadic", "optional", "summary", "link",
                   "dll", "state", "answer", "note", "params"}
PARAM_FIELDS = {"type", "name", "kind", "dir"}

# ---- reading the lists -----------------------------------------------------------------------


class ListError(Exception):
    """A list breaks a rule; the text names the function and the rule."""


@dataclass(frozen=True)
class Param:
    type: str
    name: str
    kind: str
    dir: str

    @property
    def trace_kind(self):
        wide = self.kind == "string" and WIDE_PATTERN.search(self.type)
        return "wide_string" if wide else PARAM_KINDS[self.kind]


@dataclass(frozen=True)
class Function:
    name: str
    result: str
    params: tuple
    summary: str
    link: str
    dll: str
    state: str
    answer: str
    note: str
    wide: bool
    public: bool
    variadic: bool
    optional: bool  # CP*: a provider may lack it


@dataclass(frozen=True)
class Library:
    dll: str
    also: tuple
    header: str
    linux_only: bool  # the platform's own elsewhere
    traced: bool  # or else never a stub, and in no trace
    functions: tuple


def demand(condition, where, rule):
    if not condition:
        raise ListError(f"{where}: {rule}")


def read_param(table, where, traced):
    demand(set(table) <= PARAM_FIELDS, where, f"unknown field in {table}")
    demand(table.get("type") and table.get("name"), where, f"type and name needed in {table}")
    kind = table.get("kind", "" if traced else "pointer")
    direction = table.get("dir", "in")
    spot = f"{where}({table['name']})"
    demand(kind in PARAM_KINDS, spot, f"kind '{kind}' is none of {', '.join(PARAM_KINDS)}")
    demand(direction in DIRECTIONS, spot, f"dir '{direction}' is none of {', '.join(DIRECTIONS)}")
    if traced:
        demand(kind != "out_handle" or direction == "out", spot, "an out_handle has dir = \"out\"")
        demand(kind != "length_ptr" or direction != "in", spot, "a length_ptr is written")
    return Param(table["type"], table["name"], kind, direction)


def read_function(table, file, traced):
    where = table.get("name", "a function without a name")
    demand("name" in table, where, f"after the table {table}")
    demand(set(table) <= FUNCTION_FIELDS, where, f"unknown fields {set(table) - FUNCTION_FIELDS}")
    state = table.get("state", "" if traced else "done")
    demand(state in STATES, where, f"state '{state}' is none of {', '.join(STATES)}")
    demand(not traced or table.get("result") in RESULT_KINDS, where,
           f"result is none of {', '.join(RESULT_KINDS)}")
    demand(not traced or table.get("summary"), where, "no summary")
    params = tuple(read_param(param, where, traced) for param in table.get("params", []))
    names = [param.name for param in params]
    demand(len(names) == len(set(names)), where, "two parameters have one name")
    wide = table.get("wide", False)
    demand(wide or not any(WIDE_PATTERN.search(param.type) for param in params), where,
           "takes wide text but is not wide = true")
    answer = table.get("answer", file.get("answer", ""))
    demand(state == "done" or answer, where, "is listed but has no answer")
    link = table.get("link", file.get("link", "")).replace("{page}", where.lower())
    demand(not traced or link.startswith("https://"), where, "no link")
    return Function(where, table["result"], params, table.get("summary", ""), link,
                    table.get("dll", file["dll"]), state, answer, table.get("note", ""), wide,
                    table.get("public", True), table.get("variadic", False),
                    table.get("optional", False))


def parse_library(text, where):
    file = tomllib.loads(text)
    demand(set(file) <= FILE_FIELDS, where, f"unknown fields {set(file) - FILE_FIELDS}")
    demand("dll" in file, where, "no dll")
    platform = file.get("platform", "")
    demand(platform in PLATFORMS, where, f"platform '{platform}' is none of {', '.join(PLATFORMS)}")
    functions = tuple(read_function(table, file, not platform) for table in file.get("function", []))
    names = [function.name for function in functions]
    out_of_order = [b for a, b in zip(names, names[1:]) if a >= b]
    demand(not out_of_order, where, f"not sorted by name, or twice: {', '.join(out_of_order)}")
    return Library(file["dll"], tuple(file.get("also", ())), file.get("header", ""),
                   platform == "linux", not platform, functions)


def read_libraries(paths):
    libraries = [parse_library(Path(path).read_text(encoding="utf-8"), Path(path).name)
                 for path in sorted(paths, key=lambda path: Path(path).name)]
    seen = {}
    for library in libraries:
        for function in library.functions:
            other = seen.setdefault(function.name, library.dll)
            demand(other == library.dll, function.name, f"is in {other} and in {library.dll}")
    return libraries


def lists_in_tree():
    return sorted(HERE.glob("*.toml"))


def traced(libraries):
    """The functions that have an Api number, in the order of their numbers."""
    return sorted((function for library in libraries if library.traced
                   for function in library.functions), key=lambda function: function.name)


def export_names(libraries):
    """Every symbol that the shared library exports on Linux."""
    names = []
    for library in libraries:
        for function in library.functions:
            names.append(function.name)
            if function.wide:
                names.append(function.name + TWIN_SUFFIX)
    return sorted(names)


# ---- spelling C ------------------------------------------------------------------------------


def respell(type_, unit):
    """Puts a fixed-width character type in the place of WCHAR and of pointers to it."""
    return WIDE_PATTERN.sub(lambda match: WIDE_TYPES[match.group()].format(unit), type_)


def fill(first, indent, pieces, width):
    """Lines of pieces, the first line after `first`, the others after `indent` blanks."""
    lines, line, fresh = [], first, True
    for piece in pieces:
        if not fresh and len(line) + len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = " " * indent
        line += piece
        fresh = False
    return lines + [line]


def wrap(head, items, tail, width=100):
    """head(item, item, ...)tail as clang-format breaks it: at the parenthesis, or below it."""
    pieces = [item + ", " for item in items[:-1]] + [items[-1] + ")" + tail]
    lines = fill(head + "(", len(head) + 1, pieces, width)
    if any(len(line) > width for line in lines):
        indent = len(head) - len(head.lstrip()) + 4
        lines = [head + "("] + fill(" " * indent, indent, pieces, width)
    return "\n".join(lines)


def of_c_library(function):
    return function.name.startswith("_")


def declaration(function, name, unit=None, tail="", prefix=""):
    params = [f"{respell(param.type, unit) if unit else param.type} {param.name}"
              for param in function.params]
    if function.variadic:
        params.append("...")
    # neither what takes "..." nor the C library's functions are stdcall
    cdecl = function.variadic or of_c_library(function)
    convention = "" if cdecl else "WINAPI "
    return wrap(f"{prefix}{function.result} {convention}{name}", params or ["void"], tail)


def banner(what, comment="//"):
    return (f"{comment} SPDX-License-Identifier: BSD-2-Clause\n{comment} {what}\n"
            f"{comment} Written by src/abi/generate.py; do not edit.\n")


# ---- the outputs -----------------------------------------------------------------------------


EXPORTS_HEAD = """#pragma once

#include <capishim/windows.h>

#include <capishim/bcrypt.h>
#include <capishim/wincrypt.h>

#ifndef CAPISHIM_EXPORT
#if defined(_WIN32)
#define CAPISHIM_EXPORT // the .def file exports
#else
#define CAPISHIM_EXPORT __attribute__((visibility("default")))
#endif
#endif

extern "C" {
"""


def exports_h(libraries):
    """The prototypes that implementations are checked against; wide text in fixed widths. Twins
    are declared on Windows too, so that exports need no condition; no .def file names them there."""
    def declare(function, name, unit):
        return declaration(function, name, unit, tail=";", prefix="CAPISHIM_EXPORT ")

    parts = [banner("The exported functions, as the library implements them."), EXPORTS_HEAD]
    for library in libraries:
        here = [declare(f, f.name, "char16_t") for f in library.functions]
        twins = [declare(f, f.name + TWIN_SUFFIX, "char32_t") for f in library.functions if f.wide]
        text = "\n".join(here + twins) + "\n"
        parts.append(f"\n// {library.dll}\n"
                     + (f"#ifndef _WIN32\n{text}#endif\n" if library.linux_only else text))
    return "".join(parts) + '\n} // extern "C"\n'


def api_h(libraries):
    """One number for each traced function; a twin has its function's."""
    names = "".join(f"    {function.name},\n" for function in traced(libraries))
    return (banner("The number of each traced function.") + "#pragma once\n\n#include <cstdint>\n\n"
            "namespace capishim {\n\nenum class Api : std::uint16_t {\n" + names
            + "    count\n};\n\n} // namespace capishim\n")


def api_table_h(_libraries):
    return (banner("How the trace shows each function.") + '#pragma once\n\n#include "abi/api.h"\n'
            '#include "diag/call_info.h"\n\nnamespace capishim {\n\n'
            "const diag::CallInfo& call_info(Api api) noexcept;\n\n} // namespace capishim\n")


API_TABLE_HEAD = """#include "abi/api_table.h"

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace capishim {
namespace {

using diag::CallInfo;
using diag::ParamInfo;
using diag::ParamKind;
using diag::ResultKind;

template <std::uint8_t count>
constexpr CallInfo row(const char* name, ResultKind result, const ParamInfo (&params)[count])
{
    return {name, result, params, count};
}

[[maybe_unused]] constexpr CallInfo row(const char* name, ResultKind result)
{
    return {name, result, nullptr, 0};
}

"""

API_TABLE_TAIL = """static_assert(std::size(rows) == static_cast<std::size_t>(Api::count));

} // namespace

const diag::CallInfo& call_info(Api api) noexcept
{
    return rows[static_cast<std::size_t>(api)];
}

} // namespace capishim
"""


def api_table_cpp(libraries):
    """For each Api number the function's name, its result's kind and its parameters' kinds."""
    params, rows = [], []
    for f in traced(libraries):
        array = f"params_of_{f.name}"
        cells = "".join(f'    {{"{p.name}", ParamKind::{p.trace_kind}}},\n' for p in f.params)
        if f.params:
            params.append(f"constexpr ParamInfo {array}[] = {{\n{cells}}};\n")
        arguments = [f'"{f.name}"', f"ResultKind::{RESULT_KINDS[f.result]}"]
        arguments += [array] if f.params else []
        rows.append(wrap("    row", arguments, ",") + "\n")
    return (banner("The trace table.") + API_TABLE_HEAD + "".join(params)
            + "\nconstexpr CallInfo rows[] = {\n" + "".join(rows) + "};\n" + API_TABLE_TAIL)


PROVIDER_ENTRIES_HEAD = """#pragma once

#include "abi/api.h"

#include <capishim/wincrypt.h>
#include <capishim/windows.h>

namespace capishim {

/// An entry point of a provider's image, null where the image lacks it.
template <Api number, class Function>
struct ProviderEntry {
    Function* function = nullptr;
};

/// The entry points of a provider's image. Those of wide text come in two forms: the plain name
/// takes 16-bit units, and the one with the suffix 32-bit ones, as <cspdk.h> names it in a program
/// whose wchar_t is that wide.
struct ProviderEntries {
"""


def entry_member(function, name, unit):
    params = [respell(param.type, unit) for param in function.params]
    head = f"    ProviderEntry<Api::{function.name},\n"
    return head + wrap(f"                  {function.result} WINAPI", params, f"> {name};") + "\n"


def provider_entries_h(libraries):
    """What is looked up in the image of a registered provider."""
    functions = [f for library in libraries if library.dll == "csp" for f in library.functions]
    members, visits, needed = [], [], []
    for f in functions:
        forms = [(f.name, "char16_t")] + ([(f.name + TWIN_SUFFIX, "char32_t")] if f.wide else [])
        members += [entry_member(f, name, unit) for name, unit in forms]
        visits += [f'    visit("{name}", entries.{name});\n' for name, _ in forms]
        if not f.optional:
            absent = " && ".join(f"!entries.{name}.function" for name, _ in forms)
            needed.append(f'    if ({absent})\n        return "{f.name}";\n')
    return (banner("The entry points that a provider's image is asked for.")
            + PROVIDER_ENTRIES_HEAD + "".join(members) + "};\n\n"
            "/// visit(name, entry) for each of them.\n"
            "template <class Visit>\n"
            "void for_each_entry(ProviderEntries& entries, Visit visit)\n{\n"
            + "".join(visits) + "}\n\n"
            "/// @return the name of an entry that a provider must have and this one lacks, or null\n"
            "inline const char* missing_entry(const ProviderEntries& entries) noexcept\n{\n"
            + "".join(needed) + "    return nullptr;\n}\n\n} // namespace capishim\n")


# result -> the guard that a stub goes through, and what turns its answer into that result
STUB_GUARDS = {"BOOL": ("return win32_call", ""), "NTSTATUS": ("return nt_call", ""),
               "BOOLEAN": ("return nt_call", " == 0"), "VOID": ("void_call", "")}


def stub(function, name, unit):
    """A listed function: traced like any other, and answers what the documentation lets it."""
    guard, conversion = STUB_GUARDS[function.result]
    arguments = [f"Api::{function.name}", f"answer<Fault::{function.answer}>"]
    arguments += [param.name for param in function.params]
    body = wrap(f"    {guard}", arguments, conversion + ";")
    return f"{declaration(function, name, unit)}\n{{\n{body}\n}}\n"


def stubs_cpp(libraries):
    listed = [f for library in libraries if library.traced
              for f in library.functions if f.state == "listed"]
    stubs = [stub(f, f.name, "char16_t") for f in listed]
    stubs += [stub(f, f.name + TWIN_SUFFIX, "char32_t") for f in listed if f.wide]
    return (banner("The functions that are listed but not built.")
            + '#include "abi/call.h"\n#include "abi/exports.h"\n#include "base/fault.h"\n\n'
            "using namespace capishim;\n\nnamespace {\n\ntemplate <Fault fault>\n"
            "[[maybe_unused]] void answer()\n{\n    throw Error(fault);\n}\n\n} // namespace\n\n"
            + "\n".join(stubs))


def version_script(libraries):
    names = "".join(f"        {name};\n" for name in export_names(libraries))
    return ("/* SPDX-License-Identifier: BSD-2-Clause\n"
            "   What leaves the library. Written by src/abi/generate.py; do not edit. */\n"
            f"{VERSION_NODE} {{\n    global:\n{names}    local:\n        *;\n}};\n")


PROTOTYPES_HEAD = """#pragma once

/* A program whose wchar_t has 32 bits is led to the functions that read such text. */
#ifndef CAPISHIM_WIDE
#if !defined(_WIN32) && defined(__SIZEOF_WCHAR_T__) && __SIZEOF_WCHAR_T__ == 4
#define CAPISHIM_WIDE(name) __asm__(#name "_w32")
#else
#define CAPISHIM_WIDE(name)
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif
"""

PROTOTYPES_TAIL = """
#ifdef __cplusplus
}
#endif
"""


def prototype(function):
    lines = [function.summary] if function.summary else []
    lines += [function.link] if function.link else []
    comment = "/* " + "\n   ".join(lines) + " */\n" if lines else ""
    tail = f"\n    CAPISHIM_WIDE({function.name});" if function.wide else ";"
    text = comment + declaration(function, function.name) + tail + "\n"
    return f"#ifndef _WIN32\n{text}#endif\n" if of_c_library(function) else text


def text_macros(functions):
    """CryptX for each pair CryptXA, CryptXW: as UNICODE says."""
    names = {function.name for function in functions}
    bases = sorted(name[:-1] for name in names if name.endswith("A") and name[:-1] + "W" in names)
    if not bases:
        return ""
    wide = "".join(f"#define {base} {base}W\n" for base in bases)
    ansi = "".join(f"#define {base} {base}A\n" for base in bases)
    return f"\n#ifdef UNICODE\n{wide}#else\n{ansi}#endif\n"


def prototypes_h(dll):
    def emit(libraries):
        library = next((library for library in libraries if library.dll == dll), None)
        functions = [f for f in library.functions if f.public] if library else []
        header = library.header if library else ""
        place = f"{header} includes this" if header else "include it after wincrypt.h"
        head = ("/* SPDX-License-Identifier: BSD-2-Clause\n"
                f"   The functions of {dll}; {place}.\n"
                "   Written by src/abi/generate.py; do not edit. */\n")
        return (head + PROTOTYPES_HEAD + "".join("\n" + prototype(f) for f in functions)
                + PROTOTYPES_TAIL + text_macros(functions))
    return emit


OUTPUTS = {
    "api.h": api_h,
    "api_table.cpp": api_table_cpp,
    "api_table.h": api_table_h,
    "exports.h": exports_h,
    "libcapishim.map": version_script,
    "provider_entries.h": provider_entries_h,
    "stubs.cpp": stubs_cpp,
    **{f"{dll}_prototypes.h": prototypes_h(dll)
       for dll in ("advapi32", "bcrypt", "csp", "diagnostics", "kernel32")},
}

# ---- the coverage tables -----------------------------------------------------------------------

COVERAGE_PAGES = {"advapi32": "src/advapi/README.md", "bcrypt": "src/cng/README.md",
                  "csp": "csp/README.md"}
COVERAGE_BEGIN, COVERAGE_END = "<!-- coverage:begin -->", "<!-- coverage:end -->"


def coverage_table(library):
    done = sum(function.state == "done" for function in library.functions)
    rows = [f"{done} of {len(library.functions)} functions are done. "
            "Those that are only listed are exported too, and answer with the fault named.", "",
            "| function | state | note |", "| --- | --- | --- |"]
    for f in library.functions:
        note = f.note or (f"answers `{f.answer}`" if f.state == "listed" else "")
        rows.append(f"| [{f.name}]({f.link}) | {f.state} | {note} |")
    return "\n".join(rows)


def with_coverage(page, library):
    """The page's text with a fresh table between its markers."""
    begin, end = page.find(COVERAGE_BEGIN), page.find(COVERAGE_END)
    demand(0 <= begin < end, library.dll, f"its page lacks {COVERAGE_BEGIN} and {COVERAGE_END}")
    return page[:begin] + f"{COVERAGE_BEGIN}\n{coverage_table(library)}\n" + page[end:]


def coverage(libraries, check):
    """Rewrites the pages, or with check only names those that are out of date."""
    stale = []
    for library in libraries:
        if library.dll not in COVERAGE_PAGES:
            continue
        path = ROOT / COVERAGE_PAGES[library.dll]
        page = path.read_text(encoding="utf-8")
        fresh = with_coverage(page, library)
        if fresh != page:
            stale.append(COVERAGE_PAGES[library.dll])
            if not check:
                path.write_text(fresh, encoding="utf-8")
    return stale


# ---- the command line --------------------------------------------------------------------------


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(description="Generates what follows from the interface lists.")
    parser.add_argument("what", choices=[*OUTPUTS, "coverage"])
    parser.add_argument("lists", nargs="*", help="*.toml; all in this folder when none is given")
    parser.add_argument("--output", help="the file to write; standard output when missing")
    parser.add_argument("--check", action="store_true", help="coverage: report, don't write")
    return parser.parse_intermixed_args(arguments)


def main(arguments):
    options = parse_arguments(arguments)
    libraries = read_libraries(options.lists or lists_in_tree())
    if options.what == "coverage":
        stale = coverage(libraries, options.check)
        news = "stale; run src/abi/generate.py coverage" if options.check else "rewritten"
        for page in stale:
            print(f"{page}: {news}")
        return 1 if stale and options.check else 0
    text = OUTPUTS[options.what](libraries)
    if options.output:
        Path(options.output).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (ListError, tomllib.TOMLDecodeError) as error:
        sys.exit(f"generate.py: {error}")
