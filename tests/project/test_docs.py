"""What the documents show is what the commands print, and what they link to exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MODULES = {"nexa": "nexa.cli", "nexa-lsp": "nexa.lsp"}
CONSOLE = re.compile(r"^```console\n\$ (.+)\n((?:.*\n)*?)```$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
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


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link and link != "mailto:"]
    assert [link for link in links if not (path.parent / link).exists()] == []


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
