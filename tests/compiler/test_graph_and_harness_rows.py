"""Rows of NX4xx and NX5xx, each in the places where it can stand, and what looks like it and is none.

A row of `rows/` begins with `===` and a title. `⟦401 a → b → a:a⟧` is a finding at `a` whose message holds what stands
before the colon. Where a program speaks of Ann, Bob, Cy, Dee or Eve, they are declared in its first file, unless it
declares Ann itself. No error may be found besides, except in torn text.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.findings import findings_of
from nexa.compiler.analysis import Settings
from nexa.compiler.rule import Finding, Severity
from nexa.compiler.rules import RULES

ROWS = Path(__file__).parent / "rows"
AGENTS = "".join(f'agent {name} {{ prompt: "{name}" }} ' for name in ("Ann", "Bob", "Cy", "Dee", "Eve")) + "\n"
MARK = re.compile(r"⟦(\d+)(?: ([^:⟦⟧]*))?:")
FOLLOWING = {rule.code for rule in RULES if rule.harness}

Place = tuple[str, str, int, int]
"""A file, a code, and from where to where."""


def rows(table: str) -> list[object]:
    text = (ROWS / table).read_text(encoding="utf-8")
    titled = [row.partition("\n") for row in text.split("=== ")[1:]]
    return [pytest.param(body, id=title) for title, _, body in titled]


def read(row: str) -> tuple[dict[str, str], dict[Place, str]]:
    """The files of a row, and what is to be found, with a part of its message."""
    first, *others = re.split(r"^//- (.*)\n", row, flags=re.MULTILINE)
    parts = {**({"main.nx": first} if first.strip() else {}), **dict(zip(others[::2], others[1::2], strict=True))}
    needs = re.search(r"\b(Ann|Bob|Cy|Dee|Eve)\b", row) is not None and "agent Ann " not in row
    files: dict[str, str] = {}
    wanted: dict[Place, str] = {}
    for path, part in parts.items():
        text, spans = unmarked(AGENTS + part if needs and path == "main.nx" else part)
        files[path] = text
        wanted |= {(path, code, start, end): said for code, start, end, said in spans}
    return files, wanted


def unmarked(text: str) -> tuple[str, list[tuple[str, int, int, str]]]:
    out, spans = b"", list[tuple[str, int, int, str]]()
    opened: list[tuple[str, int, str]] = []
    at = 0
    while at < len(text):
        mark = MARK.match(text, at)
        if mark is not None:
            opened.append((f"NX{mark[1]}", len(out), (mark[2] or "").strip()))
            at = mark.end()
        elif text[at] == "⟧":
            code, start, said = opened.pop()
            spans.append((code, start, len(out), said))
            at += 1
        else:
            out += text[at].encode()
            at += 1
    return out.decode(), spans


def check(files: dict[str, str], wanted: dict[Place, str], family: str, harness: str = "warn") -> list[Finding]:
    found = findings_of(files, Settings(harness=harness))  # type: ignore[arg-type]  # one of the three words
    codes = {code for _, code, _, _ in wanted}
    is_torn = any("torn" in text for text in files.values())
    kept = [
        one
        for one in found
        if one.code in codes
        or (one.code.startswith(family) and one.code != "NX534")
        or (one.severity is Severity.ERROR and not is_torn)
    ]
    places = [(one.path, one.code, one.span.start, one.span.end) for one in kept]
    assert sorted(places) == sorted(wanted), [(one.code, one.message) for one in kept]
    for one, place in zip(kept, places, strict=True):
        assert wanted[place] in one.message
    return kept


@pytest.mark.parametrize("row", rows("graph.txt"))
def test_a_row_of_the_graph(row: str) -> None:
    files, wanted = read(row)
    for one in check(files, wanted, "NX4"):
        steps = re.findall(r"[^\s()]+(?= →)", one.message)
        assert len(one.related) >= len(steps), "each step of a cycle is a related place"


@pytest.mark.parametrize("row", rows("harness.txt"))
def test_a_row_of_the_harness_in_each_mode(row: str) -> None:
    files, wanted = read(row)
    for mode, follows in (("warn", Severity.WARNING), ("strict", Severity.ERROR), ("off", None)):
        expected = {place: said for place, said in wanted.items() if follows or place[1] not in FOLLOWING}
        for one in check(files, expected, "NX5", mode):
            assert one.code not in FOLLOWING or one.severity is follows
