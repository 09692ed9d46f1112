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
        ("flow main {\n    // nexa: allow NX412, NX208\n    let y = 1\n}\n", []),
        ("flow main {\n    let y = 1 // nexa: allow NX208\n}\n", []),
        ("flow main {\n    let y = 1 // nexa: allow NX209\n}\n", ["NX208"]),
        ("flow main {\n    // nexa: allow NX208\n\n    let y = 1\n}\n", ["NX208"]),
        ('flow main {\n    let y = "// nexa: allow NX208"\n}\n', ["NX208"]),
        ("flow main {\n    // nexa: allow NX201\n    print(y)\n}\n", ["NX201"]),
        ("flow main {\r\n    // nexa: allow NX208\r\n    let y = 1\r\n}\r\n", []),
    ],
)
def test_a_comment_allows(text: str, codes: list[str]) -> None:
    assert [one.code for one in findings_of({"a.nx": text})] == codes


@pytest.mark.parametrize(("severity", "shown"), [(None, []), (Severity.ERROR, [Severity.ERROR])])
def test_settings_change_a_severity(severity: Severity | None, shown: list[Severity]) -> None:
    found = findings_of({"a.nx": UNUSED}, Settings(severities={"NX208": severity}))
    assert [one.severity for one in found] == shown
