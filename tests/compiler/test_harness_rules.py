"""The harness rules: what `--harness` does to them, and that their fixes answer them."""

from __future__ import annotations

from typing import Literal

import pytest

from compiler.test_rules import blocks
from harness.findings import findings_of
from harness.markers import read_fixture
from nexa.compiler.analysis import Settings
from nexa.compiler.rule import Finding, Rule, Severity, manual
from nexa.compiler.rules import RULES

FAMILY = [rule for rule in RULES if rule.code.startswith("NX5")]
BAD = [
    pytest.param(rule, text, id=rule.code) for rule in FAMILY for word, text in blocks(manual(rule)) if word == "Bad"
]
FOLLOWING = {"NX510", "NX512", "NX513", "NX514", "NX516", "NX517", "NX518", "NX519", "NX524", "NX531", "NX532"}


def found(text: str, code: str, harness: Literal["strict", "warn", "off"] = "warn") -> list[Finding]:
    files = read_fixture(text).files
    return [one for one in findings_of(files, Settings(harness=harness)) if one.code == code]


def test_the_codes_that_follow_the_setting() -> None:
    assert {rule.code for rule in RULES if rule.harness} == FOLLOWING


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_the_setting_decides_how_much_it_matters(rule: Rule, text: str) -> None:
    strict, warn, off = (
        {one.severity for one in found(text, rule.code, "strict")},
        {one.severity for one in found(text, rule.code, "warn")},
        {one.severity for one in found(text, rule.code, "off")},
    )
    if rule.harness:
        assert (strict, warn, off) == ({Severity.ERROR}, {Severity.WARNING}, set())
    else:
        assert strict == warn == off == {rule.severity}


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_a_fix_removes_the_finding_and_adds_no_error(rule: Rule, text: str) -> None:
    files = read_fixture(text).files
    before = findings_of(files)
    for one in before:
        if one.code != rule.code or one.fix is None:
            continue
        fixed = {path: body if isinstance(body, bytes) else body.encode() for path, body in files.items()}
        for edit in sorted(one.fix.edits, key=lambda edit: -edit.span.start):
            body = fixed[edit.path]
            fixed[edit.path] = body[: edit.span.start] + edit.text.encode() + body[edit.span.end :]
        after = findings_of(fixed)
        assert sum(other.code == rule.code for other in after) < sum(other.code == rule.code for other in before)
        errors = [other.code for other in after if other.severity is Severity.ERROR]
        assert [code for code in errors if code not in [other.code for other in before]] == []


QUIET = [
    "flow f(result: int) -> int requires result > 0 { return result }\nflow main { print(f(1)) }",
    "flow f(n: int) -> int ensures old(n) == n { return n }\nflow main { print(f(1)) }",
    "const_limit = 3\nflow f(n: int) -> int requires n < const_limit { return n }\nflow main { print(f(1)) }",
    "flow main {\n    while true {\n        for x in [1] { break }\n        break\n    }\n}",
    "fn restore(n: int) -> int { n }\nflow main { print(restore(1)) }",
    'agent J { prompt: "Judge." }\nflow main { print(fork [1, 2] merge J) }',
    'fn note(e: any) { reflect("#{e}") }\nflow main {\n    try_agent { print(1) } catch_correction (e) { note(e) }\n}',
]


@pytest.mark.parametrize("text", QUIET)
def test_what_may_well_be_right_is_left_alone(text: str) -> None:
    found = [(one.code, one.message) for one in findings_of({"main.nx": text}) if one.code.startswith("NX5")]
    assert [one for one in found if one[0] != "NX534"] == []


COVERAGE = [
    ("autoloop max_steps: 2, timeout: 9 { print(1) }", "1 of 6 harness dimensions (execution)"),
    (
        'try_agent { print(1) } catch_correction (e) { reflect("#{e}") }',
        "2 of 6 harness dimensions (execution, lifecycle)",
    ),
    ("with_context max_tokens: 9 { s = snapshot()\nrestore(s) }", "2 of 6 harness dimensions (context, state)"),
    (
        "on_error (e) { print(e) }\ntry_agent { verify 1 == 1 }",
        "3 of 6 harness dimensions (execution, lifecycle, verification)",
    ),
    ("snapshot = fn() => 1\nautoloop max_steps: 2 { snapshot() }", "1 of 6 harness dimensions (execution)"),
    ("verify 1 == 1\ns = snapshot()\nrestore(s)\nfork [1, 2]\nbefore_step { print(1) }", None),
]


@pytest.mark.parametrize(("body", "wanted"), COVERAGE)
def test_coverage_is_said_of_a_harness(body: str, wanted: str | None) -> None:
    found = [one for one in findings_of({"main.nx": f"flow main {{\n{body}\n}}"}) if one.code == "NX534"]
    assert [(one.message, one.span.start) for one in found] == ([(f"program uses {wanted}", 5)] if wanted else [])


def test_coverage_counts_every_file_and_is_said_once() -> None:
    library = '@tool("x") fn f() -> int { 1 }\n'
    library += "flow g(n: int) requires n > 0 { with_context max_tokens: 9 { print(n, f()) } }\n"
    files = {"main.nx": 'include "lib.nx"\nflow first { g(1) }\nflow main { first() }\n', "lib.nx": library}
    found = [one for one in findings_of(files) if one.code == "NX534"]
    assert [(one.path, one.message) for one in found] == [
        ("main.nx", "program uses 3 of 6 harness dimensions (tools, context, verification)")
    ]
    assert found[0].span.start == files["main.nx"].index("main {")
    torn = {**files, "lib.nx": library + "flow h { print(1 "}
    assert "NX534" not in [one.code for one in findings_of(torn)]
