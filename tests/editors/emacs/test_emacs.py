"""docs/editors/emacs/nexa-mode.el in a real Emacs, with the eglot that it brings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.editors import Results, debian, play

SCENARIO = Path(__file__).with_name("scenario.el")
CHECKS = re.findall(r'^\(check "(.+)"', SCENARIO.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Results:
    tree = debian("emacs-trixie", "trixie", ["emacs-nox"])
    home = next((tree.folder / "usr/share/emacs").glob("[0-9]*"))
    (dump,) = (tree.folder / "usr/libexec/emacs").glob("*/*/*.pdmp")
    lisp = [path for path in (home / "lisp").rglob("*") if path.is_dir()]
    variables = {
        "EMACSLOADPATH": ":".join(map(str, [home / "lisp", *lisp])),
        "EMACSDATA": str(home / "etc"),
        "EMACSPATH": str(dump.parent),
    }
    command = [*tree.program("usr/bin/emacs-nox"), f"--dump-file={dump}", "-Q", "--batch", "-l", str(SCENARIO)]
    return play(command, variables, tmp_path_factory.mktemp("emacs"))


@pytest.mark.parametrize("name", CHECKS)
def test_in_emacs(results: Results, name: str) -> None:
    assert results[name] is None, results[name]
