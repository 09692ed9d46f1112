"""Mutated programs hold what every program holds; `tests/bench/fuzz.py` runs as many of them as one likes."""

from __future__ import annotations

import pytest

from harness.fuzzing import failure, mutants


@pytest.mark.parametrize("seed", range(10))
def test_mutants(seed: int) -> None:
    for mutant in mutants(seed, 20):
        found = failure(mutant)
        assert found is None, f"{found[1]}\n{mutant.path}\n{mutant.after.decode(errors='replace')}"
