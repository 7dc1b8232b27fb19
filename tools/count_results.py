#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Counts test cases in what `meson test` has logged, and ends with the line "N passed, N failed".

usage: count_results.py MESON_LOG.json     exit status 1 when anything failed, or nothing was run

A Boost.Test program that is told so by BOOST_TEST_REPORT_* puts its own counts on its output; it
counts with its cases. Any other test counts as one, and so does one that ends badly without saying
which case it was (a crash, a time-out, a finding of a sanitizer).
"""
import json
import re
import sys

REPORT = re.compile(r"<TestResult><TestSuite [^>]*>")


def case_counts(output):
    """(passed, failed) of a Boost.Test report, or None."""
    reports = REPORT.findall(output)
    if not reports:
        return None
    counts = {name: int(count) for name, count in re.findall(r'test_cases_(\w+)="(\d+)"', reports[-1])}
    passed = counts["passed"] + counts["passed_with_warnings"]
    return passed, counts["failed"] + counts["aborted"] + counts.get("timed_out", 0)


def counted(test):
    good = test["result"] in ("OK", "EXPECTEDFAIL")
    counts = case_counts(test.get("stdout", "") + test.get("stderr", ""))
    if counts is None:
        return (1, 0) if good else (0, 1)
    passed, failed = counts
    return passed, failed if good or failed else 1


def main():
    try:
        with open(sys.argv[1], encoding="utf-8") as log:
            tests = [json.loads(line) for line in log]
    except FileNotFoundError:
        print("nothing was run\n0 passed, 1 failed")
        return True
    passed = failed = 0
    for test in tests:
        if test["result"] == "SKIP":
            print("skipped:", test["name"])
            continue
        test_passed, test_failed = counted(test)
        if test_failed:
            print(f"failed: {test['name']} ({test['result']}, {test_failed} cases)")
        passed, failed = passed + test_passed, failed + test_failed
    print(f"{passed} passed, {failed} failed")
    return failed > 0 or passed == 0


if __name__ == "__main__":
    sys.exit(main())
