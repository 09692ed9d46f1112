"""Semantic tokens: what every piece of a file is, item by item.

An item keeps its tokens while its text and the meaning of the names that it leaves to the program stay the same, so a
keystroke costs one item.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.table import View
from nexa.ide.features.tokens.embedded import Token
from nexa.ide.features.tokens.walk import item_tokens, text_tokens
from nexa.syntax import Span

__all__ = ["Piece", "Token", "each_piece", "pieces"]

_GAPS = 4096
"""How many different texts between items are remembered."""


@dataclass(eq=False, slots=True, weakref_slot=True)
class Piece:
    """A stretch of a file with its tokens, whose offsets count from its start.

    The same object as long as text and tokens are the same.
    """

    text: bytes
    tokens: tuple[Token, ...]


@dataclass(slots=True)
class _Known:
    """The piece of an item, and the answers that it rests on."""

    token: tuple[object, ...]
    names: Names
    piece: Piece


def pieces(
    project: Project, path: str, within: Span | None = None, is_current: Callable[[], bool] = lambda: True
) -> tuple[int, list[Piece]] | None:
    """Where the first stretch of a file begins, and all of them, one behind the other; `within` leaves out others.

    `is_current` is asked before an item is looked at again; None is returned as soon as it says no.
    """
    file = project.file(path)
    if file is None or file.language == "nxs":
        return 0, [_of_secrets(file)] if file is not None else []
    first, last = _row(file, within)
    found: list[Piece] = []
    for piece in _each(project, file, first, last, is_current):
        if piece is None:
            return None
        found.append(piece)
    return _end(file, first - 1), found


def each_piece(project: Project, path: str, is_current: Callable[[], bool]) -> Iterator[Piece | None]:
    """The stretches of a whole file, as soon as each is looked at; None, and no more, when `is_current` says no."""
    file = project.file(path)
    if file is not None and file.language == "nxs":
        yield _of_secrets(file)
    elif file is not None:
        yield from _each(project, file, 0, len(file.items), is_current)


def _each(
    project: Project, file: File, first: int, last: int, is_current: Callable[[], bool]
) -> Iterator[Piece | None]:
    view = project.view(file.path)
    at = _end(file, first - 1)
    for begin, item in zip(file.starts[first:last], file.items[first:last], strict=True):
        if begin > at:
            yield _between(file.text[at:begin])
        known = _known(item, view)
        if known is None and not is_current():
            yield None
            return
        yield (known or _look_at(item, view)).piece
        at = begin + len(item.text)
    if last == len(file.items) and at < len(file.text):
        yield _between(file.text[at:])


def _row(file: File, within: Span | None) -> tuple[int, int]:
    """The items that a stretch touches, and the one behind it, to which the text before that belongs."""
    if within is None:
        return 0, len(file.items)
    first = max(0, bisect_right(file.starts, within.start) - 1)
    if first < len(file.items) and _end(file, first) < within.start:
        first += 1
    return first, min(len(file.items), bisect_right(file.starts, within.end) + 1)


def _end(file: File, index: int) -> int:
    return file.starts[index] + len(file.items[index].text) if index >= 0 else 0


_items: WeakKeyDictionary[ItemFacts, _Known] = WeakKeyDictionary()
_secrets: WeakKeyDictionary[File, Piece] = WeakKeyDictionary()


def _known(item: ItemFacts, view: View) -> _Known | None:
    """What was found before, if the program still answers the same."""
    known = _items.get(item)
    if known is None or known.token == view.token:
        return known
    if not known.names.hold_since(known.token, view):
        return None
    known.token = view.token
    return known


def _look_at(item: ItemFacts, view: View) -> _Known:
    names = Names(view, item.node)
    found = _items[item] = _Known(view.token, names, Piece(item.text, item_tokens(item, names)))
    names.settle()
    return found


@lru_cache(maxsize=_GAPS)
def _between(text: bytes) -> Piece:
    return Piece(text, text_tokens(text) if text.strip() else ())


def _of_secrets(file: File) -> Piece:
    known = _secrets.get(file)
    if known is None:
        known = _secrets[file] = Piece(file.text, text_tokens(file.text, "secrets"))
    return known
