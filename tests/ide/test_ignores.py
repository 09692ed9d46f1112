"""Patterns of `.gitignore`: as git itself understands them, but that a character is one, and not its bytes."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from nexa.ide.ignores import Ignores
from nexa.lsp.walk import walk

NAMES = ("a.nx", "ab.nx", "b-c.nx", "A1.nx", "#x.nx", "!y.nx", " z.nx", "s .nx", "[k].nx", "q*.nx", "d^.nx")
FOLDERS = ("", "a", "a/b", "a/b/c", "b", "b/a", "gen", "gen/gen", "x y")
PIECES = (
    "a", "b", "c", "nx", ".nx", "*", "**", "?", "/", "/", "**/", "/**", "/**/", "gen", "gen/", "*.nx", "[ab]",
    "[!a]", "[^b-c]", "[a-", "[]k]", "[[:upper:]]", "[[:digit:]b]", "[--0]", "[\\]]", "\\*", "\\", "#", "!", " ",
    "\\ ", "-", "^",
)  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("*.nx", "a.nx d/a.nx", "a.nxs"),
        ("/a.nx", "a.nx", "d/a.nx"),
        ("gen/", "gen/a.nx d/gen/e/a.nx", "gen gen.nx"),
        ("d/*.nx", "d/a.nx", "d/e/a.nx e/d/a.nx"),
        ("legacy/**", "legacy/a.nx legacy/b/c.nx", "legacy new/legacy/a.nx"),
        ("**/old/*.nx", "old/a.nx d/old/a.nx d/e/old/a.nx", "old/d/a.nx"),
        ("a/**/b.nx", "a/b.nx a/c/b.nx a/c/d/b.nx", "b.nx c/a/b.nx"),
        ("f?o.[nm]x", "foo.nx d/fxo.mx", "fo.nx f/o.nx"),
        ("[!a]*.nx", "b.nx", "a.nx"),
        ("\\#a  ", "#a", "a"),
        ("# a", "", "a"),
        ("a\\ ", "a\u0020", "a"),
        ("[a", "", "a [a"),
        ("/", "", "a"),
        ("?.nx", "客.nx 😀.nx", "客客.nx"),
        ("[客-宫]*", "客.nx", "a.nx"),
    ],
)
def test_patterns(pattern, yes, no):
    ignores = Ignores([pattern])
    yes_paths = [yes] if yes.endswith(" ") else yes.split()
    assert [path for path in yes_paths if not ignores.match(path)] == []
    assert [path for path in no.split() if ignores.match(path)] == []


def test_the_last_line_that_speaks_of_a_file_counts():
    ignores = Ignores(["*.nx", "!keep.nx", "keep.nx/"])
    assert ignores.match("a.nx")
    assert not ignores.match("d/keep.nx")
    assert ignores.match("keep.nx/b.nxs")


def test_what_a_folder_leaves_out_nothing_takes_in_again():
    assert Ignores(["gen/", "!gen/a.nx"]).match("gen/a.nx")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("seed", range(4))
def test_a_folder_looks_as_git_sees_it(tmp_path: Path, seed: int):
    git = ["git", "-C", str(tmp_path), "-c", "core.quotePath=false", "-c", "core.excludesFile="]
    subprocess.run([*git, "init", "-q"], check=True)
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(exist_ok=True)
        for name in NAMES:
            (tmp_path / folder / name).touch()
    dice = random.Random(seed)
    for _ in range(60):
        for folder in ("", "a"):
            lines = ["".join(dice.choices(PIECES, k=dice.randrange(1, 5))) for _ in range(dice.randrange(1, 4))]
            (tmp_path / folder / ".gitignore").write_text("\n".join(lines) + "\n", encoding="utf-8")
        listed = subprocess.run(
            [*git, "ls-files", "-z", "--others", "--exclude-standard"], check=True, capture_output=True
        )
        expected = {one for one in listed.stdout.decode().split("\0") if one.endswith(".nx")}
        found = {Path(one).relative_to(tmp_path).as_posix() for row in walk(str(tmp_path)) for one in row}
        patterns = [(tmp_path / folder / ".gitignore").read_text() for folder in ("", "a")]
        assert found == expected, patterns
