"""What a check and a keystroke cost grows as the text does, whatever the text is made of.

Counted are the lines of Python that run, not seconds: the same on every machine. Four times the text may take four
times the lines, and a little more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from harness.shapes import SHAPES, Shape
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.syntax import Edit

PATH = "/a.nx"
FEW, MANY = 60, 240
MOST = 4.6
"""Times the lines for four times the text; what grows with the square takes sixteen."""


def lines_of(run: Callable[[], Any]) -> int:
    """How many lines of Python a call runs."""
    count = 0

    def step(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def costs(text: bytes) -> tuple[int, int]:
    """Of a check of a text, and of a keystroke in the middle of it."""
    file = File.parse(PATH, text)
    project = Project(Settings(), lambda _: None).with_file(file)
    checked = lines_of(lambda: Project(Settings(), lambda _: None).with_file(File.parse(PATH, text)).findings(PATH))
    project.findings(PATH)
    at = text.index(b"\n", len(text) // 2) if b"\n" in text[len(text) // 2 :] else len(text)
    edited = text[:at] + b" " + text[at:]

    def press() -> None:
        project.with_file(file.edited([Edit(at, at, at + 1)], edited)).findings(PATH)

    return checked, lines_of(press)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_four_times_the_text_takes_four_times_as_long(shape: Shape) -> None:
    few, many = costs(shape(FEW).encode()), costs(shape(MANY).encode())
    assert many[0] <= MOST * few[0], "a check"
    assert many[1] <= MOST * few[1], "a keystroke"
