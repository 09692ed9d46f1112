"""A mistake of meaning is told where it is made, and to those whom it concerns: valid text, wrong names and values."""

from __future__ import annotations

import pytest

from harness.cascading import outcome
from harness.meaning import body_slips, head_slips, strangers

SEEDS = range(4)
PER_SEED = 120
USAGE = frozenset({"NX209"})
"""What really changes for others when a body uses something else."""


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_wrong_in_a_body_is_nobody_elses_business(seed: int) -> None:
    for slip in body_slips(seed, PER_SEED):
        found = outcome(slip)
        assert found.is_broken or {one.code for one in found.added} <= USAGE, (found.added, slip, found.text)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_wrong_in_a_head_is_told_to_its_users_alone(seed: int) -> None:
    for slip in head_slips(seed, PER_SEED):
        found = outcome(slip)
        told = {one.code for one in strangers(slip, found.added)}
        is_type = slip.new == b"null"  # `null` for a type is one, which its users must fit
        assert found.is_broken or is_type or told <= USAGE, (found.added, slip, found.text)
