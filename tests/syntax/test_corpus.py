"""Every construct becomes the tree that the corpus says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.corpus import Case, cases, pretty, tree_of
from nexa.syntax import parse

CORPUS = Path(__file__).parent / "corpus"
SYNTAX = Path(__file__).parents[2] / "syntax"
CASES = [(path, case) for path in sorted(CORPUS.glob("*.txt")) for case in cases(path)]


@pytest.mark.parametrize(("path", "case"), CASES, ids=[f"{path.stem}-{case.name}" for path, case in CASES])
def test_a_source_becomes_its_tree(path: Path, case: Case) -> None:
    assert pretty(tree_of(case)) == pretty(case.tree)
    assert parse(case.source.encode(), case.grammar).has_error == (":error" in case.attributes)


def test_every_node_kind_is_in_the_corpus() -> None:
    for grammar, folder in (("nexa", SYNTAX), ("secrets", SYNTAX / "secrets")):
        types = json.loads((folder / "src/node-types.json").read_text(encoding="utf-8"))
        kinds = {entry["type"] for entry in types if entry["named"] and "subtypes" not in entry}
        seen = " ".join(case.tree for _, case in CASES if case.grammar == grammar)
        missing = {kind for kind in kinds if f"({kind} " not in seen and f"({kind})" not in seen}
        assert not missing
