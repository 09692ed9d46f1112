"""What a file adds to an index of names, and looking names up in one."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.ide.features.outline import OutlineKind, OutlineSymbol, symbols_of
from nexa.ide.memo import per_item
from nexa.syntax import Span

_LEFT_OUT = frozenset({"property", "include", "hook"})
"""What nobody looks for by its name."""

_SEPARATOR = re.compile(r"::|[.\s]+")


@dataclass(frozen=True, slots=True)
class Indexed:
    """A named place: `span` is that of the name, `container` what it is part of, `""` for nothing."""

    name: str
    kind: OutlineKind
    container: str
    span: Span


@dataclass(frozen=True, slots=True)
class Match:
    """A name that fits a query; the higher the score, the better."""

    path: str
    symbol: Indexed
    score: int


Rows = Sequence[tuple[int, tuple[Indexed, ...]]]
"""The names of a file: an offset, and the names of what begins there, whose places count from it."""


def indexed(file: File) -> Rows:
    """In textual order. Items that did not change keep their names, wherever they are moved."""
    return [(start, _of_item(item)) for start, item in zip(file.starts, file.items, strict=True)]


@per_item
def _of_item(item: ItemFacts) -> tuple[Indexed, ...]:
    return tuple(_flat(symbols_of(item), ""))


def _flat(symbols: Iterable[OutlineSymbol], container: str) -> Iterator[Indexed]:
    for one in symbols:
        if one.kind not in _LEFT_OUT:
            yield Indexed(one.name, one.kind, container, one.name_span)
            yield from _flat(one.children, one.name)


def placed(rows: Rows) -> Iterator[Indexed]:
    """The names of a file with their places in it."""
    for start, row in rows:
        yield from (_moved(one, start) for one in row)


def _moved(one: Indexed, by: int) -> Indexed:
    return replace(one, span=Span(one.span.start + by, one.span.end + by)) if by else one


# ── looking up ──────────────────────────────────────────────────────────────────────────────────────────────────


def search(
    query: str, files: Iterable[tuple[str, Rows]], limit: int, is_current: Callable[[], bool] = lambda: True
) -> list[Match]:
    """The names that a query fits best, the best first: its letters occur in the name in their order.

    `Writer.price` looks for `price` in what `Writer` fits. An empty query fits everything. The search ends as soon as
    `is_current`, which is asked before each file, says no.
    """
    *around, name = _SEPARATOR.split(query.strip())
    fits, fits_around = _filter(name), [_filter(one) for one in around if one]
    found = (
        Match(path, _moved(one, start), score(name, one.name))
        for path, rows in takewhile(lambda _: is_current(), files)
        for start, row in rows
        for one in row
        if fits(one.name.casefold()) and all(fit(one.container.casefold()) for fit in fits_around)
    )
    return heapq.nsmallest(limit, found, key=_order)


def _order(match: Match) -> tuple[int, int, str, str, Span]:
    return (-match.score, len(match.symbol.name), match.symbol.name, match.path, match.symbol.span)


def _filter(word: str) -> Callable[[str], object]:
    """Whether the letters of a word occur in a text in their order."""
    return re.compile(".*?".join(map(re.escape, word.casefold())), re.DOTALL).search


_ADJACENT, _BOUNDARY, _SAME_CASE, _START, _GAP = 8, 12, 1, 10, -1


def score(query: str, name: str) -> int:
    """How well a query fits a name that has its letters: at the beginning of words, next to each other, in its case."""
    if not query:
        return 0
    if query == name:
        return 10_000
    if query.casefold() == name.casefold():
        return 9_000
    wanted, folded = query.casefold(), name.casefold()
    if len(folded) != len(name) or len(wanted) != len(query):
        return 0  # letters that become several: found, but not compared one by one
    best = _best(query, name, wanted, folded)
    is_beginning = name.startswith(query) or (query == wanted and folded.startswith(wanted))
    return best + 1000 * is_beginning


def _best(query: str, name: str, wanted: str, folded: str) -> int:
    """The best way of finding each letter of the query behind the one before."""
    row: dict[int, int] = {-1: 0}
    """By the place of the last letter that was found: the points so far."""
    for number, letter in enumerate(wanted):
        after: dict[int, int] = {}
        for at in (place for place, char in enumerate(folded) if char == letter):
            ways = [points + _step(last, at) for last, points in row.items() if last < at]
            if ways:
                own = _BOUNDARY if _begins_word(name, at) else 0
                own += _SAME_CASE if name[at] == query[number] else 0
                after[at] = max(ways) + own
        row = after
    return max(row.values(), default=0)


def _step(last: int, at: int) -> int:
    if last < 0:
        return _START if at == 0 else _GAP * min(at, 5)
    return _ADJACENT if at == last + 1 else _GAP * min(at - last - 1, 5)


def _begins_word(name: str, at: int) -> bool:
    if at == 0 or not name[at - 1].isalnum():
        return True
    return (name[at].isupper() and not name[at - 1].isupper()) or (name[at].isdigit() != name[at - 1].isdigit())
