"""What the documents show is what the commands print, and what they link to exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MODULES = {"nexa": "nexa.cli", "nexa-lsp": "nexa.lsp"}
CONSOLE = re.compile(r"^```console\n\$ (.+)\n((?:.*\n)*?)```$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ANCHOR = re.compile(r'<a id="([^"]+)">')
FENCED = re.compile(r"^ *(```+).*?^ *\1", re.MULTILINE | re.DOTALL)
NEXA = re.compile(r"^```nexa\n((?:.*\n)*?)```$", re.MULTILINE)


def console_blocks() -> list[tuple[str, str, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), command, output)
        for path in DOCUMENTS
        for command, output in CONSOLE.findall(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("document", "command", "output"), console_blocks())
def test_shown_output_is_real(document: str, command: str, output: str) -> None:
    name, *arguments = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-m", MODULES[name], *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120,
        env={**__import__("os").environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.stdout.rstrip("\n") == output.rstrip("\n"), f"{document} shows something else than `{command}` prints"


def prose(path: Path) -> str:
    return FENCED.sub("", path.read_text(encoding="utf-8"))


@cache
def anchors(path: Path) -> frozenset[str]:
    """What a link into a document may name: its headings as GitHub spells them, and explicit anchors."""
    text = prose(path)
    words = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text))
    return frozenset([*words, *ANCHOR.findall(text)])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    links = [(link, anchor) for link, anchor in LINK.findall(prose(path)) if "://" not in link and (link or anchor)]
    assert [link for link, _ in links if not (path.parent / link).exists()] == []
    lost = [
        f"{link}#{anchor}"
        for link, anchor in links
        if anchor and anchor not in anchors(path.parent / link if link else path)
    ]
    assert lost == []


def readme_programs() -> list[str]:
    return NEXA.findall((ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("program", readme_programs())
def test_programs_of_the_readme_are_clean(program: str, tmp_path: Path) -> None:
    (tmp_path / "shown.nx").write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "nexa.lsp", "--check", "--isolated", "--no-cache", "--severity", "hint", "shown.nx"],
        cwd=tmp_path, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
