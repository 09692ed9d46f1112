"""A fixture as a snapshot: `//- lib.nxlib` starts another file, `$0` is the cursor."""

from __future__ import annotations

from harness.findings import is_source
from harness.markers import read_fixture
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File

ROOT = "/my files/"
"""Where the files of fixtures pretend to be."""


def snapshot(text: str, path: str = "main.nx") -> tuple[Project, str, int]:
    """The project, the file with the cursor (the last one without any), and the cursor's byte offset."""
    fixture = read_fixture(text, path)
    beside = {ROOT + name: content.encode() for name, content in fixture.files.items() if not is_source(name)}
    project = Project(Settings(), beside.get)
    for name, content in fixture.files.items():
        if ROOT + name not in beside:
            project = project.with_file(File.parse(ROOT + name, content.encode()))
    name, offset = fixture.cursor or (list(fixture.files)[-1], 0)
    return project, ROOT + name, offset


def file_of(text: str, path: str = "main.nx") -> File:
    """One file without a cursor."""
    project, where, _ = snapshot(text, path)
    file = project.file(where)
    assert file is not None
    return file


def shown_path(path: str) -> str:
    """A path as fixtures write it."""
    return path.removeprefix(ROOT)
