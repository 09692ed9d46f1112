"""The rules of the house that no type checker knows."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE_ROOTS = ("syntax", "runtime", "lsp")
TOP_LEVEL = {
    *SOURCE_ROOTS, "vscode-extension", "tests", "docs", "pyproject.toml", "Makefile", "README.md", "LICENSE",
    "CHANGELOG.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md", "setup.py", "action.yml",
}  # fmt: skip


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return listed.stdout.splitlines()


def test_nothing_but_the_agreed_names_stands_at_the_top() -> None:
    names = {path.split("/")[0] for path in tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("root", SOURCE_ROOTS)
def test_no_source_root_owns_the_namespace(root: str) -> None:
    # One nexa/__init__.py makes the other roots' packages unbuildable: docs/adr/0001.
    assert not (ROOT / root / "nexa" / "__init__.py").exists()


@pytest.mark.parametrize("root", SOURCE_ROOTS)
def test_every_portion_says_that_it_is_typed(root: str) -> None:
    portions = [path for path in (ROOT / root / "nexa").iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert portions
    assert [path.name for path in portions if not (path / "py.typed").exists()] == []


def test_layers_point_down_only() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    if not lint.exists() and not lint.with_suffix(".exe").exists():
        pytest.skip("import-linter is installed by `make lint`")
    done = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "docs" / "adr" / "0002-dependencies.md").read_text(encoding="utf-8")
    extras = [requirement for extra in project["optional-dependencies"].values() for requirement in extra]
    names = [re.split(r"[\[<>=]", requirement)[0] for requirement in [*project["dependencies"], *extras]]
    assert [name for name in names if f"**{name}**" not in reasons] == []
