"""Which files a workspace has, looked at bit by bit."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from harness.command import write_files
from nexa.lsp import listing
from nexa.lsp import walk as walk_module
from nexa.lsp.listing import Listing, outermost
from nexa.lsp.walk import walk


@pytest.fixture
def listed(tmp_path):
    write_files(tmp_path, {"a.nx": 'include "b.nxlib"', "b.nxlib": "", "x.nxs": "", "sub/c.nx": "", "gone/d.nx": ""})
    write_files(tmp_path, {".gitignore": "*.tmp.nx\n"})
    return Listing(lambda: [str(tmp_path)])


def names(found: Listing, folder: Path) -> list[str]:
    return sorted(Path(path).relative_to(folder).as_posix() for path in found.notes)


def test_files_are_noted_one_after_the_other(listed, tmp_path):
    counts = []
    while not listed.is_complete:
        listed.step()
        counts.append(len(listed.notes))
    assert all(after - before <= 1 for before, after in pairwise(counts))
    assert names(listed, tmp_path) == ["a.nx", "b.nxlib", "gone/d.nx", "sub/c.nx"]
    assert listed.notes[str(tmp_path / "a.nx")].includes == ("b.nxlib",)


def test_a_second_look_sees_what_has_changed(listed, tmp_path):
    listed.finish()
    version = listed.version
    listed.look_again()
    listed.finish()
    assert listed.version == version
    write_files(tmp_path, {"new.nx": ""})
    (tmp_path / "gone" / "d.nx").unlink()
    listed.look_again()
    listed.finish()
    assert names(listed, tmp_path) == ["a.nx", "b.nxlib", "new.nx", "sub/c.nx"]
    assert listed.version > version


def test_single_files_that_change(listed, tmp_path):
    listed.finish()
    write_files(tmp_path, {"new.nx": "", "new.tmp.nx": "", ".git/x.nx": "", "b.nxlib": 'include "c.nxlib"'})
    (tmp_path / "a.nx").unlink()
    for name in ("new.nx", "new.tmp.nx", ".git/x.nx", "b.nxlib", "a.nx", "x.nxs"):
        listed.changed(str(tmp_path / name))
    listed.changed("/elsewhere/e.nx")
    listed.changed("untitled:Untitled-1")
    assert names(listed, tmp_path) == ["b.nxlib", "gone/d.nx", "new.nx", "sub/c.nx"]
    assert listed.notes[str(tmp_path / "b.nxlib")].includes == ("c.nxlib",)


def test_there_is_an_end_to_it(listed, monkeypatch):
    monkeypatch.setattr(listing, "MAX_FILES", 3)
    listed.finish()
    assert len(listed.notes) == 3


def test_folders_within_folders_count_once():
    assert outermost(["/a/b", "/a", "/ab", "", "/a", "untitled:x", "relative"]) == ["/a", "/ab"]


def test_a_folder_of_many_files_is_looked_at_bit_by_bit(tmp_path, monkeypatch):
    names = {f"{number % 7}{number}.{'nx' if number % 3 else 'txt'}": "" for number in range(30)}
    write_files(tmp_path, {**names, ".gitignore": "1*.nx\n", "sub/a.nx": "", "2sub/b.nx": ""})
    whole = list(walk(str(tmp_path)))
    monkeypatch.setattr(walk_module, "AT_ONCE", 4)
    rows = list(walk(str(tmp_path)))
    assert [row for row in rows if row] == whole
    assert len(rows) > len(whole) + 5
