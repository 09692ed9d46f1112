"""What the rules say of the items of a file, from moment to moment: they are asked again only where something changed.

An item is asked about again when it was edited, when a name that it asked for means something else, and when a result
that it rests on may be another one. Everything else is taken over as it stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from nexa.compiler.askers import Askers
from nexa.compiler.check import Checked, Drafted, Report, checked
from nexa.compiler.common_ends import same_ends
from nexa.compiler.facts import ItemFacts
from nexa.compiler.infer.solve import Solver
from nexa.compiler.table import View

Items = tuple[ItemFacts, ...]
Known = list[Checked | None]


@dataclass(frozen=True, slots=True)
class Moment:
    """What there is to check: the items of a file, those of the other files of its programs, and what names mean."""

    items: Items
    others: tuple[Items, ...]
    view: View


@dataclass(frozen=True, slots=True)
class Checks:
    """What was known at a moment: `known[i]` is what was last said of its `i`th item, None before anything was.

    What is known of a `stale` item may not hold any longer. `drafts` is what there is to say, by the index of the item.
    `askers` are of the last moment only: they are handed on.
    """

    items: Items
    others: tuple[Items, ...]
    token: tuple[object, ...]
    known: Known
    stale: frozenset[ItemFacts]
    drafts: Mapping[int, tuple[Drafted, ...]]
    askers: Askers

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.stale and None not in self.known


def caught_up(
    old: Checks | None,
    now: Moment,
    solver: Solver,
    is_current: Callable[[], bool],
    on_checked: Callable[[], None],
    report: Report,
) -> Checks:
    """What is known now. `is_current` is asked before each item; once it says no, the rest is left for the next time.

    `on_checked` is told of each item that the rules are asked about.
    """
    token = now.view.token
    if old is not None and old.is_whole and (old.token, old.items, old.others) == (token, now.items, now.others):
        return old
    askers = Askers() if old is None else old.askers
    known, stale, before = _taken_over(old, now)
    pending = deque(index for index, one in enumerate(known) if one is None) if None in known else deque[int]()
    pending += [index for index, item in enumerate(now.items) if item in stale] if stale else ()
    asked: set[int] = set()
    has_moved = old is None
    while pending and is_current():
        index = pending.popleft()
        item, last = now.items[index], known[index]
        typed = solver.typed(item)
        assert typed is not None  # nothing is open when nothing is being asked
        if last is None or last.typed is not typed or not solver.infers_alike(last.names):
            on_checked()
            if last is not None:
                askers.remove(item, last.names)  # it may ask for less now
            known[index] = after = checked(item, typed, now.view, solver, report)
            askers.add(item, after.names)
            if not has_moved and item.is_inferred_from and _is_moved(last or before.get(item), after):
                has_moved = True
                more = [one for one in _resting(known) if one not in asked and now.items[one] not in stale]
                stale.update(now.items[one] for one in more)
                pending += more
        asked.add(index)
        stale.discard(item)
    return Checks(now.items, now.others, token, known, frozenset(stale), _drafts(old, known, asked), askers)


def _drafts(old: Checks | None, known: Known, asked: Iterable[int]) -> dict[int, tuple[Drafted, ...]]:
    """What there is to say: as at the last moment, if no item came or went, but for those that were asked about."""
    if old is None or len(old.known) != len(known):
        return {index: one.drafts for index, one in enumerate(known) if one is not None and one.drafts}
    found = dict(old.drafts)
    for index in asked:
        one = known[index]
        if one is not None and one.drafts:
            found[index] = one.drafts
        else:
            found.pop(index, None)
    return found


def _taken_over(old: Checks | None, now: Moment) -> tuple[Known, set[ItemFacts], dict[ItemFacts, Checked]]:
    """What was known of the items that are still there, those of which it may not hold any longer, and what was known
    of the items in whose places others stand now.
    """
    if old is None:
        return [None] * len(now.items), set(), {}
    first, behind = same_ends(old.items, now.items)
    gone, new = slice(first, len(old.items) - behind), slice(first, len(now.items) - behind)
    for item, one in zip(old.items[gone], old.known[gone], strict=True):
        if one is not None:
            old.askers.remove(item, one.names)
    known = old.known.copy()
    known[gone] = [None] * (new.stop - first)
    pairs = zip(now.items[new], old.known[gone], strict=False) if gone == new else ()
    return known, _stale(old, now, known), {item: one for item, one in pairs if one is not None}


def _stale(old: Checks, now: Moment, known: Known) -> set[ItemFacts]:
    changed = now.view.changed_since(old.token)
    if changed is None or len(old.others) != len(now.others):
        return {item for item, one in zip(now.items, known, strict=True) if one is not None}
    found = {item for item in now.items if item in old.stale} if old.stale else set()
    if changed:
        candidates = old.askers.of(changed)
        pairs = zip(now.items, known, strict=True) if candidates is None or candidates else ()
        found |= {
            item
            for item, one in pairs
            if one is not None and (candidates is None or item in candidates) and one.names.may_differ(changed)
        }
    if now.others and _may_have_moved(old.others, now.others, changed):
        found.update(now.items[index] for index in _resting(known))
    return found


def _resting(known: Known) -> Iterator[int]:
    """The items that rest on the bodies of others."""
    return (index for index, one in enumerate(known) if one is not None and one.rests_on_bodies)


def _is_moved(before: Checked | None, after: Checked) -> bool:
    """Whether who rests on the results of an item has to look again."""
    if before is None:
        return True
    old, new = before.typed, after.typed
    is_alike = old.results == new.results and old.names.inferences.keys() == new.names.inferences.keys()
    return not is_alike or old.is_circular != new.is_circular


def _may_have_moved(before: tuple[Items, ...], after: tuple[Items, ...], changed: frozenset[str]) -> bool:
    """Whether some result that is inferred from the bodies of other files may be another one."""
    for old, new in zip(before, after, strict=True):
        if old is not new:
            first, behind = same_ends(old, new)
            if any(one.is_inferred_from for one in (*old[first : len(old) - behind], *new[first : len(new) - behind])):
                return True
        if changed and any(_may_move(item, changed) for item in new if item.is_inferred_from):
            return True
    return False


def _may_move(item: ItemFacts, changed: frozenset[str]) -> bool:
    return item.typed is None or item.typed.names.may_differ(changed)
