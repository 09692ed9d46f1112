"""Fixes over every faulty program of the language: none makes anything worse, and they come to an end."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from compiler.test_fixes import PROGRAMS
from harness.command import check_cli, write_files
from harness.markers import read_fixture
from nexa.compiler.edits import applied, compatible
from nexa.compiler.rule import Fix, TextEdit
from nexa.syntax.span import Span

BAD = Path(__file__).parents[1] / "spec" / "bad"


def errors(folder: Path) -> Counter[tuple[str, str]]:
    found = json.loads(check_cli(folder, "--json", "--severity", "error").out)
    return Counter((one["path"], one["code"]) for one in found)


def faulty(folder: Path, which: str) -> None:
    """The faulty programs of the reference, or those that the fixes are tried on, each in a folder of its own."""
    if which == "reference":
        shutil.copytree(BAD, folder)
    for name, text in PROGRAMS.items() if which == "ours" else ():
        write_files(folder / name.replace(" ", "_"), read_fixture(text).files)


@pytest.mark.parametrize("which", ["reference", "ours"])
@pytest.mark.parametrize("flags", [("--fix",), ("--fix", "--unsafe-fixes")], ids=["safe", "all"])
def test_fixing_everything_adds_no_error_and_ends(tmp_path: Path, flags: tuple[str, ...], which: str) -> None:
    folder = tmp_path / "bad"
    faulty(folder, which)
    before = errors(folder)
    ran = check_cli(folder, *flags, "--severity", "hint", timeout=120)
    assert ran.status == 1
    assert "Fixed " in ran.err
    assert errors(folder) - before == Counter()
    texts = {path: path.read_bytes() for path in folder.rglob("*.nx*")}
    check_cli(folder, *flags, "--severity", "hint", timeout=120)
    assert {path: path.read_bytes() for path in folder.rglob("*.nx*")} == texts


def edit(start: int, end: int, text: str, path: str = "a") -> TextEdit:
    return TextEdit(path, Span(start, end), text)


def fix(*edits: TextEdit) -> Fix:
    return Fix("t", True, edits)


@pytest.mark.parametrize(
    ("fixes", "chosen", "result"),
    [
        ([fix(edit(0, 1, "X")), fix(edit(1, 2, "Y"))], [0, 1], "XYcdef"),
        ([fix(edit(0, 3, "X")), fix(edit(2, 4, "Y"))], [0], "Xdef"),
        ([fix(edit(2, 2, "X")), fix(edit(2, 2, "Y"))], [0], "abXcdef"),
        ([fix(edit(2, 2, "X")), fix(edit(2, 4, "Y"))], [0], "abXcdef"),
        ([fix(edit(2, 4, "Y")), fix(edit(4, 4, "X"))], [0, 1], "abYXef"),
        ([fix(edit(4, 5, "1"), edit(0, 1, "2")), fix(edit(0, 1, "3")), fix(edit(5, 6, "4"))], [0, 2], "2bcd14"),
        ([fix(edit(0, 1, "X"), edit(0, 1, "", "elsewhere"))], [], "abcdef"),
        ([fix(edit(0, 99, "X"))], [], "abcdef"),
        ([fix()], [], "abcdef"),
    ],
)
def test_fixes_go_together_where_they_touch_nothing_twice(fixes: list[Fix], chosen: list[int], result: str) -> None:
    texts = {"a": b"abcdef"}
    found = compatible(fixes, texts)
    assert found == [fixes[at] for at in chosen]
    assert applied(found, texts) == {"a": result.encode()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [(b"a\nb", b"a\nX\nYb"), (b"a\r\nb", b"a\r\nX\r\nYb"), (b"a\rb", b"a\rX\rYb"), (b"ab", b"aX\nYb")],
)
def test_new_lines_end_as_the_others_do(text: bytes, expected: bytes) -> None:
    at = len(text) - 1
    assert applied([fix(edit(at, at, "X\nY"))], {"a": text}) == {"a": expected}
