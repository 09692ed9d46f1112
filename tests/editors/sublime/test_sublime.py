"""docs/editors/sublime in bat, which reads Sublime Text's syntaxes: a token has the colour that tree-sitter gives it.

A theme with a colour of its own for every scope makes bat's output say which scope it found.
"""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editors.vscode.test_textmate import BEYOND, PROGRAMS, UNFINISHED, sound_cases
from editors.vscode.textmate import Scoped, disagreements, tokens
from harness.editors import CLONE, debian

SYNTAXES = CLONE / "docs" / "editors" / "sublime"
_SCOPE = re.compile(r"(?:scope|\d+): '([^']+)'$", re.MULTILINE)
_COLOUR = re.compile(r"\x1b\[([\d;]*)m")
INSIDE = (
    "punctuation.definition.string", "punctuation.definition.template", "meta.template", "keyword.control.template",
    "variable.other.template", "meta.interpolation", "meta.embedded.expression", "meta.embedded.line", "meta.python",
    "source.",
)  # fmt: skip
"""Scopes without a colour here: what they stand in has one."""

Bat = Callable[[str, str], list[Scoped]]


def scopes() -> list[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in SYNTAXES.glob("*.sublime-syntax"))
    found = {name for names in _SCOPE.findall(text) for name in names.split()}
    return sorted(name for name in found if not name.startswith(INSIDE))


def theme() -> bytes:
    settings = [{"settings": {"foreground": "#000001", "background": "#000000"}}]
    for number, scope in enumerate(scopes(), 2):
        settings.append({"scope": scope, "settings": {"foreground": f"#{number:06x}"}})
    return plistlib.dumps({"name": "scopes", "settings": settings})


@pytest.fixture(scope="module")
def bat(tmp_path_factory: pytest.TempPathFactory) -> Bat:
    """Text and language → what bat makes of each line."""
    tree = debian("bat-trixie", "trixie", ["bat"])
    home = tmp_path_factory.mktemp("bat")
    for folder in ("syntaxes", "themes"):
        (home / folder).mkdir()
    for path in SYNTAXES.glob("*.sublime-syntax"):
        shutil.copy(path, home / "syntaxes")
    (home / "themes" / "scopes.tmTheme").write_bytes(theme())
    environment = {
        **os.environ, "BAT_CONFIG_DIR": str(home), "BAT_CACHE_PATH": str(home / "cache"), "COLORTERM": "truecolor",
    }  # fmt: skip
    command = tree.program("usr/bin/batcat")
    done = subprocess.run([*command, "cache", "--build"], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rror" not in done.stderr, done.stderr
    plain = ["--color=always", "--style=plain", "--paging=never", "--wrap=never", "--tabs=0", "--theme=scopes"]

    def run(text: str, language: str) -> list[Scoped]:
        shown = subprocess.run(
            [*command, *plain, f"--language={language}"], env=environment, input=text.encode(), capture_output=True
        )
        assert shown.returncode == 0, shown.stderr.decode()
        return list(_read(shown.stdout.decode()))

    return run


def _read(shown: str) -> Iterator[Scoped]:
    names = ["", *scopes()]
    for number, line in enumerate(shown.split("\n")):
        column, scope = 0, ""
        for index, part in enumerate(_COLOUR.split(line)):
            if index % 2:
                colour = part.split(";")
                scope = names[int(colour[4]) + 256 * int(colour[3]) - 1] if colour[:2] == ["38", "2"] else ""
            elif part:
                end = column + len(part.encode("utf-16-le")) // 2
                yield number, column, end, ("source", scope)
                column = end


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_every_token_of_an_example_has_its_colour(bat: Bat, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tokens(text.encode())
    assert disagreements(text.encode(), bat(text, "Nexa")) == []


def test_the_corpus_of_the_syntax_agrees_but_for_what_is_known(bat: Bat) -> None:
    found = {
        case.name: disagreements(case.source.encode(), bat(case.source, "Nexa"))
        for case in sound_cases()
        if case.name not in BEYOND
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_mistake_stays_in_its_declaration(bat: Bat) -> None:
    healthy = 'agent Healthy {\n    prompt: "Fine."\n}\n'
    alone = bat(healthy, "Nexa")
    for broken in UNFINISHED:
        first = broken.count("\n") + 1
        after = [(line - first, *rest) for line, *rest in bat(f"{broken}\n{healthy}", "Nexa") if line >= first]
        assert after == alone, broken


def test_a_secrets_file_has_its_colours(bat: Bat) -> None:
    found = {scope for *_, (_, scope) in bat('// 1\nconfig local {\n  A = "b\\n" }\nC: -1\n', "Nexa Secrets")}
    assert found >= {
        "comment.line.double-slash.nexa", "keyword.control.import.nexa", "variable.other.property.nexa",
        "string.quoted.nexa", "constant.character.escape.nexa", "constant.numeric.nexa",
    }  # fmt: skip
