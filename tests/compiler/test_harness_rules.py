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
    assert [(one.code, one.message) for one in findings_of({"main.nx": text}) if one.code.startswith("NX5")] == []
