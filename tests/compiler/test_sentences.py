"""The sentences of the reference about types and connections, each as the programs that it finds right and wrong.

A table of `sentences` holds a program a line, which a line with `|` goes on; what stands between `@@` and `@@@` begins
each of the programs below. `«NX301|x»` says that there is this finding at `x`; there are no others.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compiler.test_gradual import check_guarantee
from harness.edits import applied
from harness.findings import findings_of
from nexa.compiler.rule import Severity

TABLES = sorted((Path(__file__).parent / "sentences").glob("*.txt"))
SERIOUS = (Severity.ERROR, Severity.WARNING)
ASIDE = frozenset({"NX208", "NX414", "NX402", "NX910"})
"""What is said of programs as short as these, whatever their types."""


def programs(table: Path) -> list[tuple[str, str]]:
    """What each program begins with, and its own lines."""
    found: list[tuple[str, str]] = []
    head: list[str] = []
    is_head = False
    for line in table.read_text(encoding="utf-8").splitlines():
        if line in ("@@", "@@@"):
            is_head = line == "@@"
            head = [] if is_head else head
        elif is_head:
            head.append(line)
        elif line.startswith("|"):
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line[1:]}")
        elif line and not line.startswith("##"):
            found.append(("\n".join([*head, ""]), line))
    return found


PROGRAMS = [
    pytest.param(*one, id=f"{table.stem} {number}") for table in TABLES for number, one in enumerate(programs(table), 1)
]


def read(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """A program without its marks, and where they are."""
    text, marks, begun = "", [], []
    for part in re.split("(«NX[0-9]+[|]|»)", marked):
        if part.startswith("«"):
            begun.append((part[1:-1], len(text)))
        elif part == "»":
            code, start = begun.pop()
            marks.append((code, start, len(text)))
        else:
            text += part
    return text, marks


def found_in(head: str, text: str) -> list[tuple[str, int, int]]:
    whole = f"{head}{text}\n".encode()
    return [
        (one.code, *(len(whole[:at].decode()) - len(head) for at in (one.span.start, one.span.end)))
        for one in findings_of({"main.nx": whole})
        if one.severity in SERIOUS and one.code not in ASIDE
    ]


@pytest.mark.parametrize(("head", "marked"), PROGRAMS)
def test_a_sentence_holds(head: str, marked: str) -> None:
    text, marks = read(marked)
    assert sorted(found_in(head, text)) == sorted(marks), text


CONNECTIONS = [one for one in PROGRAMS if "«NX303" in str(one.values[1])]


@pytest.mark.parametrize(("head", "marked"), CONNECTIONS)
def test_each_fix_of_a_connection_takes_it_away(head: str, marked: str) -> None:
    """A stage between, fields in what is given, fields that what is wanted does without."""
    text = f"{head}{read(marked)[0]}\n"
    before = [one for one in findings_of({"main.nx": text}) if one.code == "NX303"]
    for one in before:
        for fix in (one.fix, *one.others):
            after = findings_of({"main.nx": applied(text.encode(), fix.edits)}) if fix is not None else []
            assert one.message not in [left.message for left in after], fix


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_erasing_annotations_adds_no_finding(table: Path) -> None:
    """Of programs without findings; where one is wrong, an annotation may say so at another place."""
    for head, marked in programs(table):
        if "«" not in marked:
            check_guarantee(f"{head}{marked}\n".encode(), range(3))
