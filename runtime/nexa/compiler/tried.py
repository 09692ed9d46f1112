"""Fixes of syntax, tried: what leaves more mistakes than before is no fix, and what leaves others is not safe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from nexa.compiler.lower import Lowered, lower
from nexa.compiler.rule import Draft, Remedy, Slip, Way, alternatives
from nexa.syntax import parse

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts

_LONGEST = 20_000
"""Bytes of an item that is read again for each way: for a longer one nobody waits who opens a menu."""
_MILD = frozenset({"NX107", "NX108", "NX112"})
"""Slips of which nothing is torn."""


def tried(item: ItemFacts, code: str, draft: Draft) -> Draft:
    """The draft of a code with the ways that help."""
    ways = [one for one in (draft.fix, *draft.others) if one is not None]
    if not ways or len(item.text) > _LONGEST:
        return draft
    kept = [_judged(item, one, code, draft) for one in ways]
    if kept == ways:
        return draft
    fix, others = alternatives(*kept)
    return replace(draft, fix=fix, others=others)


def _judged(item: ItemFacts, way: Way, code: str, draft: Draft) -> Way | None:
    if not isinstance(way, Remedy) or any(one.of is not None or one.path or one.whole for one in way.changes):
        return way
    pairs = [(one.start + slip.span.start, slip) for one in _read(item, way) for slip in one.slips]
    slips = [slip for _, slip in pairs]
    before, after = _mistakes(item.slips), _mistakes(slips)
    is_still_there = (_moved(draft.span.start, way), code) in [(start, slip.code) for start, slip in pairs]
    if is_still_there or after.total() > before.total():
        return None
    is_better = len(slips) < len(item.slips) and not after - before
    return way if is_better or not way.safe else replace(way, safe=False)


def _read(item: ItemFacts, way: Remedy) -> list[Lowered]:
    """What the item is after a way."""
    text = item.text
    for one in sorted(way.changes, key=lambda one: (one.span.start, one.span.end), reverse=True):
        text = text[: one.span.start] + one.text.encode() + text[one.span.end :]
    return lower(parse(text))


def _moved(at: int, way: Remedy) -> int:
    before = [one for one in way.changes if one.span.end <= at]
    return at + sum(len(one.text.encode()) - (one.span.end - one.span.start) for one in before)


def _mistakes(slips: Iterable[Slip]) -> Counter[str]:
    return Counter(one.code for one in slips if one.code.startswith("NX1") and one.code not in _MILD)
