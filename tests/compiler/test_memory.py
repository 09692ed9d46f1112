"""An edit leaves nothing behind: what it replaced goes at once, without Python's collector."""

from __future__ import annotations

import gc
import random
from weakref import ref

import pytest

from harness.mutation import random_edits
from harness.mutations import programs
from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.compiler.judge import Settings
from nexa.syntax import Edit

PATH = "/a.nx"
TEXT = b"""\
agent Ann { prompt: "p" }

flow twice(text: str) -> str {
    answer = Ann.run(text)
    unmistakable = answer
    return unmistakable
}

flow main { print(twice("x")) }
"""


@pytest.fixture
def no_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def locals_called(name: str) -> int:
    """How many there are in the whole process: they take no weak references."""
    return sum(type(one).__name__ == "Local" and one.name == name for one in gc.get_objects())


def test_an_edited_item_goes_at_once(no_collector):
    file = File.parse(PATH, TEXT)
    project = Project(Settings(), lambda _: None).with_file(file)
    project.findings(PATH)
    before = locals_called("unmistakable")
    assert before
    item = ref(next(one for one in file.items if b"twice(text" in one.text))
    at = TEXT.index(b"answer = ")
    text = TEXT
    for _ in range(6):
        text = text[:at] + b"_" + text[at:]
        file = file.edited([Edit(at, at, at + 1)], text)
        project = project.with_file(file)
        project.findings(PATH)
        assert locals_called("unmistakable") <= before + 1, "only the last moment may be remembered"
    assert item() is None


@pytest.mark.parametrize("seed", range(6))
def test_who_asked_is_forgotten_with_the_item(seed):
    dice = random.Random(seed)
    _, text = dice.choice(programs())
    file = File.parse("/a.nx", text)
    project = Project(Settings(), lambda _: None).with_file(file)
    project.findings("/a.nx")
    for edit, after in random_edits(seed, text, 40):
        file = file.edited([edit], after)
        project = project.with_file(file)
        project.findings("/a.nx")
        askers = project._shared.checks["/a.nx"].askers
        rows = [one if isinstance(one, tuple) else (one,) for one in askers._by_name.values() if one is not None]
        assert {item for row in [*rows, askers._seekers] for item in row} <= set(file.items)
