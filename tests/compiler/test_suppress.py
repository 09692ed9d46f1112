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
        ("// nexa: allow NX920\nflow main {\n    print(1)\n}\n", []),
        ("// nexa: allow NX209, NX920\nflow main {\n    print(1)\n}\n", ["NX920"]),
        ("flow main {\n    print(1) // nexa: allow unused-local\n}\n", ["NX920"]),
        ("flow main {\n    print(1) // nexa: allowances are comments\n}\n", []),
        ('include "gone.nx"\n// nexa: allow NX208\nflow main {\n    print(1)\n}\n', ["NX207"]),
        ("flow main {\r\n    // nexa: allow NX208\r\n    let y = 1\r\n}\r\n", []),
    ],
)
def test_a_comment_allows(text: str, codes: list[str]) -> None:
    assert [one.code for one in findings_of({"a.nx": text})] == codes


def test_a_code_that_there_is_not_is_told_as_such() -> None:
    (one,) = findings_of({"a.nx": "// nexa: allow NX2008\nflow main {\n    print(1)\n}\n"})
    assert one.message == "there is no code NX2008; did you mean `NX208`?"


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
        ("/// nexa: allow NX209: 它不在这里 🙂", ""),
    ],
)
def test_the_fixes_leave_what_is_needed(comment: str, left: str) -> None:
    for newline in ("\n", "\r\n"):
        text = f"// 你好 🙂\nflow main {{\n    let y = 1 {comment}\n}}\n".replace("\n", newline)
        wanted = f"// 你好 🙂\nflow main {{\n    let y = 1 {left}".rstrip() + "\n}\n"
        assert without_unused(text) == wanted.replace("\n", newline)


def test_a_comment_of_its_own_goes_with_its_line() -> None:
    text = "flow main {\n    // nexa: allow NX208\n    print(1)\n}\n"
    assert without_unused(text) == "flow main {\n    print(1)\n}\n"
    assert without_unused("// nexa: allow NX208") == ""


def without_unused(text: str) -> str:
    data = text.encode()
    while fixes := [one.fix for one in findings_of({"a.nx": data}) if one.code == "NX920" and one.fix]:
        assert fixes[0].safe
        (edit,) = fixes[0].edits
        data = data[: edit.span.start] + edit.text.encode() + data[edit.span.end :]
    return data.decode()


def test_what_cannot_be_allowed_is_said() -> None:
    found = findings_of({"a.nx": "flow main {\n    // nexa: allow NX201\n    print(y)\n}\n"})
    assert found[0].message == "NX201 is an error here, and errors cannot be allowed"


def test_nothing_is_unused_while_another_file_is_torn() -> None:
    files = {"a.nx": 'include "b.nx"\n// nexa: allow NX209\nflow main { print(f()) }\n', "b.nx": "flow f() { 1 }\n"}
    assert [one.code for one in findings_of(files)] == ["NX920"]
    assert "NX920" not in [one.code for one in findings_of({**files, "b.nx": "flow f() { 1 \n"})]
