"""What the client is shown of a document: its diagnostics as JSON text, written once for each item.

While the same is said of an item, it keeps its text wherever it moves; only the numbers of lines are filled in again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from operator import is_not
from typing import TYPE_CHECKING

from nexa.compiler.common_ends import same_beginning, same_end
from nexa.compiler.item_findings import Said
from nexa.lsp.messages import json_text
from nexa.lsp.written import Template

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts
    from nexa.compiler.file import File
    from nexa.compiler.item_findings import Layer, Row
    from nexa.compiler.rule import Finding
    from nexa.lsp.convert import Convert

_NOTHING = Template(())


@dataclass(slots=True)
class _Item:
    """What was written for an item. `stays` says that none of it stands elsewhere.

    `text` is what was last shown of it, when it began at `place`; None before it was shown, or when it does not stay.
    """

    row: Row
    column: int
    stays: bool
    template: Template = _NOTHING
    place: tuple[int, int] | None = None
    text: bytes = b""


Place = Callable[["File", int, "Row"], Sequence["Finding"]]
"""Gives the findings that are shown of what is said of an item."""

_SPARE = 10
"""How many items that are gone may be remembered, each with all that was known of it, before they are looked for."""


class _Kept:
    """What was written of one layer: the text for each item, behind that for the start of the file.

    `known` holds what was written of items, wherever they stand. Of the `restless` items something stands elsewhere:
    what is still said of them may have moved all the same.
    """

    __slots__ = ("_most", "known", "restless", "texts")

    def __init__(self) -> None:
        self._most = 0
        self.known: dict[ItemFacts, _Item] = {}
        self.restless: set[int] = set()
        self.texts: list[bytes] = []

    def forget(self, file: File) -> None:
        """Drop what is known of items that are gone, once there may be more than a few of them.

        Of most items nothing is known, so how many the file has does not tell.
        """
        if len(self.known) > self._most:
            for item in self.known.keys() - set(file.items):
                del self.known[item]
            self._most = len(self.known) + _SPARE


class Shown:
    """Of one document. Used by the serving thread only."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self._said = Said(None)
        self._under: Sequence[object] = ()
        self._places: list[tuple[int, int]] = []
        """The line in which each item begins, and the column, as the client counts."""

    def diagnostics(self, said: Said, place: Place, convert: Convert, under: Sequence[object]) -> list[bytes]:
        """The diagnostics, some in one piece. What was written before counts only `under` the same circumstances."""
        before, file = self._said, said.file
        self._said = said
        if under != self._under or len(said.layers) != len(self._kept):
            self._kept, self._under, before = [_Kept() for _ in said.layers], under, Said(None)
        if file is None:
            return []
        moved = self._moved(before.file, file, convert)
        for kept, layer, last in zip(self._kept, said.layers, before.layers or said.layers, strict=True):
            if moved is None:
                kept.texts, kept.restless = [b""] * (len(file.items) + 1), set()
                indexes = set(layer)
            else:
                indexes = {-1, *moved, *kept.restless, *_differing(last, layer)}
            self._write(kept, file, indexes, layer, place, convert)
            kept.forget(file)
        return list(filter(None, chain.from_iterable(zip(*(kept.texts for kept in self._kept), strict=True))))

    def _write(
        self, kept: _Kept, file: File, indexes: Iterable[int], layer: Layer, place: Place, convert: Convert
    ) -> None:
        """What is said of some items now. Often that was said of hundreds of them just before the last edit."""
        texts, known, places, items = kept.texts, kept.known, self._places, file.items
        for index in indexes:
            row = layer.get(index)
            if not row:
                texts[index + 1] = b""
                continue
            one = known.get(items[index]) if index >= 0 else None
            if one is not None and one.place == places[index] and one.row == row:
                texts[index + 1] = one.text
            else:
                texts[index + 1] = self._text(kept, file, index, row, place, convert)

    def _moved(self, old: File | None, file: File, convert: Convert) -> Sequence[int] | None:
        """Find out where the items begin; those that are new or stand elsewhere, None when all may be."""
        lines, starts = file.lines, file.starts
        if old is None or len(old.items) != len(starts):
            self._places = [_place(file, index, convert) for index in range(len(starts))]
            return None
        if old is file:
            return ()
        # Positions follow from the text alone: where that is the same in front of an item, or behind the edit, they do.
        first = min(bisect_left(starts, same_beginning(old.text, file.text)), same_beginning(old.starts, starts))
        shift = len(file.text) - len(old.text)
        behind = same_end([start + shift for start in old.starts] if shift else old.starts, starts)
        end = bisect_left(starts, len(file.text) - same_end(old.text, file.text))
        end = max(end, first, len(starts) - behind)
        if end < len(starts):
            # What begins in the line where the edit ends may have moved to another column.
            line = lines.line(starts[end])
            while end < len(starts) and lines.line(starts[end]) == line:
                end += 1
        self._places[first:end] = [_place(file, index, convert) for index in range(first, end)]
        added = len(lines) - len(old.lines)
        if not added:
            return range(first, end)
        self._places[end:] = [(line + added, column) for line, column in self._places[end:]]
        return range(first, len(starts))

    def _text(self, kept: _Kept, file: File, index: int, row: Row, place: Place, convert: Convert) -> bytes:
        """What is said of an item."""
        if index < 0:
            return _separate(place(file, index, row), convert)
        item = file.items[index]
        line, column = self._places[index]
        one = kept.known.get(item)
        if one is None or one.row != row or one.column != column:
            one = kept.known[item] = _Item(row, column, not _speaks_of_elsewhere(row))
            if one.stays:
                one.template = Template(map(convert.diagnostic, place(file, index, row)), line)
                kept.restless.discard(index)
        if not one.stays:
            kept.restless.add(index)
            return _separate(place(file, index, row), convert)
        one.place, one.text = self._places[index], one.template.at(line)
        return one.text


def _place(file: File, index: int, convert: Convert) -> tuple[int, int]:
    line, offset = file.lines.row_column(file.starts[index])
    return line, file.lines.position(file.starts[index], convert.client.encoding)[1] if offset else 0


def _differing(last: Layer, layer: Layer) -> Iterable[int]:
    """The items of which something else may be said."""
    if last is layer:
        return ()
    # Thousands of rows, nearly all of them alike: this is done without a step of ours for each.
    other = map(is_not, map(last.get, layer), layer.values())
    return [*compress(layer, other), *(last.keys() - layer.keys())]


def _speaks_of_elsewhere(row: Row) -> bool:
    return any(note.of is not None or note.place is not None for _, draft in row for note in draft.notes)


def _separate(findings: Iterable[Finding], convert: Convert) -> bytes:
    return b",".join(json_text(convert.diagnostic(one)) for one in findings)
