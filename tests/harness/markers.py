"""Fixtures that carry their expectations: `//^^^ NX201: text` under the code, `//- a.nx` between files, `$0`.

A marker speaks of the last line above it that is no marker; its carets stand under the code points that the finding
covers. Marker lines are taken out of the text, so they may stand anywhere. Markers are complete: a finding without
a marker is a failure, too.

    //^^^ NX201: `Writer` is not defined      the whole message
    //^^^ NX201: `Writer`…                    its beginning
    //^^^ NX201                               any message

A finding that goes on over the end of the line is marked to the end of the line; one that is empty has one caret.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARKER = re.compile(r"^\s*//(?P<carets>\^+) (?P<code>NX\d{3})(?:: (?P<text>.*\S))?\s*$")
_FILE = re.compile(r"^\s*//- (?P<path>\S+)\s*$")
_CURSOR = "$0"


@dataclass(frozen=True, slots=True)
class Expected:
    """A marker: 0-based line and columns, in code points."""

    path: str
    line: int
    start: int
    end: int
    code: str
    text: str | None

    def __str__(self) -> str:
        return f"{self.path}:{self.line + 1}:{self.start + 1}-{self.end + 1}: {self.code}: {self.text or ''}"


@dataclass(frozen=True, slots=True)
class Fixture:
    """The files of a fixture without their markers, in order, and what the markers said."""

    files: dict[str, str]
    expected: list[Expected] = field(default_factory=list)
    cursor: tuple[str, int] | None = None
    """The file and the byte offset of `$0`."""


def read_fixture(text: str, path: str = "main.nx") -> Fixture:
    """Split a fixture into its files, markers and cursor; common indentation is removed."""
    files: dict[str, list[str]] = {}
    expected: list[Expected] = []
    lines = text.split("\n")
    margin = _margin(lines)
    for line in lines:
        if header := _FILE.match(line):
            path = header["path"]
            files[path] = []
        elif marker := _MARKER.match(line):
            columns = (marker.start("carets") - margin, marker.end("carets") - margin)
            expected.append(Expected(path, len(files[path]) - 1, *columns, marker["code"], marker["text"]))
        else:
            files.setdefault(path, []).append(line[margin:])
    texts = {name: "\n".join(lines) for name, lines in files.items()}
    cursor = None
    for name, content in texts.items():
        before, found, after = content.partition(_CURSOR)
        if found:
            texts[name] = before + after
            cursor = (name, len(before.encode()))
    return Fixture(texts, expected, cursor)


def _margin(lines: list[str]) -> int:
    """The indentation common to all lines but the markers, which reach to the left of the code that they mark."""
    return min(
        (len(line) - len(line.lstrip(" ")) for line in lines if line.strip() and not _MARKER.match(line)), default=0
    )


def mismatches(fixture: Fixture, findings: list[tuple[str, int, int, str, str]]) -> list[str]:
    """What differs between markers and findings, a line each; findings are (path, start, end, code, message)."""
    open_ones = list(fixture.expected)
    wrong: list[str] = []
    for path, start, end, code, message in findings:
        got = _place(fixture.files[path], path, start, end, code, message)
        match = next((one for one in open_ones if _agrees(one, got)), None)
        if match is None:
            wrong.append(f"unexpected  {got}")
        else:
            open_ones.remove(match)
    return wrong + [f"missing     {one}" for one in open_ones]


def _place(content: str, path: str, start: int, end: int, code: str, message: str) -> Expected:
    raw = content.encode()
    before = raw[:start].decode()
    line = before.count("\n")
    column = len(before) - (before.rfind("\n") + 1)
    covered = raw[start:end].decode().split("\n")[0]
    return Expected(path, line, column, column + max(1, len(covered)), code, message)


def _agrees(expected: Expected, got: Expected) -> bool:
    if (expected.path, expected.line, expected.start, expected.end, expected.code) != (
        got.path,
        got.line,
        got.start,
        got.end,
        got.code,
    ):
        return False
    if expected.text is None or got.text is None:
        return True
    if expected.text.endswith("…"):
        return got.text.startswith(expected.text[:-1])
    return expected.text == got.text
