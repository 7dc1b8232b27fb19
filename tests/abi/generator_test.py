# SPDX-License-Identifier: BSD-2-Clause
"""The generator: the rules that it holds lists to, and the text that it writes."""
import tempfile
import unittest
from pathlib import Path

from lists import LIBRARIES, ROOT, generate

LIST = """
dll = "sample"
also = ["cryptsp"]
link = "https://example.org/{page}"
answer = "not_supported"

[[function]]
name = "SampleOpenA"
result = "BOOL"
summary = "Opens."
state = "done"
params = [
    { type = "LPCSTR", name = "szName", kind = "string" },
    { type = "HCRYPTKEY*", name = "phKey", kind = "out_handle", dir = "out" },
]

[[function]]
name = "SampleOpenW"
result = "BOOL"
wide = true
summary = "Opens."
state = "listed"
params = [
    { type = "LPCWSTR", name = "szName", kind = "string" },
    { type = "HCRYPTKEY*", name = "phKey", kind = "out_handle", dir = "out" },
]
"""

PLATFORM_LIST = """
dll = "platform"
platform = "linux"

[[function]]
name = "GetLast"
result = "DWORD"

[[function]]
name = "Print"
result = "int"
wide = true
variadic = true
params = [{ type = "LPWSTR", name = "text" }, { type = "LPCWSTR", name = "format" }]
"""


def sample(text=LIST):
    return [generate.parse_library(text, "sample.toml")]


class Lists(unittest.TestCase):
    """Each rule is broken once; the fault names the function and the rule."""

    def assert_refused(self, old, new, *words):
        self.assertIn(old, LIST)
        with self.assertRaises(generate.ListError) as caught:
            sample(LIST.replace(old, new, 1))
        for word in words:
            self.assertIn(word, str(caught.exception))

    def test_refuse_an_unknown_kind(self):
        self.assert_refused('kind = "string"', 'kind = "text"', "SampleOpenA(szName)", "'text'")

    def test_refuse_an_unknown_state(self):
        self.assert_refused('state = "done"', 'state = "soon"', "SampleOpenA", "'soon'")

    def test_refuse_an_unknown_result(self):
        self.assert_refused('result = "BOOL"', 'result = "int"', "SampleOpenA", "result")

    def test_refuse_an_unknown_field(self):
        self.assert_refused('wide = true', 'wide = true\nwidth = 2', "SampleOpenW", "width")

    def test_refuse_a_parameter_twice(self):
        self.assert_refused('name = "phKey"', 'name = "szName"', "SampleOpenA", "one name")

    def test_refuse_functions_out_of_order(self):
        self.assert_refused("SampleOpenA", "SampleShut", "not sorted", "SampleOpenW")

    def test_refuse_wide_text_without_a_twin(self):
        self.assert_refused("wide = true\n", "", "SampleOpenW", "wide")

    def test_refuse_a_listed_function_without_an_answer(self):
        self.assert_refused('answer = "not_supported"\n', "", "SampleOpenW", "answer")

    def test_refuse_an_out_handle_that_is_only_read(self):
        self.assert_refused(', dir = "out"', "", "SampleOpenA(phKey)", "out_handle")

    def test_refuse_a_function_in_two_lists(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / "one.toml", Path(folder) / "two.toml"]
            paths[0].write_text(LIST, encoding="utf-8")
            paths[1].write_text(LIST.replace('dll = "sample"', 'dll = "other"'), encoding="utf-8")
            with self.assertRaises(generate.ListError) as caught:
                generate.read_libraries(paths)
        self.assertIn("SampleOpenA: is in sample and in other", str(caught.exception))

    def test_of_the_tree_name_faults_that_exist(self):
        enumerators = (ROOT / "src/base/fault.h").read_text(encoding="utf-8")
        for library in LIBRARIES:
            for function in library.functions:
                if function.state == "listed":
                    self.assertRegex(enumerators, rf"\b{function.answer},", function.name)

    def test_of_the_tree_pair_ansi_and_wide_functions(self):
        for library in LIBRARIES:
            functions = {function.name: function for function in library.functions}
            for name, ansi in functions.items():
                wide = functions.get(name[:-1] + "W")
                if not library.traced or not name.endswith("A") or wide is None:
                    continue
                self.assertEqual([(p.name, p.kind, p.dir) for p in ansi.params],
                                 [(p.name, p.kind, p.dir) for p in wide.params], name)
                self.assertEqual([p.type.replace("STR", "WSTR") for p in ansi.params],
                                 [p.type for p in wide.params], name)

    def test_of_the_tree_have_the_whole_provider_interface(self):
        csp = next(library for library in LIBRARIES if library.dll == "csp")
        self.assertEqual(len(csp.functions), 25)  # cryptoapi.md 11.1


class Output(unittest.TestCase):
    def test_declares_twins_with_their_own_character_width(self):
        text = generate.exports_h(sample())
        self.assertIn("BOOL WINAPI SampleOpenA(LPCSTR szName, HCRYPTKEY* phKey);", text)
        self.assertIn("BOOL WINAPI SampleOpenW(const char16_t* szName, HCRYPTKEY* phKey);", text)
        self.assertIn("BOOL WINAPI SampleOpenW_w32(const char32_t* szName,", text)

    def test_leads_programs_to_the_twin_of_their_width(self):
        text = generate.prototypes_h("sample")(sample())
        self.assertIn("BOOL WINAPI SampleOpenW(LPCWSTR szName,", text)
        self.assertIn("CAPISHIM_WIDE(SampleOpenW);", text)
        self.assertNotIn("CAPISHIM_WIDE(SampleOpenA);", text)
        self.assertIn("#ifdef UNICODE\n#define SampleOpen SampleOpenW\n"
                      "#else\n#define SampleOpen SampleOpenA\n#endif", text)

    def test_exports_twins_and_nothing_unlisted(self):
        text = generate.version_script(sample())
        names = [line.strip() for line in text.splitlines() if line.startswith("        ")]
        self.assertEqual(names, ["SampleOpenA;", "SampleOpenW;", "SampleOpenW_w32;", "*;"])

    def test_has_a_stub_for_what_is_listed_only(self):
        text = generate.stubs_cpp(sample())
        self.assertNotIn("SampleOpenA", text)
        self.assertIn("BOOL WINAPI SampleOpenW(const char16_t* szName, HCRYPTKEY* phKey)\n{\n"
                      "    return win32_call(Api::SampleOpenW, answer<Fault::not_supported>, "
                      "szName, phKey);\n}", text)
        self.assertIn("SampleOpenW_w32(const char32_t* szName", text)

    def test_gives_a_twin_the_number_of_its_function(self):
        self.assertNotIn("_w32", generate.api_h(sample()))
        self.assertNotIn("_w32", generate.api_table_cpp(sample()))

    def test_shows_wide_text_as_such_in_the_trace(self):
        text = generate.api_table_cpp(sample())
        self.assertIn('{"szName", ParamKind::string}', text)
        self.assertIn('{"szName", ParamKind::wide_string}', text)

    def test_keeps_the_platforms_functions_out_of_trace_and_stubs(self):
        libraries = sample(PLATFORM_LIST)
        for output in (generate.api_h, generate.api_table_cpp, generate.stubs_cpp):
            self.assertNotIn("GetLast", output(libraries))
        self.assertIn("GetLast;", generate.version_script(libraries))

    def test_declares_the_platforms_functions(self):
        libraries = sample(PLATFORM_LIST)
        self.assertIn("DWORD WINAPI GetLast(void);", generate.prototypes_h("platform")(libraries))
        self.assertIn("int Print_w32(char32_t* text, const char32_t* format, ...);",
                      generate.exports_h(libraries))

    def test_declares_the_c_librarys_functions_without_winapi(self):
        libraries = sample(PLATFORM_LIST.replace("GetLast", "_get_last").replace("Print", "_print"))
        self.assertIn("DWORD _get_last(void);", generate.prototypes_h("platform")(libraries))

    def test_asks_a_providers_image_for_wide_entries_in_either_width(self):
        text = generate.provider_entries_h(sample(LIST.replace('"sample"', '"csp"')))
        self.assertIn("ProviderEntry<Api::SampleOpenW,\n"
                      "                  BOOL WINAPI(const char32_t*, HCRYPTKEY*)> SampleOpenW_w32;",
                      text)
        self.assertIn("if (!entries.SampleOpenA.function)\n", text)
        self.assertIn("if (!entries.SampleOpenW.function && !entries.SampleOpenW_w32.function)\n",
                      text)

    def test_lets_a_providers_image_lack_what_is_optional(self):
        optional = 'name = "SampleOpenA"\noptional = true'
        text = generate.provider_entries_h(
            sample(LIST.replace('"sample"', '"csp"').replace('name = "SampleOpenA"', optional)))
        self.assertIn('visit("SampleOpenA", entries.SampleOpenA);', text)
        self.assertNotIn("if (!entries.SampleOpenA", text)

    def test_of_the_tree_fits_in_a_hundred_columns(self):
        for name, output in generate.OUTPUTS.items():
            long = [line for line in output(LIBRARIES).splitlines() if len(line) > 100]
            self.assertEqual([line for line in long if "https://" not in line], [], name)


class CoverageTable(unittest.TestCase):
    def test_replaces_what_lies_between_its_markers_only(self):
        begin, end = generate.COVERAGE_BEGIN, generate.COVERAGE_END
        page = generate.with_coverage(f"# Title\n{begin}\nold\n{end}\nrest\n", sample()[0])
        self.assertTrue(page.startswith(f"# Title\n{begin}\n1 of 2 functions are done."))
        self.assertTrue(page.endswith(f"{end}\nrest\n"))
        self.assertNotIn("old", page)
        self.assertEqual(generate.with_coverage(page, sample()[0]), page)

    def test_needs_markers(self):
        with self.assertRaises(generate.ListError):
            generate.with_coverage("# Title\n", sample()[0])


if __name__ == "__main__":
    unittest.main()
