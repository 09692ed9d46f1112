"""Semantic tokens as the protocol counts them: each from the one before it, in lines and units of the encoding.

A piece of a file is encoded once, relative to its own start, and kept; a whole file is the row of its chunks, in which
only the first token of each has to be adjusted. The difference of two rows is found by comparing chunks, not tokens.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from nexa.ide.features.tokens import Piece
from nexa.lsp.client import Encoding
from nexa.lsp.messages import json_text
from nexa.lsp.token_legend import Legend
from nexa.syntax import LineIndex

SIZE = 5
"""Numbers per token."""

Place = tuple[int, int]
"""Lines down, and columns: from where one was when that is the same line, else from the beginning of the line."""


@dataclass(eq=False, frozen=True, slots=True)
class Chunk:
    """The tokens of one piece. The first counts from the piece's start; `end` is the piece's end from the last one."""

    data: array[int]
    end: Place


def encode(piece: Piece, encoding: Encoding, legend: Legend, *, is_whole: bool = False) -> Chunk:
    """A piece by itself. Only where tokens stay whole one goes on over a line end: most clients take none that does."""
    lines = LineIndex(piece.text)
    starts, count = lines.starts, len(lines)
    is_plain = encoding == "utf-8" or piece.text.isascii()
    data = array("I")
    line = at_line = at_column = 0

    def column(offset: int) -> int:
        return offset - starts[line] if is_plain else lines.position(offset, encoding)[1]

    for begin, end, kind, modifiers in piece.tokens:
        number, start = legend.numbers[kind], begin
        while number is not None and start < end:
            while line + 1 < count and starts[line + 1] <= start:
                line += 1
            goes_on = line + 1 < count and starts[line + 1] <= end
            stop = lines.content(line)[1] if goes_on else end
            behind = starts[line + 1] if goes_on else end
            if start < stop:
                here = column(start)
                if goes_on and is_whole:
                    text = piece.text[start:end].rstrip(b"\r\n")
                    length, behind = len(text) if is_plain else _units(text, encoding), end
                else:
                    length = column(stop) - here
                data.extend((line - at_line, here - at_column if line == at_line else here, length, number, modifiers))
                at_line, at_column = line, here
            start = behind
    line, size = count - 1, len(piece.text)
    last = column(size)
    return Chunk(data, (line - at_line, last - at_column if line == at_line else last))


def _units(text: bytes, encoding: Encoding) -> int:
    """How long a text is for a client; a line end counts as the characters that it is made of."""
    decoded = text.decode("utf-8", "replace")
    return len(decoded) if encoding == "utf-32" else len(decoded.encode("utf-16-le")) // 2


def joined(chunks: Iterable[Chunk], place: Place = (0, 0)) -> list[int]:
    """The tokens of a row of chunks that begins so far behind the last token."""
    found: list[int] = []
    for chunk in chunks:
        if chunk.data:
            at = len(found)
            found.extend(chunk.data)
            found[at : at + 2] = moved(place, (chunk.data[0], chunk.data[1]))
            place = chunk.end
        else:
            place = moved(place, chunk.end)
    return found


def written(chunks: Iterable[Chunk], took: Callable[[Chunk], None]) -> Iterator[bytes]:
    """The same from the beginning of a file, as JSON: a text for each chunk that has tokens; `took` is told of all."""
    place: Place = (0, 0)
    for chunk in chunks:
        took(chunk)
        if chunk.data:
            first, rest = moved(place, (chunk.data[0], chunk.data[1])), chunk.data[2:].tolist()
            yield json_text([*first, *rest])[1:-1]
            place = chunk.end
        else:
            place = moved(place, chunk.end)


def moved(place: Place, step: Place) -> Place:
    """One step after another."""
    return (place[0] + step[0], step[1]) if step[0] else (place[0], place[1] + step[1])


def between(data: Sequence[int], first: Place, last: Place, *, is_whole: bool = False) -> list[int]:
    """The tokens that lie between two positions, at least in part; where they stay whole, one more may be before."""
    found: list[int] = []
    at: Place = (0, 0)
    before: Place = (0, 0)
    for index in range(0, len(data), SIZE):
        at = moved(at, (data[index], data[index + 1]))
        if at < last and ((at[0], at[1] + data[index + 2]) > first or (is_whole and _reaches(data, index, at, first))):
            column = at[1] - before[1] if at[0] == before[0] else at[1]
            found += [at[0] - before[0], column, *data[index + 2 : index + SIZE]]
            before = at
    return found


def _reaches(data: Sequence[int], index: int, at: Place, first: Place) -> bool:
    """Whether a token that begins before a position may end behind it: the next one does not begin before it."""
    behind = data[index + SIZE : index + SIZE + 2]
    return not behind or moved(at, (behind[0], behind[1])) > first


@dataclass(frozen=True, slots=True)
class Change:
    """`deleted` numbers at `start` become `data`."""

    start: int
    deleted: int
    data: list[int]


def change_between(old: Sequence[Chunk], new: Sequence[Chunk]) -> Change | None:
    """What makes the tokens of one row into those of another; None when there is nothing to do."""
    shorter = min(len(old), len(new))
    first = next((index for index in range(shorter) if old[index] is not new[index]), shorter)
    same = next((index for index in range(shorter - first) if old[-1 - index] is not new[-1 - index]), shorter - first)
    place = _end(old[:first])
    removed, added = old[first : len(old) - same], new[first : len(new) - same]
    was, now = joined(removed, place), joined(added, place)
    # The first token behind what changed counts from the last one in it.
    behind = next((chunk.data for chunk in new[len(new) - same :] if chunk.data), None)
    if behind is not None:
        rest = _before(new[len(new) - same :])
        step = (behind[0], behind[1])
        old_step, new_step = (moved(moved(_end(middle, place), rest), step) for middle in (removed, added))
        if old_step != new_step:
            was += [*old_step, *behind[2:SIZE]]
            now += [*new_step, *behind[2:SIZE]]
    return _trimmed(sum(len(chunk.data) for chunk in old[:first]), was, now)


def _end(chunks: Iterable[Chunk], place: Place = (0, 0)) -> Place:
    """How far the end of a row is behind its last token."""
    for chunk in chunks:
        place = chunk.end if chunk.data else moved(place, chunk.end)
    return place


def _before(chunks: Iterable[Chunk]) -> Place:
    """How far down the first chunk with a token begins."""
    place: Place = (0, 0)
    for chunk in chunks:
        if chunk.data:
            break
        place = moved(place, chunk.end)
    return place


def _trimmed(start: int, was: list[int], now: list[int]) -> Change | None:
    """Without the tokens at both ends that are the same."""
    if was == now:
        return None
    shorter = min(len(was), len(now)) // SIZE
    head = 0
    while head < shorter and was[head * SIZE : head * SIZE + SIZE] == now[head * SIZE : head * SIZE + SIZE]:
        head += 1
    tail = 0
    while (
        tail < shorter - head
        and was[len(was) - (tail + 1) * SIZE : len(was) - tail * SIZE]
        == (now[len(now) - (tail + 1) * SIZE : len(now) - tail * SIZE])
    ):
        tail += 1
    return Change(
        start + head * SIZE,
        len(was) - (head + tail) * SIZE,
        now[head * SIZE : len(now) - tail * SIZE],
    )
