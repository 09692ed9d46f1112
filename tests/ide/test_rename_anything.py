"""Over all examples: a rename adds no finding, and renaming back gives the very same text."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from nexa.compiler import ast
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.builtins import PREDECLARED_VALUES
from nexa.compiler.file import File
from nexa.ide.features.rename import Refusal, RenameEdit, prepare_rename, rename

SPEC = Path(__file__).parent.parent / "spec" / "examples"
PROGRAMS = sorted(path for path in SPEC.rglob("*") if path.suffix in (".nx", ".nxlib"))
TRIES = 12
"""Names of each example that are renamed."""
NAMES = ("zz_fresh", "ZzFresh", "客户名", "é")


def project() -> Project:
    secrets = [str(path) for path in SPEC.rglob("*.nxs")]

    def load(path: str) -> bytes | None:
        return Path(path).read_bytes() if Path(path).is_file() else None

    found = Project(Settings(), load, find_secrets=lambda _: secrets)
    for path in PROGRAMS:
        found = found.with_file(File.parse(str(path), path.read_bytes()))
    return found


def applied(before: Project, edits: list[RenameEdit]) -> Project:
    texts: dict[str, bytes] = {}
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        text = texts.get(edit.path) or before.file(edit.path).text
        texts[edit.path] = text[: edit.span.start] + edit.text.encode() + text[edit.span.end :]
    for path, text in texts.items():
        before = before.with_file(File.parse(path, text))
    return before


def findings(of: Project) -> Counter[tuple[str, str]]:
    """What rules say, but for how names are spelt."""
    return Counter(
        (path.name, one.code) for path in PROGRAMS for one in of.findings(str(path)) or () if one.code != "NX902"
    )


@pytest.fixture(scope="module")
def examples() -> Project:
    return project()


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_renaming_and_renaming_back(examples, path):
    rng = random.Random(path.name)
    file = examples.file(str(path))
    names = [
        file.starts[index] + name.start
        for index, item in enumerate(file.items)
        for name in item.of(ast.Name)
        if name.text
    ]
    done, refused = 0, []
    rng.shuffle(names)
    for offset in names:
        if done == TRIES:
            break
        new = rng.choice(NAMES)
        try:
            prepared = prepare_rename(examples, str(path), offset)
            edits = rename(examples, str(path), offset, new) if prepared is not None else None
        except Refusal as refusal:
            refused.append(refusal.message)
            continue
        if prepared is None or edits is None or prepared.text in PREDECLARED_VALUES or any(one.doubt for one in edits):
            continue  # what hides a name of the language may lose its name, but not get it
        done += 1
        after = applied(examples, edits)
        assert findings(after) - findings(examples) == Counter(), f"{prepared.text} → {new}"
        first = next(one for one in edits if one.path == str(path))
        back = rename(after, str(path), after.file(str(path)).text.index(new.encode()), prepared.text)
        again = applied(after, back)
        for other in PROGRAMS:
            assert again.file(str(other)).text == examples.file(str(other)).text, f"{prepared.text} → {new} at {first}"
    assert done, refused
    taken = [message for message in refused if "language" not in message and "value of its flow" not in message]
    assert len(taken) <= 3, taken
