"""JSON text that is written once for an item and moves with it: only the numbers of lines are filled in again."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TYPE_CHECKING

from nexa.lsp.messages import Json, JsonText, json_text

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts
    from nexa.compiler.file import File
    from nexa.lsp.client import Encoding
    from nexa.syntax import Span

_LINES = frozenset({"line", "startLine", "endLine"})
"""The members that are numbers of lines."""

_LINE = "\0"
_PLACES = [(json_text({key: _LINE})[1:-1], json_text(key) + b":%d") for key in sorted(_LINES)]
"""What stands for a number of a line, and what a template has there. Texts never look so: their quotes are escaped."""


class Template:
    """The text of some JSON values with a place for each number of a line; commas stand between the values."""

    __slots__ = ("_first", "_lines", "_template", "_text")

    def __init__(self, values: Iterable[Json], first: int = 0) -> None:
        """The lines of `values` count from the beginning of the file, those of the template from line `first` of it."""
        lines: list[int] = []
        pieces: list[bytes] = []
        for value in values:
            written = json_text(_without_lines(value, lines)).replace(b"%", b"%%")
            for mark, place in _PLACES:
                written = written.replace(mark, place)
            pieces.append(written)
        self._template = b",".join(pieces)
        self._lines = tuple(line - first for line in lines)
        self._first = -1
        self._text = b""

    def at(self, first: int) -> bytes:
        """The text when line 0 of the template is a certain line of the file."""
        if first != self._first:
            self._first = first
            self._text = self._template % tuple(first + line for line in self._lines)
        return self._text


def _without_lines(value: Json, lines: list[int]) -> Json:
    """A value with marks in place of its numbers of lines, which are taken in the order in which they are written."""
    if isinstance(value, list):
        return [_without_lines(one, lines) for one in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Json] = {}
    for key, one in value.items():
        if key in _LINES and isinstance(one, int):
            lines.append(one)
            found[key] = _LINE
        else:
            found[key] = _without_lines(one, lines)
    return found


class ItemPlaces:
    """Spans of an item → ranges whose lines count from the item's first line. `column` is where the item begins."""

    def __init__(self, item: ItemFacts, column: int, encoding: Encoding) -> None:
        from nexa.syntax import LineIndex  # before the first document nobody needs it

        self._lines = LineIndex(item.text)
        self._column = column
        self._encoding = encoding

    def range(self, span: Span) -> Json:
        """The range of a span that counts from the item's start."""
        return {"start": self._position(span.start), "end": self._position(span.end)}

    def _position(self, offset: int) -> Json:
        line, character = self._lines.position(offset, self._encoding)
        return {"line": line, "character": character if line else character + self._column}


Write = Callable[["ItemFacts", ItemPlaces], list[Json]]
"""What a feature says of an item."""

_SPARE = 10
"""How many items more than there are may be remembered, each with all that was known of it."""


class Written:
    """What one feature says of one document. `write` depends on the item alone, as long as this lives."""

    def __init__(self, encoding: Encoding, write: Write) -> None:
        self._encoding = encoding
        self._write = write
        self._known: dict[ItemFacts, tuple[int, Template]] = {}

    def rows(self, file: File) -> Iterator[JsonText]:
        """A text for each item of which there is something to say, in textual order."""
        places = file.lines.rows_columns(file.starts)
        for index, (item, (line, offset)) in enumerate(zip(file.items, places, strict=True)):
            column = file.lines.position(file.starts[index], self._encoding)[1] if offset else 0
            known = self._known.get(item)
            if known is None or known[0] != column:
                values = self._write(item, ItemPlaces(item, column, self._encoding))
                known = self._known[item] = column, Template(values)
            if text := known[1].at(line):
                yield JsonText(text)
        if len(self._known) > len(file.items) + _SPARE:
            for item in self._known.keys() - set(file.items):
                del self._known[item]


class WrittenMemory:
    """Of one session: what is written of open documents is kept. Used by the serving thread only."""

    def __init__(self, opened: Container[str]) -> None:
        """`opened` are the paths of the open documents."""
        self._opened = opened
        self._known: dict[str, dict[str, Written]] = {}

    def rows(self, feature: str, file: File, encoding: Encoding, write: Write) -> Iterator[JsonText]:
        """What a feature says of each item; `write` must give the same for the same item while the document is open."""
        if file.path not in self._opened:
            return Written(encoding, write).rows(file)
        features = self._known.setdefault(file.path, {})
        if feature not in features:
            features[feature] = Written(encoding, write)
        return features[feature].rows(file)

    def forget(self, path: str) -> None:
        """The document was closed."""
        self._known.pop(path, None)
