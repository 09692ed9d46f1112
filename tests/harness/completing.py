"""The boundary of completion for tests: a fixture with a cursor in, labels in their order out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from harness.cursor import ROOT
from harness.findings import project_of
from harness.markers import read_fixture
from nexa.ide.features.completion import Completion, Surroundings, completion


def completed(
    text: str, *, files: Mapping[str, object] | None = None, models: tuple[str, ...] = ()
) -> Completion | None:
    """What is offered at `$0`. `files` are the names of further files on the disk; they lie beside the fixture's."""
    fixture = read_fixture(text)
    assert fixture.cursor is not None
    project = project_of({ROOT + name: content for name, content in fixture.files.items()})
    name, offset = fixture.cursor

    def list_folder(folder: str) -> list[tuple[str, bool]]:
        paths = [PurePosixPath(ROOT, name) for name in files or ()]
        below = {one.relative_to(folder).parts for one in paths if one.is_relative_to(folder)}
        return sorted({(parts[0], len(parts) > 1) for parts in below})

    return completion(project, ROOT + name, offset, Surroundings(list_folder, models, lambda _: project.paths))


def labels(found: Completion | None) -> list[str]:
    """The labels in the order of the list."""
    return [one.label for one in found.candidates] if found is not None else []


def check_all(text: str, *expected: str, **outside: object) -> Completion:
    """Exactly these are offered, in any order."""
    found = completed(text, **outside)  # type: ignore[arg-type]
    assert sorted(labels(found)) == sorted(expected)
    assert found is not None
    return found


def check_first(text: str, *expected: str, **outside: object) -> Completion:
    """The list begins with these, in this order."""
    found = completed(text, **outside)  # type: ignore[arg-type]
    assert labels(found)[: len(expected)] == list(expected)
    assert found is not None
    return found


def check_some(text: str, *expected: str, absent: tuple[str, ...] = (), **outside: object) -> Completion:
    """These are offered, and those are not; no label is there twice."""
    found = completed(text, **outside)  # type: ignore[arg-type]
    offered = labels(found)
    assert set(expected) <= set(offered), f"missing {sorted(set(expected) - set(offered))} in {offered[:40]}"
    assert not set(absent) & set(offered)
    assert found is not None
    return found


def check_nothing(text: str) -> None:
    """Nothing is offered."""
    assert labels(completed(text))[:20] == []
