"""Findings about names, in fixtures that carry their expectations: a new case is a line in a fixture."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.findings import differences
from nexa.compiler.rule import Severity

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.nx"))
SHOWN = frozenset({Severity.ERROR, Severity.WARNING})
NAMES = frozenset(f"NX2{number:02}" for number in range(1, 25))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_fixture(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    marked = frozenset(code for code in NAMES if f"^ {code}" in text)
    wrong = differences(text, severities=SHOWN, codes=NAMES | marked)
    assert not wrong, "\n".join(["", *wrong])
