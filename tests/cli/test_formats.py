"""Every format, from findings made by hand: the golden files show what users get."""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from nexa.cli.formats import FORMATS, renderer
from nexa.cli.report import (
    Checked,
    EditReport,
    FixReport,
    Place,
    RelatedPlace,
    Report,
    from_json,
    to_json,
)

HERE = Path(__file__).parent

TEXT = """agent Bot { prompt: "hi" }
flow main {
\tprint(Bto.run("x"))
    // 数据 🎉 nap
    let 名字 = Bto
}
"""

FIRST = Report(
    "NX201",
    "undefined-name",
    "error",
    "`Bto` is not defined",
    Place("flows/a.nx", 3, 8, 3, 11),
    "c1",
    (RelatedPlace(Place("flows/a.nx", 1, 7, 1, 10), "`Bot` is declared here"),),
    FixReport("Change to `Bot`", True, (EditReport(Place("flows/a.nx", 3, 8, 3, 11), "Bot"),)),
)
SECOND = Report(
    "NX208",
    "unused-variable",
    "warning",
    '`名字` is never read: 100%, <really> & "truly"\nsecond line',
    Place("flows/a.nx", 5, 9, 5, 11),
    "c2",
    (),
    FixReport("Remove it", False, (EditReport(Place("flows/a.nx", 5, 5, 5, 17), ""),)),
)
ACROSS = Report("NX102", "unclosed", "information", "`{` is never closed", Place("b c.nx", 1, 1, 2, 2), "c3")
HINT = Report("NX209", "unused", "hint", "flow `f` is never used", Place("/abs/ü.nx", 1, 6, 1, 7), "c4")

CHECKED = Checked(
    (FIRST, SECOND, ACROSS, HINT),
    ("flows/a.nx", "b c.nx", "/abs/ü.nx", "clean.nx"),
    {"flows/a.nx": TEXT.encode(), "b c.nx": b"flow main {\r\n}\r\n", "/abs/ü.nx": b"flow f {}\n"},
)


@pytest.mark.parametrize("form", FORMATS)
def test_the_output_is_the_golden_one(form: str) -> None:
    golden = HERE / "golden" / f"findings.{form}"
    text = renderer(form)(CHECKED)
    if form == "sarif":  # the tool describes itself and its rules: both change without the format
        raw = json.loads(text)
        raw["runs"][0]["tool"] = "nexa-lsp"
        text = json.dumps(raw, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_found_is_a_document_too(form: str) -> None:
    text = renderer(form)(Checked((), ("a.nx",), {}))
    empty = {"full": "", "concise": "", "jsonl": "", "github": "", "json": [], "gitlab": []}
    if form in ("json", "gitlab"):
        assert json.loads(text) == empty[form]
    elif form == "sarif":
        assert json.loads(text)["runs"][0]["results"] == []
    elif form == "junit":
        assert ET.fromstring(text).find(".//testcase") is not None
    else:
        assert text == empty[form]


def test_sarif_describes_each_reported_rule_once() -> None:
    driver = json.loads(renderer("sarif")(CHECKED))["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == ["NX102", "NX201", "NX208", "NX209"]


def test_sarif_is_valid() -> None:
    schema = json.loads((HERE / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    for checked in (CHECKED, Checked((), (), {})):
        assert [e.message for e in validator.iter_errors(json.loads(renderer("sarif")(checked)))] == []


def test_the_sarif_schema_refuses_what_is_wrong() -> None:
    # The test above is worth something only if the schema can say no.
    schema = json.loads((HERE / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    raw = json.loads(renderer("sarif")(CHECKED))
    raw["runs"][0]["results"][0]["level"] = "hint"
    assert list(jsonschema.Draft4Validator(schema).iter_errors(raw))


def test_junit_counts_what_it_lists() -> None:
    root = ET.fromstring(renderer("junit")(CHECKED))
    assert int(root.get("tests")) == len(root.findall(".//testcase")) == 5
    assert int(root.get("failures")) == len(root.findall(".//failure")) == 4


def test_control_characters_drive_neither_terminals_nor_parsers() -> None:
    evil = Report("NX100", "n", "error", "found \x1b[2J\u202e\x00", Place("a\x1b.nx", 1, 1, 1, 2), "")
    checked = Checked((evil,), (), {"a\x1b.nx": "\x1b[31mred \u202egnp.exe".encode()})
    for form in ("full", "concise"):
        assert not set("\x1b\u202e\x00") & set(renderer(form)(checked))
    ET.fromstring(renderer("junit")(checked))
    for form in ("json", "sarif", "gitlab"):
        json.loads(renderer(form)(checked))


def test_gitlab_fingerprints_stay_when_lines_move_and_differ_among_equals() -> None:
    def prints(*reports: Report) -> list[str]:
        return [one["fingerprint"] for one in json.loads(renderer("gitlab")(Checked(reports, (), {})))]

    moved = Report(**{**_fields(FIRST), "place": Place("flows/a.nx", 30, 8, 30, 11)})
    assert prints(FIRST) == prints(moved)
    assert len(set(prints(FIRST, moved, SECOND))) == 3


def _fields(one: Report) -> dict[str, object]:
    return {name: getattr(one, name) for name in Report.__dataclass_fields__}


@pytest.mark.parametrize("one", CHECKED.reports)
def test_json_can_be_read_back(one: Report) -> None:
    assert from_json(json.loads(json.dumps(to_json(one))), one.context) == one


def test_the_json_shape_is_the_published_one() -> None:
    place = {"path", "line", "column", "end_line", "end_column"}
    raw = to_json(FIRST)
    assert set(raw) == {"code", "name", "severity", "message", "related", "fix", "url"} | place
    assert set(raw["related"][0]) == {"message"} | place
    assert set(raw["fix"]) == {"title", "safe", "edits"}
    assert set(raw["fix"]["edits"][0]) == {"text"} | place
    assert to_json(HINT)["fix"] is None


@pytest.mark.parametrize(
    ("line", "place", "shown", "caret"),
    [
        ("abc def", (5, 8), "abc def", "    ^^^"),
        ("\tx = y", (6, 7), "    x = y", "        ^"),
        ("a\tb", (3, 4), "a   b", "    ^"),
        ("数据 x", (4, 5), "数据 x", "     ^"),
        ("数据", (1, 3), "数据", "^^^^"),
        ("e\u0301x", (3, 4), "e\u0301x", " ^"),
        ("🎉 ab", (3, 5), "🎉 ab", "   ^^"),
        ("abc", (4, 4), "abc", "   ^"),  # an empty span has a place too
        ("abc", (9, 12), "abc", "   ^"),  # beyond the line: the file changed under us
    ],
)
def test_carets_stand_under_the_code(line: str, place: tuple[int, int], shown: str, caret: str) -> None:
    one = Report("NX100", "n", "error", "m", Place("a.nx", 1, place[0], 1, place[1]), "")
    printed = renderer("full")(Checked((one,), (), {"a.nx": line.encode()})).splitlines()
    assert printed[2:4] == [f"1 | {shown}", f"  | {caret}"]


def test_long_lines_are_cut_around_the_finding() -> None:
    line = "x" * 5000 + "HERE" + "y" * 5000
    one = Report("NX100", "n", "error", "m", Place("a.nx", 1, 5001, 1, 5005), "")
    source, caret = renderer("full")(Checked((one,), (), {"a.nx": line.encode()})).splitlines()[2:4]
    assert len(source) < 200
    assert source[caret.index("^") : caret.rindex("^") + 1] == "HERE"


def test_a_mark_at_the_start_of_a_file_takes_no_room() -> None:
    one = Report("NX100", "n", "error", "m", Place("a.nx", 1, 1, 1, 5), "")
    printed = renderer("full")(Checked((one,), (), {"a.nx": b"\xef\xbb\xbfflow"})).splitlines()
    assert printed[2:4] == ["1 | flow", "  | ^^^^"]


def test_colours_are_the_only_difference_on_a_terminal() -> None:
    coloured = renderer("full", colour=True)(CHECKED)
    plain = coloured
    for code in ("1;31", "1;33", "1;36", "1;34", "1", "2", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert coloured != plain == renderer("full")(CHECKED)
