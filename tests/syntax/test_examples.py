"""Every program of the specification has a tree without a fault, and derived files belong to their grammars."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nexa.syntax import Grammar, has_fault, parse

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path for path in (ROOT / "tests/spec/examples").rglob("*") if path.suffix.startswith(".nx"))


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.name for path in EXAMPLES])
def test_an_example_is_read_without_a_fault(path: Path) -> None:
    grammar: Grammar = "secrets" if path.suffix == ".nxs" else "nexa"
    assert not has_fault(parse(path.read_bytes(), grammar).root, grammar)


def test_there_are_examples_of_every_kind_of_file() -> None:
    assert {path.suffix for path in EXAMPLES} == {".nx", ".nxlib", ".nxs"}


def test_the_parsers_were_generated_from_the_grammars() -> None:
    done = subprocess.run(
        [sys.executable, "syntax/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
