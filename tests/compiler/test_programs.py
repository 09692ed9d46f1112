"""Programs as people write them: nothing is found in them, and a slip is found where it is.

A table of `programs` holds programs with `===` between them. Below each stand slips: the number of a line, a code, and
the line with the slip in it and the finding between `⟦` and `⟧`; its indentation is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.findings import findings_of
from harness.markers import read_fixture
from nexa.compiler.rule import Finding, Severity

SERIOUS = (Severity.ERROR, Severity.WARNING)
TABLES = sorted((Path(__file__).parent / "programs").glob("*.txt"))


def programs() -> Iterator[tuple[str, list[str]]]:
    """The text of each program, and its slips."""
    for table in TABLES:
        for row in table.read_text(encoding="utf-8").split("===\n"):
            lines = row.strip("\n").split("\n")
            text = [line for line in lines if not line.startswith("~ ")]
            yield "\n".join(text).strip("\n"), [line[2:] for line in lines if line.startswith("~ ")]


PROGRAMS = {text.split("\n")[0].removeprefix("// "): (text, slips) for text, slips in programs()}
SLIPS = [(title, slip) for title, (_, slips) in PROGRAMS.items() for slip in slips]


def found(files: dict[str, str]) -> list[Finding]:
    return [one for one in findings_of(files) if one.severity in SERIOUS]


def files_of(title: str) -> dict[str, str]:
    return dict(read_fixture(PROGRAMS[title][0]).files)


@pytest.mark.parametrize("title", PROGRAMS)
def test_nothing_is_found_in_a_program_that_is_right(title: str) -> None:
    assert found(files_of(title)) == []


@pytest.mark.parametrize(("title", "slip"), SLIPS)
def test_a_slip_is_found_where_it_is(title: str, slip: str) -> None:
    number, code, marked = slip.split(" ", 2)
    files = files_of(title)
    main = next(iter(files))
    lines = files[main].split("\n")
    old = lines[int(number) - 1]
    indent = old[: len(old) - len(old.lstrip())]
    lines[int(number) - 1] = indent + marked.replace("⟦", "").replace("⟧", "")
    files[main] = "\n".join(lines)
    (one,) = found(files)
    text = files[main].encode()
    start, end = (len(text[:offset].decode()) for offset in (one.span.start, one.span.end))
    row = files[main].count("\n", 0, start)
    begin = files[main].rfind("\n", 0, start) + 1
    line = lines[row]
    shown = f"{line[: start - begin]}⟦{line[start - begin : end - begin]}⟧{line[end - begin :]}"
    assert (one.code, row + 1, shown) == (code, int(number), indent + marked)


def test_there_are_enough_of_both() -> None:
    assert len(PROGRAMS) > 60
    assert len(SLIPS) > 300
