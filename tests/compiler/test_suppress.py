"""`// nexa: allow` and the settings decide which findings are shown."""

from __future__ import annotations

import pytest

from harness.findings import findings_of
from nexa.compiler.analysis import Settings
from nexa.compiler.rule import Severity

UNUSED = "flow main {\n    let y = 1\n}\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (UNUSED, ["NX208"]),
        ("flow main {\n    // nexa: allow NX208\n    let y = 1\n}\n", []),
        ("flow main {\n    // nexa: allow NX412, NX208\n    let y = 1\n}\n", ["NX920"]),
        ("flow main {\n    let y = 1 // nexa: allow NX208\n}\n", []),
        ("flow main {\n    let y = 1 // nexa: allow NX209\n}\n", ["NX208", "NX920"]),
        ("flow main {\n    // nexa: allow NX208\n\n    let y = 1\n}\n", ["NX920", "NX208"]),
        ('flow main {\n    let y = "// nexa: allow NX208"\n}\n', ["NX208"]),
        ("flow main {\n    // nexa: allow NX201\n    print(y)\n}\n", ["NX920", "NX201"]),
        ("flow main {\n    // nexa: allow NX690, NX223\n    print(1)\n}\n", []),
        ("flow main {\n    // nexa: allow NX321\n    print(1)\n}\n", []),
        ("flow main {\n    // nexa: allow NX208\n    print(1\n}\n", ["NX102"]),
        ("// nexa: allow NX999\nflow main {\n    print(1)\n}\n", ["NX920"]),
        ("flow main {\r\n    // nexa: allow NX208\r\n    let y = 1\r\n}\r\n", []),
    ],
)
def test_a_comment_allows(text: str, codes: list[str]) -> None:
    assert [one.code for one in findings_of({"a.nx": text})] == codes


@pytest.mark.parametrize(("severity", "shown"), [(None, []), (Severity.ERROR, [Severity.ERROR])])
def test_settings_change_a_severity(severity: Severity | None, shown: list[Severity]) -> None:
    found = findings_of({"a.nx": UNUSED}, Settings(severities={"NX208": severity}))
    assert [one.severity for one in found] == shown


def test_what_the_settings_keep_silent_may_stay_allowed() -> None:
    text = "flow main {\n    // nexa: allow NX208, NX532\n    print(1)\n}\n"
    found = findings_of({"a.nx": text}, Settings(harness="off", severities={"NX208": None}))
    assert found == []


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("// nexa: allow NX208, NX209", "// nexa: allow NX208"),
        ("// nexa: allow NX209, NX208", "// nexa: allow NX208"),
        ("// nexa: allow NX209 NX208 NX210", "// nexa: allow NX208"),
        ("// nexa: allow NX209", ""),
    ],
)
def test_the_fixes_leave_what_is_needed(comment: str, left: str) -> None:
    text = f"flow main {{\n    let y = 1 {comment}\n}}\n"
    while fixes := [one.fix for one in findings_of({"a.nx": text}) if one.code == "NX920" and one.fix]:
        (edit,) = fixes[0].edits
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == f"flow main {{\n    let y = 1 {left}\n}}\n"
