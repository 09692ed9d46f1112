"""The body of a string-like literal: which bytes of the file it keeps, and where each of them came from.

Owns the dedent of section 1.7 of the language reference. Knows neither escapes nor interpolations: those split the
body into the ranges that it is given.
"""

from __future__ import annotations

from bisect import bisect_right

from nexa.syntax.record import record

Range = tuple[int, int]
"""A half-open range of byte offsets in the file."""


@record
class Body:
    """A stretch of literal text after the dedent.

    `starts[i]` is the offset in `text` from which bytes come from `origins[i]` on, in the file.
    """

    text: bytes
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """Where the byte at `offset` of the text stands in the file."""
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.origins[index] + offset - self.starts[index]


def verbatim(source: bytes, kept: Range) -> Body:
    """A body that keeps everything."""
    return Body(source[kept[0] : kept[1]], (0,), (kept[0],))


def dedented(source: bytes, ranges: list[Range]) -> list[Body]:
    """The bodies of the ranges of one triple-quoted literal.

    Drops a newline right after the opening quotes, the last line when only the closing quotes stand on it, and the
    longest whitespace that every non-blank line begins with.
    """
    ranges = _without_edges(source, ranges)
    margin = _margin(source, ranges)
    return [_cut(source, kept, margin, first=not index) for index, kept in enumerate(ranges)]


def _without_edges(source: bytes, ranges: list[Range]) -> list[Range]:
    """The ranges without the newline after the opening quotes and the line of the closing ones."""
    ranges = list(ranges)
    start, end = ranges[0]
    dropped = 1 if source.startswith(b"\n", start, end) else 2 if source.startswith(b"\r\n", start, end) else 0
    ranges[0] = (start + dropped, end)
    start, end = ranges[-1]
    bare = start + len(source[start:end].rstrip(b" \t"))
    if source.endswith(b"\n", start, bare):
        ranges[-1] = (start, bare - (2 if source.endswith(b"\r\n", start, bare) else 1))
    elif bare == start and dropped and len(ranges) == 1:
        ranges[-1] = (start, start)
    return ranges


def _line_starts(source: bytes, kept: Range, *, first: bool) -> list[int]:
    """Where lines begin in a range; its own start is one only in the first range of a literal."""
    start, end = kept
    found = [start] if first else []
    at = source.find(b"\n", start, end)
    while at >= 0:
        found.append(at + 1)
        at = source.find(b"\n", at + 1, end)
    return found


def _indent_end(source: bytes, start: int, end: int) -> int:
    while start < end and source[start] in b" \t":
        start += 1
    return start


def _margin(source: bytes, ranges: list[Range]) -> bytes:
    """The longest whitespace common to all non-blank lines."""
    margin: bytes | None = None
    for index, (start, end) in enumerate(ranges):
        for line in _line_starts(source, (start, end), first=not index):
            stop = _indent_end(source, line, end)
            blank = source[stop] in b"\r\n" if stop < end else index == len(ranges) - 1
            if not blank:
                indent = source[line:stop]
                margin = indent if margin is None else _common(margin, indent)
                if not margin:
                    return b""
    return margin or b""


def _common(left: bytes, right: bytes) -> bytes:
    size = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        size += 1
    return left[:size]


def _cut(source: bytes, kept: Range, margin: bytes, *, first: bool) -> Body:
    """One range without the margin of its lines."""
    start, end = kept
    if not margin:
        return verbatim(source, kept)
    pieces: list[bytes] = []
    starts: list[int] = []
    origins: list[int] = []
    size = 0
    begin = start
    for line in [*_line_starts(source, kept, first=first), end + 1]:
        # What stands before this line begins; `end + 1` closes the last line.
        piece = source[begin : min(line, end)]
        if piece or not pieces:
            pieces.append(piece)
            starts.append(size)
            origins.append(begin)
            size += len(piece)
        if line <= end:
            begin = min(line + len(_common(margin, source[line:end])), end)
    return Body(b"".join(pieces), tuple(starts), tuple(origins))
