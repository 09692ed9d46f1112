"""What the client is shown of a document: its diagnostics as JSON text, written once for each item.

While the same is said of an item, it keeps its text wherever it moves; only the numbers of lines are filled in anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from nexa.lsp.messages import json_text

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts
    from nexa.compiler.file import File
    from nexa.compiler.rule import Finding
    from nexa.compiler.said import Layer, Row, Said
    from nexa.lsp.convert import Convert

_LINE = "\0"
_WRITTEN_LINE = b'"line":' + json_text(_LINE)


@dataclass(slots=True)
class _Item:
    """What was written for an item: a template with a place for each number of a line, and these numbers, counted from
    the item's first line. `stays` says that none of it stands elsewhere.
    """

    row: Row
    column: int
    stays: bool
    template: bytes = b""
    lines: tuple[int, ...] = ()
    first: int = -1
    text: bytes = b""

    def at(self, first: int) -> bytes:
        """The text for an item that starts in a certain line."""
        self.first = first
        self.text = self.template % tuple(first + line for line in self.lines)
        return self.text


Place = Callable[["File", int, "Row"], Sequence["Finding"]]
"""Gives the findings that are shown of what is said of an item."""

_SPARE = 1000
"""How many items more than there are may be remembered: what was said of them may soon be said again."""


class Shown:
    """Of one document. Used by the serving thread only."""

    def __init__(self) -> None:
        self._layers: list[dict[ItemFacts, _Item]] = []
        self._under: Sequence[object] = ()

    def diagnostics(self, said: Said, place: Place, convert: Convert, under: Sequence[object]) -> list[bytes]:
        """The diagnostics, some in one piece. What was written before counts only `under` the same circumstances."""
        if under != self._under or len(said.layers) > len(self._layers):
            self._layers, self._under = [{} for _ in said.layers], under
        found: list[tuple[int, bytes]] = []
        for layer, known in zip(said.layers, self._layers, strict=False):
            if said.file is not None and layer:
                found += _written(said.file, layer, known, place, convert)
                if len(known) > len(said.file.items) + _SPARE:
                    for item in known.keys() - set(said.file.items):
                        del known[item]
        found.sort(key=itemgetter(0))
        return [text for _, text in found]


def _written(
    file: File, layer: Layer, known: dict[ItemFacts, _Item], place: Place, convert: Convert
) -> Iterator[tuple[int, bytes]]:
    """The text for what a layer says of each item, with the item's index."""
    indexes = sorted(index for index in layer if index >= 0)
    places = file.lines.rows_columns([file.starts[index] for index in indexes])
    for index, (line, offset) in zip(indexes, places, strict=True):
        item, row = file.items[index], layer[index]
        column = file.lines.position(file.starts[index], convert.client.encoding)[1] if offset else 0
        one = known.get(item)
        if one is None or one.row != row or one.column != column:
            one = known[item] = _Item(row, column, not _speaks_of_elsewhere(row))
            if one.stays:
                one.template, one.lines = _template(place(file, index, row), convert, line)
        if not one.stays:
            yield from ((index, text) for text in _separate(place(file, index, row), convert))
        elif text := one.text if one.first == line else one.at(line):
            yield index, text
    if -1 in layer:
        yield from ((-1, text) for text in _separate(place(file, -1, layer[-1]), convert))


def _speaks_of_elsewhere(row: Row) -> bool:
    return any(note.of is not None or note.place is not None for _, draft in row for note in draft.notes)


def _separate(findings: Iterable[Finding], convert: Convert) -> list[bytes]:
    return [json_text(convert.diagnostic(one)) for one in findings]


def _template(findings: Iterable[Finding], convert: Convert, first: int) -> tuple[bytes, tuple[int, ...]]:
    """The text of diagnostics with a place for each number of a line, and these numbers, counted from `first`."""
    pieces: list[bytes] = []
    numbers: list[int] = []
    for finding in findings:
        diagnostic = convert.diagnostic(finding)
        places = [one["location"]["range"] for one in diagnostic.get("relatedInformation", ())]
        for position in (one[end] for one in (diagnostic["range"], *places) for end in ("start", "end")):
            numbers.append(position["line"] - first)
            position["line"] = _LINE
        # No string within the text looks like this: its quotes would be escaped.
        pieces.append(json_text(diagnostic).replace(b"%", b"%%").replace(_WRITTEN_LINE, b'"line":%d'))
    return b",".join(pieces), tuple(numbers)
