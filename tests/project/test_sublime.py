"""The package in docs/editors/sublime, as far as it can be read without Sublime Text; tests/editors/sublime runs it."""

from __future__ import annotations

import json
import plistlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "docs" / "editors" / "sublime"
BUILD = json.loads((PACKAGE / "Nexa.sublime-build").read_text(encoding="utf-8"))
SYNTAXES = sorted(PACKAGE.glob("*.sublime-syntax"))


def nexa(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nexa.cli", *arguments]
    return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)


@pytest.mark.parametrize("path", SYNTAXES, ids=lambda path: path.stem)
def test_every_context_that_is_included_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    contexts = re.findall(r"^  ([\w-]+):$", text, re.MULTILINE)
    included = re.findall(r"^ *- include: '(?!scope:)(.+)'$", text, re.MULTILINE)
    assert included
    assert set(included) <= set(contexts)


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.tmPreferences")), ids=lambda path: path.stem)
def test_preferences_are_for_the_scopes_of_the_syntaxes(path: Path) -> None:
    scopes = {re.search("^scope: '(.+)'$", one.read_text("utf-8"), re.MULTILINE)[1] for one in SYNTAXES}
    assert set(plistlib.loads(path.read_bytes())["scope"].split(", ")) == scopes


@pytest.mark.parametrize("command", [BUILD["cmd"], *(one["cmd"] for one in BUILD["variants"])], ids=" ".join)
def test_the_command_line_knows_what_is_built(command: list[str], tmp_path: Path) -> None:
    program, *arguments = command
    assert program == "nexa"
    (tmp_path / "a.nx").write_text('flow main { print("hello") }\ntest "t" { assert true }\n', encoding="utf-8")
    done = nexa(*(word.replace("$file", "a.nx") for word in arguments), folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "text", "place"),
    [
        (["check"], "flow main {\n  print(Wirter)\n}\n", ("a.nx", "2", "9")),
        (["run"], 'flow main {\n  raise "x"\n}\n', ("a.nx", "2", "3")),
        (["test"], 'test "t" { assert false }\n', ("a.nx", "1", "12")),
    ],
)
def test_places_are_found_in_what_is_printed(arguments: list[str], text: str, place: tuple, tmp_path: Path) -> None:
    (tmp_path / "a.nx").write_text(text, encoding="utf-8")
    done = nexa(*arguments, "a.nx", folder=tmp_path)
    found = [re.match(BUILD["file_regex"], line) for line in (done.stdout + done.stderr).splitlines()]
    assert [match.groups() for match in found if match] == [place]
