"""What is kept between calls: only what changed is read again, and only what is asked about is read at all."""

from __future__ import annotations

import os
from pathlib import Path

from harness.agent import write
from nexa.cli.mcp.workspace import Workspace

FILES = {
    "a.nx": 'include "lib/one.nxlib"\nflow main { print(one()) }\n',
    "b.nx": "flow main { print(2) }\n",
    "lib/one.nxlib": 'include "two.nxlib"\nfn one() -> int { return two() }\n',
    "lib/two.nxlib": "fn two() -> int { return 2 }\n",
}


def looked(folder: Path) -> Workspace:
    workspace = Workspace([str(folder)])
    workspace.look(lambda: True)
    return workspace


def test_only_what_shares_a_program_is_read(tmp_path: Path) -> None:
    workspace = looked(write(tmp_path, FILES))
    project = workspace.snapshot(str(tmp_path / "lib/two.nxlib"))
    assert {os.path.relpath(one, tmp_path) for one in project.paths} == {"a.nx", "lib/one.nxlib", "lib/two.nxlib"}
    (whole,) = workspace.projects(lambda: True)
    assert len(whole.paths) == 4


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    workspace = looked(write(tmp_path, FILES))
    (before,) = workspace.projects(lambda: True)
    write(tmp_path, {"b.nx": "flow main { print(33) }\n"})
    workspace.look(lambda: True)
    (after,) = workspace.projects(lambda: True)
    changed = [one for one in after.paths if after.file(one) is not before.file(one)]
    assert changed == [str(tmp_path / "b.nx")]


def test_nothing_changed_is_the_same_snapshot(tmp_path: Path) -> None:
    workspace = looked(write(tmp_path, FILES))
    before = workspace.projects(lambda: True)
    workspace.look(lambda: True)
    assert workspace.projects(lambda: True) == before


def test_a_text_that_is_not_saved_leaves_nothing_behind(tmp_path: Path) -> None:
    workspace = looked(write(tmp_path, FILES))
    path = str(tmp_path / "b.nx")
    before = workspace.snapshot(path)
    other = workspace.snapshot(path, "flow main { print(nobody) }\n")
    assert other.file(path) is not before.file(path)
    assert workspace.snapshot(path).file(path) is before.file(path)
