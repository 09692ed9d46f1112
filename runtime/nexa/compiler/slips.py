"""What the rules of the NX1xx codes have in common: lowering met a mistake, a rule words it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nexa.compiler.rule import Slip

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts


def slipped(item: ItemFacts, code: str) -> Iterator[Slip]:
    """The slips of one code, in the order in which they were met."""
    return (slip for slip in item.slips if slip.code == code)
